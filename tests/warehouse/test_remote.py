"""The lake with a PostgreSQL catalogue and with data in an S3-compatible store."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.rows import NOW, article, mention, sentence
from warehouse.commit import replace_articles
from warehouse.errors import OutageError
from warehouse.lake import open_lake
from warehouse.location import LakeLocation, ObjectStore
from warehouse.locks import writer_lock
from warehouse.maintenance import compact
from warehouse.publication import publish

BUCKET = "lake"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing answers on port {port}")


@pytest.fixture(scope="module")
def store() -> Iterator[ObjectStore]:
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        url = f"http://127.0.0.1:{port}/{BUCKET}"
        urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=10).close()
        yield ObjectStore(
            key_id="test",
            secret="test",
            endpoint=f"127.0.0.1:{port}",
            use_ssl=False,
            url_style="path",
        )
    finally:
        server.terminate()
        server.wait()


def postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    programs = postgres_programs()
    if programs is None or not (programs / "postgres").exists():
        pytest.skip("no PostgreSQL server is installed (Debian's package postgresql)")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    with TemporaryDirectory() as name:  # pytest's folders lie in one that only we may enter
        if user:
            os.chown(name, pwd.getpwnam(user).pw_uid, -1)
        yield from serve_postgres(programs, Path(name), user)


def serve_postgres(programs: Path, folder: Path, user: str | None) -> Iterator[str]:
    port = free_port()
    make = [programs / "initdb", "-D", folder / "db", "-A", "trust", "-U", "demarche"]
    subprocess.run(make, user=user, check=True, capture_output=True, cwd=folder)
    options = ["-D", folder / "db", "-p", str(port), "-k", "", "-c", "listen_addresses=127.0.0.1"]
    server = subprocess.Popen(
        [programs / "postgres", *options], user=user, cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        time.sleep(0.5)
        yield f"postgres:host=127.0.0.1 port={port} user=demarche dbname=postgres"
    finally:
        server.terminate()
        server.wait()


def fill_and_check(location: LakeLocation, tmp_path: Path) -> None:
    for name in "abc":
        with open_lake(location, lock_timeout=30) as lake, lake.write() as con:
            rows = {"sentences": [sentence(name)], "mentions": [mention(name)]}
            replace_articles(con, [article(name)], [], rows, run_id=name, now=NOW)
    with open_lake(location, lock_timeout=30) as lake:
        compact(lake, expire_before=NOW, remove_before=NOW)
        assert lake.rows("SELECT article_id FROM articles ORDER BY 1") == [("a",), ("b",), ("c",)]
        manifest = publish(lake, tmp_path / "publish", keep=2, code_version="1")
        assert manifest.rows["mentions"] == 3


def test_data_in_an_object_store(tmp_path: Path, store: ObjectStore) -> None:
    location = LakeLocation.in_folder(
        tmp_path / "lake", data_path=f"s3://{BUCKET}/one", object_store=store
    )
    fill_and_check(location, tmp_path)
    assert not (tmp_path / "lake" / "data").exists()


def test_a_store_that_cannot_be_reached_is_an_outage(tmp_path: Path) -> None:
    gone = ObjectStore(
        key_id="x", secret="x", endpoint=f"127.0.0.1:{free_port()}", use_ssl=False, url_style="path"
    )
    location = LakeLocation.in_folder(
        tmp_path / "lake", data_path=f"s3://{BUCKET}/two", object_store=gone
    )
    with pytest.raises(OutageError, match="Could not connect"):
        open_lake(location)


def test_a_catalogue_in_postgres(tmp_path: Path, postgres: str) -> None:
    location = LakeLocation.in_folder(tmp_path / "lake", catalog=postgres)
    fill_and_check(location, tmp_path)
    with writer_lock(location, timeout=1):
        other = open_lake(location, read_only=True)
        assert other.rows("SELECT count(*) FROM articles") == [(3,)]
        with pytest.raises(OutageError, match="has been writing"), writer_lock(location, timeout=0):
            pass
        other.con.close()


def test_a_server_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    catalog = f"postgres:host=127.0.0.1 port={free_port()} user=u password=secret dbname=d"
    location = LakeLocation.in_folder(tmp_path / "lake", catalog=catalog)
    with pytest.raises(OutageError) as caught:
        open_lake(location)
    assert "secret" not in str(caught.value)
    assert "postgres" in str(caught.value).lower()
