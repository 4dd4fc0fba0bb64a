"""What a cue reports, read from the parse: clause, infinitive, object or phrase after it."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from tasks.extract.grammar import PREPOSITIONS, words
from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import MARKS
from tasks.extract.statements.syntax import (
    Phrase,
    agent,
    child,
    is_finite,
    is_passive,
    own_subject,
    phrases,
    relation,
    sentence_end,
)

_QUESTION = words("whether if what why how when where who which whose whom")
_RELATIVE = words("which that who whom what")
_SET_OFF = words("acl:relcl advcl parataxis acl")
_DASHES = frozenset({",", "--", "-", "—", "–", ";"})  # noqa: RUF001
_THAT_WITHIN = 12
"""Most tokens between cue and 'that', as in 'said on Monday in a letter to the court that'."""


class Complement(NamedTuple):
    """What is said: tokens `first` to `last` (inclusive), by which rule, with which preposition."""

    first: int
    last: int
    rule: str
    preposition: Token | None = None


def complement(found: Found, head: Token) -> Complement | None:
    """Return what the cue, whose grammatical head is `head`, reports after it."""
    told = _told(found, head)
    if told is None or told.rule not in _OPEN_ENDED or told.first <= found.last:
        return told
    return told._replace(last=_to_boundary(told.first, told.last, head))


_OPEN_ENDED = frozenset({"clause", "question", "infinitive", "gerund", "object", "phrase"})
_OWN = frozenset({"obl", "advmod", "advcl", "obl:unmarked", "cc", "punct", "discourse", "conj"})
_BOUNDARIES = frozenset({",", ";", ".", "—", "–", "--", ")", "?", "!", ":"})  # noqa: RUF001


def _to_boundary(first: int, last: int, head: Token) -> int:
    """Return the end of the clause that starts at `first`, where the parse broke it off.

    A clause that ends is followed by a mark, or by what belongs to the cue itself.
    """
    doc = head.doc
    end = sentence_end(head)
    while last + 1 < end:
        following = doc[last + 1]
        if following.text in {":"} and last + 2 < end:
            last = end - 1
            break
        if following.is_punct or following.is_space or following.pos_ == "CCONJ":
            break
        top = following
        while top.head != top and top.head != head and not first <= top.head.i <= last:
            top = top.head
        if top.head == head and relation(top) in _OWN:
            break
        last = max(last + 1, min(top.right_edge.i, end - 1))
    while last > first and (doc[last].text in _BOUNDARIES or doc[last].is_space):
        last -= 1
    return last


def _told(found: Found, head: Token) -> Complement | None:
    frames = found.cue.frames
    if len(found.cue.words) > 1 and found.cue.words[-1] in PREPOSITIONS:
        return _after_own_preposition(found, head)
    if frames & {"clause", "that"} and (one := _clause(found, head)) is not None:
        return one
    if "question" in frames and (one := _question(found, head)) is not None:
        return one
    if is_passive(head):
        return _passive(found, head)
    for frame, read in (("infinitive", _infinitive), ("gerund", _gerund), ("naming", _naming)):
        if frame in frames and (one := read(found, head)) is not None:
            return one
    if "hearer" in frames and (one := _prepositional(found, head)) is not None:
        return one
    if frames & {"object", "urge"} and (one := _object(found, head)) is not None:
        return one
    if (one := _prepositional(found, head)) is not None:
        return one
    if frames & {"object", "naming"} and (one := _relativised(found, head)) is not None:
        return one
    return None


def _relativised(found: Found, head: Token) -> Complement | None:
    """Return 'the rate' of 'the rate (that) he proposed': what the clause is about."""
    if relation(head) != "acl:relcl" or own_subject(head) is None:
        return None
    noun = head.head
    shown = own_subject(head)
    if noun.pos_ not in {"NOUN", "PROPN"} or shown is None or shown.lower_ in _RELATIVE:
        return None
    last = head.left_edge.i - 1
    while last > noun.i and noun.doc[last].is_punct:
        last -= 1
    return Complement(noun.left_edge.i, last, "relative") if last >= noun.i else None


def _right(found: Found, head: Token) -> Iterator[Token]:
    return (c for c in head.children if c.right_edge.i > found.last and c != head)


def _after(found: Found, token: Token) -> tuple[int, int]:
    """Return the part of the token's subtree that stands after the cue."""
    return max(token.left_edge.i, found.last + 1), token.right_edge.i


def _clause(found: Found, head: Token) -> Complement | None:
    needs_that = "clause" not in found.cue.frames
    for one in _right(found, head):
        if relation(one) not in {"ccomp", "acl"} or one.i <= found.last:
            continue
        if relation(one) == "acl" and _mark(one) != "that":
            continue
        if _is_question(one, found.last) and "question" not in found.cue.frames:
            continue
        if _is_clause(one) and (not needs_that or _mark(one) == "that"):
            return Complement(*_after(found, one), "clause")
    return _loose_that(found)


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
    return is_finite(token) or (own_subject(token) is not None and not _with_to(token))


def _is_question(clause: Token, last: int) -> bool:
    first = clause.left_edge
    return first.lower_ in _QUESTION and first.i > last


def _question(found: Found, head: Token) -> Complement | None:
    for one in _right(found, head):
        names = {"ccomp", "advcl", "obj", "acl", "xcomp", "parataxis"}
        if relation(one) in names and _is_question(one, found.last):
            if relation(one) == "advcl" and one.left_edge.lower_ not in {"whether", "if"}:
                continue
            return Complement(*_after(found, one), "question")
    return None


