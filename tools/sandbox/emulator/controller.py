"""Pods of the AWS Load Balancer Controller, which are real here: a process for each, as the pod's ServiceAccount."""

from __future__ import annotations

import base64
import logging
import os
import re
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from . import certificates, processes
from .kubernetes import ApiError, Object
from .pod_identity import PodIdentityAgent
from .settings import Settings

if TYPE_CHECKING:
    from .control_plane import ControlPlane

log = logging.getLogger("sandbox")

PROGRAM = "aws-load-balancer-controller"
TOKEN_SECONDS = 86_400
RESTART_SECONDS = 5


class ControllerPods:
    """Starts a process for each scheduled pod of the controller, and stops it when the pod goes."""

    def __init__(self, plane: ControlPlane, settings: Settings) -> None:
        self._plane, self._settings = plane, settings
        self._agent = PodIdentityAgent(plane)
        self._running: dict[str, ControllerPod] = {}
        self._lock = threading.Lock()
        self._stopped = False

    def reconcile(self) -> None:
        """Called whenever a pod changes."""
        if PROGRAM not in self._settings.programs:
            return
        wanted = {
            pod["metadata"]["uid"]: pod
            for pod in self._plane.network.pods.items
            if _is_controller(pod) and pod["spec"].get("nodeName") and not pod["metadata"].get("deletionTimestamp")
        }
        with self._lock:
            for uid in [uid for uid in self._running if uid not in wanted]:
                self._running.pop(uid).stop()
            for uid, pod in wanted.items():
                if uid not in self._running and not self._stopped:
                    program = self._settings.program(PROGRAM, _tag(pod).removeprefix("v"))
                    self._running[uid] = ControllerPod(self._plane, self._settings, self._agent, pod, program)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            for pod in self._running.values():
                pod.stop()
            self._running.clear()
        self._agent.stop()


class ControllerPod:
    """One pod's process; when it ends by itself it is started again, as a kubelet would."""

    def __init__(
        self, plane: ControlPlane, settings: Settings, agent: PodIdentityAgent, pod: Object, program: str
    ) -> None:
        self._plane, self._settings, self._agent, self._pod, self._program = plane, settings, agent, pod, program
        self._name: str = pod["metadata"]["name"]
        self._namespace: str = pod["metadata"]["namespace"]
        self._folder: Path = plane.folder / "pods" / self._name
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        threading.Thread(target=self._keep_running, daemon=True, name=self._name).start()

    def stop(self) -> None:
        self._stopped.set()
        process = self._process
        if process is not None:
            threading.Thread(target=processes.stop, args=(process, 20)).start()

    def _keep_running(self) -> None:
        while not self._stopped.is_set():
            try:
                self._run()
            except (ApiError, OSError) as error:
                log.warning("pod %s can't be started: %s", self._name, error)
            self._stopped.wait(RESTART_SECONDS)

    def _run(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write_webhook_certificate()
        webhook, metrics, probe = (processes.free_port() for _ in range(3))
        token = self._token()
        kubeconfig = self._plane.write_kubeconfig(f"pod-{self._name}", {"token": token})
        container = self._pod["spec"]["containers"][0]
        for port in container.get("ports") or []:
            if port.get("name") == "webhook-server":
                self._plane.network.processes[self._pod["metadata"]["uid"], port["containerPort"]] = webhook
        command = [
            self._program,
            *container.get("args", []),
            f"--kubeconfig={kubeconfig}",
            f"--webhook-cert-dir={self._folder}",
            f"--webhook-bind-port={webhook}",
            f"--metrics-bind-addr=127.0.0.1:{metrics}",
            f"--health-probe-bind-addr=127.0.0.1:{probe}",
            f"--leader-election-namespace={self._namespace}",
        ]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self._folder),
            **self._settings.aws_environment,
            **self._identity(),
        }
        if self._stopped.is_set():
            return
        self._process = processes.start(command, self._plane.logs / f"{self._plane.name}-{self._name}.log", environment)
        try:
            if self._wait_until_ready(self._process, probe):
                self._mark_ready()
            self._process.wait()
        finally:
            processes.stop(self._process)

    def _wait_until_ready(self, process: subprocess.Popen[bytes], probe: int) -> bool:
        while process.poll() is None and not self._stopped.is_set():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{probe}/readyz", timeout=2):
                    return True
            except OSError:
                time.sleep(0.2)
        return False

    def _mark_ready(self) -> None:
        patch = {"metadata": {"annotations": {"sandbox/process": "ready"}}}
        path = f"/api/v1/namespaces/{self._namespace}/pods/{self._name}"
        self._plane.api.request("PATCH", path, patch, "application/merge-patch+json")

    def _write_webhook_certificate(self) -> None:
        for volume in self._pod["spec"].get("volumes") or []:
            if volume["name"] == "cert":
                secret = volume["secret"]["secretName"]
                found = self._plane.api.get(f"/api/v1/namespaces/{self._namespace}/secrets/{secret}")
                for file in ("tls.crt", "tls.key"):
                    certificates.write_private(self._folder / file, base64.b64decode(found["data"][file]))

    def _token(self, audience: str | None = None) -> str:
        """A token of the pod's ServiceAccount, bound to the pod; for the API server where no audience is given."""
        meta = self._pod["metadata"]
        bound = {"kind": "Pod", "apiVersion": "v1", "name": meta["name"], "uid": meta["uid"]}
        spec = {"expirationSeconds": TOKEN_SECONDS, "boundObjectRef": bound}
        answer = self._plane.api.request(
            "POST",
            f"/api/v1/namespaces/{self._namespace}/serviceaccounts/{self._account}/token",
            {"spec": {**spec, "audiences": [audience]} if audience else spec},
        )
        token: str = answer["status"]["token"]
        return token

    @property
    def _account(self) -> str:
        name: str = self._pod["spec"]["serviceAccountName"]
        return name

    def _identity(self) -> dict[str, str]:
        """What EKS puts into a pod: the role of its ServiceAccount's annotation, else the agent of Pod Identity.

        A pod with neither has no credentials, and calls of AWS fail as they would.
        """
        account = self._plane.api.get(f"/api/v1/namespaces/{self._namespace}/serviceaccounts/{self._account}")
        role = (account["metadata"].get("annotations") or {}).get("eks.amazonaws.com/role-arn")
        if role:
            token = self._write_token("sts.amazonaws.com")
            return {
                "AWS_ROLE_ARN": role,
                "AWS_WEB_IDENTITY_TOKEN_FILE": str(token),
                "AWS_ROLE_SESSION_NAME": self._account,
            }
        if self._agent.association(self._namespace, self._account) is None:
            log.warning("ServiceAccount %s/%s has no AWS identity", self._namespace, self._account)
            return {}
        return {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": self._agent.url,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(self._write_token("pods.eks.amazonaws.com")),
        }

    def _write_token(self, audience: str) -> Path:
        file = self._folder / f"token-{audience}"
        certificates.write_private(file, self._token(audience).encode())
        return file


def _is_controller(pod: Object) -> bool:
    labels = pod["metadata"].get("labels") or {}
    return bool(labels.get("app.kubernetes.io/name") == PROGRAM)


def _tag(pod: Object) -> str:
    found = re.search(r":([^:/@]+)(?:@|$)", pod["spec"]["containers"][0]["image"])
    return found[1] if found else ""
