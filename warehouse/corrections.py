"""The table `corrections`: what each one met in the lake, and whether it holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields

import pyarrow as pa

from warehouse.arrow import to_arrow
from warehouse.lake import Lake
from warehouse.tables import Correction

COLUMNS = ", ".join(field.name for field in fields(Correction))
KEPT = ("correction_id", "state", "found", "article_id")
"""Columns that say what became of a correction."""


def held(lake: Lake) -> dict[str, Correction]:
    """Return the corrections that the lake has, by id."""
    found = lake.query(f"SELECT {COLUMNS} FROM lake.main.corrections")
    return {row["correction_id"]: Correction(**row) for row in found.to_pylist()}


def put(lake: Lake, corrections: Sequence[Correction]) -> None:
    """Make the table hold `corrections` and no others. Call inside `Lake.write()`."""
    lake.con.execute("DELETE FROM lake.main.corrections")
    lake.con.register("incoming", to_arrow("corrections", corrections))
    try:
        lake.con.execute("INSERT INTO lake.main.corrections BY NAME FROM incoming")
    finally:
        lake.con.unregister("incoming")


def put_outcomes(
    lake: Lake, outcomes: Sequence[Correction], read: Mapping[str, Collection[str]]
) -> None:
    """Note what became of corrections; `read` gives the tables made anew, by article.

    One that was applied in such an article and is not among `outcomes` has lost its row.
    Call inside `Lake.write()`.
    """
    pairs = [(article, table) for article, tables in read.items() for table in tables]
    names = ("article_id", "table_name")
    places = pa.table(
        {name: pa.array([pair[i] for pair in pairs], pa.string()) for i, name in enumerate(names)}
    )
    lake.con.register("told", to_arrow("corrections", outcomes).select(KEPT))
    lake.con.register("places", places)
    try:
        note_outcomes(lake)
    finally:
        lake.con.unregister("told")
        lake.con.unregister("places")


def note_outcomes(lake: Lake) -> None:
    """Do what `put_outcomes` does, with `told` and `places` as tables of the connection."""
    ((count,),) = lake.rows("SELECT count(*) FROM lake.main.corrections")
    if not count:
        return
    lost = """FROM lake.main.corrections AS c
        SEMI JOIN places AS p
            ON p.article_id = c.article_id AND p.table_name = split_part(c.field, '.', 1)
        ANTI JOIN told USING (correction_id)
        WHERE c.kind IN ('set_value', 'reject_row')"""
    lake.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE outcomes AS
        SELECT correction_id, state, found, article_id FROM told
        UNION ALL SELECT c.correction_id, 'stale', NULL, c.article_id {lost}"""
    )
    lake.con.execute(
        """UPDATE lake.main.corrections SET
            state = o.state, found = o.found, article_id = o.article_id
        FROM outcomes AS o WHERE o.correction_id = corrections.correction_id
            AND (o.state, o.found, o.article_id) IS DISTINCT FROM
                (corrections.state, corrections.found, corrections.article_id)"""
    )


def articles_of(lake: Lake, rows: Iterable[tuple[str, str, str]]) -> set[str]:
    """Return the articles that have one of `rows`, each a table, its column of ids and an id."""
    return {
        article_id
        for table, column, row_id in rows
        for (article_id,) in lake.rows(
            f"SELECT article_id FROM lake.main.{table} WHERE {column} = ?", [row_id]
        )
    }


def let_wait(lake: Lake, article_ids: Collection[str]) -> None:
    """Have articles wait to be annotated anew. Call inside `Lake.write()`."""
    if article_ids:
        lake.con.execute(
            """UPDATE lake.main.articles SET annotated_with = NULL, step_versions = NULL
            WHERE list_contains(?, article_id) AND annotated_with IS NOT NULL""",
            [sorted(article_ids)],
        )


def names_of(lake: Lake, entity_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the names under which the lake knows entities: of the table, or in mentions."""
    rows = lake.rows(
        """SELECT entity_id, name FROM lake.main.entities WHERE list_contains($1, entity_id)
        UNION SELECT entity_id, surface FROM lake.main.mentions
        WHERE list_contains($1, entity_id) AND kind IN ('name', 'alias', 'acronym')""",
        [sorted(entity_ids)],
    )
    found: dict[str, list[str]] = {}
    for entity_id, name in sorted(rows):
        found.setdefault(entity_id, []).append(name)
    return found
