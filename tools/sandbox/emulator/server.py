"""The emulated AWS as an ASGI application: ministack, its other half, and one address for the driver."""

from __future__ import annotations

import json
import logging
from typing import Any

from . import clusters, corrections, identities, load_balancing, state
from .settings import read_settings

logging.getLogger("sandbox").setLevel(logging.INFO)

from ministack.app import app as ministack  # noqa: E402

_settings = read_settings()
# Order matters: what is wrapped last is asked first.
clusters.install(_settings)
corrections.install(_settings)
load_balancing.install(_settings)
identities.install(_settings)


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers /_sandbox/state itself; everything else is ministack's."""
    if scope["type"] != "http" or scope["path"] != "/_sandbox/state":
        await ministack(scope, receive, send)
        return
    body = json.dumps(state.document()).encode()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
