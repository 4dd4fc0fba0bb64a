"""Rows made anew beside those in force: the schema `reprocessed`, until promoted or discarded.

It has a table for each that extraction fills, with the same columns, and `articles`: which
articles were read again, which of their steps, and how they stood. Nothing that readers ask
looks there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from warehouse.arrow import to_arrow
from warehouse.corrections import note_outcomes
from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.schema import create_table_sql
from warehouse.tables import ARTICLE_ROWS, Correction

STAGE = "lake.reprocessed"

STAGED_ARTICLE = {
    "article_id": "VARCHAR",
    "held_run_id": "VARCHAR",
    "held_versions": "VARCHAR",
    "step_versions": "VARCHAR",
    "annotated_with": "VARCHAR",
    "tables": "VARCHAR",
    "run_id": "VARCHAR",
}
"""Columns of `reprocessed.articles`: the run and the keys that the article had, those that it gets,
and the tables that were made anew, in order, parted by blanks."""

UNTOUCHED = f"""(
    SELECT s.* FROM {STAGE}.articles AS s
    JOIN lake.main.articles AS a USING (article_id)
    WHERE a.duplicate_of IS NULL AND a.annotated_with IS NOT NULL
        AND a.run_id IS NOT DISTINCT FROM s.held_run_id
        AND a.step_versions IS NOT DISTINCT FROM s.held_versions)"""
"""Articles of the stage that nothing has written to since; only these can be promoted."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One article that was read again; `tables` are those made anew."""

    article_id: str
    held_run_id: str | None
    held_versions: str | None
    step_versions: str
    annotated_with: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles: of a source, published on a day or later; None: any."""

    since: date | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class StageState:
    """What the stage holds: articles, and those that were written to since they were staged."""

    articles: int
    overtaken: int


def is_staged(lake: Lake) -> bool:
    """Return whether anything waits to be promoted or discarded."""
    found = lake.rows(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = 'lake' "
        "AND schema_name = 'reprocessed' AND table_name = 'articles'"
    )
    return bool(found)


def make_stage(lake: Lake) -> None:
    """Make the stage where there is none."""
    if is_staged(lake):
        return
    with lake.write() as con:
        con.execute(f"CREATE SCHEMA IF NOT EXISTS {STAGE}")
        body = ", ".join(f'"{name}" {kind}' for name, kind in STAGED_ARTICLE.items())
        con.execute(f"CREATE TABLE {STAGE}.articles ({body})")
        for table in (*ARTICLE_ROWS, "corrections"):
            con.execute(create_table_sql(table, f"{STAGE}."))


def discard(lake: Lake) -> int:
    """Let go of all that is staged; return the number of articles."""
    articles = state(lake).articles
    if is_staged(lake):
        with lake.write():
            drop_stage(lake)
    return articles


def drop_stage(lake: Lake) -> None:
    """Drop the stage. Call inside `Lake.write()` or `Lake.whole()`."""
    lake.con.execute(f"DROP SCHEMA {STAGE} CASCADE")


def state(lake: Lake) -> StageState:
    """Return what the stage holds."""
    if not is_staged(lake):
        return StageState(0, 0)
    ((articles,),) = lake.rows(f"SELECT count(*) FROM {STAGE}.articles")
    ((untouched,),) = lake.rows(f"SELECT count(*) FROM {UNTOUCHED}")
    return StageState(articles, articles - untouched)


def in_scope(lake: Lake, scope: Scope) -> list[tuple[str, str | None, str, str | None]]:
    """Return article_id, run_id, annotated_with and step_versions of the articles in `scope`.

    Copies have no rows, and articles that wait for extraction are none of them. An article without
    a day of publication counts by the latest day that it names.
    """
    return lake.rows(
        """SELECT article_id, run_id, annotated_with, step_versions FROM lake.main.articles
        WHERE duplicate_of IS NULL AND annotated_with IS NOT NULL
            AND ($1 IS NULL OR coalesce(published_on, published_not_before) >= $1)
            AND ($2 IS NULL OR source_id = $2)
        ORDER BY article_id""",
        [scope.since, scope.source_id],
    )


def staged(lake: Lake) -> dict[str, Staged]:
    """Return what is staged, by article."""
    if not is_staged(lake):
        return {}
    names = ", ".join(name for name in STAGED_ARTICLE if name != "run_id")
    rows = lake.rows(f"SELECT {names} FROM {STAGE}.articles")
    return {
        article_id: Staged(article_id, run_id, held, keys, version, tuple(tables.split()))
        for article_id, run_id, held, keys, version, tables in rows
    }


def stage(
    lake: Lake,
    articles: Sequence[Staged],
    rows: Mapping[str, Sequence[Any]],
    outcomes: Sequence[Correction],
    *,
    run_id: str,
) -> None:
    """Write `articles` with their `rows` by table, in place of what the stage has of them.

    Raises LakeError where somebody has let the stage go.
    """
    heads = pa.table(
        {
            name: pa.array(
                [
                    " ".join(one.tables) if name == "tables" else getattr(one, name, run_id)
                    for one in articles
                ],
                pa.string(),
            )
            for name in STAGED_ARTICLE
        }
    )
    with lake.write():
        if not is_staged(lake):
            raise LakeError(
                "what was staged was promoted, discarded or rolled back meanwhile: "
                "run `demarche reprocess` again"
            )
        _put(lake, "articles", heads, ("articles", *ARTICLE_ROWS), "article_id")
        for table, table_rows in rows.items():
            _put(lake, table, to_arrow(table, table_rows, run_id=run_id), (), "article_id")
        told = to_arrow("corrections", outcomes)
        _put(lake, "corrections", told, ("corrections",), "correction_id")


def apply_stage(lake: Lake) -> None:
    """Put what is staged in place of what is in force; articles overtaken since stay as they are.

    Call inside `Lake.whole()` or `Lake.rehearsal()`; derived tables are settled by the caller.
    """
    con = lake.con
    con.execute(f"CREATE OR REPLACE TEMP TABLE promoted AS FROM {UNTOUCHED}")
    for table in staged_tables(lake):
        chosen = f"(FROM promoted WHERE {has_table(table)})"
        con.execute(
            f"DELETE FROM lake.main.{table} WHERE article_id IN (SELECT article_id FROM {chosen})"
        )
        con.execute(
            f"INSERT INTO lake.main.{table} BY NAME "
            f"FROM {STAGE}.{table} SEMI JOIN {chosen} USING (article_id)"
        )
    con.execute(
        """UPDATE lake.main.articles SET
            step_versions = promoted.step_versions,
            annotated_with = promoted.annotated_with,
            run_id = promoted.run_id
        FROM promoted WHERE promoted.article_id = articles.article_id"""
    )
    _apply_outcomes(lake)


def _apply_outcomes(lake: Lake) -> None:
    for name, sql in {
        "told": f"FROM {STAGE}.corrections SEMI JOIN promoted USING (article_id)",
        "places": """SELECT article_id, unnest(string_split(tables, ' ')) AS table_name
            FROM promoted""",
    }.items():
        lake.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    note_outcomes(lake)
    lake.con.execute("DROP TABLE temp.told; DROP TABLE temp.places")


def staged_tables(lake: Lake) -> list[str]:
    """Return the tables that were made anew for any article."""
    found = lake.rows(f"SELECT DISTINCT tables FROM {STAGE}.articles")
    named = {table for (tables,) in found for table in tables.split()}
    return [table for table in ARTICLE_ROWS if table in named]


def has_table(table: str) -> str:
    """Return the SQL condition that `table` was made anew for an article of the stage."""
    return f"list_contains(string_split(tables, ' '), '{table}')"


def _put(lake: Lake, table: str, data: pa.Table, cleared: Collection[str], key: str) -> None:
    """Add `data` to `table` of the stage; rows with its keys go from the tables `cleared` first."""
    if not data.num_rows:
        return
    lake.con.register("incoming", data)
    try:
        for one in cleared:
            lake.con.execute(
                f"DELETE FROM {STAGE}.{one} WHERE {key} IN (SELECT {key} FROM incoming)"
            )
        lake.con.execute(f"INSERT INTO {STAGE}.{table} BY NAME FROM incoming")
    finally:
        lake.con.unregister("incoming")
