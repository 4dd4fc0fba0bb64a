"""Which corrections stand behind a row: of itself, of its article's head, of who is meant."""

from typing import Any

from flows.cli.reading import Reader

OF_ENTITIES = frozenset({"merge_entities", "split_entity"})
SHOWN = ("correction_id", "kind", "subject", "field", "found", "value", "author", "reason")


def corrections_of(
    reader: Reader, row: dict[str, Any], row_id: str, article_id: str | None
) -> list[dict[str, Any]]:
    """Return the corrections that were applied to a row, its article, or its entities.

    One that merges or splits entities is told where the row names the entity that is meant now.
    """
    entities = {value for name, value in row.items() if name.endswith("_id")}
    found = []
    for one in _applied(reader):
        if one["kind"] in OF_ENTITIES:
            is_ours = one["value"] in entities and one["field"] in (None, article_id)
        else:
            is_ours = one["subject"] in (row_id, article_id)
        if is_ours:
            found.append({name: one[name] for name in SHOWN})
    return found


def rejected_by(reader: Reader, start: str) -> str | None:
    """Return a line on the correction that rejected the only row whose id begins with `start`."""
    found = [
        one
        for one in _applied(reader)
        if one["kind"] == "reject_row" and one["subject"].startswith(start)
    ]
    if len(found) != 1:
        return None
    (one,) = found
    return (
        f"row {one['subject']} of {one['field']} was rejected by correction "
        f"'{one['correction_id']}' ({one['author']}): {one['reason']}"
    )


def correction_line(one: dict[str, Any]) -> str:
    """Return one correction as a person reads it."""
    where = one["field"] or one["subject"]
    change = f"{where}: {one['found'] or 'nothing'} -> {one['value'] or 'nothing'}"
    if one["kind"] in OF_ENTITIES:
        change = f"{one['subject']} is {one['value']}" + (" here" if one["field"] else "")
    return f"{one['correction_id']}: {change}; {one['author']}: {one['reason']}"


def _applied(reader: Reader) -> list[dict[str, Any]]:
    # A publication of an older demarche has the table without these columns, and no row in it.
    rows = reader.records("FROM corrections ORDER BY correction_id")
    return [one for one in rows if one.get("state") == "applied"]
