"""Attributions of an article: each cue with its speaker and what it reports, in tokens.

The split into source, cue and content follows PARC 3 (Pareti 2012) and PolNeAR (Newell et al.
2018); which words are cues stands in `seeds/cues.csv`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from tasks.extract.statements.complements import Complement, complement
from tasks.extract.statements.cues import Cue, Cues, Found
from tasks.extract.statements.reports import preposed, spoken
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.sources import Source, owner, source
from tasks.extract.statements.syntax import (
    agent,
    antecedent,
    child,
    governor_of_infinitive,
    group_start,
    is_finite,
    is_imperative,
    is_passive,
    own_subject,
    relation,
    sentence_end,
    sentence_start,
    subject,
)

Piece = tuple[int, int]
"""First character and one past the last of a piece of content."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue read in place: tokens of the cue, its speaker, and the characters of its content."""

    cue: Cue
    first: int
    last: int
    head: Token
    source: Source | None
    pieces: tuple[Piece, ...]
    rule: str


def find_attributions(doc: Doc, cues: Cues, quotes: Quotes) -> list[Attribution]:
    """Return the attributions of `doc` in order of their cues."""
    found: list[Attribution] = []
    for token in doc:
        options = cues.at(token)
        for option in options:
            one = _read(option, cues, quotes)
            if one is not None:
                one = _within(one, quotes)
            if one is not None:
                found.append(one)
                break
    return found


def _within(one: Attribution, quotes: Quotes) -> Attribution | None:
    """Return a report that somebody quoted makes, cut at the end of the quote.

    Those of their own words ('I think') are part of what they say and no report.
    """
    doc = one.head.doc
    around = quotes.around(doc[one.first].idx)
    if around is None:
        return one
    if one.source is None or one.source.head.lower_ in {"i", "we", "you", "let", "us", "me"}:
        return None
    pieces = [(start, min(end, around.end)) for start, end in one.pieces]
    return replace(one, pieces=tuple(p for p in pieces if p[0] < p[1]))


def _read(found: Found, cues: Cues, quotes: Quotes) -> Attribution | None:
    read = {
        "verb": _verb,
        "noun": _noun,
        "adjective": _adjective,
        "preposition": _preposition,
    }.get(found.cue.pos)
    return None if read is None else read(found, cues, quotes)


def _verb(found: Found, cues: Cues, quotes: Quotes) -> Attribution | None:
    verb = found.token
    if is_imperative(verb) or _is_modifier(verb) or _is_asked(verb):
        return None
    passive = is_passive(verb)
    first = _first(verb)
    who = agent(verb) if passive else subject(verb) or _name_before(verb, first)
    speaker = source(who, first, found.last)
    if found.cue.frames & {"quote", "clause", "that"} and not passive:
        one = spoken(found, speaker, first, quotes)
        if one is not None:
            return _attribution(found, first, speaker, one, "quote", verb)
    told = complement(found, verb)
    if told is None and found.cue.frames & {"clause", "that", "quote"} and not passive:
        pieces = preposed(found, speaker, first)
        if pieces:
            return _attribution(found, first, speaker, pieces, "preposed", verb)
    if told is None or speaker is None:
        return None
    return _with(found, first, speaker, told, verb, quotes)


def _name_before(verb: Token, first: int) -> Token | None:
    """Return the name or pronoun just before a finite verb that the parse left without subject."""
    if first == 0 or not is_finite(verb) or relation(verb) not in {"ROOT", "ccomp", "parataxis"}:
        return None
    word = verb.doc[first - 1]
    if word.pos_ == "PRON" and word.lower_ in {"he", "she", "they", "who", "it"}:
        return word
    if word.pos_ not in {"PROPN", "NOUN"} or word.is_sent_start is None:
        return None
    while word.head.i < word.i and word.head.pos_ == "PROPN" and word.dep_ in {"flat", "compound"}:
        word = word.head
    return word


def _is_asked(verb: Token) -> bool:
    """Tell whether the verb itself is in question: 'Did X say that ...?'."""
    helper = child(verb, "aux", "aux:pass", "cop")
    own = own_subject(verb)
    if helper is None or own is None or not helper.i < own.i < verb.i:
        return False
    end = sentence_end(verb)
    return any(t.text == "?" for t in verb.doc[max(verb.i, end - 3) : end])


def _is_modifier(verb: Token) -> bool:
    """Tell whether a participle stands before its noun: 'the said amount'."""
    return relation(verb) in {"amod", "compound"} or verb.pos_ == "ADJ"


