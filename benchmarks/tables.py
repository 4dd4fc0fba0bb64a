"""Two lakes side by side: digests of whole tables, and of each article's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from flows.settings import Settings
from warehouse.lake import Lake, open_lake
from warehouse.schema import columns
from warehouse.tables import ARTICLE_ROWS, TABLES

RUN_COLUMNS = frozenset(
    {
        "run_id",
        "fetched_at",
        "seen_at",
        "rejected_at",
        "retried_at",
        "replaced_at",
        "measured_at",
        "started_at",
        "finished_at",
        "seconds",
    }
)
"""Columns that say which run wrote a row and when; they alone may differ between two runs."""

FETCH_ROWS = 10_000

Digest = tuple[int, str]
"""Rows, and a digest over them."""


@contextmanager
def lake_of(data_dir: Path) -> Iterator[Lake]:
    """Open the lake of `data_dir` read-only."""
    with open_lake(Settings(data_dir=data_dir).location, read_only=True) as lake:
        yield lake


def digests(lake: Lake, *, without: frozenset[str] = frozenset()) -> dict[str, Digest]:
    """Return rows and SHA-256 of every table, its rows in order, but for columns in `without`."""
    return {table: _digest(lake, table, without) for table in TABLES}


def _digest(lake: Lake, table: str, without: frozenset[str]) -> Digest:
    names = _names(table, without)
    # A repeated item leaves a row in every run, so how many there are says when runs were killed.
    kept = "WHERE NOT is_repeat" if table == "ledger" and without else ""
    rows = lake.con.execute(f"SELECT {names} FROM lake.{table} {kept} ORDER BY ALL")
    count, digest = 0, sha256()
    while chunk := rows.fetchmany(FETCH_ROWS):
        count += len(chunk)
        digest.update("\n".join(map(repr, chunk)).encode() + b"\n")
    return count, digest.hexdigest()


def article_digests(lake: Lake) -> dict[str, dict[str, Digest]]:
    """Return, for each article, rows and digest in each table of extracted rows that has any."""
    found: dict[str, dict[str, Digest]] = {}
    for table in ARTICLE_ROWS:
        names = _names(table, RUN_COLUMNS)
        rows = lake.rows(
            f"""SELECT article_id, count(*), sum(hash({names})::HUGEINT)::VARCHAR
            FROM lake.{table} WHERE article_id IS NOT NULL GROUP BY 1"""
        )
        for article_id, count, digest in rows:
            found.setdefault(article_id, {})[table] = (count, digest)
    return found


def differing(one: dict[str, Digest], other: dict[str, Digest]) -> list[str]:
    """Return the tables whose digests differ."""
    return [table for table in one if one[table] != other[table]]


def _names(table: str, without: frozenset[str]) -> str:
    return ", ".join(f'"{c.name}"' for c in columns(table) if c.name not in without)
