"""Speech before, after and around its cue: '"...", said X', 'X said: "..."', '..., X said.'."""

from spacy.tokens import Token

from tasks.extract.quotes import Quote
from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import MARKS, Piece, Quotes
from tasks.extract.statements.sources import Source
from tasks.extract.statements.syntax import (
    child,
    is_finite,
    own_subject,
    relation,
    sentence_end,
    sentence_start,
)

_REACH = 30
"""Most tokens between a cue and the quote it opens, as in 'said in a statement on Monday: '."""
_STOPS = frozenset({",", "—", "–", "--", "-", ";", ":", "?", "!"}) | MARKS  # noqa: RUF001


def spoken(found: Found, speaker: Source, first: int, quotes: Quotes) -> tuple[Piece, ...] | None:
    """Return the quotes that the cue reports: just before its clause, just after, or both."""
    doc = found.token.doc
    before = _before(doc[min(speaker.first, first)], quotes) or _before(doc[first], quotes)
    if before is None:
        after = _after(found, speaker, quotes)
        return None if after is None else _joined(after, quotes)
    last = max(found.last, speaker.last)
    if speaker.first > found.last:  # the speaker may go on with what explains it
        last = max(last, speaker.head.right_edge.i)
        last -= doc[last].is_punct
    rest = _rest(last, found, quotes)
    return _piece(before), *(_joined(rest, quotes) if rest is not None else ())


def _piece(quote: Quote) -> Piece:
    return quote.start, quote.end


def _is_said(quote: Quote, quotes: Quotes) -> bool:
    """Tell whether the quote may be all that somebody says: no title, no single word."""
    return quote.use not in {"title", "name"} and " " in quotes.text[quote.start : quote.end]


def _before(token: Token, quotes: Quotes) -> Quote | None:
    quote = quotes.closing(token.idx)
    if quote is None or not _is_said(quote, quotes):
        return None
    gap = quotes.text[quote.end : token.idx]
    is_ended = quotes.text[quote.end - 1] == "." or "." in gap
    if is_ended and token.text[0].isupper():
        return None
    around = quotes.around(token.idx)
    return quote if around is None else None


def _after(found: Found, speaker: Source, quotes: Quotes) -> Quote | None:
    doc = found.token.doc
    last = max(found.last, speaker.last) if speaker.first <= found.last + 2 else found.last
    start = doc[last].idx + len(doc[last])
    limit = min(len(doc) - 1, last + _REACH)
    quote = quotes.opening(start, doc[limit].idx)
    if quote is None or not _is_said(quote, quotes):
        return None
    gap = quotes.text[start : quote.outer_start].rstrip()
    if "\n\n" in gap and not gap.rstrip().endswith(":"):
        return None
    words = gap.strip(" ,:\n—-").split()
    if not words or words == ["that"]:
        return quote if _is_whole(quote, quotes) else None
    if gap.rstrip()[-1:] not in {":", ","} or _has_clause(found, start, quote.outer_start):
        return None
    return quote


def _is_whole(quote: Quote, quotes: Quotes) -> bool:
    """Tell whether the quote is all that is said, not the first words of a clause."""
    rest = quotes.text[quote.end : quote.end + 40].lstrip("\"”“»'’.,;:!? ")  # noqa: RUF001
    if (
        quotes.text[quote.end - 1] in ".!?"
        or not rest
        or "\n" in quotes.text[quote.end : quote.end + 3]
    ):
        return True
    after = quotes.text[quote.end + 1 : quote.end + 3].strip()
    if quotes.text[quote.start].isupper() and quotes.text[quote.end - 1] in ",":
        return True
    return after[:1] in {".", ",", ";"}


def _has_clause(found: Found, start: int, end: int) -> bool:
    doc = found.token.doc
    span = doc.char_span(start, end, alignment_mode="contract")
    return span is None or any(
        t.pos_ in {"VERB", "AUX"} and is_finite(t) and relation(t) != "acl:relcl" for t in span
    )