def _first(verb: Token) -> int:
    """Return the first token of the cue: of the verb whose infinitive it is, else of its group."""
    first = group_start(verb)
    for _ in range(3):
        outer = governor_of_infinitive(verb)
        if outer is None or relation(verb) != "xcomp" or first - outer.i > 3:
            break
        first, verb = group_start(outer), outer
    return first


def _with(
    found: Found, first: int, speaker: Source | None, told: Complement, head: Token, quotes: Quotes
) -> Attribution:
    doc = head.doc
    last = found.last
    if told.preposition is not None and told.preposition.i == last + 1:
        last += 1
    piece = quotes.completed(
        doc[told.first].idx, doc[told.last].idx + len(doc[told.last].text)
    )
    return Attribution(found.cue, first, last, head, speaker, (piece,), told.rule)


def _attribution(
    found: Found,
    first: int,
    speaker: Source | None,
    pieces: Sequence[Piece],
    rule: str,
    head: Token,
) -> Attribution | None:
    if speaker is None:
        return None
    return Attribution(found.cue, first, found.last, head, speaker, tuple(pieces), rule)


def _noun(found: Found, cues: Cues, quotes: Quotes) -> Attribution | None:
    """Read "X's claim that ..." and 'X expressed concern about ...'."""
    noun = found.token
    told = complement(found, noun)
    if told is None:
        return None
    verb = noun.head
    first = found.first
    who: Token | None = None
    is_light = any(o.cue.pos == "light" for o in cues.at(verb))
    if relation(noun) in {"obj", "nsubj:pass"} and is_light:
        who = agent(verb) if is_passive(verb) else subject(verb)
        if relation(noun) == "obj":
            first = _first(verb)
    if who is None:
        who = owner(noun)
    speaker = source(who, first, found.last)
    if speaker is None:
        return None
    return _with(found, first, speaker, told, noun, quotes)


def _adjective(found: Found, cues: Cues, quotes: Quotes) -> Attribution | None:
    """Read 'X is confident that ...', 'X is critical of ...', 'X is against ...'."""
    word = found.token
    if word.dep_ == "case" and len(found.cue.words) == 1:
        head, first = word.head, word.i
        copula = child(head, "cop")
        who = own_subject(head)
        if copula is None or who is None or copula.i > word.i:
            return None
        told = Complement(word.i + 1, head.right_edge.i, "phrase")
        speaker = source(who, copula.i, word.i)
        return None if speaker is None else _with(found, copula.i, speaker, told, head, quotes)
    copula = child(word, "cop", "aux:pass")
    head = word if copula is not None else word.head
    if relation(word) in {"amod", "obl", "nmod"} and copula is None:
        return None
    first = group_start(word) if copula is not None else group_start(head)
    speaker = source(subject(word if copula is not None else head), first, found.last)
    told = complement(found, word) or (complement(found, head) if head != word else None)
    if told is None or speaker is None or told.rule == "passive":
        return None
    return _with(found, first, speaker, told, word, quotes)


def _preposition(found: Found, cues: Cues, quotes: Quotes) -> Attribution | None:
    """Read 'According to X, ...' and '..., according to X'."""
    doc = found.token.doc
    last_word = doc[found.last]
    who = last_word.head if last_word.dep_ in {"case", "fixed", "mark"} else None
    if last_word.dep_ == "fixed":
        who = last_word.head.head
    if who is None:
        who = next((c for c in last_word.children if c.dep_ == "pobj"), None)
    if who is None or who.i <= found.last:
        return None
    speaker = source(who, found.first, found.last)
    if speaker is None:
        return None
    governor = who.head
    if found.token.dep_ == "prep":
        governor = found.token.head
    if governor.pos_ not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON"}:
        return None
    lo, hi = sentence_start(governor), sentence_end(governor) - 1
    if relation(governor) not in {"ROOT"}:
        lo, hi = max(lo, governor.left_edge.i), min(hi, governor.right_edge.i)
    pieces = []
    if found.first - lo >= 2:
        pieces.append((doc[lo].idx, doc[found.first - 1].idx + len(doc[found.first - 1])))
    if hi - speaker.last >= 3 and (not pieces or doc[speaker.last + 1].text == ","):
        pieces.append((doc[speaker.last + 1].idx, doc[hi].idx + len(doc[hi])))
    return _attribution(found, found.first, speaker, pieces, "source", governor) if pieces else None
