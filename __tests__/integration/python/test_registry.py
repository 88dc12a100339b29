"""Programs out of images: from a registry with TLS on loopback that cuts, refuses, redirects and lies."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

from registry_server import RegistryServer

import registry
from emulator import certificates


class RegistryTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        issued = certificates.issue("localhost", hosts=("localhost", "127.0.0.1"))
        certificate, key = self.folder / "certificate.pem", self.folder / "key.pem"
        certificate.write_bytes(issued.pem)
        certificates.write_private(key, certificates.private_pem(issued.key))
        self.server = RegistryServer(certificate, key)
        self.addCleanup(self.server.close)
        trusted = {"SSL_CERT_FILE": str(certificate), "no_proxy": "localhost,127.0.0.1"}
        environment = mock.patch.dict(os.environ, trusted)
        environment.start()
        self.addCleanup(environment.stop)
        self.cache = self.folder / "cache"

    def fetch(self, tag: str = "v1.2.3", file: str = "usr/local/bin/tool") -> Path:
        return registry.fetch(self.cache, "tool", registry.Image.parse(f"{self.server.host}/programs/tool:{tag}"), file)

    def test_takes_one_file_by_token_index_and_redirect(self) -> None:
        target = self.fetch()
        self.assertEqual(target.name, "tool-1.2.3")
        self.assertEqual(target.read_bytes(), self.server.files["tool"])
        self.assertTrue(os.access(target, os.X_OK))
        # The layer beneath was not needed, and nothing but the program is kept.
        self.assertEqual(len([path for path in self.server.requests if "/elsewhere/" in path]), 1)
        self.assertEqual([path.name for path in self.cache.iterdir()], ["tool-1.2.3"])

    def test_looks_into_the_layers_beneath(self) -> None:
        self.assertEqual(self.fetch(file="etc/base").read_bytes(), b"base")

    def test_takes_the_newest_release_of_a_series(self) -> None:
        self.assertEqual(self.fetch("v1.2.*").name, "tool-1.2.3")

    def test_asks_once(self) -> None:
        self.fetch()
        before = len(self.server.requests)
        self.fetch()
        self.assertEqual(len(self.server.requests), before)

    def test_goes_on_where_the_connection_was_cut(self) -> None:
        self.server.cuts = 2
        self.assertEqual(self.fetch().read_bytes(), self.server.files["tool"])

    def test_starts_anew_where_a_server_knows_no_ranges(self) -> None:
        self.server.cuts, self.server.without_ranges = 1, True
        self.assertEqual(self.fetch().read_bytes(), self.server.files["tool"])

    def test_gives_up_when_every_connection_is_cut_and_keeps_what_came(self) -> None:
        self.server.cuts = 1000
        with mock.patch.object(registry, "CUTS", 1), self.assertRaisesRegex(registry.RegistryError, "cut"):
            self.fetch()
        self.assertEqual([path.suffix for path in self.cache.iterdir()], [".part"])
        self.server.cuts = 0
        self.assertEqual(self.fetch().read_bytes(), self.server.files["tool"])

    def test_waits_as_long_as_it_is_told(self) -> None:
        self.server.too_many = 2
        self.assertEqual(self.fetch().read_bytes(), self.server.files["tool"])

    def test_refuses_a_layer_that_is_not_what_was_announced(self) -> None:
        digest = next(name for name, data in self.server.blobs.items() if b"ELF" in data)
        self.server.blobs[digest] = self.server.blobs[digest].replace(b"ELF", b"FLE")
        with self.assertRaisesRegex(registry.RegistryError, "is not what was announced"):
            self.fetch()
        self.assertEqual(list(self.cache.iterdir()), [])

    def test_refuses_a_manifest_that_is_not_what_was_announced(self) -> None:
        digest = next(name for name in self.server.manifests if name.startswith("sha256:"))
        self.server.manifests[digest] += b" "
        with self.assertRaisesRegex(registry.RegistryError, "manifest .* is not what was announced"):
            self.fetch()

    def test_says_what_is_missing(self) -> None:
        with self.assertRaisesRegex(registry.RegistryError, "has no file usr/bin/other"):
            self.fetch(file="usr/bin/other")
        with self.assertRaisesRegex(registry.RegistryError, "answers 404"):
            self.fetch(tag="v9")
        with self.assertRaisesRegex(registry.RegistryError, "no release v9"):
            self.fetch(tag="v9.*")

    def test_trusts_no_stranger(self) -> None:
        stranger = mock.patch.dict(os.environ, {"SSL_CERT_FILE": os.devnull})
        with stranger, self.assertRaisesRegex(registry.RegistryError, "can't be reached: .*CERTIFICATE_VERIFY_FAILED"):
            self.fetch()

    def test_goes_through_a_proxy(self) -> None:
        proxy, seen = _connect_proxy()
        self.addCleanup(proxy.close)
        port = proxy.getsockname()[1]
        with mock.patch.dict(os.environ, {"HTTPS_PROXY": f"http://127.0.0.1:{port}", "no_proxy": "", "NO_PROXY": ""}):
            self.fetch()
        self.assertIn(self.server.host, seen)


def _connect_proxy() -> tuple[socket.socket, list[str]]:
    """A proxy that answers CONNECT, and where it was asked to go."""
    listener, seen = socket.create_server(("127.0.0.1", 0)), []

    def serve(client: socket.socket) -> None:
        with client, contextlib.suppress(ConnectionError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            target = head.split(b" ")[1].decode()
            seen.append(target)
            host, port = target.rsplit(":", 1)
            with socket.create_connection((host, int(port))) as upstream:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    for ready in select.select([client, upstream], [], [], 5)[0]:
                        data = ready.recv(65536)
                        if not data:
                            return
                        (upstream if ready is client else client).sendall(data)

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener, seen


if __name__ == "__main__":
    unittest.main()
