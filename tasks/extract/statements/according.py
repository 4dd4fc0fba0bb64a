"""Prepositions as cues: 'According to X, ...', '..., according to X', "in X's view"."""

from spacy.tokens import Token

from tasks.extract.statements.attribution import Attribution, of_pieces
from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import Piece, Quotes
from tasks.extract.statements.sources import source
from tasks.extract.statements.syntax import relation, sentence_end, sentence_start


def read_preposition(found: Found, quotes: Quotes) -> Attribution | None:
    """Return the clause around the phrase as what its speaker says."""
    who = _named(found)
    speaker = None if who is None else source(who, found.first, found.last)
    if who is None or speaker is None:
        return None
    governor = found.token.head if found.token.dep_ == "prep" else who.head
    if governor.pos_ in {"ADP", "PUNCT", "SCONJ"}:
        return None
    if found.first < governor.i < found.last:  # 'in the view of X'
        governor = governor.head
    around = clause_around(found.first, speaker.last, governor)
    pieces = [quotes.completed(*piece) for piece in around]
    return of_pieces(found, found.first, speaker, pieces, "source", governor) if pieces else None


def _named(found: Found) -> Token | None:
    """Return the head of the phrase after the preposition."""
    last = found.token.doc[found.last]
    if last.dep_ == "fixed":
        who: Token | None = last.head.head
    elif last.dep_ in {"case", "mark"}:
        who = last.head
    else:
        who = next((c for c in last.children if c.dep_ == "pobj"), None)
    return who if who is not None and who.i > found.last else None


def clause_around(first_of: int, last_of: int, governor: Token) -> list[Piece]:
    """Return the clause of `governor` before tokens `first_of` to `last_of`, and after a comma."""
    doc = governor.doc
    first, last = sentence_start(governor), sentence_end(governor) - 1
    if relation(governor) != "ROOT":
        first, last = max(first, governor.left_edge.i), min(last, governor.right_edge.i)
    while first < first_of and (doc[first].pos_ == "CCONJ" or doc[first].is_punct):
        first += 1
    pieces = []
    if first_of - first >= 2:
        pieces.append((doc[first].idx, doc[first_of - 1].idx + len(doc[first_of - 1])))
    if last - last_of >= 3 and (not pieces or doc[last_of + 1].text == ","):
        pieces.append((doc[last_of + 1].idx, doc[last].idx + len(doc[last])))
    return pieces
