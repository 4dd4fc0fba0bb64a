"""Articles for tests of the pipeline, and questions to its lake."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from flows.cli.main import main
from flows.settings import Settings
from warehouse.lake import open_lake
from warehouse.schema import columns
from warehouse.tables import TABLES

BODY = (
    "Russia said on Monday that it supports the talks in Doha and that Moscow respects the "
    "wish of Pakistan and China to keep the border open. The Taliban praised the decision, "
    "while Germany criticised the Taliban and warned against quick steps of any kind."
)
RUN_TIMES = {"fetched_at", "replaced_at", "measured_at", "rejected_at", "retried_at"}


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


def command(*arguments: str | Path) -> Outcome:
    """Call the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([str(argument) for argument in arguments])
    return Outcome(status, out.getvalue(), err.getvalue())


def take_in(data_dir: Path, source: Path | str, *options: str, flow: str = "run") -> dict[str, Any]:
    """Run or ingest `source`, which must end well, and return the summary."""
    done = command(flow, source, "--data-dir", data_dir, "--no-prefect", "--json", *options)
    assert (done.status, done.err) == (0, ""), done
    summary: dict[str, Any] = json.loads(done.out)
    return summary


def refused(data_dir: Path) -> dict[str, tuple[str, str]]:
    """Return reason and detail of each item that is refused now, by item."""
    found = json.loads(command("rejects", "--data-dir", data_dir, "--json").out)
    return {row["item_ref"]: (row["reason"], row["detail"]) for row in found}


def text_file(folder: Path, name: str, title: str, body: str = BODY) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"{title}\n\n{body}\n\nBy Ann Lee\nSource: Example Wire\n", encoding="utf-8")
    return path


def record(number: int, **given: Any) -> dict[str, Any]:
    return {
        "url": f"https://news.example/{number}",
        "title": f"Report {number}",
        "text": f"{BODY} This is report number {number} of the day.",
        "published_at": "2021-10-20",
    } | given


def json_lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def ask(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_lake(settings.location, read_only=True) as lake:
        return lake.rows(sql)


def table_digests(settings: Settings) -> dict[str, str]:
    """Digest of each table's rows in order, without what differs between two runs."""
    digests = {}
    with open_lake(settings.location, read_only=True) as lake:
        for table in sorted(set(TABLES) - {"runs", "ledger"}):
            names = [c.name for c in columns(table) if c.name not in RUN_TIMES | {"run_id"}]
            chosen = ", ".join(f'"{name}"' for name in names)
            rows = lake.rows(f"SELECT {chosen} FROM lake.{table} ORDER BY ALL")
            digests[table] = sha256(repr(rows).encode()).hexdigest()
    return digests
