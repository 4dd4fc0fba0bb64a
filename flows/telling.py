"""Tell links of all articles anew, where what they follow from has changed."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import duckdb

from tasks.extract.steps.keys import code_key
from warehouse.lake import Lake
from warehouse.told import content_digest, is_told, note_told


class Telling(NamedTuple):
    """How links are told: `find` gives them, `settle` writes them; `sql` and `modules` are what
    they follow from."""

    find: Callable[[Lake], Sequence[Any]]
    settle: Callable[[Lake, Sequence[Any]], bool]
    sql: str
    modules: tuple[str, ...]


def tell(lake: Lake, table: str, how: Telling) -> bool:
    """Bring the links in `table` up to date; return whether they were told anew.

    They are where a row that they follow from, the code that tells them, or a link is not as it
    was when they were last told.
    """
    of = f"{_code(how)} {content_digest(lake, how.sql)}"
    if is_told(lake, table, of):
        return False
    links = how.find(lake)
    with lake.whole() as whole:
        how.settle(whole, links)
        note_told(whole, table, of)
    return True


def _code(how: Telling) -> str:
    parts = (duckdb.__version__, how.sql, code_key(how.modules))
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
