"""Ids of entities: the type, a colon, and the name in lower-case letters, digits and hyphens."""

import re
from typing import get_args

from tasks.registry.rows import Row
from warehouse.tables import EntityType

ENTITY_TYPES = frozenset(get_args(EntityType))

_ID = re.compile(r"([a-z_]+):[a-z0-9][a-z0-9.-]*")


def entity_id(row: Row, column: str) -> str:
    """Return the well-formed id in `column`, of an entity that the registry knows or not."""
    value = row.required(column)
    found = _ID.fullmatch(value)
    if found is None:
        raise row.error(column, f"{value!r} is not an id like person:zamir-kabulov")
    if found.group(1) not in ENTITY_TYPES:
        raise row.error(column, f"{value!r} does not open with a type of entity")
    return value
