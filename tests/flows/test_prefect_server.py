"""The Prefect server of `demarche serve`: when it is started anew; and jobs without it."""

import subprocess
import sys
from pathlib import Path

import pytest

from flows import prefect_env, prefect_server
from flows.prefect_server import OwnServer
from warehouse.errors import OutageError

IDLE = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnServer:
    """A server whose program idles and is well as soon as it is there."""
    monkeypatch.setattr(prefect_server, "is_well", lambda _url: True)
    monkeypatch.setattr(OwnServer, "_start", lambda _self, log: subprocess.Popen(IDLE, stdout=log))
    return OwnServer(tmp_path / "prefect", tmp_path / "logs" / "prefect.log")


def test_a_server_that_died_is_started_again_at_the_same_address(server: OwnServer) -> None:
    server.ensure()
    first, address = server.pid, server.api_url
    server.ensure()
    assert server.pid == first
    assert server._process is not None
    server._process.kill()
    server._process.wait()
    server.ensure()
    assert server.pid != first
    assert server.api_url == address
    server.stop()
    assert server.pid is None


def test_state_that_has_grown_large_is_dropped_while_no_server_runs(
    server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefect_env, "STATE_BYTES", 1000)
    server.home.mkdir()
    database, journal = server.home / "prefect.db", server.home / "prefect.db-wal"
    database.write_bytes(b"x" * 600)
    server.ensure()
    first = server.pid
    journal.write_bytes(b"x" * 300)
    server.ensure()
    assert (server.pid, database.exists()) == (first, True)
    journal.write_bytes(b"x" * 500)
    server.ensure()
    assert server.pid != first
    assert not database.exists()
    assert not journal.exists()
    server.stop()


def test_a_server_that_does_not_start_is_told_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [sys.executable, "-c", "raise SystemExit('no room')"]
    monkeypatch.setattr(
        OwnServer, "_start", lambda _self, log: subprocess.Popen(broken, stderr=log)
    )
    server = OwnServer(tmp_path / "prefect", tmp_path / "prefect.log")
    with pytest.raises(OutageError, match=r"did not start: see .*prefect\.log"):
        server.ensure()
    assert (tmp_path / "prefect.log").read_text() == "no room\n"
