"""One attribution: a cue with its speaker and what it reports.

The split into source, cue and content follows PARC 3 (Pareti 2012) and PolNeAR (Newell et al.
2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.extract.statements.cues import Cue, Found
from tasks.extract.statements.objects import Complement
from tasks.extract.statements.quoted import Piece, Quotes
from tasks.extract.statements.sources import Source


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue at tokens `first` to `last` (inclusive), its speaker and the pieces of its content.

    `head` governs the clause of the cue; `rule` names how the content was found.
    """

    cue: Cue
    first: int
    last: int
    head: Token
    source: Source
    pieces: tuple[Piece, ...]
    rule: str


def of_pieces(
    found: Found, first: int, source: Source, pieces: Sequence[Piece], rule: str, head: Token
) -> Attribution:
    """Return the attribution of `pieces`; its cue starts at token `first`, or before."""
    first = min(first, found.first)
    return Attribution(found.cue, first, found.last, head, source, tuple(pieces), rule)


def of_complement(
    found: Found, first: int, source: Source, told: Complement, head: Token, quotes: Quotes
) -> Attribution:
    """Return the attribution of a complement; a preposition right after the cue belongs to it."""
    doc = head.doc
    is_next = told.preposition is not None and told.preposition.i == found.last + 1
    end = doc[told.last].idx + len(doc[told.last])
    opens = doc[told.first]
    start = told.first + (opens.lower_ == "that" and opens.dep_ == "mark")
    while start - 1 > found.last and (
        is_one_word(doc[start - 1], doc[start]) or doc[start].tag_ == "POS"
    ):
        start -= 1
    piece = quotes.completed(doc[start].idx, end)
    last = found.last + is_next
    first = min(first, found.first)
    return Attribution(found.cue, first, last, head, source, (piece,), told.rule)


def is_one_word(token: Token, following: Token) -> bool:
    """Tell whether two tokens are one word, as "do" and "n't": content never starts within."""
    is_word = token.is_alpha and not (following.is_punct or following.is_space)
    return is_word and not token.whitespace_
