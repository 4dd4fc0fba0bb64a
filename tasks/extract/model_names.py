"""Names that the language model finds and the registry does not know."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from spacy.tokens import Doc, Span

from tasks.extract.grammar import STATE_HEADS
from tasks.extract.kinds import ORGANISATION, kind_of
from tasks.extract.names import TITLES, Named
from tasks.ids import slug
from tasks.language.names import CONFIDENCE
from warehouse.tables import MentionLabel

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
        label = "ORG" if _is_body(ent) else cast(MentionLabel, ent.label_)
        ent = _untitled(ent) if label == "PERSON" else _untailed(ent)
        if label == "PERSON" and all(one.text.rstrip(".") in TITLES for one in ent):
            continue  # 'the President' is a role
        if label == "MISC" and len(ent) == 1 and ent[0].pos_ not in {"PROPN", "X"}:
            continue  # a word of a headline: 'Role'
        is_bare = label == "PERSON" and len(ent) == 1
        name = slug(ent.text)
        if label == "MISC" and not name:
            continue  # another script: a word of another language
        entity_id = None if is_bare or not name else f"{kind_of(ent.text, label)}:{name}"
        found.append(
            Named(ent.start_char, ent.end_char, entity_id, "name", label, "model", confidence)
        )
    return found


def _is_body(ent: Span) -> bool:
    """Tell whether a name taken for a person's is that of a body: 'Labour Party'."""
    return ent.label_ == "PERSON" and ORGANISATION.fullmatch(ent[-1].text) is not None


def _untitled(ent: Span) -> Span:
    """Return a person's name without the titles before it."""
    start = ent.start
    while start < ent.end - 1 and ent.doc[start].text.rstrip(".") in TITLES:
        start += 1
    return ent.doc[start : ent.end]


def _untailed(ent: Span) -> Span:
    """Return a name without prepositions and articles at its end, capitals of a headline."""
    end = ent.end
    while end > ent.start + 1 and ent.doc[end - 1].pos_ in {"ADP", "DET", "CCONJ"}:
        end -= 1
    return ent.doc[ent.start : end]


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
