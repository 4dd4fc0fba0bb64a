"""Mentions as spans of a text, the word that heads each, and which two are the same mention.

Marked files take the whole phrase ('Apple CEO Steve Jobs'), demarche the name in it ('Steve
Jobs'). So a mention is compared twice: by its span, without a leading article and a possessive
ending; and by its head, which has to be the same word of the text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from warehouse.tables import MentionLabel

NameKind = Literal["name", "nominal", "pronoun"]

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:\s*['\u2019]s|(?<=s)\s*['\u2019])$", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[.&'\u2019-]\w+)*\.?|[,;:()\[\]\u2013\u2014]|--")
_AFTER_HEAD = frozenset(
    {"of", "in", "on", "at", "for", "from", "by", "with", "to", "as", "about", "against"}
    | {"between", "among", "under", "over", "near", "after", "before", "into", "than"}
    | {"who", "whom", "whose", "which", "that", "where", "when"}
)
"""Words that may follow the head of a noun phrase and do not stand before it."""
_RELATIVE = frozenset({"who", "which", "that", "what"})
_QUOTES = "\"'\u201c\u201d\u2018\u2019 "


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A mention in a text: `start` and `end` trimmed, `head` where its head word starts."""

    start: int
    end: int
    head: int
    kind: NameKind
    entity: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedArticle:
    """A text and the mentions marked in it, up to `marked_to`; `labels` are those it marks."""

    text: str
    mentions: tuple[MentionSpan, ...]
    marked_to: int
    labels: frozenset[MentionLabel]
    published_on: date | None = None


def mention_span(
    text: str, start: int, end: int, kind: NameKind, entity: str | None, *, head: int | None = None
) -> MentionSpan:
    """Return the mention `text[start:end]`; `head` where it is marked, else the likely one."""
    start, end = trimmed(text, start, end)
    if head is None:
        head = likely_head(text, start, end)
    return MentionSpan(start, end, head, kind, entity)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without article, quotation marks and possessive ending, but never empty."""
    whole = text[start:end]
    core = _POSSESSIVE.sub("", _ARTICLE.sub("", whole.lstrip(_QUOTES))).strip(_QUOTES)
    if not core:
        return start, end
    start += whole.rindex(core)
    return start, start + len(core)


def likely_head(text: str, start: int, end: int) -> int:
    """Return where the head of a phrase starts: its last word before what may follow a head.

    Of a relative clause it is the pronoun.
    """
    words = list(_WORD.finditer(text, start, end))
    if not words or words[0].group().lower() in _RELATIVE:
        return start
    head = words[0]
    for word in words[1:]:
        if not word.group()[0].isalnum() or word.group().lower() in _AFTER_HEAD:
            break
        head = word
    return head.start()


def smallest(mentions: Iterable[MentionSpan]) -> list[MentionSpan]:
    """Return the shortest of the mentions that have the same head, in the order of the text.

    It stands for appositions ('Smith' for 'Smith, 49') and for groups that begin or end with it.
    """
    shortest: dict[int, MentionSpan] = {}
    for one in mentions:
        other = shortest.get(one.head)
        if other is None or one.end - one.start < other.end - other.start:
            shortest[one.head] = one
    return sorted(shortest.values(), key=lambda one: (one.start, one.end))


def same_spans(marked: Sequence[MentionSpan], found: Sequence[MentionSpan]) -> dict[int, int]:
    """Return the positions in `marked` of those in `found` that have the same span."""
    places = {(one.start, one.end): at for at, one in enumerate(marked)}
    return {
        at: places[one.start, one.end]
        for at, one in enumerate(found)
        if (one.start, one.end) in places
    }


def same_mentions(marked: Sequence[MentionSpan], found: Sequence[MentionSpan]) -> dict[int, int]:
    """Return the positions in `marked` of those in `found` with the same span or the same head.

    One to one, same spans first; of two with the same head, one has to hold the other.
    """
    pairs = same_spans(marked, found)
    taken = set(pairs.values())
    heads = {one.head: at for at, one in enumerate(marked) if at not in taken}
    for at, one in enumerate(found):
        place = heads.get(one.head)
        if at not in pairs and place is not None and _holds(marked[place], one):
            pairs[at] = place
            del heads[one.head]
    return pairs


def _holds(one: MentionSpan, other: MentionSpan) -> bool:
    """Tell whether one of the two lies within the other."""
    outer, inner = sorted((one, other), key=lambda span: span.start - span.end)
    return outer.start <= inner.start and inner.end <= outer.end
