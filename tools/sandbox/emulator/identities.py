"""Who works in the emulated account: an administrator, as whom the stacks are applied, and a viewer."""

from __future__ import annotations

import json

from . import certificates
from .aws import assume_role, iam
from .settings import Settings

SESSION_SECONDS = 7 * 86_400
POLICIES = {
    "sandbox-admin": "arn:aws:iam::aws:policy/AdministratorAccess",
    "sandbox-viewer": "arn:aws:iam::aws:policy/ReadOnlyAccess",
}


def install(settings: Settings) -> None:
    """Makes a role for each, which anyone in the account may assume, and writes a session of each beside the emulator."""
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{settings.account}:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    sessions = {}
    for name, policy in POLICIES.items():
        iam._create_role({"RoleName": [name], "AssumeRolePolicyDocument": [json.dumps(trust)]})
        iam._attach_role_policy({"RoleName": [name], "PolicyArn": [policy]})
        sessions[name] = assume_role(f"arn:aws:iam::{settings.account}:role/{name}", "sandbox", SESSION_SECONDS)
    certificates.write_private(settings.folder / "sessions.json", json.dumps(sessions).encode())
