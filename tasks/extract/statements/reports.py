"""Speech in quotation marks beside its cue: '"...", said X', 'X said: "..."'."""

from spacy.tokens import Token

from tasks.extract.quotes import Quote
from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import Piece, Quotes
from tasks.extract.statements.sources import Source
from tasks.extract.statements.syntax import (
    is_finite,
    own_subject,
    relation,
)

_REACH = 30
"""Most tokens between a cue and the quote it opens, as in 'said in a statement on Monday: '."""
_PLACING = frozenset({"in", "on", "at", "during", "after"})
"""Openers of where and when, with which a quote may need no mark: 'said in a letter "We ..."'."""


def spoken(found: Found, speaker: Source, first: int, quotes: Quotes) -> tuple[Piece, ...] | None:
    """Return the quotes that the cue reports: just before its clause, just after, or both."""
    doc = found.token.doc
    is_participle = found.token.tag_ == "VBG" and own_subject(found.token) is None
    is_added = is_participle and first > 0 and doc[first - 1].text == ","  # '..., adding'
    opens = first if is_added else min(speaker.first, first)
    before = _before(doc[opens], quotes) or _before(doc[first], quotes)
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
    """Tell whether the quote may be all that somebody says: no title, no single word.

    A word with a mark is a remark: '"Hopefully," she said'.
    """
    is_remark = " " in quotes.text[quote.start : quote.end] or quotes.text[quote.end - 1] in ",?!"
    return quote.use not in {"title", "name"} and is_remark


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
    if _has_clause(found, start, quote.outer_start):
        return None
    is_led_in = gap.rstrip()[-1:] in {":", ","}
    is_placed = words[0] in _PLACING and quotes.text[quote.start].isupper()
    return quote if is_led_in or (is_placed and _is_whole(quote, quotes)) else None


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
                is_new = quote is not None and token.text == "." and not _is_whole(quote, quotes)
                return None if is_new else quote
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
