"""What the driver tells the emulator, by its process environment."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where things are, and how the emulator behaves."""

    folder: Path
    endpoint: str
    certificate: Path
    key: Path
    account: str
    region: str
    # Names of programs (`kube-apiserver`, …) with their paths, other releases as `<name>-<release>`; empty where there is no
    # control plane to be had.
    programs: dict[str, str]
    # How long a pod takes from being scheduled until it is ready.
    pod_start_seconds: float
    # Whether a deleted pod serves on as long as its preStop hook sleeps; else it goes at once.
    pods_take_leave: bool

    def program(self, name: str, release: str = "") -> str:
        """The program of a release such as 3.5.0, or of a series such as 1.36; else the one there is."""
        for key, path in self.programs.items():
            if key == f"{name}-{release}" or key.startswith(f"{name}-{release}."):
                return path
        return self.programs[name]

    @property
    def aws_environment(self) -> dict[str, str]:
        """What a client of the emulated AWS needs, credentials aside."""
        return {
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ENDPOINT_URL": self.endpoint,
            # The Go SDK overlooks AWS_ENDPOINT_URL when it trades a token for a role; it follows the service's own.
            "AWS_ENDPOINT_URL_STS": self.endpoint,
            "AWS_CA_BUNDLE": str(self.certificate),
            "SSL_CERT_FILE": str(self.certificate),
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Reads the settings; a missing one is a KeyError that names it."""
    env = dict(os.environ) if environment is None else environment
    return Settings(
        folder=Path(env["SANDBOX_FOLDER"]),
        endpoint=f"https://localhost:{env['GATEWAY_PORT']}",
        certificate=Path(env["MINISTACK_SSL_CERT"]),
        key=Path(env["MINISTACK_SSL_KEY"]),
        account=env["MINISTACK_ACCOUNT_ID"],
        region=env["MINISTACK_REGION"],
        programs=json.loads(env.get("SANDBOX_PROGRAMS", "{}")),
        pod_start_seconds=float(env.get("SANDBOX_POD_START_SECONDS", "0")),
        pods_take_leave=env.get("SANDBOX_PODS_TAKE_LEAVE") == "1",
    )
