"""What a cue reports, read from the parse: clause, infinitive, object or phrase after it."""

from spacy.tokens import Token

from tasks.extract.grammar import PREPOSITIONS, words
from tasks.extract.statements.boundaries import clause_end
from tasks.extract.statements.cues import Found
from tasks.extract.statements.objects import (
    Complement,
    after_cue,
    after_own_preposition,
    naming,
    object_of,
    on_the_right,
    passive,
    prepositional,
)
from tasks.extract.statements.syntax import (
    child,
    is_finite,
    is_passive,
    own_subject,
    relation,
    with_to,
)

_QUESTION = words("whether if what why how when where who which whose whom")
_OPEN_ENDED = frozenset(
    {"clause", "question", "infinitive", "gerund", "object", "phrase", "naming"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
_THAT_WITHIN = 12
"""Most tokens between cue and 'that', as in 'said on Monday in a letter to the court that'."""


def complement(found: Found, head: Token) -> Complement | None:
    """Return what the cue, whose grammatical head is `head`, reports after it."""
    told = _told(found, head)
    is_noun = found.cue.pos == "noun"
    if told is None or is_noun or told.rule not in _OPEN_ENDED or told.first <= found.last:
        return told
    return told._replace(last=clause_end(told.first, told.last, head))


def _told(found: Found, head: Token) -> Complement | None:
    frames = found.cue.frames
    if len(found.cue.words) > 1 and found.cue.words[-1] in PREPOSITIONS:
        told = after_own_preposition(found, head)
        if told is None and "infinitive" in frames:
            told = _infinitive(found, head)
        return told or (object_of(found, head) if frames & {"object", "urge"} else None)
    if frames & {"clause", "that"} and (one := _clause(found, head)) is not None:
        return one
    if "question" in frames and (one := _question(found, head)) is not None:
        return one
    if is_passive(head):
        return passive(found, head)
    for frame, read in (("infinitive", _infinitive), ("gerund", _gerund), ("naming", naming)):
        if frame in frames and (one := read(found, head)) is not None:
            return one
    if "hearer" in frames and (one := prepositional(found, head)) is not None:
        return one
    if frames & {"object", "urge"} and (one := object_of(found, head)) is not None:
        return one
    return prepositional(found, head)


def _clause(found: Found, head: Token) -> Complement | None:
    needs_that = "clause" not in found.cue.frames
    for one in on_the_right(found, head):
        if relation(one) not in {"ccomp", "acl"} or one.i <= found.last:
            continue
        if relation(one) == "acl" and _mark(one) != "that":
            continue
        if _is_question(one, found.last) and "question" not in found.cue.frames:
            continue
        if _is_clause(one) and (not needs_that or _mark(one) == "that"):
            first, last = after_cue(found, one)
            first = _with_subject(found, _after_hearer(found, head, one, first))
            return Complement(first, last, "clause")
    return _loose_that(found)


def _after_hearer(found: Found, head: Token, clause: Token, first: int) -> int:
    """Return where a clause starts behind who is told, whom the parse put into its subject.

    As in 'told the press the plan was late', 'told Reuters talks had begun'.
    """
    who = own_subject(clause)
    is_told = "hearer" in found.cue.frames and child(head, "obj", "iobj") is None
    if who is None or not is_told or first != found.last + 1 or _mark(clause):
        return first
    doc = who.doc
    for at in range(first + 1, who.i + 1):
        before, token = doc[at - 1], doc[at]
        is_parted = before.pos_ in {"PROPN", "NOUN"} and token.pos_ == "DET"
        if is_parted or (before.pos_ == "PROPN" and token.pos_ == "NOUN" and not token.is_title):
            return at
    return first


def _with_subject(found: Found, first: int) -> int:
    """Return where a clause starts, with the subject that the parse hung on the cue.

    As in 'reported its source said that ...', where the clause would start at 'said'.
    """
    doc = found.token.doc
    if doc[first].pos_ not in _VERBAL or not is_finite(doc[first]) or "hearer" in found.cue.frames:
        return first
    between = doc[found.last + 1 : first]
    is_nominal = all(t.pos_ in _NOMINAL for t in between)
    return found.last + 1 if is_nominal else first


def _loose_that(found: Found) -> Complement | None:
    """Return the clause that a 'that' soon after the cue opens, whatever it was hung on."""
    doc = found.token.doc
    for at in range(found.last + 1, min(len(doc), found.last + 1 + _THAT_WITHIN)):
        token = doc[at]
        if token.lower_ == "that" and token.dep_ == "mark":
            clause = token.head
            if clause.i > at and _may_be_told(found, clause, at):
                return Complement(at + 1, clause.right_edge.i, "clause")
            return None
        if token.pos_ == "VERB" or token.text in {";", ":"} or token.is_sent_start:
            return None
    return None


def _may_be_told(found: Found, clause: Token, at: int) -> bool:
    """Tell whether the cue reports the clause: not the one that its object's noun has."""
    if relation(clause) == "acl" and found.cue.pos == "verb":
        noun = clause.head
        if relation(noun) == "obj" or child(noun, "nmod:poss") is not None:
            return False
    return at == found.last + 1 or found.token.is_ancestor(clause)


def _mark(clause: Token) -> str:
    return next((c.lower_ for c in clause.lefts if c.dep_ == "mark"), "")


def _is_clause(token: Token) -> bool:
    """Tell whether `token` heads a clause with a subject: not an infinitive, not a noun phrase."""
    return is_finite(token) or (own_subject(token) is not None and not with_to(token))


def _is_question(clause: Token, last: int) -> bool:
    first = clause.left_edge
    return first.lower_ in _QUESTION and first.i > last


def _question(found: Found, head: Token) -> Complement | None:
    for one in on_the_right(found, head):
        names = {"ccomp", "advcl", "obj", "acl", "xcomp", "parataxis"}
        if relation(one) in names and _is_question(one, found.last):
            if relation(one) == "advcl" and one.left_edge.lower_ not in {"whether", "if"}:
                continue
            return Complement(*after_cue(found, one), "question")
    return None


def _infinitive(found: Found, head: Token) -> Complement | None:
    for one in on_the_right(found, head):
        names = {"xcomp", "ccomp", "advcl", "acl"}
        if relation(one) in names and one.i > found.last and with_to(one):
            told = child(head, "obj", "iobj")
            if (
                told is not None
                and found.last < told.i < one.i
                and "hearer" not in (found.cue.frames)
            ):
                return Complement(after_cue(found, told)[0], one.right_edge.i, "infinitive")
            return Complement(*after_cue(found, one), "infinitive")
    return None


def _gerund(found: Found, head: Token) -> Complement | None:
    for one in on_the_right(found, head):
        if relation(one) in {"xcomp", "ccomp"} and one.i > found.last and one.tag_ == "VBG":
            return Complement(*after_cue(found, one), "gerund")
    return None
