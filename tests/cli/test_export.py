import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

from tests.cli.conftest import World, call
from tests.services import free_port, new_database
from warehouse.publication import current


def published_tables(world: World) -> set[str]:
    manifest = current(world.data_dir / "publish")
    assert manifest is not None
    return set(manifest.rows)


def test_a_whole_publication_goes_to_postgres_and_again_only_what_changed(
    world: World, postgres_server: str
) -> None:
    database = new_database(postgres_server)
    told = call("export", database, "--data-dir", str(world.data_dir), "--json")
    assert (told.status, told.err) == (0, "")
    wanted = published_tables(world)
    assert json.loads(told.out)["tables_changed"] == len(wanted)
    with dbapi.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM demarche.export_state")
        assert {name for (name,) in cursor.fetchall()} == wanted
        cursor.execute("SELECT surface FROM demarche.mentions WHERE entity_id = 'person:lavrov'")
        assert ("Sergei Lavrov",) in cursor.fetchall()
    again = call("export", database, "--data-dir", str(world.data_dir))
    assert again.out.endswith("; nothing had changed\n")


def test_a_server_that_is_away_is_one_line_and_status_1(world: World) -> None:
    address = f"postgres://u:hush@127.0.0.1:{free_port()}/d"
    told = call("export", address, "--data-dir", str(world.data_dir))
    assert (told.status, told.out) == (1, "")
    assert told.err.count("\n") == 1
    assert "PostgreSQL cannot be reached at postgres://u:***@127.0.0.1" in told.err
    assert "hush" not in told.err


def test_a_folder_gets_a_file_for_each_table(world: World, tmp_path: Path) -> None:
    folder = str(tmp_path / "out")
    told = call("export", folder, "--format", "parquet", "--data-dir", str(world.data_dir))
    assert told.out == f"{len(published_tables(world))} tables as parquet in {folder}\n"
    assert (tmp_path / "out" / "stance_matrix.parquet").is_file()


def test_one_table_goes_to_standard_output(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("csv", "arrow"):
        out = BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", TextIOWrapper(out, write_through=True))
            from flows.cli.main import main

            options = ("--table", "entities", "--format", kind, "--data-dir", str(world.data_dir))
            assert main(["export", "-", *options]) == 0
            content = out.getvalue()
        if kind == "csv":
            assert content.startswith(b"entity_id,name,type,")
        else:
            assert "entity_id" in pa.ipc.open_stream(content).schema.names


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-"], "standard output takes one table"),
        (["mysql://host/x"], "'mysql://' is not known"),
        (["folder", "--schema", "x"], "--schema: is for databases"),
        (["folder", "--full"], "--full: is for databases"),
        (["postgres://h/d", "--format", "csv"], "--format: is for files"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    world: World, arguments: list[str], words: str
) -> None:
    told = call("export", *arguments, "--data-dir", str(world.data_dir))
    assert told.status == 2
    assert words in told.err


def test_without_a_publication_it_says_what_to_do(tmp_path: Path) -> None:
    told = call("export", str(tmp_path / "out"), "--data-dir", str(tmp_path))
    assert told.status == 1
    assert "nothing is published" in told.err
    assert "`demarche run`" in told.err
