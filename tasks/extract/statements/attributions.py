"""The attributions of an article: each cue of `seeds/cues.csv` read in its place."""

from dataclasses import replace

from spacy.tokens import Doc

from tasks.extract.statements.according import read_preposition
from tasks.extract.statements.attribution import Attribution
from tasks.extract.statements.cues import Cues, Found
from tasks.extract.statements.divided import divided
from tasks.extract.statements.nouns import read_adjective, read_noun
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.verbs import read_verb

_OWN = frozenset({"i", "we", "you", "us", "me"})


def find_attributions(doc: Doc, cues: Cues, quotes: Quotes) -> list[Attribution]:
    """Return the attributions of `doc` in order of their cues, at most one a word."""
    found = []
    for token in doc:
        for option in cues.at(token):
            one = _read(option, quotes)
            if one is not None and (one := _within(one, quotes)) is not None:
                found.append(one)
                break
    return divided(found)


def _read(found: Found, quotes: Quotes) -> Attribution | None:
    match found.cue.pos:
        case "verb":
            return read_verb(found, quotes)
        case "noun":
            return read_noun(found, quotes)
        case "adjective":
            return read_adjective(found, quotes)
        case "preposition":
            return read_preposition(found)
    return None  # light verbs report nothing of their own


def _within(one: Attribution, quotes: Quotes) -> Attribution | None:
    """Return a report that somebody quoted makes, cut at the end of the quote.

    Those of their own words ('I think') are part of what they say and no report.
    """
    around = quotes.around(one.head.doc[one.first].idx)
    if around is None:
        return one
    if one.source.head.lower_ in _OWN:
        return None
    pieces = [(start, min(end, around.end)) for start, end in one.pieces]
    return replace(one, pieces=tuple(p for p in pieces if p[0] < p[1]))
