"""Runs the dashboard as a person does: a real server, in a process of its own, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; a busy machine starts slowly


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """True if the server says that it is well."""
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running_dashboard(folder: Path | None = None, port: int | None = None) -> Iterator[str]:
    """Start a server that nobody has asked anything yet; give its address; end it afterwards.

    `folder` is where studies are kept: by default one that goes with the server.
    """
    with tempfile.TemporaryDirectory() as own, started(folder or Path(own) / "studies", port or free_port()) as server:
        yield server.url


@dataclass(frozen=True)
class Server:
    """A dashboard that runs, and its address."""

    process: subprocess.Popen[bytes]
    url: str


@contextmanager
def started(folder: Path, port: int) -> Iterator[Server]:
    """Start a server that keeps studies in `folder`; whatever became of it, it is gone afterwards."""
    url = f"http://127.0.0.1:{port}"
    options = ["--server.port", str(port), "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    place = {**os.environ, "EVALUATION_DASHBOARD_DATA": str(folder)}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=place, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            deadline = time.monotonic() + PATIENCE
            while not answers(url):
                if server.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(f"the dashboard did not start:\n{log.read().decode(errors='replace')}")
                time.sleep(0.1)
            yield Server(server, url)
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
