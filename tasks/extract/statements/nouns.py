"""Nouns and adjectives as cues: "X's claim that ...", 'X is critical of ...', 'is against ...'."""

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.statements.according import clause_around
from tasks.extract.statements.attribution import Attribution, of_complement, of_pieces
from tasks.extract.statements.complements import complement
from tasks.extract.statements.cues import Found, cues
from tasks.extract.statements.objects import Complement, prepositional
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.sources import owner, source
from tasks.extract.statements.syntax import (
    agent,
    child,
    group_start,
    is_passive,
    own_subject,
    relation,
    subject,
)
from tasks.extract.statements.verbs import cue_start, is_asked

_COPULAS = words("be seem appear remain sound feel look become stay grow get turn keep make")
_GAP = 3
"""Most characters from a colon to the mark of the quote behind it."""
_VIEWS = words("view opinion words eyes judgment judgement estimation mind telling")


def read_noun(found: Found, quotes: Quotes) -> Attribution | None:
    """Read "X's claim that ..." and 'X expressed concern about ...'."""
    noun = found.token
    verb = noun.head
    if (quoting := _before_colon(found, quotes)) is not None:
        return quoting
    told = complement(found, noun)
    if told is None and relation(noun) == "obj":
        told = prepositional(found, verb)
    if told is None:
        return _in_view_of(found)
    first = found.first
    who: Token | None = None
    is_light = any(one.cue.pos == "light" for one in cues().at(verb))
    if is_light and relation(noun) in {"obj", "nsubj:pass"}:
        who = agent(verb) if is_passive(verb) else subject(verb)
        first = cue_start(verb) if relation(noun) == "obj" else first
    speaker = source(who or owner(noun), first, found.last)
    return None if speaker is None else of_complement(found, first, speaker, told, noun, quotes)


def _before_colon(found: Found, quotes: Quotes) -> Attribution | None:
    """Read 'X brought a new message: "..."' and "X's answer: '...'"."""
    noun = found.token
    doc, at = noun.doc, found.last + 1
    if "quote" not in found.cue.frames or at >= len(doc) or doc[at].text != ":":
        return None
    quote = quotes.opening(doc[at].idx, doc[at].idx + _GAP)
    is_object = relation(noun) == "obj" and noun.head != noun
    who = owner(noun) or (subject(noun.head) if is_object else None)
    speaker = source(who, found.first, found.last)
    if quote is None or quote.use in {"title", "name"} or speaker is None:
        return None
    return of_pieces(found, found.first, speaker, [(quote.start, quote.end)], "quote", noun)


def _in_view_of(found: Found) -> Attribution | None:
    """Read "in X's view, ...": the clause around is what X holds."""
    noun = found.token
    who, marker = child(noun, "nmod:poss"), child(noun, "case")
    if noun.lower_ not in _VIEWS or who is None or marker is None:
        return None
    if marker.lower_ not in {"in", "to"} or noun.head == noun:
        return None
    speaker = source(who, found.first, found.last)
    if speaker is None:
        return None
    pieces = clause_around(marker.i, found.last, noun.head)
    return of_pieces(found, found.first, speaker, pieces, "source", noun.head) if pieces else None


def read_adjective(found: Found, quotes: Quotes) -> Attribution | None:
    """Read 'X is confident that ...', 'X is critical of ...', 'X is against ...'."""
    word = found.token
    if word.dep_ == "case" and len(found.cue.words) == 1:
        return _against(found, quotes)
    has_copula = child(word, "cop", "aux:pass") is not None
    if (relation(word) in {"amod", "obl", "nmod"} and not has_copula) or is_asked(word):
        return None
    head = word if has_copula else word.head
    if not has_copula and head.pos_ != "ADJ" and head.lemma_.lower() not in _COPULAS:
        return None
    first = group_start(head)
    speaker = source(subject(head), first, found.last)
    told = complement(found, word) or complement(found, head)
    if told is None or speaker is None or told.rule == "passive":
        return None
    return of_complement(found, first, speaker, told, word, quotes)


def _against(found: Found, quotes: Quotes) -> Attribution | None:
    """Read 'X is against Y', in which Y is the head of the clause."""
    word = found.token
    head = word.head
    copula, who = child(head, "cop"), own_subject(head)
    if copula is None or who is None or copula.i > word.i:
        return None
    told = Complement(word.i + 1, head.right_edge.i, "phrase")
    speaker = source(who, copula.i, word.i)
    if speaker is None:
        return None
    return of_complement(found, copula.i, speaker, told, head, quotes)
