"""Towards whom a position on a thing or an event is: its theme, its doer, its owner.

A position is carried down the parse with its sign. What is bad for X turns it for X; what ends
or lacks something turns it again; who does what is judged is judged too. After the effects of
events in Deng and Wiebe (2014), "Sentiment Propagation via Implicature Constraints".
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from tasks.extract.stances.parties import Parties, Party, is_person
from tasks.extract.stances.slots import (
    after,
    clauses,
    doer,
    is_clause,
    is_light,
    is_noun,
    patient,
    relative_of,
    slot,
)
from tasks.extract.stances.words import Word, senses
from tasks.extract.statements.putting import manner_of
from tasks.extract.statements.syntax import child, own_subject, relation

_DEEPEST = 4
"""Words of position below each other: more is not read."""
_TURNED_BY = ("of", "to", "on", "in", "against", "for", "from")
_BENEFITS = frozenset({"role", "seat", "place", "voice", "membership", "independence", "rights"})


@dataclass(frozen=True, slots=True)
class Towards:
    """A party with the sign that reaches it; `steps` are the words passed on the way."""

    party: Party
    sign: int
    steps: tuple[str, ...] = ()


class Reach:
    """Carries positions down the parse of one article."""

    def __init__(self, parties: Parties) -> None:
        """Take the reader of noun phrases."""
        self.parties = parties

    def towards(
        self,
        node: Token,
        sign: int,
        *,
        judges: bool,
        steps: tuple[str, ...] = (),
        is_thing: bool = False,
    ) -> Iterator[Towards]:
        """Yield whom a position of `sign` on `node` reaches; `judges`: also who does it.

        `is_thing`: `node` is meant as a noun, also where it heads a clause ('is against X').
        """
        if len(steps) > _DEEPEST:
            return
        node = relative_of(node)
        for one in (node, *_conjuncts(node)):
            if is_clause(one) and not is_thing:
                yield from self._clause(one, sign, judges, steps)
            elif is_noun(one) or one.pos_ in {"ADJ", "DET"}:
                yield from self._noun(one, sign, judges, steps)

    def _noun(
        self, noun: Token, sign: int, judges: bool, steps: tuple[str, ...]
    ) -> Iterator[Towards]:
        named = [p for p in self.parties.of(noun) if p.token == noun or _is_beside(p.token, noun)]
        word = next((s for s in senses(noun) if s.pos == "noun" and s.kind in _BELOW), None)
        if named and (word is None or word.kind == "relation" or named[0].token == noun):
            yield from (Towards(p, sign, steps) for p in named)
            return
        passed = (*steps, noun.lemma_.lower())
        if word is not None and word.kind == "reverser":
            yield from self._turned(noun, sign, judges, passed)
            return
        themes = self._themes(noun, word) if word is not None else []
        below = sign * (word.sign if word is not None else 1)
        reached = [
            one for t in themes for one in self.towards(t, below, judges=False, steps=passed)
        ]
        yield from reached
        for clause in (*clauses(noun), *_that_do(noun)):
            yield from self._clause(clause, sign, False, passed)
        if noun.lower_ in _BENEFITS:
            for one in after(noun, "for"):
                yield from (
                    Towards(replace(p, aspect=_bare(noun)), sign, passed)
                    for p in self.parties.of(one)
                )
        if word is not None and word.kind == "relation" and judges:
            return  # "criticised X's ally": not X
        if word is not None and not themes and "owner" in word.targets and word.kind == "effect":
            sign *= word.sign
        elif not judges and word is not None:
            return
        taken = {one.party.entity_id for one in reached}
        yield from (
            Towards(p, sign, steps)
            for p in self.parties.owners(noun)
            if p.entity_id not in taken and (judges or word is None or word.kind == "effect")
        )

    def _turned(
        self, noun: Token, sign: int, judges: bool, steps: tuple[str, ...]
    ) -> Iterator[Towards]:
        """Yield whom 'the end of', 'the lifting of' or 'the failure to' reaches."""
        inner = [t for name in _TURNED_BY for t in after(noun, name)]
        reached = [
            one
            for t in dict.fromkeys(inner)
            for one in self.towards(t, -sign, judges=judges, steps=steps)
        ]
        yield from reached
        for clause in clauses(noun):
            yield from self._clause(clause, -sign, False, steps)
        taken = {one.party.entity_id for one in reached}
        if judges:
            yield from (
                Towards(p, sign, steps)
                for p in self.parties.owners(noun)
                if p.entity_id not in taken
            )

    @staticmethod
    def _themes(noun: Token, word: Word) -> list[Token]:
        for name in word.targets:
            if name in {"owner", "clause", "subject", "object"}:
                continue
            found = list(after(noun, name))
            if found:
                return found
        return []

    def _clause(
        self, verb: Token, sign: int, judges: bool, steps: tuple[str, ...]
    ) -> Iterator[Towards]:
        if len(steps) > _DEEPEST:
            return
        passed = (*steps, verb.lemma_.lower())
        if _is_negated(verb):
            sign = -sign
        word = next((s for s in senses(verb) if s.kind in _BELOW), None)
        if judges:
            who = doer(verb)
            if who is not None and who.i != verb.i:
                yield from (Towards(p, sign, passed) for p in self.parties.of(relative_of(who)))
        if word is None:
            told = child(verb, "obj") if is_light(verb) else None
            if told is not None and any(s.kind in _BELOW for s in senses(told)):
                yield from self.towards(told, sign, judges=False, steps=passed)
            return
        if word.kind == "reverser":
            told = _first(clauses(verb)) or patient(verb)
            if told is not None:
                yield from self.towards(told, -sign, judges=False, steps=passed)
            return
        if word.kind == "wish" or word.sign == 0:
            return
        for name in word.targets:
            found = [t for t in slot(verb, name) if t.i != verb.i]
            for one in found:
                yield from self.towards(one, sign * word.sign, judges=False, steps=passed)
            if found:
                return


_BELOW = frozenset({"attitude", "act", "effect", "reverser", "feeling", "relation"})


def _that_do(noun: Token) -> Iterator[Token]:
    """Yield the verbs of what a plan or step would do: 'steps that would weaken X'."""
    if noun.pos_ != "NOUN" or is_person(noun):
        return
    for one in noun.rights:
        own = own_subject(one) if relation(one) == "acl:relcl" else None
        if own is not None and own.lower_ in {"that", "which"}:
            yield one


def _is_negated(verb: Token) -> bool:
    return manner_of(verb).is_negated


def _first(tokens: list[Token]) -> Token | None:
    return tokens[0] if tokens else None


def _conjuncts(node: Token) -> list[Token]:
    """Return the clauses or nouns joined to `node` that share its place."""
    found = [c for c in node.rights if c.dep_ == "conj"]
    return [c for c in found if is_clause(c) == is_clause(node) and child(c, "nsubj") is None]


def _is_beside(token: Token, noun: Token) -> bool:
    """Tell whether a name is an apposition of `noun` or the state of a body, not one joined."""
    return token.head == noun and relation(token) != "conj"


def _bare(noun: Token) -> tuple[int, int]:
    first = noun
    for one in noun.lefts:
        if relation(one) in {"amod", "det", "compound"}:
            first = min(first, one.left_edge, key=lambda t: t.i)
    return first.idx, noun.idx + len(noun)
