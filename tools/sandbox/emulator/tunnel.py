"""The way from a cluster's API server into the cluster's network, for webhooks and aggregated APIs.

A managed control plane isn't in the network of the pods either: it connects through a proxy, which the API server calls an egress
selector. This is that proxy, on a Unix socket: CONNECT to an address of the cluster leads to the process that serves it.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from pathlib import Path

from .cluster_network import ClusterNetwork


class Tunnel:
    """An HTTP CONNECT proxy with a loop of its own."""

    def __init__(self, path: Path, network: ClusterNetwork) -> None:
        self.path = path
        self._network = network
        self._loop = asyncio.new_event_loop()

    def start(self) -> None:
        listening = threading.Event()

        async def serve() -> None:
            server = await asyncio.start_unix_server(self._connected, str(self.path))
            listening.set()
            async with server:
                with contextlib.suppress(asyncio.CancelledError):
                    await server.serve_forever()

        def run() -> None:
            with contextlib.suppress(RuntimeError):
                self._loop.run_until_complete(serve())

        threading.Thread(target=run, daemon=True, name="tunnel").start()
        listening.wait(10)

    def stop(self) -> None:
        if self._loop.is_running():
            self._loop.call_soon_threadsafe(self._loop.stop)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            _, target, _ = head.split(" ", 2)
            host, _, port = target.rpartition(":")
            local = self._network.loopback(host.strip("[]"), int(port))
            if local is None:
                writer.write(b"HTTP/1.1 502 Nothing serves that address\r\n\r\n")
                writer.close()
                return
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", local)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        except (OSError, ValueError, asyncio.IncompleteReadError):
            writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.CancelledError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
