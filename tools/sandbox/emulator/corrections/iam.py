"""Corrections of IAM and STS."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from ..aws import alb, ec2, eks, iam, sts, wrap


def web_identity() -> None:
    """STS: AssumeRoleWithWebIdentity takes forged tokens of an EKS cluster, and refuses genuine ones

    The audience of a ServiceAccount's token is a list; a trust policy with StringEquals on `…:aud` never matches it. Signature and
    expiry of the token are not looked at, nor whether IAM has its issuer as a provider. AWS matches a list of one with its
    element, verifies the token with the issuer's published key, and knows the providers in IAM alone.

    IAM roles for service accounts don't work, or would work for any pod.
    """

    def genuine(token: str, provider: str, account: str) -> bool:
        key, _, _ = eks._get_oidc_keypair()
        message, _, signature = token.rpartition(".")
        try:
            key.public_key().verify(_decode(signature), message.encode(), padding.PKCS1v15(), hashes.SHA256())
            claims = json.loads(_decode(message.split(".")[1]))
        except (InvalidSignature, ValueError, IndexError):
            return False
        known = iam._oidc_providers.get_scoped(account, None, provider) is not None
        return bool(claims["exp"] > time.time()) and known

    @wrap(sts, "_web_identity_principal")
    def principal(original: Any, token: str, provider_id: str, role_arn: str) -> Any:
        provider, keys = original(token, provider_id, role_arn)
        if "/oidc/id/" in provider and not genuine(token, provider, role_arn.split(":")[4]):
            return "", {}
        return provider, {
            key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in keys.items()
        }


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def load_balancer_permissions() -> None:
    """IAM: conditions on tags of ELBv2 and EC2 never hold

    With AUTH=true, policies with aws:RequestTag or aws:ResourceTag on actions of ELBv2, or on security groups in EC2, allow
    nothing: tags in the request, tags of load balancers, target groups and security groups, and the ARN that AddTags names are
    not in the context. AWS fills them in.

    Every statement of the AWS Load Balancer Controller's published policy that changes something has such a condition.
    """
    from ministack.core import iam_actions
    from ministack.services import tagging

    names = re.compile(r"(Tags\.member|Tag|TagSpecification\.\d+\.Tag)\.\d+\.Key")

    @wrap(iam_actions, "request_tag_context")
    def context(original: Any, service: str, action: str, body: Any, params: Any) -> Any:
        if service not in ("elasticloadbalancing", "ec2"):
            return original(service, action, body, params)
        value = iam_actions._query_param
        keys = [key for key in params if names.fullmatch(key)]
        removed = [value(params, key) for key in params if re.fullmatch(r"TagKeys\.member\.\d+", key)]
        tags = {value(params, key): value(params, key[: -len("Key")] + "Value") for key in keys}
        found: dict[str, Any] = {f"aws:RequestTag/{key}".lower(): tag or "" for key, tag in tags.items()}
        if tags or removed:
            found["aws:TagKeys"] = [*tags, *removed]
        return found

    @wrap(iam_actions, "extract_resource_arn")
    def resource(original: Any, service: str, *args: Any, **kwargs: Any) -> Any:
        found = original(service, *args, **kwargs)
        if service == "elasticloadbalancing" and found == "*":
            for params in (*args, *kwargs.values()):
                if isinstance(params, dict):
                    for key in ("ResourceArns.member.1", "RuleArn"):
                        found = iam_actions._query_param(params, key) or found
        return found

    def groups() -> Iterator[tuple[str, Any]]:
        account, region = ec2.get_account_id(), ec2.get_region()
        for name in ec2._security_groups:
            yield f"arn:aws:ec2:{region}:{account}:security-group/{name}", ec2._tags.get(name, [])

    tagging._RESOURCE_TAG_COLLECTORS["elasticloadbalancing"] = lambda: list(alb._tags.items())
    tagging._RESOURCE_TAG_COLLECTORS["ec2"] = groups
