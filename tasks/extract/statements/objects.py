"""Objects and phrases as what is said: 'praised X', 'called it absurd', 'called for X'."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from tasks.extract.grammar import TIME_WORDS, words
from tasks.extract.statements.boundaries import noun_end
from tasks.extract.statements.cues import Found
from tasks.extract.statements.quoted import MARKS
from tasks.extract.statements.syntax import (
    Phrase,
    agent,
    child,
    own_subject,
    phrases,
    relation,
    with_to,
)

_RELATIVE = words("which that who whom what")
_NAMING = words("as of for to with")
_NO_WORDS = words(
    "life lives condition twitter facebook instagram media television tv radio air website blog "
    "phone telephone behalf lawn floor stage occasion number"
)
"""What is not said: 'the flood claimed two lives', 'spoke on condition of anonymity', 'on TV'."""
_OF_TIME = words("on in at for over from to")


class Complement(NamedTuple):
    """What is said: tokens `first` to `last` (inclusive), by which rule, with which preposition."""

    first: int
    last: int
    rule: str
    preposition: Token | None = None


def on_the_right(found: Found, head: Token) -> Iterator[Token]:
    """Yield the dependants of `head` that end after the cue and do not start at a semicolon.

    Behind one it is the author's turn again, wherever the parse hung the clause.
    """
    doc = head.doc
    for one in head.children:
        first = one.left_edge.i
        is_parted = first > found.last and ";" in {doc[first].text, doc[first - 1].text}
        if one.right_edge.i > found.last and not is_parted:
            yield one


def after_cue(found: Found, token: Token) -> tuple[int, int]:
    """Return the part of the token's subtree that stands after the cue."""
    return max(token.left_edge.i, found.last + 1), token.right_edge.i


def naming(found: Found, head: Token) -> Complement | None:
    """Return 'the plan absurd' of 'called the plan absurd', 'it as Y', 'X of Y'."""
    named = child(head, "obj", "iobj", "ccomp")
    ends = [c for c in head.children if relation(c) == "xcomp" and c.i > found.last]
    ends += [
        p.head
        for p in phrases(head)
        if _names(found, p.preposition) and p.preposition.i > found.last
    ]
    if named is None or (not ends and "object" not in found.cue.frames and not _is_quoted(named)):
        return None
    last = max([noun_end(named), *(noun_end(e) for e in ends[:2])])
    first = after_cue(found, named)[0]
    if named.i < found.first and ends:
        first = after_cue(found, ends[0])[0]
    return Complement(first, last, "naming") if first <= last else None


def _names(found: Found, preposition: Token) -> bool:
    """Tell whether a preposition completes a judgement: 'for' only where praise or blame is."""
    word = preposition.lower_
    return word in _NAMING and (word != "for" or found.cue.cue_class != "neutral")


def _is_quoted(phrase: Token) -> bool:
    """Tell whether the phrase holds marks of quotation ('called them "fools"')."""
    return any(t.text in MARKS for t in phrase.subtree)


def object_of(found: Found, head: Token) -> Complement | None:
    """Return the object, with the 'as Y' or the infinitive that completes it."""
    for one in on_the_right(found, head):
        if _is_object(one, found) and one.i > found.last:
            last = max([noun_end(one), *_as_phrases(head, one)])
            if "urge" in found.cue.frames:
                ends = [c.right_edge.i for c in on_the_right(found, head) if with_to(c)]
                is_asked = one.pos_ in {"PROPN", "PRON"} or "object" not in found.cue.frames
                if not ends and is_asked:
                    return None  # who is asked, not what for
                last = max([last, *ends])
            return Complement(after_cue(found, one)[0], last, "object")
    return None


def _as_phrases(head: Token, noun: Token) -> Iterator[int]:
    """Yield the ends of 'as Y' that follow the object ('cited it as a reason')."""
    for one in phrases(head):
        if one.preposition.lower_ == "as" and noun.i < one.preposition.i <= noun.right_edge.i + 1:
            yield one.head.right_edge.i


def _is_object(token: Token, found: Found) -> bool:
    if relation(token) == "iobj":
        return "urge" in found.cue.frames
    if token.lemma_.lower() in _NO_WORDS:
        return False
    is_phrase = relation(token) == "ccomp" and token.pos_ in {"NOUN", "PROPN"}
    return relation(token) == "obj" or (is_phrase and own_subject(token) is None)


def passive(found: Found, head: Token) -> Complement | None:
    """Return the subject of a passive whose 'by' phrase names who judges it."""
    if agent(head) is None or not found.cue.frames & {"object", "naming", "urge"}:
        return None
    if "naming" in found.cue.frames and (named := _as_what(found, head)) is not None:
        return named
    judged = child(head, "nsubj:pass", "nsubj")
    if judged is None and relation(head) == "acl":
        last = head.left_edge.i - 1
        return Complement(head.head.left_edge.i, max(last, head.head.i), "passive")
    if judged is None or judged.lower_ in _RELATIVE or judged.pos_ == "PRON":
        return None
    return Complement(judged.left_edge.i, judged.right_edge.i, "passive")


def _as_what(found: Found, head: Token) -> Complement | None:
    """Return 'as Y', 'of Y' after a passive: 'was described by X as rotten'."""
    for one in phrases(head):
        if one.preposition.i > found.last and one.preposition.lower_ in {"as", "of"}:
            return Complement(one.preposition.i, one.head.right_edge.i, "passive")
    return None


def prepositional(found: Found, head: Token) -> Complement | None:
    """Return the phrase after a preposition of the cue's frames; phrases of time are none."""
    for one in phrases(head):
        if one.preposition.i > found.last and one.preposition.lower_ in found.cue.frames:
            if one.preposition.lower_ in _OF_TIME and _is_time(one.head):
                continue
            return _named_as(_phrase(one), head)
    return None


def _named_as(one: Complement, head: Token) -> Complement:
    """Return the complement with the 'as Y' behind it: 'referred to the vote as a hoax'."""
    ends = [
        p.head.right_edge.i
        for p in phrases(head)
        if p.preposition.lower_ == "as" and one.last < p.preposition.i <= one.last + 1
    ]
    return one._replace(last=max([one.last, *ends]))


def _is_time(head: Token) -> bool:
    """Tell whether a phrase says when: 'on Friday night', or 'on condition of anonymity'."""
    return (
        head.lower_ in TIME_WORDS | _NO_WORDS or head.ent_type_ in {"DATE", "TIME"} or head.like_num
    )


def after_own_preposition(found: Found, head: Token) -> Complement | None:
    """Return what follows the preposition that is the cue's last word ('call for')."""
    preposition = found.token.doc[found.last]
    for one in phrases(head):
        if one.preposition == preposition:
            return _extended(found, head, _phrase(one))
    governed = preposition.head
    if preposition.dep_ in {"case", "mark"} and governed.i > preposition.i:
        last = noun_end(governed)
        return _extended(found, head, Complement(found.last + 1, last, "phrase"))
    return None


def _extended(found: Found, head: Token, one: Complement) -> Complement:
    """Return the complement with the infinitive that follows it ('called on X to Y')."""
    if not found.cue.frames & {"infinitive", "urge"}:
        return one
    ends = [c.right_edge.i for c in head.rights if with_to(c) and c.left_edge.i <= one.last + 2]
    return one._replace(last=max([one.last, *ends]))


def _phrase(one: Phrase) -> Complement:
    return Complement(one.preposition.i + 1, noun_end(one.head), "phrase", one.preposition)
