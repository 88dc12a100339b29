"""The agent of EKS Pod Identity: trades a token of a ServiceAccount for credentials of the role that is associated with it."""

from __future__ import annotations

import datetime
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from . import aws
from .kubernetes import ApiError

if TYPE_CHECKING:
    from .control_plane import ControlPlane

AUDIENCE = "pods.eks.amazonaws.com"
SESSION_SECONDS = 6 * 3600


class PodIdentityAgent:
    """Answers on loopback, where a node has it at 169.254.170.23."""

    def __init__(self, plane: ControlPlane) -> None:
        self._plane = plane
        agent = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = agent.credentials(self.headers.get("Authorization", ""))
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1/credentials"
        threading.Thread(target=self._server.serve_forever, daemon=True, name="pod identity").start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def association(self, namespace: str, account: str) -> dict[str, Any] | None:
        """The association of a ServiceAccount, if there is one."""
        for (owner, region, key), found in aws.eks._pod_identity_associations.all_items():
            if (owner, region, key.split("\0")[0]) == (self._plane.account, self._plane.region, self._plane.name):
                if (found["namespace"], found["serviceAccount"]) == (namespace, account):
                    association: dict[str, Any] = found
                    return association
        return None

    def credentials(self, token: str) -> tuple[int, dict[str, Any]]:
        """Credentials for a genuine token of an associated ServiceAccount, or a refusal."""
        review = {
            "apiVersion": "authentication.k8s.io/v1",
            "kind": "TokenReview",
            "spec": {"token": token, "audiences": [AUDIENCE]},
        }
        try:
            status = self._plane.api.request("POST", "/apis/authentication.k8s.io/v1/tokenreviews", review)["status"]
        except (ApiError, OSError) as error:
            return 500, {"message": str(error)}
        if not status.get("authenticated") or AUDIENCE not in (status.get("audiences") or []):
            return 400, {"message": "the token is not one of a ServiceAccount for " + AUDIENCE}
        _, _, namespace, account = status["user"]["username"].split(":")
        found = self.association(namespace, account)
        if found is None:
            return 404, {"message": f"no role is associated with ServiceAccount {namespace}/{account}"}
        refusal = self._refusal(found["roleArn"], namespace, account)
        if refusal:
            return 403, {"message": refusal}
        session = aws.assume_role(found["roleArn"], f"eks-{self._plane.name}-{account}"[:64], SESSION_SECONDS)
        expires = datetime.datetime.fromtimestamp(time.time() + SESSION_SECONDS, datetime.timezone.utc)
        return 200, {
            **session,
            "AccountId": self._plane.account,
            "Expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def _refusal(self, role_arn: str, namespace: str, account: str) -> str | None:
        """Why the service may not assume the role: its trust policy must allow AssumeRole and TagSession."""
        role = aws.iam._roles.get_scoped(self._plane.account, None, role_arn.rsplit("/", 1)[-1])
        document = (role or {}).get("AssumeRolePolicyDocument", "{}")
        plane = self._plane
        cluster = f"arn:aws:eks:{plane.region}:{plane.account}:cluster/{plane.name}"
        context = {
            "aws:sourceaccount": plane.account,
            "aws:sourcearn": cluster,
            "aws:requesttag/eks-cluster-arn": cluster,
            "aws:requesttag/eks-cluster-name": plane.name,
            "aws:requesttag/kubernetes-namespace": namespace,
            "aws:requesttag/kubernetes-service-account": account,
        }
        for action in ("sts:AssumeRole", "sts:TagSession"):
            if not aws.service_may(document, AUDIENCE, action, role_arn, context):
                return f"the trust policy of {role_arn} does not allow {action} to {AUDIENCE}"
        return None
