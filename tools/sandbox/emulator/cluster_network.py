"""The network of one cluster: what answers at an address and port of a pod, a node or a Service.

The addresses exist in no network of the machine. A pod is played by an answer that names it; a pod that is a real process (the AWS
Load Balancer Controller) is reached at a port of loopback.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .kubernetes import Api, Object, View


@dataclass(frozen=True)
class Place:
    """A port of a pod."""

    pod: Object
    port: int

    @property
    def ready(self) -> bool:
        """Whether the pod's containers serve. Its readiness gates wait for this, so they don't count."""
        conditions = self.pod.get("status", {}).get("conditions") or []
        return any(c["type"] == "ContainersReady" and c["status"] == "True" for c in conditions)


class ClusterNetwork:
    """Follows pods, nodes, Services and their endpoints."""

    def __init__(self, api: Api) -> None:
        self._api = api
        # Ports of loopback at which real processes serve ports of pods: (pod's uid, port) -> port.
        self.processes: dict[tuple[str, int], int] = {}

    def start(self, pods_changed: Callable[[], None]) -> None:
        self.pods = View(self._api, "/api/v1/pods", pods_changed)
        self.nodes = View(self._api, "/api/v1/nodes")
        self.services = View(self._api, "/api/v1/services")
        self.slices = View(self._api, "/apis/discovery.k8s.io/v1/endpointslices")

    def stop(self) -> None:
        for view in ("pods", "nodes", "services", "slices"):
            if hasattr(self, view):
                getattr(self, view).stop()

    def find(self, address: str, port: int) -> Place | None:
        """What serves the address and port; of a Service, one of its ready endpoints."""
        for pod in self.pods.items:
            status = pod.get("status", {})
            if status.get("podIP") == address and status.get("phase") == "Running":
                return Place(pod, port) if port in _ports(pod) else None
        for service in self.services.items:
            for entry in service["spec"].get("ports") or []:
                own = service["spec"].get("clusterIP") == address and entry["port"] == port
                if own or (entry.get("nodePort") == port and self._is_node(address)):
                    return self._endpoint(service, entry.get("name") or "")
        return None

    def loopback(self, address: str, port: int) -> int | None:
        """The port of loopback where a real process serves the address and port."""
        place = self.find(address, port)
        return self.processes.get((place.pod["metadata"]["uid"], place.port)) if place else None

    def has(self, address: str) -> bool:
        """Whether a pod or a node of this cluster has the address."""
        return self._is_node(address) or any(p.get("status", {}).get("podIP") == address for p in self.pods.items)

    def _is_node(self, address: str) -> bool:
        return any(
            entry["address"] == address for node in self.nodes.items for entry in node["status"].get("addresses") or []
        )

    def _endpoint(self, service: Object, port_name: str) -> Place | None:
        found = [
            place
            for address, port in self._endpoints(service, port_name)
            if (place := self.find(address, port)) is not None
        ]
        return random.choice(found) if found else None

    def _endpoints(self, service: Object, port_name: str) -> Iterator[tuple[str, int]]:
        meta = service["metadata"]
        for item in self.slices.items:
            labels = item["metadata"].get("labels") or {}
            if item["metadata"]["namespace"] != meta["namespace"]:
                continue
            if labels.get("kubernetes.io/service-name") != meta["name"]:
                continue
            for port in item.get("ports") or []:
                if (port.get("name") or "") != port_name:
                    continue
                for endpoint in item.get("endpoints") or []:
                    if (endpoint.get("conditions") or {}).get("ready") is not False:
                        yield from ((address, port["port"]) for address in endpoint["addresses"])


def _ports(pod: Object) -> set[int]:
    return {
        entry["containerPort"]
        for container in pod["spec"]["containers"]
        for entry in container.get("ports") or []
        if entry.get("protocol", "TCP") == "TCP"
    }


def answer(place: Place, method: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    """What the stand-in of a pod answers: who it is, and what reached it."""
    meta = place.pod["metadata"]
    body: dict[str, Any] = {
        "pod": meta["name"],
        "namespace": meta["namespace"],
        "image": place.pod["spec"]["containers"][0]["image"],
        "port": place.port,
        "method": method,
        "path": path,
        "host": headers.get("host", ""),
        "forwardedFor": headers.get("x-forwarded-for", ""),
        "forwardedProto": headers.get("x-forwarded-proto", ""),
    }
    return 200, {"content-type": "application/json"}, json.dumps(body).encode() + b"\n"
