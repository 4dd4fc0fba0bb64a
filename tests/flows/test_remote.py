"""A lake whose catalogue and files lie on other machines, and what happens when these fail."""

import logging
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from adbc_driver_postgresql import dbapi

from flows.logs import LOG
from flows.settings import Settings, load_settings
from tests.flows.given import Outcome, ask, command, json_lines, record, take_in, text_file
from tests.rows import NOW
from tests.services import KEY, SECRET, Postgres, new_bucket, new_database, postgres
from tests.unwell import Mood, Unwell, unwell
from warehouse.lake import open_lake
from warehouse.living import living
from warehouse.location import ObjectStore
from warehouse.runs import put_run
from warehouse.tables import Run

BATCH = ("--batch-size", "2")
ALL = [(f"Report {number}",) for number in range(5)]
FIRST = ("Talks go on",)


@dataclass(slots=True)
class World:
    """A machine with its settings in `config`; catalogue, store and what lies there."""

    server: Postgres
    store: Unwell
    bucket: str
    database: str
    data: Path
    config: Path

    def settle(self, *, timeout: int = 30, **more: Any) -> None:
        """Write the settings; `more` are set as well."""
        places = {"catalog": f"postgres:{self.database}", "data_path": f"s3://{self.bucket}/lake"}
        lines = [f'{key} = "{value}"' for key, value in (places | more).items()]
        lines += ["[object_store]", f'endpoint = "{self.store.access.endpoint}"']
        lines += ['url_style = "path"', "use_ssl = false", f"timeout = {timeout}"]
        self.config.write_text("\n".join(lines))

    @property
    def options(self) -> list[str | Path]:
        return ["--config", self.config, "--data-dir", self.data]

    @property
    def settings(self) -> Settings:
        return load_settings(config=self.config, data_dir=self.data)

    def call(self, *arguments: str | Path) -> Outcome:
        return command(*arguments, *self.options)

    def take_in(self, source: Path) -> Outcome:
        return self.call("ingest", source, "--no-prefect", *BATCH)

    def titles(self) -> list[tuple[Any, ...]]:
        return ask(self.settings, "SELECT title FROM articles ORDER BY 1")

    def published(self) -> list[tuple[Any, ...]]:
        file = self.data / "publish/current/demarche.duckdb"
        with duckdb.connect(str(file), read_only=True) as con:
            return con.execute("SELECT title FROM articles").fetchall()


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="module")
def first(
    server: Postgres, object_store: ObjectStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A lake with one published article, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("first")
    with unwell(object_store) as store, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        made = new_database(server.uri)
        bucket = new_bucket(object_store)
        world = World(server, store, bucket, made, folder / "data", folder / "demarche.toml")
        world.settle()
        source = text_file(folder / "in", "first.txt", "Talks go on")
        take_in(world.data, source, "--config", str(world.config))
        yield world


@pytest.fixture
def world(first: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    data = shutil.copytree(first.data, tmp_path / "data", symlinks=True)
    copy = new_database(first.server.uri, like=first.database)
    yield World(first.server, first.store, first.bucket, copy, data, tmp_path / "demarche.toml")
    first.store.mood, first.store.at_write = "well", None
    first.server.start()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return json_lines(tmp_path / "in.jsonl", *(record(number) for number in range(5)))


@contextmanager
def between_batches(do: Callable[[], object]) -> Iterator[None]:
    """Call `do` after the first batch."""
    left = [do]

    def look(told: logging.LogRecord) -> bool:
        if told.msg == "batch committed" and left:
            left.pop()()
        return True

    LOG.addFilter(look)
    try:
        yield
    finally:
        LOG.removeFilter(look)


def check_told(world: World, failed: Outcome, words: str) -> None:
    """See that a failure was told in a line at the end, and that the publication is as it was."""
    assert (failed.status, failed.out) == (1, ""), failed
    line = failed.err.splitlines()[-1]
    assert line.startswith("demarche: error: ")
    assert words in line
    assert world.published() == [FIRST]


def check_mended(world: World, source: Path) -> None:
    """See that the next run takes in what failures left, and that nothing is there twice."""
    world.server.start()
    world.store.mood, world.store.at_write = "well", None
    assert world.take_in(source).status == 0
    with open_lake(world.settings.location, read_only=True) as lake:
        assert lake.rows("SELECT title FROM articles ORDER BY 1") == [*ALL, FIRST]
        counts = "SELECT count(*), count(DISTINCT item_ref) FROM ledger WHERE NOT is_repeat"
        assert lake.rows(counts) == [(6, 6)]


def die(world: World) -> Callable[..., None]:
    return lambda *_: world.server.stop(signal.SIGQUIT)


def test_a_server_that_is_dead_or_full_is_told_and_readers_have_the_publication(
    world: World, source: Path
) -> None:
    world.settle()
    die(world)()
    failed = world.take_in(source)
    check_told(world, failed, "Connection refused; see that the server is there")
    assert failed.err.count("\n") == 1
    answer = world.call("sql", "SELECT title FROM articles", "--csv")
    assert answer.out == "title\r\nTalks go on\r\n"
    assert "reading the publication" in answer.err
    world.server.start("max_connections=4", "superuser_reserved_connections=0")
    held = [dbapi.connect(world.database) for _ in range(3)]
    check_told(world, world.take_in(source), "too many clients already; wait until others have")
    for connection in held:
        connection.close()
    die(world)()
    check_mended(world, source)


def test_a_server_that_dies_between_batches_costs_nothing(world: World, source: Path) -> None:
    world.settle()
    with between_batches(die(world)):
        check_told(world, world.take_in(source), "PostgreSQL cannot be reached: ")
    check_mended(world, source)
    ended = ask(world.settings, "SELECT status, items FROM runs ORDER BY started_at OFFSET 1")
    assert ended == [("interrupted", 2), ("succeeded", 5)]


def test_a_server_that_dies_in_a_commit_costs_nothing(world: World, source: Path) -> None:
    world.settle()
    with between_batches(lambda: setattr(world.store, "at_write", die(world))):
        check_told(world, world.take_in(source), "PostgreSQL cannot be reached: ")
    check_mended(world, source)


def test_a_store_that_fails_is_told_in_time(world: World, source: Path) -> None:
    moods: dict[Mood, str] = {
        "error": "500 Internal Server Error): see that the object store is there and well",
        "forbidden": "403 Forbidden): the object store refuses; see that AWS_ACCESS_KEY_ID",
        "silent": "see that the object store is there and well, then run again",
    }
    for number, (mood, words) in enumerate(moods.items(), start=1):
        world.settle(timeout=2 if mood == "silent" else 30)
        world.store.mood = "well"
        begun = time.monotonic()
        # Each run commits the first batch that is new: the third fails in its last.
        with between_batches(partial(setattr, world.store, "mood", mood)):
            check_told(world, world.take_in(source), words)
        assert time.monotonic() - begun < 60, number
    world.settle()
    check_mended(world, source)


def test_raw_bytes_that_the_store_does_not_take_are_told_and_reject_nothing(
    world: World, source: Path
) -> None:
    world.settle(raw_path=f"s3://{world.bucket}/raw")
    world.store.methods, kept = frozenset({"PUT"}), world.store.methods
    world.store.mood = "error"
    failed = world.take_in(source)
    world.store.methods = kept
    check_told(world, failed, "see that the object store is there and well")
    check_mended(world, source)


def test_keys_and_bucket_that_are_missing_are_named(
    world: World, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.settle()
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    failed = world.take_in(source)
    check_told(world, failed, "set AWS_SECRET_ACCESS_KEY in the environment")
    assert failed.err.count("\n") == 1
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    world.bucket, world.database = "no-such-bucket", new_database(world.server.uri)
    world.settle()
    check_told(world, world.take_in(source), ": make the bucket, or name another")


@pytest.mark.parametrize("is_shared", [False, True])
def test_another_machine_reads_raw_bytes_where_they_are_shared(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_shared: bool
) -> None:
    source = json_lines(tmp_path / "in.jsonl", record(1, language="fr"))
    world.settle(**({"raw_path": f"s3://{world.bucket}/raw/"} if is_shared else {}))
    assert world.take_in(source).status == 0
    monkeypatch.setenv("DEMARCHE_LANGUAGES", "en,fr")
    other = replace(world, data=tmp_path / "b")
    assert other.call("retry").status == 0
    if is_shared:
        assert other.titles() == [("Report 1",), FIRST]
    else:
        told = ask(other.settings, "SELECT detail FROM rejections WHERE reason = 'unreadable'")
        assert "set raw_path to a place that all machines reach" in told[0][0]
        assert world.call("retry").status == 0  # where they are
        assert world.titles() == [("Report 1",), FIRST]


def test_a_run_of_another_machine_is_seen_to_live_and_to_die(world: World, tmp_path: Path) -> None:
    world.settle()
    here = world.settings
    run = Run(
        flow="run",
        started_at=NOW,
        status="running",
        code_version="0",
        model_version="none",
        settings_sha256="0",
    )
    with open_lake(here.location) as lake:
        put_run(lake, "elsewhere", run)
    source = text_file(tmp_path / "in", "more.txt", "Other matters")
    status = "SELECT status FROM runs WHERE run_id = 'elsewhere'"
    with living(here.location, tmp_path / "their-runs", "elsewhere"):
        assert world.take_in(source).status == 0
        assert ask(here, status) == [("running",)]
        assert "interrupted runs: none; 1 at work" in world.call("doctor").out
    assert world.take_in(source).status == 0
    assert ask(here, status) == [("interrupted",)]
