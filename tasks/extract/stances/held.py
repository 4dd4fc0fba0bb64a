"""Positions with a holder of their own: 'X condemned Y', "X's support for Y"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from tasks.extract import grammar
from tasks.extract.stances.holders import Holders
from tasks.extract.stances.manner import is_weighed, manner, turned_by
from tasks.extract.stances.parties import Party
from tasks.extract.stances.reading import INVERSE, Context, Reading
from tasks.extract.stances.slots import carriers, doer, relative_of, slot
from tasks.extract.stances.things import thing
from tasks.extract.stances.toward import Towards
from tasks.extract.stances.words import Word, senses
from tasks.extract.statements.putting import Manner, manner_of
from tasks.extract.statements.syntax import child, phrases, relation

_JUDGING = frozenset({"attitude", "feeling"})
_OF_THINGS = frozenset({"attitude", "feeling", "wish"})
_CARES = frozenset({"concern", "concerned", "worry", "worried", "fear", "anxiety", "anxious"})


class Held:
    """Reads attitudes, acts, feelings and wishes of one article."""

    def __init__(self, context: Context) -> None:
        """Take the readers of the article."""
        self.voices, self.reach = context.voices, context.reach
        self.holders = Holders(context)

    def read(self, token: Token, word: Word) -> Iterator[Reading]:
        """Yield the positions that `token` in the sense of `word` expresses."""
        base = _base(token, word)
        if base is None or (word.pos != "preposition" and is_weighed(base)):
            return
        targets = _targets(base, word)
        holders = self.holders.of(token, base, word, targets)
        verb = turned_by(token) if word.pos == "noun" else None
        if verb is not None:
            who = doer(verb)
            ending = self.holders.who(verb, relative_of(who)) if who is not None else ()
            ids = {p.entity_id for p in ending}
            holders = tuple(p for p in holders if p.entity_id not in ids)
            sign = word.sign or 1
            turned = replace(word, sign=-sign, if_negated=sign if word.if_negated else 0)
            if ending:
                yield from self._positions(token, base, turned, targets, ending, manner_of(verb))
        if holders and word.kind != "effect":
            yield from self._positions(token, base, word, targets, holders, manner(token))

    def _positions(
        self,
        token: Token,
        base: Token,
        word: Word,
        targets: list[Token],
        holders: tuple[Party, ...],
        put: Manner,
    ) -> Iterator[Reading]:
        sign, strength = word.sign or 1, word.strength
        if word.kind == "wish" and word.sign == 0:
            strength = min(strength, 0.4)
        if put.is_negated:
            sign, strength = word.if_negated, strength * 0.7
        for one in self._reached(base, word, targets, sign or 1):
            yield Reading(
                holders,
                one,
                one.sign if sign else 0,
                strength * 0.9 ** len(one.steps),
                put.modality,
                f"{word.kind}-{word.pos}{INVERSE * (word.holder == 'object')}",
                token,
                put.is_negated,
            )

    def _reached(
        self, base: Token, word: Word, targets: list[Token], sign: int
    ) -> Iterator[Towards]:
        """Yield whom a position on `targets` reaches; a thing where no entity is meant."""
        judges = word.kind in _JUDGING
        for target in targets:
            if word.words[0] in _CARES and _is_cared_for(target):
                continue
            is_thing = target == base and base.pos_ != "VERB"
            found = list(self.reach.towards(target, sign, judges=judges, is_thing=is_thing))
            yield from found
            is_outcome = word.kind != "wish" or "for" in word.targets
            is_own = word.kind == "feeling" and _is_ones_own(target)
            if found or word.kind not in _OF_THINGS or not word.sign or is_own or not is_outcome:
                continue
            span = thing(relative_of(target))
            if span is not None:
                yield Towards(Party(self.voices.thing(*span), target), sign)


def _base(token: Token, word: Word) -> Token | None:
    """Return the token from which the parties are looked up; None where it has no clause."""
    if word.pos != "preposition":
        return token
    head = token.head
    is_case = relation(token) in {"case", "mark", "prep"}
    return head if is_case and child(head, "cop") is not None else None


def _targets(base: Token, word: Word) -> list[Token]:
    """Return what the position is on, in the first place of the word where something stands."""
    if word.pos == "preposition":
        return [base]
    for name in word.targets:
        found = [t for t in slot(base, name) if t.i != base.i]
        if found:
            return found
    given = [c for v in carriers(base) if (c := child(v, "iobj")) is not None]
    if given:
        return given
    if word.pos == "noun" and any(p.preposition.lower_ == "by" for p in phrases(base)):
        return [c for c in base.lefts if relation(c) == "nmod:poss"]  # 'its recognition by X'
    return []


def _is_cared_for(noun: Token) -> bool:
    """Tell whether who worries about `noun` may well wish it good: 'their safety'."""
    if noun.pos_ != "NOUN":
        return noun.ent_type_ == "PERSON"
    return not any(s.sign < 0 for s in senses(noun)) and noun.lower_ not in grammar.DEEDS


def _is_ones_own(noun: Token) -> bool:
    """Tell 'his loss', about which one has feelings but takes no side."""
    owner = child(noun, "nmod:poss")
    return owner is not None and (owner.pos_ == "PRON" or child(owner, "nmod:poss") is not None)
