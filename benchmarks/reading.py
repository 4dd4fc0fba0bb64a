"""Readers of a publication, each in the way of a program that exists: open, ask, compare, close.

A reader opens anew each time and asks questions whose answer is known. Kept apart from what
publishes, so that a reader's process starts quickly.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Queue
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq
from adbc_driver_manager import dbapi as adbc
from adbc_driver_postgresql import dbapi as postgres

from warehouse.publication import current, manifest_of

PARQUET_TABLES = ("articles", "mentions", "sentences", "ledger")
COUNTED = ("articles", "mentions", "sentences", "ledger", "entity_profile")

OFFENDING = {
    "mentions without article": """
        SELECT count(*) FROM mentions
        WHERE article_id NOT IN (SELECT article_id FROM articles)""",
    "mentions of entities, less those of entity_profile": """
        SELECT (SELECT count(*) FROM mentions WHERE entity_id IS NOT NULL)
            - (SELECT sum(mentions) FROM entity_profile)""",
    "runs whose counts are not the ledger's": """
        SELECT count(*) FROM runs AS r
        WHERE status <> 'running'
            AND items <> (SELECT count(*) FROM ledger AS l WHERE l.run_id = r.run_id)""",
    "annotated articles without sentences": """
        SELECT count(*) FROM articles WHERE annotated_with IS NOT NULL AND word_count > 0
            AND article_id NOT IN (SELECT article_id FROM sentences)""",
}
"""Questions to which 0 is the only right answer, in SQL that DuckDB and PostgreSQL share."""

ASKED = "SELECT " + ", ".join(
    [f"({sql}) AS offending{number}" for number, sql in enumerate(OFFENDING.values())]
    + [f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED]
)
"""All questions in one query, and the rows of some tables."""

Counts = dict[str, int]
Answer = dict[str, int]
Reading = tuple[list[str], int]
"""What is wrong, and the snapshot that was read."""


def read_until(
    name: str,
    folder: Path,
    database: str,
    stop: Event,
    found: "Queue[tuple[str, Counts, list[str]]]",
) -> None:
    """Read as `name` says until `stop`; put counts of openings, errors, torn reads, versions.

    Goes behind all else that wants the processor, so that there is something new to read.
    """
    os.nice(19)
    read = READERS[name]
    counts: Counts = dict.fromkeys(("opens", "errors", "torn", "versions seen"), 0)
    versions: set[int] = set()
    texts: list[str] = []
    while not stop.is_set():
        counts["opens"] += 1
        try:
            wrong, version = read(folder, database)
        except Exception as error:  # any error at all is what this looks for
            counts["errors"] += 1
            texts.append(f"{type(error).__name__}: {error}")
            continue
        counts["torn"] += bool(wrong)
        texts += wrong
        versions.add(version)
    counts["versions seen"] = len(versions)
    found.put((name, counts, texts[:20]))


def _of_file(folder: Path, ask: Callable[[Path], Answer]) -> Reading:
    """Ask the published file, and look for the manifest whose counts are the file's."""
    before = current(folder)
    answer = ask(folder / "current" / "demarche.duckdb")
    # Switches may fall between the two openings: any publication may be the one that was opened.
    manifests = filter(None, (before, *map(manifest_of, folder.iterdir())))
    known = {_counted(manifest.rows): manifest.snapshot_id for manifest in manifests}
    wrong, counted = _offending(answer), _counted(answer)
    if counted not in known:
        wrong.append(f"counted {counted}, manifests {sorted(known)}")
    return wrong, known.get(counted, 0)


def _counted(rows: Answer) -> tuple[int, ...]:
    return tuple(rows[table] for table in COUNTED)


def _offending(answer: Answer) -> list[str]:
    numbers = {name: answer[f"offending{number}"] for number, name in enumerate(OFFENDING)}
    return [f"{name}: {number}" for name, number in numbers.items() if number]


def read_python(folder: Path, _: str) -> Reading:
    """Open the file with the package `duckdb`, as scripts and most BI tools do."""

    def ask(file: Path) -> Answer:
        with duckdb.connect(str(file), read_only=True) as con:
            return _answer(con.execute(ASKED))

    return _of_file(folder, ask)


def read_command_line(folder: Path, _: str) -> Reading:
    """Open the file with DuckDB's command line."""
    program = Path(sys.executable).parent / "duckdb"

    def ask(file: Path) -> Answer:
        command = [str(program), "-readonly", "-json", str(file), ASKED]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return {name: int(value or 0) for name, value in json.loads(done.stdout)[0].items()}

    return _of_file(folder, ask)


def read_adbc(folder: Path, _: str) -> Reading:
    """Open the file through ADBC, with the driver that DuckDB's package has in it."""
    import adbc_driver_duckdb

    def ask(file: Path) -> Answer:
        options = {"path": str(file), "access_mode": "READ_ONLY"}
        driver = adbc_driver_duckdb.driver_path()
        with (
            adbc.connect(
                driver=driver, entrypoint="duckdb_adbc_init", db_kwargs=options, autocommit=True
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(ASKED)
            return _answer(cursor)

    return _of_file(folder, ask)


def read_parquet(folder: Path, _: str) -> Reading:
    """Read the Parquet files of one publication."""
    # Resolved once: four files opened through `current` could be of two publications.
    held = (folder / "current").resolve()
    manifest = json.loads((held / "manifest.json").read_text(encoding="utf-8"))
    tables = {name: pq.read_table(held / "parquet" / f"{name}.parquet") for name in PARQUET_TABLES}
    wrong = []
    ids: Any = tables["articles"]["article_id"]
    for name in ("mentions", "sentences"):
        known: Any = pc.is_in(tables[name]["article_id"], value_set=ids.combine_chunks())
        if not pc.all(known).as_py():
            wrong.append(f"{name} of no article")
    for name, table in tables.items():
        if table.num_rows != manifest["rows"][name]:
            wrong.append(f"{name}: {table.num_rows}, manifest: {manifest['rows'][name]}")
    return wrong, int(manifest["snapshot_id"])


def read_postgres(_: Path, database: str) -> Reading:
    """Ask the exported copy through ADBC: questions, counts and snapshots in one transaction."""
    with postgres.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL search_path TO demarche")
        cursor.execute(ASKED)
        answer = _answer(cursor)
        cursor.execute("SELECT table_name, rows, snapshot_id FROM export_state")
        state = {table: (rows, snapshot) for table, rows, snapshot in cursor.fetchall()}
    wrong = _offending(answer)
    wrong += [
        f"{table}: {answer[table]}, export_state: {state[table][0]}"
        for table in COUNTED
        if answer[table] != state[table][0]
    ]
    snapshots = {snapshot for _, snapshot in state.values()}
    if len(snapshots) > 1:
        wrong.append(f"snapshots {sorted(snapshots)}")
    return wrong, max(snapshots)


def _answer(cursor: Any) -> Answer:
    names = [column[0] for column in cursor.description]
    return {name: int(value or 0) for name, value in zip(names, cursor.fetchone(), strict=True)}


READERS: dict[str, Callable[[Path, str], Reading]] = {
    "python": read_python,
    "command line": read_command_line,
    "adbc": read_adbc,
    "parquet": read_parquet,
    "postgres": read_postgres,
}
