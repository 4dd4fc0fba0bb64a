"""Names that the language model finds and the registry does not know."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import cast

from spacy.tokens import Doc, Span

from tasks.extract.acronyms import slug
from tasks.extract.grammar import STATE_HEADS
from tasks.extract.names import Named
from tasks.language.names import CONFIDENCE
from warehouse.tables import EntityType, MentionLabel

TYPES: Mapping[MentionLabel, EntityType] = MappingProxyType(
    {
        "PERSON": "person",
        "ORG": "organisation",
        "GPE": "region",
        "LOC": "region",
        "NORP": "people",
        "EVENT": "event",
        "MISC": "other",
    }
)
"""Type of an entity that only the model found; the registry knows states and large cities."""
_LEAST = 0.5
"""Confidence below which a name is left out: read in Wikinews, most such names were wrong."""
_UNKNOWN = 0.7
"""Confidence in a name from a pipeline that gives none; a guess, seldom used."""


def model_names(doc: Doc, known: Sequence[Named]) -> list[Named]:
    """Return the names of `doc.ents` that are not in `known`, in order.

    A longer name wins over known ones inside it ('Moscow State University'), unless they are
    joined by a hyphen to others ('Biden-Putin Summit') or a body ends it ('Latvian Herring
    Ministry', which stays a mention of Latvia). A person's single name has no entity.
    """
    found: list[Named] = []
    confidences = doc.user_data.get(CONFIDENCE) or [_UNKNOWN] * len(doc.ents)
    taken = {at: named for named in known for at in range(named.start, named.end)}
    for ent, confidence in zip(doc.ents, confidences, strict=True):
        if confidence < _LEAST or any(_keeps(ent, named) for named in _inside(ent, taken)):
            continue
        label = cast(MentionLabel, ent.label_)
        is_bare = label == "PERSON" and len(ent) == 1
        name = slug(ent.text)
        entity_id = None if is_bare or not name else f"{TYPES[label]}:{name}"
        found.append(
            Named(ent.start_char, ent.end_char, entity_id, "name", label, "model", confidence)
        )
    return found


def _inside(ent: Span, taken: Mapping[int, Named]) -> Iterator[Named]:
    """Yield the known names that overlap `ent`, each once."""
    last: Named | None = None
    for at in range(ent.start_char, ent.end_char):
        named = taken.get(at)
        if named is not None and named is not last:
            last = named
            yield named


def _keeps(ent: Span, named: Named) -> bool:
    """Tell whether the known name stays although the model's `ent` overlaps it."""
    start, end = named.start - ent.start_char, named.end - ent.start_char
    if start < 0 or end > len(ent.text) or end - start == len(ent.text):
        return True
    before, after = ent.text[:start], ent.text[end:]
    if before.endswith("-") or after.startswith("-"):
        return True
    return not before and after.split()[-1].lower() in STATE_HEADS
