import json
import shutil
import signal
import threading
import time
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest
import typer

from flows.cli.options import parse_as_of
from flows.cli.reading import Reader, condition, literal, open_publication, open_reader
from flows.settings import Settings
from tests.cli.conftest import World, call
from warehouse.errors import LakeError
from warehouse.lake import open_lake
from warehouse.publication import publish

COUNT = ("sql", "SELECT count(*) AS n FROM articles", "--json")


@pytest.fixture
def published(world: World, tmp_path: Path) -> Path:
    """A data folder with a publication and no lake."""
    shutil.copytree(world.data_dir / "publish", tmp_path / "data" / "publish", symlinks=True)
    return tmp_path / "data"


def test_the_publication_stands_in_for_a_missing_lake(published: Path) -> None:
    status, out, err = call(*COUNT, "--data-dir", str(published))
    assert (status, out) == (0, '[{"n": 2}]\n')
    assert err.count("\n") == 1
    assert err.startswith("demarche: reading the publication ")
    assert "since no lake at" in err
    (found,) = json.loads(call("who", "Lavrov", "--json", "--data-dir", str(published)).out)
    assert found["name"] == "Sergei Lavrov"
    assert "in stances" in call("why", "57a0ce0000000001", "--data-dir", str(published)).out
    assert call("sql", "DELETE FROM articles", "--data-dir", str(published)).status == 1


@pytest.fixture
def current(world: World, tmp_path: Path) -> Settings:
    """A copy of the data folder of `world`, whose publication shows what the lake has."""
    data_dir = shutil.copytree(world.data_dir, tmp_path / "data", symlinks=True)
    settings = Settings(data_dir=data_dir)
    with open_lake(settings.location) as lake:
        publish(lake, settings.publish_folder, keep=2, code_version=version("demarche"))
    return settings


@pytest.mark.parametrize(
    "asked",
    [
        ("who", "Lavrov"),
        ("stance",),
        ("timeline",),
        ("statements",),
        ("search", "Taliban"),
    ],
)
def test_marts_are_asked_of_a_publication_that_shows_the_same(
    asked: tuple[str, ...], world: World, current: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_noted(path: Path) -> duckdb.DuckDBPyConnection:
        opened.append(path)
        return open_publication(path)

    monkeypatch.setattr("flows.cli.reading.open_publication", open_noted)
    of_lake = call(*asked, "--json", "--data-dir", str(world.data_dir))
    assert (of_lake.status, opened) == (0, [])  # another demarche published there
    assert call(*asked, "--json", "--data-dir", str(current.data_dir)) == of_lake
    assert opened == [current.publish_folder / "current" / "demarche.duckdb"]


def test_the_lake_is_asked_where_the_publication_shows_something_else(current: Settings) -> None:
    def asks_lake(as_of: str | None = None, *, is_of_marts: bool = True) -> bool:
        with open_reader(current, as_of, is_of_marts=is_of_marts) as reader:
            return reader.is_lake

    assert not asks_lake()
    assert asks_lake(is_of_marts=False)
    with open_lake(current.location, read_only=True) as lake:
        assert asks_lake(str(lake.snapshot_id()))
    (current.publish_folder / "current" / "demarche.duckdb").write_bytes(b"torn")
    assert asks_lake()
    with open_lake(current.location) as lake:
        publish(lake, current.publish_folder, keep=2, code_version=version("demarche"))
        lake.con.execute("DELETE FROM lake.events")
    assert asks_lake()


def test_the_publication_stands_in_where_the_lake_is_closed_to_this_user(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise LakeError("no permission on the catalogue")

    monkeypatch.setattr("warehouse.lake.open_lake", refuse)
    status, out, err = call(*COUNT, "--data-dir", str(world.data_dir))
    assert (status, out) == (0, '[{"n": 2}]\n')
    assert err.endswith("since no permission on the catalogue\n")


def test_a_publication_has_no_earlier_states(published: Path) -> None:
    status, _, err = call(*COUNT, "--as-of", "3", "--data-dir", str(published))
    assert status == 1
    assert "no lake at" in err
    status, _, err = call("snapshots", "--data-dir", str(published))
    assert status == 1
    assert "a publication has no snapshots" in err


def test_neither_lake_nor_publication_is_one_clear_line(tmp_path: Path) -> None:
    status, out, err = call(*COUNT, "--data-dir", str(tmp_path / "none"))
    assert (status, out) == (1, "")
    assert err.startswith("demarche: error: no lake at ")
    assert "`demarche run PATH`" in err
    assert not (tmp_path / "none").exists()


def test_literals_are_quoted() -> None:
    assert literal("it's") == "'it''s'"
    assert literal(None) == "NULL"
    assert literal(date(2021, 8, 15)) == "DATE '2021-08-15'"


def test_conditions_without_value_are_left_out() -> None:
    assert condition({"a = {}": "x", "b = {}": None, "c >= {}": date(2021, 8, 15)}) == (
        "WHERE a = 'x' AND c >= DATE '2021-08-15'"
    )
    assert condition({"a = {}": None}) == ""


def test_as_of_is_a_number_a_day_or_a_time() -> None:
    assert parse_as_of(None) is None
    assert parse_as_of("12") == 12
    assert parse_as_of("2021-08-15") == datetime(2021, 8, 15, 23, 59, 59, 999999, tzinfo=UTC)
    assert parse_as_of("2021-08-15T06:30") == datetime(2021, 8, 15, 6, 30, tzinfo=UTC)
    assert parse_as_of("2021-08-15T06:30+02:00") == datetime(2021, 8, 15, 4, 30, tzinfo=UTC)
    with pytest.raises(typer.BadParameter):
        parse_as_of("soon")


class Slow:
    """A connection whose queries start late, as on a machine with much else to do."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.extract_statements = self.con.extract_statements
        self.interrupt = self.con.interrupt

    def execute(self, sql: str) -> object:
        time.sleep(0.5)
        return self.con.execute(sql)


def test_ctrl_c_before_the_query_runs_is_not_lost() -> None:
    endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(10000000) b"
    reader = Reader(Slow(), is_lake=False)  # type: ignore[arg-type]
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        reader.query(endless)