def _rest(last: int, found: Found, quotes: Quotes) -> Quote | None:
    """Return the quote that goes on after token `last` of the clause: '"...", he said. "..."'.

    It opens after a comma of the cue's own sentence, or right after that sentence.
    """
    doc = found.token.doc
    start = doc[last].idx + len(doc[last])
    for at in range(last + 1, min(len(doc), last + _REACH)):
        token = doc[at]
        if "\n" in token.text:
            return None
        stop = token.idx + len(token)
        if token.text in _BREAKS:
            quote = quotes.opening(stop - 1, stop + _GAP_AFTER)
            gap = "-" if quote is None else quotes.text[stop : quote.outer_start]
            if not gap.strip() and "\n" not in gap:
                return quote
        if token.text in _ENDS or quotes.opening(start, stop) is not None:
            return None
    return None


_BREAKS = frozenset({".", ",", ":", ";", "?", "!", "-", "--", "—", "–", "but", "and", "that"})  # noqa: RUF001
_ENDS = frozenset({".", "?", "!"})
_GAP_AFTER = 4


def _joined(quote: Quote, quotes: Quotes) -> tuple[Piece, ...]:
    """Return the quote with those paragraphs that carry it on."""
    pieces = [_piece(quote)]
    following = quotes.following(quote)
    while following is not None and following.continues:
        pieces.append(_piece(following))
        following = quotes.following(following)
    return tuple(pieces)


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
    if told is None and not _closes(verb, max(found.last, speaker.last)):
        return ()
    opened = sentence_start(verb)
    lo = opened if told is None else told.left_edge.i
    if all(doc[at].pos_ == "CCONJ" for at in range(opened, lo)):
        lo = opened
    if opens - 1 - lo < 2:
        return ()
    pieces = [(doc[lo].idx, doc[opens - 2].idx + len(doc[opens - 2]))]
    closes = max(speaker.last, found.last)
    if closes + 1 < len(doc) and doc[closes + 1].text in {",", "—", "--"}:
        hi = sentence_end(verb) - 1 if told is None else max(told.right_edge.i, verb.right_edge.i)
        nxt = doc[closes + 2] if closes + 2 < len(doc) else None
        if hi > closes + 3 and nxt is not None and nxt.tag_ != "VBG" and nxt.pos_ not in {"CCONJ"}:
            pieces.append((nxt.idx, doc[hi].idx + len(doc[hi])))
    has_verb = any(
        t.tag_ == "VB" or (t.pos_ in _VERBS and is_finite(t)) for t in doc[lo : opens - 1]
    )
    return tuple(pieces) if len(pieces) > 1 or has_verb else ()


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
    doc, start, end = mark.doc, sentence_start(mark), sentence_end(mark) - 1
    if mark.i == start and closes + 2 < end and doc[closes + 1].text == ",":
        return ((doc[closes + 2].idx, doc[end].idx + len(doc[end])),)
    if mark.i - start > 2 and doc[mark.i - 1].text == ",":
        return ((doc[start].idx, doc[mark.i - 2].idx + len(doc[mark.i - 2])),)
    return ()


def around(found: Found, speaker: Source, first: int) -> tuple[Piece, ...]:
    """Return the two pieces of a clause that the cue parts: 'The plan, X said, was dead'."""
    doc, verb = found.token.doc, found.token
    opens, closes = min(speaker.first, first), max(speaker.last, found.last)
    if opens == 0 or doc[opens - 1].text not in _STOPS or closes + 1 >= len(doc):
        return ()
    for one in verb.children:
        lo, hi = one.left_edge.i, one.right_edge.i
        is_parted = relation(one) == "ccomp" and lo < opens - 1 and closes + 1 < hi
        if is_parted and doc[closes + 1].text in _STOPS and doc[lo].lower_ not in _RELATIVE:
            before = doc[lo].idx, doc[opens - 2].idx + len(doc[opens - 2])
            return before, (doc[closes + 2].idx, doc[hi].idx + len(doc[hi]))
    return ()


_VERBS = frozenset({"VERB", "AUX"})
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
            if relation(one) == "advcl" and any(c.dep_ == "mark" for c in one.lefts):
                continue
            return one
    return None