def _with_to(token: Token) -> bool:
    return any(c.lower_ == "to" and c.pos_ == "PART" for c in token.lefts)


def _infinitive(found: Found, head: Token) -> Complement | None:
    for one in _right(found, head):
        names = {"xcomp", "ccomp", "advcl", "acl"}
        if relation(one) in names and one.i > found.last and _with_to(one):
            told = child(head, "obj", "iobj")
            if told is not None and found.last < told.i < one.i and "hearer" not in (
                found.cue.frames
            ):
                return Complement(_after(found, told)[0], one.right_edge.i, "infinitive")
            return Complement(*_after(found, one), "infinitive")
    return None


def _gerund(found: Found, head: Token) -> Complement | None:
    for one in _right(found, head):
        if relation(one) in {"xcomp", "ccomp"} and one.i > found.last and one.tag_ == "VBG":
            return Complement(*_after(found, one), "gerund")
    return None


def _naming(found: Found, head: Token) -> Complement | None:
    """Return 'the plan absurd' of 'called the plan absurd', 'it as Y', 'X of Y'."""
    named = child(head, "obj", "iobj", "ccomp")
    ends = [c for c in head.children if relation(c) == "xcomp" and c.i > found.last]
    ends += [
        p.head
        for p in phrases(head)
        if p.preposition.lower_ in {"as", "of", "for", "to", "with"} and p.preposition.i > found.last
    ]
    if named is None or (not ends and "object" not in found.cue.frames and not _is_quoted(named)):
        return None
    last = max([named.right_edge.i, *(e.right_edge.i for e in ends[:2])])
    first = _after(found, named)[0]
    if named.i < found.first and ends:
        first = _after(found, ends[0])[0]
    return Complement(first, last, "naming") if first <= last else None


def _is_quoted(phrase: Token) -> bool:
    """Tell whether the phrase holds marks of quotation ('called them "fools"')."""
    return any(t.text in MARKS for t in phrase.subtree)


def _object(found: Found, head: Token) -> Complement | None:
    for one in _right(found, head):
        if _is_object(one, found) and one.i > found.last:
            last = max([noun_end(one), *_as_phrases(head, one)])
            if "urge" in found.cue.frames:
                last = max([last, *(c.right_edge.i for c in _right(found, head) if _with_to(c))])
            return Complement(_after(found, one)[0], last, "object")
    return None


def noun_end(noun: Token) -> int:
    """Return the last token of a noun phrase, without a clause that a comma or dash sets off."""
    doc = noun.doc
    for one in noun.rights:
        left = one.left_edge.i
        if relation(one) in _SET_OFF and left > noun.i and doc[left - 1].text in _DASHES:
            return left - 2 if left - 2 >= noun.i else noun.i
        if relation(one) in _SET_OFF and one.left_edge.text in _DASHES:
            return left - 1
    return noun.right_edge.i


def _as_phrases(head: Token, noun: Token) -> Iterator[int]:
    """Yield the ends of 'as Y' that follow the object ('cited it as a reason')."""
    for one in phrases(head):
        if one.preposition.lower_ == "as" and noun.i < one.preposition.i <= noun.right_edge.i + 1:
            yield one.head.right_edge.i


def _is_object(token: Token, found: Found) -> bool:
    if relation(token) == "iobj":
        return "urge" in found.cue.frames
    is_phrase = relation(token) == "ccomp" and token.pos_ in {"NOUN", "PROPN"}
    return relation(token) == "obj" or (is_phrase and own_subject(token) is None)


def _passive(found: Found, head: Token) -> Complement | None:
    """Return the subject of a passive whose 'by' phrase names who judges it."""
    if agent(head) is None or not found.cue.frames & {"object", "naming", "urge"}:
        return None
    judged = child(head, "nsubj:pass", "nsubj")
    if judged is None or judged.lower_ in _RELATIVE:
        return None
    return Complement(judged.left_edge.i, judged.right_edge.i, "passive")


def _prepositional(found: Found, head: Token) -> Complement | None:
    for one in phrases(head):
        if one.preposition.i > found.last and one.preposition.lower_ in found.cue.frames:
            return _phrase(one)
    return None


def _after_own_preposition(found: Found, head: Token) -> Complement | None:
    """Return what follows the preposition that is the cue's last word ('call for')."""
    preposition = found.token.doc[found.last]
    for one in phrases(head):
        if one.preposition == preposition:
            return _extended(found, head, _phrase(one))
    governed = preposition.head
    if preposition.dep_ in {"case", "mark"} and governed.i > preposition.i:
        last = noun_end(governed)
        return _extended(found, head, Complement(found.last + 1, last, "phrase"))
    if "infinitive" in found.cue.frames:
        return _infinitive(found, head)
    return _object(found, head)


def _extended(found: Found, head: Token, one: Complement) -> Complement:
    """Return the complement with the infinitive that follows it ('called on X to Y')."""
    if not found.cue.frames & {"infinitive", "urge"}:
        return one
    ends = [c.right_edge.i for c in head.rights if _with_to(c) and c.left_edge.i <= one.last + 2]
    return one._replace(last=max([one.last, *ends]))


def _phrase(one: Phrase) -> Complement:
    return Complement(one.preposition.i + 1, noun_end(one.head), "phrase", one.preposition)
