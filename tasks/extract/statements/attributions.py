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
    found: list[Attribution] = []
    last = -1
    for token in doc:
        for option in cues.at(token) if token.i > last else ():
            one = _read(option, quotes)
            if one is not None and (one := _within(one, quotes)) is not None:
                if found and _is_refusal(found[-1], one):
                    found.pop()
                found.append(one)
                last = option.last
                break
    return divided(found)


def _is_refusal(outer: Attribution, inner: Attribution) -> bool:
    """Tell whether the cue before belongs to that of its content: 'refused to say whether'."""
    is_one = inner.first <= outer.last and inner.cue.pos == "verb" and not inner.cue.is_attitude
    return is_one and outer.rule == "infinitive" and outer.cue.cue_class == "deny"


def _read(found: Found, quotes: Quotes) -> Attribution | None:
    match found.cue.pos:
        case "verb":
            return read_verb(found, quotes)
        case "noun":
            return read_noun(found, quotes)
        case "adjective":
            return read_adjective(found, quotes)
        case "preposition":
            return read_preposition(found, quotes)
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
