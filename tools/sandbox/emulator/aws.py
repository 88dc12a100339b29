"""The parts of ministack that the rest works with, in one place: what is private there is named here alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import alb, ec2, eks, iam, sts

__all__ = ["alb", "assume_role", "ec2", "eks", "iam", "service_may", "sts", "wrap"]

Function = Callable[..., Any]


def wrap(module: Any, name: str) -> Callable[[Function], Function]:
    """@wrap(module, "f") def f(original, *args): stands in for module.f, also where a table of actions holds it."""
    original = getattr(module, name)

    def decorate(function: Function) -> Function:
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return function(original, *args, **kwargs)

        setattr(module, name, replacement)
        actions = getattr(module, "_ACTION_MAP", {})
        for action, handler in list(actions.items()):
            if handler is original:
                actions[action] = replacement
        return replacement

    return decorate


def assume_role(role_arn: str, session_name: str, seconds: int) -> dict[str, str]:
    """A session of a role, which the caller has found to be allowed."""
    key, secret, token = sts._gen_session_access_key(), sts._gen_secret(), sts._gen_session_token()
    role = role_arn.rsplit("/", 1)[-1]
    account = role_arn.split(":")[4]
    sts.register_session(
        key,
        {
            "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session_name}",
            "UserId": f"{sts._role_id(role_arn)}:{session_name}",
            "SecretAccessKey": secret,
            "SessionToken": token,
            "Expiration": time.time() + seconds,
            "AccountId": account,
            "PrincipalType": "AssumedRole",
            "SourceAccessKeyId": "",
            "SourcePrincipalArn": "",
            "SessionTags": [],
            "SessionPolicies": None,
        },
    )
    return {"AccessKeyId": key, "SecretAccessKey": secret, "Token": token}


def service_may(document: Any, service: str, action: str, role_arn: str, context: dict[str, str]) -> bool:
    """Whether a trust policy allows an AWS service an action."""
    policy = json.loads(document) if isinstance(document, str) else document
    statements = policy.get("Statement", [])
    named = [
        {**statement, "Principal": "*"}
        for statement in (statements if isinstance(statements, list) else [statements])
        if isinstance(statement.get("Principal"), dict) and service in _listed(statement["Principal"].get("Service"))
    ]
    request = iam_evaluator.EvalContext(
        principal_arn=service,
        principal_type="Service",
        principal_account="",
        action=action,
        resource_arn=role_arn,
        region="",
        service_context=context,
    )
    return bool(iam_evaluator.evaluate_trust_policy({"Statement": named}, service, request))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
