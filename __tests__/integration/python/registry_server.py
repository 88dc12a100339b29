"""An image registry on loopback with TLS, which can be told to misbehave."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import ssl
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TOKEN = "a-token"


class RegistryServer:
    """Serves one image, `programs/tool:v1.2.3` of two layers, to who brings the token that it gives."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.files = {"base": b"base", "tool": b"\x7fELF" + bytes(range(256)) * 4096}
        layers = [
            self._layer({"etc/base": self.files["base"]}),
            self._layer({"usr/local/bin/tool": self.files["tool"]}),
        ]
        self.blobs = {_digest(data): data for data in layers}
        manifest = self._blob_list(layers)
        index = json.dumps(
            {
                "manifests": [
                    {"digest": "sha256:" + "0" * 64, "platform": {"os": "linux", "architecture": "s390x"}},
                    *(
                        {"digest": _digest(manifest), "platform": {"os": "linux", "architecture": architecture}}
                        for architecture in ("amd64", "arm64")
                    ),
                ]
            }
        ).encode()
        self.manifests = {"v1.2.3": index, _digest(manifest): manifest}
        self.requests: list[str] = []
        # How often a blob is cut short, and how often the server says that it is asked too much.
        self.cuts = 0
        self.too_many = 0
        self.without_ranges = False
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.host = f"localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @staticmethod
    def _layer(files: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for name, data in files.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return gzip.compress(out.getvalue(), compresslevel=0)

    @staticmethod
    def _blob_list(layers: list[bytes]) -> bytes:
        return json.dumps({"layers": [{"digest": _digest(data), "size": len(data)} for data in layers]}).encode()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests.append(request.path)
        if request.path.startswith("/token?"):
            return self._send(request, 200, json.dumps({"token": TOKEN}).encode())
        if request.path.startswith("/elsewhere/"):
            # Where blobs really are: a token given to the registry must not be sent here.
            if "Authorization" in request.headers:
                return self._send(request, 400, b"what is this token?")
            return self._blob(request, request.path.removeprefix("/elsewhere/"))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            challenge = (
                f'Bearer realm="https://{self.host}/token",service="tests",scope="repository:programs/tool:pull"'
            )
            return self._send(request, 401, b"{}", {"WWW-Authenticate": challenge})
        if self.too_many > 0:
            self.too_many -= 1
            return self._send(request, 429, b"{}", {"Retry-After": "1"})
        _, _, rest = request.path.partition("/v2/programs/tool/")
        kind, _, name = rest.partition("/")
        if kind == "tags":
            return self._send(
                request, 200, json.dumps({"tags": ["v1.2.1", "v1.2.3", "v1.2.4-rc.0", "v1.3.0"]}).encode()
            )
        if kind == "manifests" and name in self.manifests:
            body = self.manifests[name]
            return self._send(request, 200, body, {"Docker-Content-Digest": _digest(body)})
        if kind == "blobs":
            # Another host name for the same place.
            host = self.host.replace("localhost", "127.0.0.1")
            return self._send(request, 307, b"", {"Location": f"https://{host}/elsewhere/{name}"})
        return self._send(request, 404, b"{}")

    def _blob(self, request: BaseHTTPRequestHandler, name: str) -> None:
        data = self.blobs[name]
        ranged = request.headers.get("Range")
        start = int(ranged.removeprefix("bytes=").rstrip("-")) if ranged and not self.without_ranges else 0
        rest = data[start:]
        if self.cuts > 0 and len(rest) > 1024:
            self.cuts -= 1
            request.send_response(206 if start else 200)
            request.send_header("Content-Length", str(len(rest)))
            request.end_headers()
            request.wfile.write(rest[: len(rest) // 2])
            request.wfile.flush()
            request.connection.close()
            request.close_connection = True
            return
        self._send(request, 206 if start else 200, rest)

    @staticmethod
    def _send(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
