"""What readers of the lake in a folder wait for: checks, marts, macros, publication, commands."""

import subprocess
import sys
from pathlib import Path

import duckdb

from benchmarks.growth.filling import reading, settings_of
from benchmarks.growth.timing import MEGABYTE, Log, Taken
from flows.publishing import publish
from warehouse.linked import views
from warehouse.sqlfiles import macros, marts, read_folder
from warehouse.tables import PUBLISHED

QUESTIONS = {
    "who_is": "FROM who_is('Pakistan')",
    "stance_between": "FROM stance_between('Pakistan', 'India')",
    "stance_records": "FROM stance_records(min_confidence := 0.5)",
    "stance_shifts_of": "FROM stance_shifts_of(min_confidence := 0.5)",
    "stance_contradictions_of": "FROM stance_contradictions_of(min_confidence := 0.5)",
    "outlet_targets_of": "FROM outlet_targets_of(min_confidence := 0.5)",
    "timeline_of": "FROM timeline_of('Pakistan')",
    "statements_by": "FROM statements_by('Imran Khan')",
    "why": "FROM why((SELECT min(event_id) FROM events))",
    "said_by": "FROM said_by((SELECT min(stance_id) FROM stances WHERE statement_id IS NOT NULL))",
}
COMMANDS = (
    ("who", "Pakistan"),
    ("stance", "Pakistan", "India"),
    ("timeline", "Pakistan"),
    ("statements", "Imran Khan"),
)
MARTS = "marts.duckdb"


def checked(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Run every check, as before a publication."""
    log = Log("checks")
    with reading(folder) as lake:
        for severity in ("fail", "warn"):
            for file in read_folder(f"checks/{severity}"):
                found = log.time(file.name, lake.query, file.body, con=lake.con)
                if found is not None and found.num_rows:
                    log.note(f"{file.name}: rows", found.num_rows)
    return log.taken


def made_marts(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Build what a publication holds, a table and a mart at a time, in a file of its own."""
    log = Log("marts")
    file = folder / "marts.duckdb"
    file.unlink(missing_ok=True)
    with reading(folder) as lake:
        con = lake.con
        con.execute(f"ATTACH '{file}' AS pub (STORAGE_VERSION 'v1.0.0')")
        seen = views()

        def copy() -> None:
            for table in PUBLISHED:
                schema = "lake.linked" if table in seen else "lake.main"
                con.execute(f'CREATE TABLE pub."{table}" AS FROM {schema}."{table}"')

        log.time("all tables copied", copy, con=con)
        con.execute("USE pub")
        for mart in marts():
            sql = f"CREATE TABLE pub.{mart.name} AS {mart.body}"
            log.time(mart.name, con.execute, sql, con=con)
            found = con.execute(
                "SELECT estimated_size FROM duckdb_tables() WHERE database_name = 'pub' "
                f"AND table_name = '{mart.name}'"
            ).fetchall()
            if found:
                log.note(f"{mart.name}: rows", found[0][0])
        for statement in macros("MACRO"):
            con.execute(statement)
        con.execute("CHECKPOINT pub")
    log.note("file of tables and marts: MB", round(file.stat().st_size / MEGABYTE, 1))
    return log.taken


def asked(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Ask each macro of the published file, then of the lake."""
    log = Log("macros, published")
    con = duckdb.connect(str(folder / "marts.duckdb"), read_only=True)
    con.execute("SET memory_limit = '4GB'; SET enable_progress_bar = false")
    for name, sql in QUESTIONS.items():
        log.time(name, _all, con, sql, con=con)
    con.close()
    beside = Log("macros, lake")
    with reading(folder) as lake:
        for name, sql in QUESTIONS.items():
            beside.time(name, lake.rows, sql, con=lake.con)
    return log.taken + beside.taken


def published(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Check and publish as a run does, then ask by command line."""
    log = Log("publication")
    settings = settings_of(folder)
    done = log.time("check and publish", lambda: publish(settings, is_forced=True))
    if done is None or not done.is_new:
        return log.taken
    held = (settings.publish_folder / "current").resolve()
    log.note("database: MB", round((held / "demarche.duckdb").stat().st_size / MEGABYTE, 1))
    parquet = sum(path.stat().st_size for path in (held / "parquet").iterdir())
    log.note("Parquet: MB", round(parquet / MEGABYTE, 1))
    commands = Log("commands")
    for command in COMMANDS:
        line = [
            sys.executable,
            "-m",
            "flows.cli.main",
            *command,
            "--data-dir",
            str(settings.data_dir),
        ]
        commands.time(" ".join(command), _run, line)
    return log.taken + commands.taken


def _all(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return con.execute(sql).fetchall()


def _run(line: list[str]) -> None:
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
