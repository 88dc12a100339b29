"""EKS clusters with a control plane behind them: what ministack would ask of Docker is done with processes on loopback."""

from __future__ import annotations

import base64
import logging
from typing import Any

from . import aws, processes
from .aws import wrap
from .control_plane import PROGRAMS, ControlPlane
from .settings import Settings

log = logging.getLogger("sandbox")

# Control planes by ministack's id of the container that it believes them to be.
planes: dict[str, ControlPlane] = {}

RBAC = "/apis/rbac.authorization.k8s.io/v1"


class _Container:
    """What ministack does with a cluster's container when the cluster is deleted."""

    def __init__(self, plane: ControlPlane) -> None:
        self.id, self._plane = plane.id, plane

    def stop(self, **_: Any) -> None:
        self._plane.stop()

    def remove(self, **_: Any) -> None:
        planes.pop(self.id, None)


class _Docker:
    """The one call of a Docker client that is left: to find a container."""

    @property
    def containers(self) -> _Docker:
        return self

    def get(self, container_id: str) -> _Container:
        return _Container(planes[container_id])

    def list(self, **_: Any) -> list[_Container]:
        return [_Container(plane) for plane in list(planes.values())]


def plane_of(record: dict[str, Any] | None) -> ControlPlane | None:
    """The control plane of a cluster's record."""
    return planes.get((record or {}).get("_docker_id") or "")


def install(settings: Settings) -> None:
    """Gives each cluster that is created from now on a control plane, where its programs are there."""
    eks = aws.eks

    # A port that is free, not a counter's next.
    @wrap(eks, "_next_port")
    def next_port(original: Any) -> int:
        return processes.free_port()

    if any(program not in settings.programs for program in PROGRAMS):
        return

    @wrap(eks, "_get_docker")
    def get_docker(original: Any) -> _Docker:
        return _Docker()

    @wrap(eks, "_get_ministack_network")
    def network(original: Any, client: Any) -> None:
        return None

    @wrap(eks, "_k3s_gateway_host")
    def gateway(original: Any, client: Any, network: Any) -> str:
        return "localhost"

    @wrap(eks, "_start_k3s_container")
    def start(original: Any, client: Any, run: dict[str, Any], registries: Any, webhook: bytes) -> ControlPlane:
        labels = run["labels"]
        account, region, name = labels["account_id"], labels["region"], labels["cluster_name"]
        record = eks._clusters.get_scoped(account, region, name)
        plane = ControlPlane(settings, record, account, region)
        key, jwk, _ = eks._get_oidc_keypair()
        try:
            plane.start(webhook, key, jwk)
        except Exception:
            log.exception("cluster %s", name)
            plane.stop()
            raise
        planes[plane.id] = plane
        return plane

    @wrap(eks, "_extract_ca_cert")
    def authority(original: Any, plane: ControlPlane) -> str:
        return base64.b64encode(plane.authority).decode()

    @wrap(eks, "_reconcile_access_policy_rbac")
    def reconcile(original: Any, name: str, account: str, region: str) -> bool:
        plane = plane_of(eks._clusters.get_scoped(account, region, name))
        if plane is None:
            return False
        try:
            _reconcile(plane)
        except Exception as error:
            log.warning("access entries of %s: %s", name, error)
            return False
        return True


def _reconcile(plane: ControlPlane) -> None:
    """Makes the roles and bindings that stand for access policies, and removes bindings that none stands for."""
    api, eks = plane.api, aws.eks
    namespaces = [item["metadata"]["name"] for item in api.get("/api/v1/namespaces")["items"]]
    wanted = eks._access_policy_rbac_objects(plane.name, plane.account, plane.region, namespaces)
    for item in wanted:
        api.apply(_path(item), item)
    keep = {_path(item) for item in wanted}
    selector = f"?labelSelector={eks._ACCESS_POLICY_BINDING_LABEL}%3Dtrue"
    for kind in ("ClusterRoleBinding", "RoleBinding"):
        for item in api.get(f"{RBAC}/{kind.lower()}s{selector}")["items"]:
            path = _path({**item, "kind": kind})
            if path not in keep:
                api.delete(path)


def _path(item: dict[str, Any]) -> str:
    meta = item["metadata"]
    scope = f"/namespaces/{meta['namespace']}" if "namespace" in meta else ""
    return f"{RBAC}{scope}/{item['kind'].lower()}s/{meta['name']}"
