"""Processes that end with the emulator, however it ends."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Linux ends a child with the thread that started it: so this thread starts all, and lives as long as the emulator.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="starter")
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: Sequence[str], log: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Starts a command that ends with this process; what it says goes to the log."""

    def launch() -> subprocess.Popen[bytes]:
        with log.open("ab") as out:
            return subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=dict(environment),
                start_new_session=True,
                # One call of the C library, which takes no lock that another thread could hold.
                preexec_fn=_end_with_parent,  # noqa: PLW1509
            )

    return _starter.submit(launch).result()


def stop(process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Asks a process to end, waits, and insists."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
