"""An export to PostgreSQL is one transaction: for readers, when killed, and beside another."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.export.conftest import Row, ask, connected, surfaces
from tests.export.publications import mentions, put_publication, table
from warehouse.errors import OutageError
from warehouse.export import postgres
from warehouse.export.postgres import export_to_postgres


def test_readers_see_all_old_and_are_not_kept_waiting_until_all_is_new(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes = table("quotes", "statement_id VARCHAR, content VARCHAR", ["('s', 'old')"])
    folder = put_publication(tmp_path, 1, mentions({"1": "old"}) + quotes)
    export_to_postgres(folder, database)
    newer = table("quotes", "statement_id VARCHAR, content VARCHAR", ["('s', 'new')"])
    put_publication(tmp_path, 2, mentions({"1": "new"}) + newer)
    sql = "SELECT surface, content FROM demarche.mentions, demarche.quotes"
    seen: list[Row] = []
    note = postgres.note_state

    def note_and_read(*given: Any) -> None:
        note(*given)
        seen.extend(ask(database, sql))

    monkeypatch.setattr(postgres, "note_state", note_and_read)
    for is_full in (False, True):
        export_to_postgres(folder, database, is_full=is_full)
    assert seen == [("old", "old")] * 2 + [("new", "new")] * 2


def test_an_export_that_is_killed_leaves_the_target_as_it_was(
    tmp_path: Path, database: str
) -> None:
    two = table("quotes", "statement_id VARCHAR, content VARCHAR", ["('s', 'x')"])
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}) + two)
    export_to_postgres(folder, database)
    changed = table("quotes", "statement_id VARCHAR, content VARCHAR", ["('s', 'y')"])
    put_publication(tmp_path, 2, mentions({"1": "b"}) + changed)
    program = (
        "import sys, pathlib; from warehouse.export.postgres import export_to_postgres; "
        "export_to_postgres(pathlib.Path(sys.argv[1]), sys.argv[2])"
    )
    with connected(database) as cursor:
        cursor.execute("LOCK TABLE demarche.quotes IN EXCLUSIVE MODE")  # the second table
        child = subprocess.Popen([sys.executable, "-c", program, folder, database])
        wait_until(database, "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted")
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert surfaces(database) == [("1", "a")]
    export_to_postgres(folder, database)
    assert surfaces(database) == [("1", "b")]


def wait_until(database: str, sql: str) -> None:
    deadline = time.monotonic() + 60
    while not ask(database, sql)[0][0]:
        assert time.monotonic() < deadline, sql
        time.sleep(0.05)


def test_two_exports_take_turns(tmp_path: Path, database: str) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    with connected(database) as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('demarche export demarche', 0))::text"
        )
        with pytest.raises(OutageError, match="another export is at work"):
            export_to_postgres(folder, database, lock_timeout=0.1)
    assert export_to_postgres(folder, database, lock_timeout=0.1).copied
