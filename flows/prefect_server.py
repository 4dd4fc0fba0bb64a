"""A Prefect server of our own for `demarche serve`, where the user names none.

It belongs to the process that starts it, listens on this machine alone, and keeps its state under
the data folder. It is started anew where it died, and with empty state where that has grown large.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import httpx

from flows.prefect_env import forget, state_bytes
from warehouse.errors import OutageError

START_SECONDS = 120.0
"""Longest wait for a start, which takes some 12 s on an idle machine."""

RETENTION = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(7 * 86_400),
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
}
"""Prefect's own housekeeping: flow runs with tasks, logs and artifacts 7 days, events 2."""

PR_SET_PDEATHSIG = 1


class OwnServer:
    """A Prefect server in a process of its own. Its address is known before it runs."""

    def __init__(self, home: Path, log: Path) -> None:
        """Take a free port; `home` is Prefect's folder, `log` the file for what the server says."""
        self.home, self.log = home, log
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def api_url(self) -> str:
        """The address for PREFECT_API_URL."""
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def pid(self) -> int | None:
        """The server's process, where it runs."""
        return self._process.pid if self._process else None

    def ensure(self) -> None:
        """Start the server where it does not run or its state is too large. Raises OutageError."""
        if self._process and self._process.poll() is None and not forget(self.home, dry=True):
            return
        self.stop()
        forget(self.home)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._process = self._start(log)
        deadline = time.monotonic() + START_SECONDS
        while not is_well(self.api_url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise OutageError(f"Prefect's server did not start: see {self.log}")
            time.sleep(0.2)

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        own = {"PREFECT_HOME": str(self.home), "PREFECT_API_URL": self.api_url}
        place = ["--host", "127.0.0.1", "--port", str(self.port)]
        return subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", *place],
            env=RETENTION | os.environ | own,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C stops us first, and we stop it
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def stop(self) -> None:
        """Stop the server, where it runs."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def state_bytes(self) -> int:
        """Return the size of the server's database."""
        return state_bytes(self.home)


def is_well(api_url: str) -> bool:
    """Return whether the Prefect server at `api_url` answers."""
    try:
        return httpx.get(f"{api_url}/health", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """Have the kernel end the server where we are killed and cannot."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
