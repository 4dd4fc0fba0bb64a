"""Names that the reader gives: a wrong one is told apart from one without rows."""

from typing import Any

import typer

from flows.cli.output import print_note
from flows.cli.reading import Reader, literal

CLOSE = 0.8
"""Jaro-Winkler similarity above which a name is offered; 'Lavrof' to 'Lavrov' is 0.93."""

LETTERS = 5
"""Letters of a name of which one may be wrong for it to be taken for another; a first guess."""

ANYONE = "-"

OFFERED = 5


class UnknownNameError(typer.TyperException):
    """A name that no entity of the lake has."""


def is_given(name: str | None) -> bool:
    """Return whether `name` asks for somebody in particular; '-' stands for anyone."""
    return name is not None and name != ANYONE


def name_literal(name: str | None) -> str:
    """Return `name` as an SQL literal, NULL for anyone."""
    return literal(name if is_given(name) else None)


def require_known(reader: Reader, name: str | None) -> None:
    """Raise UnknownNameError, with the names closest to `name`, where no entity has it."""
    if name is None or not is_given(name) or _is_known(reader, name):
        return
    raise _unknown(name, _close(reader, name))


def meant(reader: Reader, name: str) -> str:
    """Return `name`, or the id of the one entity that articles call so, but for a slip.

    Raises UnknownNameError, with the entities closest to `name`, where there is none or several.
    """
    if _is_known(reader, name):
        return name
    close = _close(reader, name)
    fewest = min((one["slips"] for one in close), default=0)
    nearest = [one for one in close if one["slips"] == fewest]
    if len(nearest) != 1 or fewest > len(name) // LETTERS:
        raise _unknown(name, close)
    (one,) = nearest
    told = _told(one | {"name": one["preferred"]})
    if fewest:
        print_note(f"no entity is called '{name}'; this is {told}")
    else:
        print_note(f"in articles, '{name}' is {told}")
    return str(nearest[0]["entity_id"])


def _is_known(reader: Reader, name: str) -> bool:
    return bool(reader.rows(f"FROM entity_ids({literal(name)}) LIMIT 1"))


def _close(reader: Reader, name: str) -> list[dict[str, Any]]:
    """Return the entities with the closest names, each once, the closest first."""
    asked = f"lower({literal(name.strip())})"
    return reader.records(
        f"""WITH named AS (
            SELECT entity_id, alias AS name FROM entity_aliases
            UNION SELECT entity_id, name FROM entities
            UNION SELECT entity_id, surface FROM mentions
            WHERE entity_id IS NOT NULL AND kind IN ('name', 'alias', 'acronym')
        ), near AS (
            SELECT entity_id, name, jaro_winkler_similarity(lower(name), {asked}) AS likeness,
                damerau_levenshtein(lower(name), {asked}) AS slips
            FROM named WHERE jaro_winkler_similarity(lower(name), {asked}) > {CLOSE}
            QUALIFY row_number() OVER (
                PARTITION BY entity_id ORDER BY likeness DESC, slips, name) = 1
            ORDER BY likeness DESC, entity_id LIMIT {OFFERED}
        )
        SELECT n.entity_id, n.name, e.name AS preferred, e.type, n.slips, n.likeness,
            count(DISTINCT m.article_id) AS articles
        FROM near AS n
        JOIN entities AS e USING (entity_id)
        LEFT JOIN mentions AS m USING (entity_id)
        GROUP BY ALL ORDER BY n.likeness DESC, articles DESC, n.entity_id"""
    )


def _unknown(name: str, close: list[dict[str, Any]]) -> UnknownNameError:
    told = ", ".join(_told(one) for one in close)
    hint = f"; did you mean {told}?" if told else ""
    return UnknownNameError(f"no entity is called '{name}'{hint}")


def _told(entity: dict[str, Any]) -> str:
    articles = entity["articles"]
    count = f"{articles} article{'' if articles == 1 else 's'}"
    return f"{entity['name']} ({entity['entity_id']}, {count})"
