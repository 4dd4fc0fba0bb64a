"""What an export to PostgreSQL refuses, and leaves as it was."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from adbc_driver_manager import AdbcStatusCode
from adbc_driver_postgresql import dbapi

from tests.export.conftest import ask, surfaces
from tests.export.publications import mentions, put_publication, table
from tests.services import free_port
from warehouse.errors import ExportError, LakeError, OutageError
from warehouse.export import postgres
from warehouse.export.postgres import export_to_postgres
from warehouse.export.server import refusal


def test_the_target_never_goes_back_nor_to_another_lake(tmp_path: Path, database: str) -> None:
    gone = table("gone", "a VARCHAR", ["('x')"])  # which the other lake has no more
    folder = put_publication(tmp_path / "one", 2, mentions({"1": "late"}) + gone)
    export_to_postgres(folder, database)
    earlier = put_publication(tmp_path / "two", 1, mentions({"1": "early"}))
    assert export_to_postgres(earlier, database).is_older
    other = put_publication(tmp_path / "three", 3, mentions({"1": "other"}), lake_id="another")
    with pytest.raises(ExportError, match="shows another lake"):
        export_to_postgres(other, database)
    assert surfaces(database) == [("1", "late")]
    export_to_postgres(other, database, is_full=True)
    assert surfaces(database) == [("1", "other")]
    assert export_to_postgres(other, database).unchanged == 1


@pytest.mark.parametrize(
    ("statements", "schema", "words"),
    [
        (
            ["CREATE SCHEMA theirs", "CREATE TABLE theirs.x (y int)"],
            "theirs",
            "theirs. holds tables",
        ),
        (["CREATE SCHEMA demarche", "CREATE VIEW demarche.v AS SELECT 1"], "demarche", "such as v"),
        ([], "pg_mine", "can be no schema"),
        ([], "x" * 64, "can be no schema"),
    ],
)
def test_what_is_not_ours_is_not_touched(
    tmp_path: Path, database: str, statements: list[str], schema: str, words: str
) -> None:
    for statement in statements:
        ask(database, statement)
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    with pytest.raises(ExportError, match=words):
        export_to_postgres(folder, database, schema=schema)
    assert ask(database, "SELECT count(*) FROM pg_class WHERE relname = 'mentions'") == [(0,)]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("CREATE TABLE demarche.quality (metric text)", "quality was not made by demarche"),
        ("CREATE VIEW demarche.quality AS SELECT 1 AS metric", "quality was not made by demarche"),
        ("ALTER TABLE demarche.mentions ALTER surface TYPE varchar(9)", "surface is character"),
    ],
)
def test_a_relation_in_the_way_is_named(
    tmp_path: Path, database: str, statement: str, words: str
) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    export_to_postgres(folder, database)
    ask(database, statement)
    quality = table("quality", "metric VARCHAR", ["('x')"])
    put_publication(tmp_path, 2, mentions({"1": "b"}) + quality)
    with pytest.raises(ExportError, match=words):
        export_to_postgres(folder, database)
    assert surfaces(database) == [("1", "a")]


def test_a_name_that_is_not_published_is_told_before_the_server_is_asked(tmp_path: Path) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    with pytest.raises(LakeError, match="no table 'mention' is published"):
        export_to_postgres(folder, "postgresql://127.0.0.1:1/x", tables=["mention"])
    with pytest.raises(LakeError, match="nothing is published"):
        export_to_postgres(tmp_path / "none", "postgresql://127.0.0.1:1/x")


@contextmanager
def refusing(state: str, message: str) -> Iterator[str]:
    """Be a PostgreSQL server that refuses who connects; yield its address, with a password."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection:
                    length, code = struct.unpack("!II", connection.recv(8))
                    connection.recv(length - 8) if length > 8 else None
                    if code in (80877103, 80877104):  # asks for TLS, for GSSAPI
                        connection.sendall(b"N")
                        length = struct.unpack("!I", connection.recv(4))[0]
                        connection.recv(length - 4)
                    parts = f"SFATAL\0C{state}\0M{message}\0\0".encode()
                    connection.sendall(b"E" + struct.pack("!I", len(parts) + 4) + parts)

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=serve, daemon=True).start()
        yield f"postgresql://u:hush@127.0.0.1:{server.getsockname()[1]}/d?gssencmode=disable"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("state", "message", "kind", "words"),
    [
        ("28P01", 'password authentication failed for user "u"', ExportError, "PGPASSWORD"),
        ("28000", 'no pg_hba.conf entry for host "::1"', ExportError, "lets the user in"),
        ("3D000", 'database "d" does not exist', ExportError, "createdb"),
        ("53300", "sorry, too many clients already", OutageError, "export again"),
        ("57P03", "the database system is starting up", OutageError, "export again"),
    ],
)
def test_a_refusal_at_the_door_is_told_without_the_password(
    tmp_path: Path, state: str, message: str, kind: type[Exception], words: str
) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    with refusing(state, message) as address, pytest.raises(kind) as caught:
        export_to_postgres(folder, address)
    text = str(caught.value)
    assert message in text
    assert words in text
    assert "hush" not in text
    assert "\n" not in text


def test_a_server_that_is_away_is_an_outage(tmp_path: Path) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    address = f"postgres://u:hush@127.0.0.1:{free_port()}/d?password=hush"
    with pytest.raises(OutageError, match=r"cannot be reached.*export again") as caught:
        export_to_postgres(folder, address)
    assert "hush" not in str(caught.value)


def test_a_user_who_may_not_is_told_what_to_grant(tmp_path: Path, database: str) -> None:
    ask(database, "DROP ROLE IF EXISTS guest")
    ask(database, "CREATE ROLE guest LOGIN")
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    with pytest.raises(ExportError, match=r"permission denied.*GRANT CREATE"):
        export_to_postgres(folder, database.replace("demarche@", "guest@"))


def test_a_server_that_dies_in_the_middle_leaves_the_target_as_it_was(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    export_to_postgres(folder, database)
    put_publication(tmp_path, 2, mentions({"1": "b"}))
    others = """SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND datname = current_database()"""
    monkeypatch.setattr(postgres, "describe", lambda *_: ask(database, others))
    with pytest.raises(OutageError, match="as it was"):
        export_to_postgres(folder, database)
    assert surfaces(database) == [("1", "a")]


def test_a_full_disk_of_the_server_is_an_outage_with_its_remedy() -> None:
    error = dbapi.OperationalError(
        "could not extend file: No space left on device",
        status_code=AdbcStatusCode.IO,
        sqlstate="53100",
    )
    told = refusal(error)
    assert isinstance(told, OutageError)
    assert "make room there, then export again" in str(told)
