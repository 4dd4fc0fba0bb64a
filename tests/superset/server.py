"""A Superset of the tests' own, set up as `deploy/superset/README.md` says."""

import os
import re
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.services import free_port
from tests.superset.bundle import ROOT, SUPERSET

PROGRAMS = ROOT / ".venv-superset" / "bin"
SECONDS = 300
"""Longest wait for an answer: on a busy machine each of Superset's commands takes a minute."""
PASSWORD = secrets.token_hex(8)

Row = dict[str, Any]


@dataclass(frozen=True)
class Superset:
    """A server that runs, and a client that is known to it."""

    address: str
    client: httpx.Client
    charts: dict[str, int]

    def rows(self, title: str, *filters: Row) -> list[Row]:
        """Return the rows that a chart shows, narrowed as the dashboard's filters narrow it."""
        chart = self.client.get(f"/api/v1/chart/{self.charts[title]}").json()["result"]
        context = httpx.Response(200, text=chart["query_context"]).json()
        context["queries"][0]["filters"] += [{**given, "isExtra": True} for given in filters]
        answer = self.client.post("/api/v1/chart/data", json=context)
        assert answer.status_code == 200, (title, answer.text)
        rows: list[Row] = answer.json()["result"][0]["data"]
        return rows

    def cookie(self) -> str:
        """Return the session of somebody who went through the page of login."""
        with httpx.Client(base_url=self.address, timeout=SECONDS) as client:
            page = client.get("/login/").text
            (token,) = re.findall(r'csrf_token[^>]*value="([^"]+)"', page)
            form = {"username": "admin", "password": PASSWORD, "csrf_token": token}
            referer = {"Referer": f"{self.address}/login/"}
            assert client.post("/login/", data=form, headers=referer).headers["location"] == "/"
            return client.cookies["session"]


@contextmanager
def superset(folder: Path, database: Path) -> Iterator[Superset]:
    """Set up Superset in `folder`, import the bundle over `database`, and serve."""
    environment = os.environ | {
        "SUPERSET_HOME": str(folder),
        "SUPERSET_SECRET_KEY": secrets.token_hex(32),
        "SUPERSET_CONFIG_PATH": str(SUPERSET / "superset_config.py"),
        "FLASK_APP": "superset",
    }
    _set_up(folder, database, environment)
    port = free_port()
    command = [PROGRAMS / "gunicorn", "--workers", "1", "--worker-class", "gthread"]
    command += ["--threads", "8", "--bind", f"127.0.0.1:{port}", "superset.app:create_app()"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, folder / "server.log")
        afresh = httpx.Limits(max_keepalive_connections=0)  # gunicorn ends idle ones without a word
        with httpx.Client(base_url=address, timeout=SECONDS, limits=afresh) as client:
            yield _known(address, client)
    finally:
        process.terminate()
        process.wait(SECONDS)


def _set_up(folder: Path, database: Path, environment: dict[str, str]) -> None:
    bundle = folder / "demarche.zip"
    zipped = ["python3", "-m", "zipfile", "-c", bundle, "demarche/"]
    subprocess.run(zipped, cwd=SUPERSET, check=True)
    names = ["--username", "admin", "--firstname", "Ann", "--lastname", "Lee"]
    for arguments in (
        ["db", "upgrade"],
        ["fab", "create-admin", *names, "--email", "ann@example.org", "--password", PASSWORD],
        ["init"],
        ["import-dashboards", "--path", bundle, "--username", "admin"],
        ["set-database-uri", "-d", "demarche", "-u", f"duckdb:///{database}"],
    ):
        command = [PROGRAMS / "superset", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stdout[-2000:], done.stderr[-2000:])


def _wait(address: str, log: Path) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise AssertionError(log.read_text()[-2000:])


def _known(address: str, client: httpx.Client) -> Superset:
    who = {"username": "admin", "password": PASSWORD, "provider": "db"}
    token = client.post("/api/v1/security/login", json=who).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    client.headers["Referer"] = address
    guard = client.get("/api/v1/security/csrf_token/").json()["result"]
    client.headers["X-CSRFToken"] = guard
    listed = client.get("/api/v1/chart/").json()["result"]
    return Superset(address, client, {chart["slice_name"]: chart["id"] for chart in listed})
