"""The control plane of one EKS cluster, as processes on loopback: etcd, the API server, controller manager, scheduler, kwok.

The API server reaches webhooks as a managed one does, through a tunnel into the cluster's network (see tunnel.py), so that neither
addresses of pods nor rights over the machine's network are needed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from . import certificates, processes
from .cluster_network import ClusterNetwork
from .controller import ControllerPods
from .kubernetes import Api, ApiError
from .settings import Settings
from .tunnel import Tunnel

# What has the version of the cluster.
KUBERNETES = ("kube-apiserver", "kube-controller-manager", "kube-scheduler")
PROGRAMS = ("etcd", *KUBERNETES, "kwok")
KWOK = ("--manage-all-nodes=true", "--node-lease-duration-seconds=40")
START_SECONDS = 90
STAGES = Path(__file__).with_name("stages.yaml")
# `sleep` of a preStop hook is the time that a container goes on serving.
PRE_STOP = (
    '[.spec.containers[]?.lifecycle.preStop | .exec.command | select(.[0] == "sleep") | .[1] | tonumber] | max // 0 '
    '| tostring + "s"'
)


class ControlPlane:
    """One cluster's processes with what reaches into its network."""

    def __init__(self, settings: Settings, record: dict[str, Any], account: str, region: str) -> None:
        self.name: str = record["name"]
        self.account, self.region = account, region
        self.id = f"{account}-{region}-{self.name}"
        self._settings, self._record = settings, record
        self.folder: Path = settings.folder / "clusters" / self.name
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._sockets = Path(tempfile.mkdtemp(prefix="eks-"))
        self.port: int = record["_port"]
        self._etcd = f"http://127.0.0.1:{processes.free_port()}"
        self.api = Api(self.port, self.folder / "ca.crt", self.folder / "admin.crt", self.folder / "admin.key")
        self.network = ClusterNetwork(self.api)
        self._tunnel = Tunnel(self._sockets / "tunnel", self.network)
        self._controller = ControllerPods(self, settings)

    @property
    def authority(self) -> bytes:
        return (self.folder / "ca.crt").read_bytes()

    @property
    def logs(self) -> Path:
        return self._settings.folder / "logs"

    def start(self, token_webhook: bytes, signing_key: Any, jwk: dict[str, str]) -> None:
        """Starts everything and waits until the cluster can be used."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, mode=0o700)
        self.logs.mkdir(exist_ok=True)
        self._write_certificates()
        self._write_signing_key(signing_key, jwk)
        (self.folder / "token-webhook.yaml").write_bytes(token_webhook)
        self._write_configuration()
        self._tunnel.start()
        self._start_etcd()
        self._start_kubernetes()
        self._run(
            "kwok", f"--kubeconfig={self.folder / 'admin.kubeconfig'}", *KWOK, f"--config={self.folder / 'stages.yaml'}"
        )
        self.network.start(self._controller.reconcile)
        self._wait("/api/v1/namespaces/kube-system/serviceaccounts/default")

    def upgrade(self) -> None:
        """Runs the programs of the version that the cluster's record has now; what they stored stays."""
        for program in reversed(KUBERNETES):
            processes.stop(self._processes.pop(program))
        self._start_kubernetes()

    def stop(self) -> None:
        self._controller.stop()
        self.network.stop()
        for process in reversed(self._processes.values()):
            processes.stop(process)
        self._tunnel.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _run(self, program: str, *flags: str) -> None:
        log = self.logs / f"{self.name}-{program}.log"
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(self.folder)}
        path = self._settings.program(program, self._record["version"])
        self._processes[program] = processes.start([path, *flags], log, environment)

    def _start_etcd(self) -> None:
        peer = f"http://127.0.0.1:{processes.free_port()}"
        self._run(
            "etcd",
            f"--data-dir={self.folder / 'etcd'}",
            f"--listen-client-urls={self._etcd}",
            f"--advertise-client-urls={self._etcd}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=default={peer}",
            "--unsafe-no-fsync",
            "--log-level=warn",
        )

    def _start_kubernetes(self) -> None:

        def file(name: str) -> str:
            return str(self.folder / name)

        issuer = self._record["identity"]["oidc"]["issuer"]
        self._run(
            "kube-apiserver",
            f"--etcd-servers={self._etcd}",
            "--bind-address=127.0.0.1",
            f"--secure-port={self.port}",
            # Published in the Endpoints of `kubernetes` alone, where loopback is refused.
            "--advertise-address=10.255.255.254",
            "--endpoint-reconciler-type=none",
            f"--service-cluster-ip-range={self._record['kubernetesNetworkConfig']['serviceIpv4Cidr']}",
            "--authorization-mode=Node,RBAC",
            "--allow-privileged",
            "--enable-admission-plugins=NodeRestriction",
            f"--egress-selector-config-file={file('egress.yaml')}",
            f"--client-ca-file={file('ca.crt')}",
            f"--tls-cert-file={file('server.crt')}",
            f"--tls-private-key-file={file('server.key')}",
            f"--authentication-token-webhook-config-file={file('token-webhook.yaml')}",
            # What access entries say now counts now.
            "--authentication-token-webhook-cache-ttl=5s",
            f"--service-account-issuer={issuer}",
            f"--service-account-jwks-uri={issuer}/keys",
            f"--service-account-key-file={file('service-account.key')}",
            f"--service-account-signing-key-file={file('service-account.key')}",
            "--api-audiences=https://kubernetes.default.svc",
        )
        self._wait("/readyz")
        kubeconfig = f"--kubeconfig={file('admin.kubeconfig')}"
        for program, more in (
            (
                "kube-controller-manager",
                (
                    "--use-service-account-credentials",
                    f"--service-account-private-key-file={file('service-account.key')}",
                    f"--root-ca-file={file('ca.crt')}",
                ),
            ),
            ("kube-scheduler", ()),
        ):
            port = f"--secure-port={processes.free_port()}"
            self._run(program, kubeconfig, "--bind-address=127.0.0.1", port, "--leader-elect=false", *more)

    def _wait(self, path: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.api.get(path)
                return
            except (ApiError, OSError) as error:
                ended = next((p for p in self._processes.values() if p.poll() is not None), None)
                if ended is not None:
                    raise RuntimeError(f"a program of cluster {self.name} ended; its log is in {self.logs}") from error
                if time.monotonic() > deadline:
                    raise RuntimeError(f"cluster {self.name} did not start; logs are in {self.logs}") from error
                time.sleep(0.2)

    def _write_configuration(self) -> None:
        egress = {
            "apiVersion": "apiserver.k8s.io/v1beta1",
            "kind": "EgressSelectorConfiguration",
            "egressSelections": [
                {
                    "name": "cluster",
                    "connection": {
                        "proxyProtocol": "HTTPConnect",
                        "transport": {"uds": {"udsName": str(self._tunnel.path)}},
                    },
                }
            ],
        }
        (self.folder / "egress.yaml").write_text(json.dumps(egress))
        stages = STAGES.read_text()
        stages = stages.replace("$(START)", str(int(self._settings.pod_start_seconds * 1000)))
        stages = stages.replace("$(STOP)", PRE_STOP if self._settings.pods_take_leave else '"0s"')
        (self.folder / "stages.yaml").write_text(stages)
        self.write_kubeconfig(
            "admin", {"client-certificate": str(self.api.certificate), "client-key": str(self.api.key)}
        )

    def write_kubeconfig(self, name: str, user: dict[str, Any]) -> Path:
        """Writes a kubeconfig of this cluster for one user, and answers where."""
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": self.name,
            "clusters": [
                {
                    "name": self.name,
                    "cluster": {
                        "server": f"https://127.0.0.1:{self.port}",
                        "certificate-authority-data": base64.b64encode(self.authority).decode(),
                    },
                }
            ],
            "users": [{"name": name, "user": user}],
            "contexts": [{"name": self.name, "context": {"cluster": self.name, "user": name}}],
        }
        file = self.folder / f"{name}.kubeconfig"
        certificates.write_private(file, json.dumps(config, indent=2).encode())
        return file

    def _write_signing_key(self, key: Any, jwk: dict[str, str]) -> None:
        """Tokens of ServiceAccounts are signed with the key that the cluster's OIDC issuer publishes, under its id."""
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        # An API server names a key by the digest of its public half.
        jwk["kid"] = base64.urlsafe_b64encode(hashlib.sha256(public).digest()).rstrip(b"=").decode()
        certificates.write_private(self.folder / "service-account.key", certificates.private_pem(key))

    def _write_certificates(self) -> None:
        services = ip_network(self._record["kubernetesNetworkConfig"]["serviceIpv4Cidr"])
        authority = certificates.issue("kubernetes", authority=True)
        hosts = ("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "127.0.0.1")
        issued = {
            "server": certificates.issue("kube-apiserver", by=authority, hosts=(*hosts, str(services[1]))),
            "admin": certificates.issue("sandbox-admin", by=authority, groups=("system:masters",)),
        }
        (self.folder / "ca.crt").write_bytes(authority.pem)
        for name, certificate in issued.items():
            (self.folder / f"{name}.crt").write_bytes(certificate.pem)
            certificates.write_private(self.folder / f"{name}.key", certificates.private_pem(certificate.key))
