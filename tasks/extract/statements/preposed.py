"""Speech in front of its cue without marks: 'The plan was dead, X said', 'As X said, ...'."""

from spacy.tokens import Doc, Token

from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import MARKS, Piece
from tasks.extract.statements.sources import Source
from tasks.extract.statements.syntax import (
    child,
    is_finite,
    own_subject,
    relation,
    sentence_end,
    sentence_start,
)

_STOPS = frozenset({",", "—", "–", "--", "-", ";", ":", "?", "!"}) | MARKS  # noqa: RUF001


def preposed(found: Found, speaker: Source, first: int) -> tuple[Piece, ...]:
    """Return what stands before '..., X said' and after it where the clause goes on."""
    doc, verb = found.token.doc, found.token
    opens = min(speaker.first, first)
    if (mark := child(verb, "mark")) is not None and mark.lower_ == "as":
        return _as_told(mark, max(speaker.last, found.last))
    is_inverted = speaker.first > found.last
    before = doc[opens - 1] if opens > 0 else None
    if (
        before is None
        or before.text not in _STOPS
        or (is_inverted and speaker.first > found.last + 3)
    ):
        return ()
    told = _told(verb, opens)
    if told is None and not _closes(verb, max(found.last, speaker.last, _hearer(found))):
        return ()
    opened = sentence_start(verb)
    lo = opened if told is None else told.left_edge.i
    if all(doc[at].pos_ == "CCONJ" for at in range(opened, lo)):
        lo = opened
    lo = _after_label(doc, lo)
    if opens - 1 - lo < 2:
        return ()
    pieces = [(doc[lo].idx, doc[opens - 2].idx + len(doc[opens - 2]))]
    closes = max(speaker.last, found.last)
    if closes + 1 < len(doc) and doc[closes + 1].text in {",", "—", "--"}:
        hi = sentence_end(verb) - 1 if told is None else max(told.right_edge.i, verb.right_edge.i)
        hi = next((at - 1 for at in range(closes + 2, hi + 1) if doc[at].text == ";"), hi)
        nxt = doc[closes + 2] if closes + 2 < len(doc) else None
        if hi > closes + 3 and nxt is not None and nxt.tag_ != "VBG" and nxt.pos_ not in {"CCONJ"}:
            pieces.append((nxt.idx, doc[hi].idx + len(doc[hi])))
    has_verb = any(
        t.tag_ == "VB" or (t.pos_ in _VERBS and is_finite(t)) for t in doc[lo : opens - 1]
    )
    is_address = doc[lo].pos_ in {"ADV", "INTJ", "CCONJ"}  # 'Well, Anna, the mayor said'
    return tuple(pieces) if has_verb or (len(pieces) > 1 and not is_address) else ()


def _after_label(doc: Doc, first: int) -> int:
    """Return the token after the label of a turn ('MR. X:', 'Q') that starts at `first`, if any."""
    if doc[first].text == "Q":
        return first + 1
    for at in range(first, min(len(doc), first + 4)):
        if doc[at].text == ":":
            return at + 1
        if not doc[at].is_upper:
            break
    return first


def _hearer(found: Found) -> int:
    """Return the last token of who is told: '..., officials told the paper.'; 0 for nobody."""
    told = child(found.token, "obj", "iobj") if "hearer" in found.cue.frames else None
    return 0 if told is None else told.right_edge.i


def _closes(verb: Token, last: int) -> bool:
    """Tell whether the cue's clause ends right after token `last`."""
    following = verb.doc[last + 1] if last + 1 < len(verb.doc) else None
    return (
        following is None
        or following.text in {".", ",", "?", "!"} | MARKS
        or (following.is_sent_start or following.is_space)
    )


def _as_told(mark: Token, closes: int) -> tuple[Piece, ...]:
    """Return the main clause of 'As X said, ...' and '..., as X said'."""
    doc, end = mark.doc, sentence_end(mark) - 1
    start = _after_label(doc, sentence_start(mark))
    if mark.i == start and closes + 2 < end and doc[closes + 1].text == ",":
        return ((doc[closes + 2].idx, doc[end].idx + len(doc[end])),)
    if mark.i - start > 2 and doc[mark.i - 1].text == ",":
        before = doc[start].idx, doc[mark.i - 2].idx + len(doc[mark.i - 2])
        goes_on = closes + 2 < end and doc[closes + 1].text == ","
        if not goes_on:
            return (before,)
        return before, (doc[closes + 2].idx, doc[end].idx + len(doc[end]))
    return ()


def around(found: Found, speaker: Source, first: int) -> tuple[Piece, ...]:
    """Return the two pieces of a clause that the cue parts: 'The plan, X said, was dead'."""
    doc, verb = found.token.doc, found.token
    opens, closes = min(speaker.first, first), max(speaker.last, found.last)
    if opens == 0 or doc[opens - 1].text not in _STOPS or closes + 1 >= len(doc):
        return ()
    if closes + 2 < len(doc) and doc[closes + 2].pos_ == "CCONJ":
        return ()
    for one in verb.children:
        lo, hi = one.left_edge.i, one.right_edge.i
        is_parted = relation(one) == "ccomp" and lo < opens - 1 and closes + 1 < hi
        if is_parted and doc[closes + 1].text in _STOPS and doc[lo].lower_ not in _RELATIVE:
            before = doc[lo].idx, doc[opens - 2].idx + len(doc[opens - 2])
            return before, (doc[closes + 2].idx, doc[hi].idx + len(doc[hi]))
    return ()


_VERBS = frozenset({"VERB", "AUX"})
_WHEN = frozenset({"when", "where", "while", "how"})
_RELATIVE = frozenset({"which", "who", "what", "that", "whom", "where"})


def _told(verb: Token, opens: int) -> Token | None:
    """Return the head of the clause that the cue reports from behind."""
    if relation(verb) == "parataxis" and verb.head.left_edge.i < opens:
        return verb.head
    for one in verb.lefts:
        if relation(one) in {"ccomp", "parataxis", "advcl", "csubj", "dislocated", "obj"} and (
            one.right_edge.i < opens + 1
        ):
            is_clause = is_finite(one) or own_subject(one) is not None
            if relation(one) != "ccomp" and not is_clause:
                continue
            is_marked = any(c.dep_ == "mark" for c in one.lefts)
            if relation(one) == "advcl" and (is_marked or one.left_edge.lower_ in _WHEN):
                continue
            return one
    return None
