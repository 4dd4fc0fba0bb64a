"""What a report is about: the articles of its days that name the entity, as tables of one session.

`in_scope` has a row for each article, copies too; `named` one for each entity that a sentence of
them names, with its first mention there. Both are made anew in DuckDB's memory, since the
publication is read only.
"""

from dataclasses import dataclass
from datetime import date

from flows.cli.reading import Reader, literal

MANY_NAMES = 50
"""Names above which a sentence is a list: the floor of the mart `entity_pairs`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for: everything, or what is about one entity, or from one day on."""

    about: str | None
    since: date | None

    @property
    def ids(self) -> str:
        """Return the query for the ids of the entity, which `about` must name."""
        return f"(FROM entity_ids({literal(self.about)}))"

    @property
    def figures(self) -> str:
        """Return the arguments that the macros of stance take."""
        return f"since := {literal(self.since)}" if self.since else ""

    def mart(self, name: str, macro: str) -> str:
        """Return what to read figures of stance from: the mart, or its macro for fewer days."""
        return f"{macro}({self.figures})" if self.since else name

    def of_pair(self, first: str, second: str) -> str:
        """Return the condition that the entity is one of two columns."""
        return f"({first} IN {self.ids} OR {second} IN {self.ids})" if self.about else "true"

    def option(self) -> str:
        """Return what to add to a command for the same days."""
        return f" --since {self.since}" if self.since else ""

    def title(self) -> str:
        """Return what the report is about, as a title."""
        who = self.about or "All that was read"
        return f"{who}, since {self.since}" if self.since else who


def prepare(reader: Reader, scope: Scope) -> int:
    """Make `in_scope` and `named`; return how many articles are in scope."""
    named = (
        f"""coalesce(duplicate_of, article_id) IN
            (SELECT article_id FROM mentions WHERE entity_id IN {scope.ids})"""
        if scope.about
        else "true"
    )
    since = f"day >= {literal(scope.since)}" if scope.since else "true"
    reader.rows(
        f"""CREATE OR REPLACE TEMP TABLE in_scope AS
        SELECT article_id, duplicate_of, coalesce(publisher, source_id) AS outlet, title, url,
            coalesce(published_on, published_not_before) AS day, published_on IS NULL AS is_bound
        FROM articles WHERE {named} AND {since}"""
    )
    reader.rows(
        f"""CREATE OR REPLACE TEMP TABLE named AS
        SELECT sentence_id, article_id, entity_id, min(start_char) AS start_char,
            arg_min(end_char, start_char) AS end_char
        FROM mentions JOIN in_scope USING (article_id) WHERE entity_id IS NOT NULL
        GROUP BY sentence_id, article_id, entity_id
        QUALIFY count(*) OVER (PARTITION BY sentence_id) <= {MANY_NAMES}"""
    )
    ((articles,),) = reader.rows("SELECT count(*) FROM in_scope")
    return int(articles)
