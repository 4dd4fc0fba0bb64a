"""The schema `linked`: what readers see of a lake, each entity id as the one that is meant.

The lake keeps ids as they were found in each article. Here a view stands for every table that
holds such ids; that of events gives each its story, too. Views and marts name tables without their
schema, so whoever asks decides what they stand on (`search_path`). A link that goes leaves nothing
behind.

A reader has the links in memory (`hold_links`): to plan each scan of a table of the lake takes 10
to 30 ms, and a mart may need a dozen of them.
"""

import duckdb

from warehouse.schema import columns
from warehouse.tables import TABLES

FOUND = "lake.main,lake.marts"
"""Where plain names are looked for by those who write, and where nothing is linked."""

LINKED = "lake.linked,lake.main,lake.marts"
"""Where they are looked for by readers."""

OTHER_IDS = frozenset(
    {"run_id", "cluster_id", "story_id", "wikidata_id", "utterance_id", "via_statement_id"}
    | {"from_stance_id"}
)
"""Columns with ids that are neither entities nor keys of a table."""

SETTLED = ("entities", "entity_aliases", "entity_links")
"""Tables that follow from all articles together, and hold linked ids from the start."""

STORY = "LEFT JOIN story_links AS story ON story.event_id = t.event_id"
"""An event that is told once is a story of its own, and has no row there."""


def hold_links(con: duckdb.DuckDBPyConnection) -> None:
    """Take the links in force, of entities and of stories, into this connection's memory."""
    con.execute("CREATE OR REPLACE TEMP TABLE entity_links AS FROM lake.main.entity_links")
    try:
        con.execute("CREATE OR REPLACE TEMP TABLE story_links AS FROM lake.main.story_links")
    except duckdb.CatalogException:  # a state from before there were stories
        names = ", ".join(f"NULL::{one.sql_type} AS {one.name}" for one in columns("story_links"))
        con.execute(f"CREATE OR REPLACE TEMP TABLE story_links AS SELECT {names} LIMIT 0")


def entity_columns(table: str) -> list[str]:
    """Return the columns of `table` that hold an entity's id."""
    keys = {columns(name)[0].name for name in TABLES} - {"entity_id"}
    ids = [column.name for column in columns(table) if column.name.endswith("_id")]
    return [name for name in ids if name not in keys | OTHER_IDS]


def views() -> dict[str, str]:
    """Return, for each table that holds ids of entities, the SELECT that shows it linked."""
    held = {table: entity_columns(table) for table in TABLES if table not in SETTLED}
    return {table: _linked(table, names) for table, names in held.items() if names}


def _linked(table: str, names: list[str]) -> str:
    """Return the SELECT of `table`'s rows; a link in one article goes before one everywhere."""
    has_article = any(column.name == "article_id" for column in columns(table))
    shown, joins = [], []
    for name in names:
        ways = (["here"] if has_article else []) + ["all"]
        linked = ", ".join(f"{name}_{way}.linked_id" for way in ways)
        shown.append(f"coalesce({linked}, t.{name}) AS {name}")
        for way in ways:
            link, where = f"{name}_{way}", "= t.article_id" if way == "here" else "IS NULL"
            joins.append(
                f"LEFT JOIN entity_links AS {link} "
                f"ON {link}.entity_id = t.{name} AND {link}.article_id {where}"
            )
    if table == "events":
        shown.append("coalesce(story.story_id, t.event_id) AS story_id")
        joins.append(STORY)
    return f"SELECT t.* REPLACE ({', '.join(shown)}) FROM lake.main.{table} AS t {' '.join(joins)}"
