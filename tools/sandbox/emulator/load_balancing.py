"""The data plane of Elastic Load Balancing: each listener of the emulated AWS listens on a port of loopback of its own.

Listener, rule, action and target group are those of the model in the emulator. A target is an address and port of a pod, or a node
with a node port, in one of the clusters; it is healthy while a ready pod is behind it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import aws, cluster_network
from .aws import wrap
from .cluster_network import Place
from .clusters import planes
from .settings import Settings

log = logging.getLogger("sandbox")

Response = tuple[int, dict[str, Any], bytes]
TLS = ("HTTPS", "TLS")


def place_of(target: dict[str, Any], group: dict[str, Any]) -> Place | None:
    """What serves a registered target."""
    port = int(target.get("Port") or group.get("Port") or 80)
    address = _address(target)
    for plane in list(planes.values()):
        if (place := plane.network.find(address, port)) is not None:
            return place
    return None


def _address(target: dict[str, Any]) -> str:
    """A target's address; an instance's is that of its primary interface."""
    for (_, _, name), instance in list(aws.ec2._instances.all_items()):
        if name == target["Id"]:
            return str(instance["PrivateIpAddress"])
    return str(target["Id"])


def _in_a_cluster(target: dict[str, Any]) -> bool:
    return any(plane.network.has(_address(target)) for plane in list(planes.values()))


def health(target: dict[str, Any], group: dict[str, Any]) -> tuple[str, str, str]:
    """State, reason and description of a target's health."""
    place = place_of(target, group)
    if place is not None and place.ready:
        return "healthy", "", ""
    if place is None and not planes:
        # No cluster's network is emulated: nothing is known of the target.
        return "healthy", "", ""
    return "unhealthy", "Target.FailedHealthChecks", "Health checks failed"


def install(settings: Settings) -> None:
    """Puts the data plane in place of ministack's, and opens listeners as they are made."""
    alb = aws.alb

    @wrap(alb, "_describe_target_health")
    def describe(original: Any, params: Any) -> Any:
        arn = alb._p(params, "TargetGroupArn")
        group = alb._tgs.get(arn)
        if group is None:
            return original(params)
        asked = {target["Id"] for target in alb._parse_targets_param(params)}
        members = []
        for target in alb._targets.get(arn, []):
            if asked and target["Id"] not in asked:
                continue
            state, reason, description = health(target, group)
            why = f"<Reason>{reason}</Reason><Description>{description}</Description>" if reason else ""
            port = target.get("Port") or group["Port"]
            members.append(
                f"<member><Target><Id>{target['Id']}</Id><Port>{port}</Port></Target>"
                f"<HealthCheckPort>{port}</HealthCheckPort>"
                f"<TargetHealth><State>{state}</State>{why}</TargetHealth></member>"
            )
        body = f"<TargetHealthDescriptions>{''.join(members)}</TargetHealthDescriptions>"
        return alb._xml(200, "DescribeTargetHealth", body)

    @wrap(alb, "_forward_to_tg")
    async def forward(
        original: Any, arn: str, method: str, path: str, headers: Any, body: Any, query: Any,
        raw_query: str | None = None, raw_path: str | None = None,
    ) -> Any:  # fmt: skip
        group, targets = alb._tgs.get(arn), alb._targets.get(arn, [])
        if not group or not targets or not any(map(_in_a_cluster, targets)):
            return await original(arn, method, path, headers, body, query, raw_query, raw_path)
        place = choose(targets, group)
        if place is None:
            return 502, {"content-type": "text/plain"}, b"502 Bad Gateway\n"
        target = (raw_path or path) + (f"?{raw_query}" if raw_query else "")
        return cluster_network.answer(place, method, target, headers)

    threading.Thread(target=_follow, args=(settings,), daemon=True, name="listeners").start()


def choose(targets: list[dict[str, Any]], group: dict[str, Any]) -> Place | None:
    """A healthy target; where none is healthy, any, as a load balancer fails open."""
    places = [place_of(target, group) for target in targets]
    healthy = [place for place in places if place is not None and place.ready]
    place = random.choice(healthy or places)
    return place if place is not None and place.ready else None


# Listeners on loopback by their ARN.
servers: dict[str, ThreadingHTTPServer] = {}


def _follow(settings: Settings) -> None:
    """Opens and closes ports as listeners come and go."""
    while True:
        try:
            wanted = {arn: listener for (_, _, arn), listener in aws.alb._listeners.all_items()}
            for arn in [arn for arn in servers if arn not in wanted]:
                server = servers.pop(arn)
                server.shutdown()
                server.server_close()
            for arn, listener in wanted.items():
                if arn not in servers:
                    servers[arn] = _open(listener, settings)
        except Exception:
            log.exception("listeners")
        time.sleep(0.1)


def _open(listener: dict[str, Any], settings: Settings) -> ThreadingHTTPServer:
    arn = listener["ListenerArn"]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, answered, body = serve(arn, self.command, self.path, headers, self.rfile.read(length))
            self.send_response_only(status)
            for name, value in answered.items():
                if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if listener["Protocol"] in TLS:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(settings.certificate, settings.key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True, name=arn).start()
    return server


def serve(arn: str, method: str, target: str, headers: dict[str, str], body: bytes) -> Response:
    """What a listener answers."""
    alb = aws.alb
    listener = alb._listeners.get(arn)
    balancer = alb._lbs.get(listener["LoadBalancerArn"]) if listener else None
    if listener is None or balancer is None:
        return 503, {}, b""
    if balancer["Type"] == "network":
        return _pass(listener, method, target, headers)
    url = urlsplit(target)
    query = parse_qs(url.query, keep_blank_values=True)
    answer = asyncio.run(
        alb.dispatch_request(
            balancer, method, url.path, headers, body, query, listener["Port"],
            client_ip="127.0.0.1", raw_query_string=url.query, raw_path=url.path,
        )
    )  # fmt: skip
    status, answered, content = answer
    return status, answered, content if isinstance(content, bytes) else json.dumps(str(content)).encode()


def _pass(listener: dict[str, Any], method: str, target: str, headers: dict[str, str]) -> Response:
    """A network load balancer passes connections on; what is said in them is the pod's stand-in's."""
    alb = aws.alb
    for action in listener.get("DefaultActions", []):
        arn = action.get("TargetGroupArn")
        group = alb._tgs.get(arn)
        targets = alb._targets.get(arn, [])
        place = choose(targets, group) if group and targets else None
        if place is not None:
            return cluster_network.answer(place, method, target, headers)
    return 502, {}, b""
