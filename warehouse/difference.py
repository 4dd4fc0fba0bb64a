"""What differs between two states of a table: rows added, removed and changed, and whose they are.

Differences are gathered in a temporary table `differences` of the connection and told from there.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from warehouse.lake import Lake
from warehouse.linked import entity_columns
from warehouse.schema import columns, quoted

KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "article_revisions": ("article_id", "revision"),
    "sentences": ("sentence_id",),
    "mentions": ("mention_id",),
    "statements": ("statement_id",),
    "stances": ("stance_id",),
    "time_expressions": ("timex_id",),
    "events": ("event_id",),
    "citations": ("citation_id",),
    "entities": ("entity_id",),
    "entity_links": ("entity_id", "article_id"),
    "utterance_links": ("statement_id",),
    "story_links": ("event_id",),
    "corrections": ("correction_id",),
}
"""Columns by which a row is the same row, with other values or not; a row of any other table is
its values, so that it is added or removed, never changed."""

DERIVED = (
    "entities",
    "entity_aliases",
    "entity_links",
    "entity_members",
    "utterance_links",
    "story_links",
)
"""Tables that follow from all articles together."""

NAMED = frozenset({"entity_id", "linked_id", "member_id"})
"""Columns of those tables that hold an entity's id."""

MEANT = """SELECT DISTINCT place, coalesce(here.linked_id, every.linked_id, d.entity_id) AS id
    FROM (SELECT rowid AS place, article_id, unnest(entities) AS entity_id FROM differences) AS d
    LEFT JOIN lake.main.entity_links AS here
        ON here.entity_id = d.entity_id AND here.article_id = d.article_id
    LEFT JOIN lake.main.entity_links AS every
        ON every.entity_id = d.entity_id AND every.article_id IS NULL"""
"""Which entities a difference is about, each once: two ids may mean the same one."""

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows added, removed and changed of one table, source or entity."""

    name: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One row that differs: as it was and as it is; columns that are equal stand in `now` alone."""

    table: str
    change: Change
    article_id: str | None
    was: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs: by table, by source, by entity (those with most first), and samples."""

    tables: list[Tally]
    sources: list[Tally]
    entities: list[Tally]
    samples: list[Sample]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.tables

    def record(self) -> dict[str, Any]:
        """Return all of it as plain dictionaries."""
        return asdict(self)


def begin(lake: Lake) -> None:
    """Make the table of differences, empty."""
    lake.con.execute(
        """CREATE OR REPLACE TEMP TABLE differences (
            table_name VARCHAR, change VARCHAR, article_id VARCHAR, entities VARCHAR[],
            was JSON, now JSON)"""
    )


def compared(table: str) -> str:
    """Return the columns of `table` that are compared: all but the run that wrote the row."""
    return ", ".join(f'"{c.name}"' for c in columns(table) if c.name != "run_id")


def compare(lake: Lake, table: str, was: str, now: str) -> None:
    """Add what differs between the states `was` and `now` of `table`, both FROM clauses."""
    chosen = compared(table)
    states = f"WITH was AS (SELECT {chosen} FROM {was}), now AS (SELECT {chosen} FROM {now})"
    names = [column.name for column in columns(table)]
    owned = table not in DERIVED and "article_id" in names
    article = "article_id" if owned or table == "entity_links" else "NULL"
    if table in KEYS:
        sql = _by_key(states, KEYS[table])
    else:
        sql = f"""{states}, gone AS (FROM was EXCEPT ALL FROM now),
            come AS (FROM now EXCEPT ALL FROM was)
            SELECT 'removed' AS change, to_json(gone) AS was, NULL::JSON AS now FROM gone
            UNION ALL SELECT 'added', NULL::JSON, to_json(come) FROM come"""
    ids = [n for n in names if n in NAMED] if table in DERIVED else entity_columns(table)
    held = [f"{side}->>'$.{name}'" for name in ids for side in ("was", "now")]
    told = f"coalesce(now->>'$.{article}', was->>'$.{article}')" if article != "NULL" else "NULL"
    lake.con.execute(
        f"""INSERT INTO differences
        SELECT {quoted(table)}, change, {told},
            list_distinct([{", ".join(held) or "NULL::VARCHAR"}]), was, now
        FROM ({sql})"""
    )


def _by_key(states: str, key: tuple[str, ...]) -> str:
    same = " AND ".join(f"was.{name} IS NOT DISTINCT FROM now.{name}" for name in key)
    return f"""{states}
        SELECT
            CASE WHEN was.{key[0]} IS NULL THEN 'added'
                WHEN now.{key[0]} IS NULL THEN 'removed' ELSE 'changed' END AS change,
            if(was.{key[0]} IS NULL, NULL, to_json(was)) AS was,
            if(now.{key[0]} IS NULL, NULL, to_json(now)) AS now
        FROM was FULL JOIN now ON {same}
        WHERE was IS DISTINCT FROM now"""


def told(lake: Lake, *, table: str | None, entity_id: str | None, samples: int) -> Difference:
    """Return the differences gathered: of one `table` or entity where given.

    `samples` is how many rows of each table and kind of change are shown. Entities are told, and
    asked for, by the id that is meant now.
    """
    wanted = [f"table_name = {quoted(table)}"] if table else []
    if entity_id:
        wanted.append(f"rowid IN (SELECT place FROM ({MEANT}) WHERE id = {quoted(entity_id)})")
    found = f"(SELECT rowid AS place, * FROM differences WHERE {' AND '.join(wanted) or 'true'})"
    kinds = ("added", "removed", "changed")
    counts = ", ".join(f"count(*) FILTER (change = '{kind}')" for kind in kinds)
    by_table = f"SELECT table_name, {counts} FROM {found} GROUP BY 1"
    by_source = f"""SELECT a.source_id, {counts} FROM {found} AS d
        JOIN lake.main.articles AS a USING (article_id) GROUP BY 1"""
    by_entity = f"SELECT id, {counts} FROM {found} JOIN ({MEANT}) USING (place) GROUP BY 1"
    shown = f"""SELECT table_name, change, article_id, was, now FROM {found}
        QUALIFY row_number() OVER (
            PARTITION BY table_name, change ORDER BY article_id, coalesce(now, was)::VARCHAR
        ) <= {samples} ORDER BY ALL"""
    return Difference(
        tables=_tallies(lake, by_table),
        sources=_tallies(lake, by_source),
        entities=_tallies(lake, by_entity),
        samples=[_sample(*row) for row in lake.rows(shown)],
    )


def _tallies(lake: Lake, sql: str) -> list[Tally]:
    rows = [Tally(*row) for row in lake.rows(sql)]
    return sorted(rows, key=lambda one: (-one.added - one.removed - one.changed, one.name))


def _sample(table: str, change: Change, article_id: str | None, was: Any, now: Any) -> Sample:
    import json

    before, after = (json.loads(text) if text else {} for text in (was, now))
    if change == "changed":
        before = {name: value for name, value in before.items() if after.get(name) != value}
    return Sample(table, change, article_id, before, after)
