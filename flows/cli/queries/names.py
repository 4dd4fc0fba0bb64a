"""Names that the reader gives: a wrong one is told apart from one without rows."""

import typer

from flows.cli.reading import Reader, literal

CLOSE = 0.8
"""Jaro-Winkler similarity above which a name is offered; 'Lavrof' to 'Lavrov' is 0.93."""

ANYONE = "-"


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
    if not is_given(name) or reader.rows(f"FROM entity_ids({name_literal(name)}) LIMIT 1"):
        return
    close = reader.rows(
        f"""SELECT name FROM (SELECT alias AS name FROM entity_aliases UNION FROM
            (SELECT name FROM entities))
        WHERE jaro_winkler_similarity(lower(name), lower({name_literal(name)})) > {CLOSE}
        ORDER BY jaro_winkler_similarity(lower(name), lower({name_literal(name)})) DESC, name
        LIMIT 3"""
    )
    hint = f"; did you mean {', '.join(found for (found,) in close)}?" if close else ""
    raise UnknownNameError(f"no entity is called '{name}'{hint}")
