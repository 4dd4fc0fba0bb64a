"""Reports joined in one sentence, parted: 'X said A, adding that B', 'X said A and warned of B'.

The parse often hangs the second report into what the first one says.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.statements.attribution import Attribution
from tasks.extract.statements.syntax import child, own_subject, relation

_LOOK_BACK = 6
"""Attributions before one in which that which holds it is sought."""
_OPEN = words("clause object naming infinitive phrase question gerund preposed")
_CONTRAST = words("though although while whereas")
_TAKES_UP = words("he she they it")


def divided(found: Sequence[Attribution]) -> list[Attribution]:
    """Return attributions in order, each ending where a joined report of its speaker starts."""
    parted = list(found)
    for index, inner in enumerate(parted):
        for before in range(index - 1, max(index - 1 - _LOOK_BACK, -1), -1):
            outer = parted[before]
            if _is_taken_over(outer, inner):
                parted[index] = replace(inner, source=outer.source)
                break
            if not _holds(outer, inner):
                continue
            joint = _joint(outer, inner)
            if joint is not None and (cut := _cut(outer, joint)) is not None:
                parted[before] = cut
                if own_subject(inner.head) is None:
                    parted[index] = replace(inner, source=outer.source)
            break
    return parted


def _is_taken_over(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether '"...", X said, adding that' gave 'adding' a subject inside the quote."""
    doc = inner.head.doc
    at, cue = inner.source.head.idx, doc[inner.first].idx
    is_participle = inner.head.tag_ == "VBG" and own_subject(inner.head) is None
    is_after = is_participle and inner.first > 0 and doc[inner.first - 1].text == ","
    return is_after and any(a <= at < b <= cue for a, b in outer.pieces)


def _holds(outer: Attribution, inner: Attribution) -> bool:
    start = inner.head.doc[inner.first].idx
    return any(first <= start < last for first, last in outer.pieces)


def _joint(outer: Attribution, inner: Attribution) -> int | None:
    """Return the token that joins the second report to the first; None where it is inside it."""
    if outer.rule not in _OPEN or inner.cue.is_attitude or inner.cue.pos != "verb":
        return None
    verb, doc = inner.head, inner.head.doc
    own = own_subject(verb)
    opens = inner.first if own is None else min(own.left_edge.i, inner.first)
    before = doc[opens - 1] if opens > 0 else None
    if before is None:
        return None
    if relation(verb) == "advcl" and verb.tag_ == "VBG" and before.text == ",":
        return before.i
    mark = child(verb, "mark")
    if relation(verb) == "advcl" and mark is not None and mark.lower_ in _CONTRAST:
        return mark.i if own is not None and own.lower_ in _TAKES_UP else None
    if relation(verb) == "conj" and before.pos_ == "CCONJ":
        takes_up = own is not None and own.lower_ in _TAKES_UP and doc[before.i - 1].text == ","
        return before.i if takes_up or (own is None and _is_of_outer(outer, verb)) else None
    return None


def _is_of_outer(outer: Attribution, verb: Token) -> bool:
    """Tell whether a joined verb without subject has the form of the cue, not of the content."""
    is_finite = verb.tag_ in {"VBD", "VBZ", "VBP"}
    return is_finite and verb.tag_ == outer.head.tag_ and verb.head.tag_ != verb.tag_


def _cut(outer: Attribution, joint: int) -> Attribution | None:
    """Return `outer` with its content ending before token `joint`, if that leaves any."""
    doc = outer.head.doc
    last = joint - 1
    while last > 0 and (doc[last].is_punct and doc[last].text in {",", ";", "—", "-", "--"}):
        last -= 1
    end = doc[last].idx + len(doc[last])
    pieces = tuple((a, min(b, end)) for a, b in outer.pieces if a < end)
    return replace(outer, pieces=pieces) if pieces and end - pieces[-1][0] > 2 else None
