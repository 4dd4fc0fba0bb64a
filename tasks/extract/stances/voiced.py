"""Positions of whoever says so, the one quoted or the author: 'X was wrong to', "X's success"."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.stances.manner import clause_of_it, manner
from tasks.extract.stances.parties import Party, is_person
from tasks.extract.stances.reading import Context, Reading
from tasks.extract.stances.signs import sign_of
from tasks.extract.stances.slots import doer, patient, relative_of, slot
from tasks.extract.stances.toward import Towards
from tasks.extract.stances.words import Word
from tasks.extract.statements.putting import manner_of
from tasks.extract.statements.syntax import child, is_passive, relation

_BETTER = {"good": 1, "well": 1, "better": 1, "bad": -1, "badly": -1, "worse": -1}


class Voiced:
    """Reads judgements, blame, credit and comparisons of one article."""

    def __init__(self, context: Context) -> None:
        """Take the readers of the article."""
        self.parties, self.voices, self.reach = context

    def quality(self, token: Token, word: Word) -> Iterator[Reading]:
        """Yield what a word of praise or blame says of its bearer or owner."""
        clause = clause_of_it(token)
        if clause is not None:
            yield from self._judged(token, word, clause)
            return
        is_said = child(token, "cop") is not None or token.pos_ == "VERB"
        if is_said or (token.pos_ == "ADJ" and relation(token) == "xcomp"):
            who = (patient if is_passive(token) else doer)(token)
            if who is not None and who.i != token.i:
                yield from self._voiced(token, who, word.sign, word, "quality-said")
        elif token.pos_ == "NOUN" and not is_person(token):
            yield from self._voiced(token, token, word.sign, word, "quality-owned", owned=True)
        elif relation(token) == "amod" and token.head.pos_ in {"NOUN", "PROPN"}:
            noun = token.head
            is_name = bool(self.parties.of(noun))
            yield from self._voiced(
                token, noun, word.sign, word, "quality-owned", owned=not is_name
            )

    def _judged(self, token: Token, word: Word, clause: Token) -> Iterator[Reading]:
        """Yield 'it was wrong to help X'."""
        holder = self.voices.voice(token)
        put = manner_of(token)
        sign = word.if_negated if put.is_negated else word.sign
        if holder is None or not sign:
            return
        held = (Party(holder, token),)
        for one in self.reach.towards(clause, sign, judges=True):
            yield Reading(held, one, one.sign, word.strength, put.modality, "judged", token)

    def cause(self, token: Token, word: Word) -> Iterator[Reading]:
        """Yield 'X is responsible for the mess'."""
        who = doer(token)
        below = [t for name in word.targets for t in slot(token, name)]
        sign = word.sign
        for one in below:
            sign = sign or sign_of(one)
        if who is not None and who.i != token.i and sign:
            yield from self._voiced(token, who, sign, word, "cause")

    def compared(self, token: Token) -> Iterator[Reading]:
        """Yield 'they do this better than X': for the one, against the other."""
        sign = _BETTER.get(token.lemma_.lower()) or _BETTER.get(token.lower_)
        holder = self.voices.voice(token)
        other = next((t for one in (token, token.head) for t in slot(one, "than")), None)
        if not sign or holder is None or other is None:
            return
        verb = token if child(token, "cop") is not None else token.head
        is_said = verb.pos_ in {"VERB", "ADJ", "AUX"} or child(verb, "cop") is not None
        who = doer(verb) if is_said else None
        held = (Party(holder, token),)
        put = manner_of(verb)
        if put.is_negated or any(c.lower_ in {"no", "not"} for c in (*token.lefts, *verb.lefts)):
            return
        for node, way in ((who, sign), (other, -sign)):
            if node is None:
                continue
            found = self.parties.of(relative_of(node)) or self.parties.owners(node)
            for party in found:
                yield Reading(held, Towards(party, way), way, 0.4, put.modality, "compared", token)

    def _voiced(
        self, token: Token, bearer: Token, sign: int, word: Word, rule: str, *, owned: bool = False
    ) -> Iterator[Reading]:
        holder = self.voices.voice(token)
        if holder is None or not sign:
            return
        found = self.parties.owners(bearer) if owned else self.parties.of(relative_of(bearer))
        put = manner(token)
        if put.is_negated and not owned:
            sign = sign * word.if_negated * word.sign
        for party in found:
            one = Towards(party, sign)
            held = (Party(holder, token),)
            yield Reading(held, one, sign, word.strength, put.modality, rule, token, put.is_negated)
