"""Positions by what parties are to each other, or are called: allies, 'anti-X', 'X-backed'."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.stances.manner import manner
from tasks.extract.stances.parties import Party
from tasks.extract.stances.reading import Context, Reading
from tasks.extract.stances.signs import sign_of
from tasks.extract.stances.slots import doer, patient, relative_of, slot
from tasks.extract.stances.toward import Towards
from tasks.extract.stances.words import Word, senses
from tasks.extract.statements.putting import Manner
from tasks.extract.statements.syntax import child, own_subject, relation

_ALSO = frozenset({"also", "further", "furthermore", "likewise", "similarly"})
"""Words by which a passive goes on with what the one before said."""
_PAST = frozenset({"former", "ex", "onetime", "erstwhile", "late"})


class Between:
    """Reads relations, names that are given, and compounds of one article."""

    def __init__(self, context: Context) -> None:
        """Take the readers of the article."""
        self.parties, self.voices, self.reach = context

    def relation(self, token: Token, word: Word) -> Iterator[Reading]:
        """Yield 'X, a critic of Y', "Y's ally X"."""
        owners = tuple(p for p in self.parties.owners(token) if p.token.i != token.i)
        owners += tuple(p for n in ("to", "of") for t in slot(token, n) for p in self.parties.of(t))
        bearers = [p for t in _bearers(token) for p in self.parties.of(relative_of(t))]
        if any(c.lower_ in _PAST for c in token.lefts):
            return
        bearers = [b for b in bearers if b.entity_id not in {o.entity_id for o in owners}]
        is_said = child(token, "cop") is not None
        put = manner(token) if is_said else Manner(False, "asserted")
        sign = word.if_negated if put.is_negated else word.sign
        for owner in owners:
            for bearer in bearers:
                one, other = (owner, bearer) if word.holder == "owner" else (bearer, owner)
                yield Reading(
                    (one,),
                    Towards(other, sign),
                    sign,
                    word.strength,
                    put.modality,
                    "relation",
                    token,
                    put.is_negated,
                )

    def naming(self, token: Token) -> Iterator[Reading]:
        """Yield 'H calls T a liar', 'T is considered by H to be its rival'."""
        target = patient(token)
        named = [t for name in ("clause", "as") for t in slot(token, name)]
        named += [c for c in token.rights if c.dep_ in {"obj", "oprd"} and c != target][:1]
        sign = next((s for s in map(sign_of, named) if s), 0)
        if target is None or not sign:
            return
        put = manner(token)
        if put.is_negated:
            return
        who = doer(token)
        holders = tuple(self.parties.of(relative_of(who))) if who is not None else ()
        goes_on = who is None and any(c.lower_ in _ALSO for c in token.lefts)
        if goes_on and (said := self.voices.run_speaker(token)) is not None:
            holders = (Party(said, token),)  # 'X was also presented as'
        for one in self.reach.towards(target, sign, judges=True):
            yield Reading(holders, one, one.sign, 0.6, put.modality, "naming", token)

    def anti(self, token: Token) -> Iterator[Reading]:
        """Yield "X's anti-T campaign"."""
        sign = -1 if token.lower_.startswith("anti") else 1
        doc = token.doc
        at = token.i
        if not token.lower_.startswith(("anti-", "pro-")) and token.lower_ not in {"anti", "pro"}:
            return
        if token.lower_ in {"anti", "pro"}:
            if at + 2 >= len(doc) or doc[at + 1].text not in {"-", "–"}:  # noqa: RUF001
                return
            at += 2
        target = self.parties.of(doc[at])
        noun = doc[at].head if doc[at].head.i > at else token.head
        owners = tuple(
            p for p in self.parties.owners(noun) if p.token.i not in {at, token.i}
        ) + tuple(p for p in self.parties.of(noun) if p.token.i not in {at, token.i})
        for one in target:
            yield Reading(owners, Towards(one, sign), sign, 0.5, "asserted", "anti", token)

    def backed(self, token: Token) -> Iterator[Reading]:
        """Yield 'H-backed T'."""
        holders = tuple(self.parties.of(token.nbor(-2)))
        word = next((s for s in senses(token) if s.sign and s.pos == "verb"), None)
        if word is not None and token.head.i > token.i:
            for one in self.parties.of(token.head):
                one_way = Towards(one, word.sign)
                yield Reading(
                    holders, one_way, word.sign, word.strength, "asserted", "backed", token
                )


def _bearers(noun: Token) -> Iterator[Token]:
    """Yield who an ally or rival is: the subject, the noun it explains, the name that follows."""
    if child(noun, "cop") is not None and (who := own_subject(noun)) is not None:
        yield who
    if relation(noun) == "appos":
        yield noun.head
    for one in noun.children:
        if relation(one) in {"appos", "flat", "nmod:desc"} or (
            relation(one) == "compound" and one.i < noun.i and child(noun, "nmod:poss") is not None
        ):
            yield one
