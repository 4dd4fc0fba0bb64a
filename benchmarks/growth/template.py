"""Annotated articles as templates: their rows, and which parts of a text may become others."""

from dataclasses import dataclass, field
from functools import cache
from random import Random

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

ID_COLUMNS = frozenset(
    {"block_id", "sentence_id", "mention_id", "statement_id", "via_statement_id", "stance_id"}
    | {"from_stance_id", "timex_id", "event_id", "citation_id"}
)
VERBATIM = {
    ("blocks", "text"): ("start_char", "end_char"),
    ("sentences", "text"): ("start_char", "end_char"),
    ("mentions", "surface"): ("start_char", "end_char"),
    ("statements", "content"): ("start_char", "end_char"),
    ("statements", "speaker"): ("speaker_start", "speaker_end"),
    ("statements", "cue"): ("cue_start", "cue_end"),
    ("stances", "evidence"): ("start_char", "end_char"),
    ("stances", "holder"): ("evidence", ""),
    ("stances", "target"): ("evidence", ""),
    ("time_expressions", "surface"): ("start_char", "end_char"),
    ("events", "evidence"): ("start_char", "end_char"),
    ("events", "actor"): ("evidence", ""),
    ("events", "action"): ("evidence", ""),
    ("events", "target"): ("evidence", ""),
    ("events", "place"): ("evidence", ""),
    ("citations", "title"): ("start_char", "end_char"),
    ("acronyms", "acronym"): ("text", ""),
    ("acronyms", "expansion"): ("text", ""),
}
"""Columns whose words stand in the text between two columns, or somewhere in the row's span."""
VOWELS, CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Template:
    """One text in pieces: which are drawn anew, from where in the pool, and which are names."""

    pieces: list[str]
    entities: list[str]
    sentences: int
    drawn: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    drawn_in: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    pool_first: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    pool_size: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    names: list[tuple[int, str, int]] = field(default_factory=list)
    """Place, word and entity of each piece of a found name."""


@dataclass(slots=True)
class Templates:
    """All templates, and their rows by table, one template after the other."""

    all: list[Template]
    heads: pa.Table
    tables: dict[str, pa.Table]
    bounds: dict[str, Ints]
    ids: dict[tuple[str, str], NDArray[np.uint64]]
    cast: dict[tuple[str, str], Ints]
    spans: dict[tuple[str, str], tuple[Ints, Ints]]
    days: Ints
    pool: NDArray[np.object_]
    registry: dict[str, str]
    by_type: dict[str, list[str]]

    def other(self, entity_id: str, drawn: float) -> str:
        """Return an entity of the registry of the same type; few of them come back often."""
        same = self.by_type[self.registry[entity_id]]
        return same[int(len(same) ** drawn) - 1]

    def spelt(self, word: str, number: int) -> str:
        """Return `word` in spelling `number`: vowels for vowels; 1 is as it stands."""
        return word if number == 1 else word.translate(_letters(number))

    def spelt_id(self, entity_id: str, number: int) -> str:
        """Return the id of a found entity whose name has spelling `number`."""
        kind, _, name = entity_id.partition(":")
        slug, dot, rest = name.partition(".")
        return f"{kind}:{self.spelt(slug, number)}{dot}{rest}"


@cache
def _letters(number: int) -> dict[int, str]:
    """Return another letter for each, capitals for capitals; vowels for vowels."""
    rng, table = Random(number), dict[int, str]()
    for letters in (VOWELS, CONSONANTS):
        other = "".join(rng.sample(letters, len(letters)))
        given, shown = letters + letters.upper(), other + other.upper()
        table |= dict(zip(map(ord, given), shown, strict=True))
    return table
