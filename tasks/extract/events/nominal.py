"""Nouns of action read in place: 'the invasion of X by Y', 'talks between A and B'."""

from spacy.tokens import Token

from tasks.extract.events.conditions import CARRYING_NOUNS, Conditions
from tasks.extract.events.reading import Act, act_of, paired, product
from tasks.extract.events.slots import actor_of, after_noun
from tasks.extract.events.whom import Whom, Whoms
from tasks.extract.events.words import Sense
from tasks.extract.statements.syntax import relation

_WHOLE = frozenset({"between", "among"})
"""Prepositions after which all parties stand: 'talks between A and B'."""
_ALONE = frozenset({"ASSAULT", "COERCE", "RETREAT", "SANCTION", "AGREE", "CONSULT"})
"""Categories of which a noun with one party says enough."""
_OF_FORCES = frozenset({"RETREAT", "MOBILIZE"})
"""Categories in which whose forces are moved tells who acts: 'the withdrawal of X's troops'."""
_ON_OWNER = frozenset({"COERCE", "ACCUSE"})
"""Categories of which a person's own noun names who undergoes it: "X's arrest"."""
_NO_PHRASE = frozenset({"-", "object", "owner", "clause", "subject"})


class Nominal:
    """Reads the nouns of action of one article."""

    def __init__(self, whoms: Whoms, conditions: Conditions) -> None:
        """Take the readers of parties and of what carries a noun."""
        self.whoms, self.conditions = whoms, conditions

    def read(self, word: Token, sense: Sense) -> Act | None:
        """Return the act that the noun `word` names, where a known entity takes part."""
        if self.whoms.parties.is_name(word):
            return None  # 'the Greater Eurasian Partnership'
        noun = word
        if relation(word) == "compound" and word.head.lemma_.lower() in CARRYING_NOUNS:
            noun = word.head  # 'a mediation effort'
        carrier, light = self.conditions.carrier_of(noun) or (None, None)
        clause = carrier or noun
        actors = self._doers(carrier)
        targets = self._targets(noun, sense, carrier)
        if light is not None and "subject" in light.targets:  # 'faced criticism from X'
            actors, targets = [], actors
        is_between = any(after_noun(noun, "between", carrier))
        if len(targets) > 1 and (is_between or not actors) and self._are_all(noun, sense, carrier):
            return act_of(word, clause, sense, list(paired(targets)), "between")
        actors = actors or self._owners(noun, sense, carrier)
        if not actors and targets and sense.category in _OF_FORCES:
            moved = [w for w in self.whoms.owners(noun, of=True) if w.mention]
            actors = [w for w in moved if w.entity_id != targets[0].entity_id]
        if not targets and len(named := self.whoms.named_before(noun)) > 1:
            return act_of(word, clause, sense, list(paired(named)), "between")
        is_coerced = sense.category in _ON_OWNER and all(_is_person(w) for w in actors)
        if not targets and carrier is None and ("owner" in sense.targets or is_coerced):
            targets, actors = actors, []  # 'his arrest'
        if not targets and carrier is not None and len(actors) > 1:
            return act_of(word, clause, sense, list(paired(actors)), "joint")
        is_march = sense.category == "PROTEST" and any(w.is_animate for w in actors)
        if not is_march and not any(w.known is not None for w in (*actors, *targets)):
            return None
        if word.pos_ == "PROPN" and not (actors and targets):
            return None  # part of a name: 'the Recovery Appeal'
        if not targets and "-" not in sense.targets and carrier is None:
            return None
        if carrier is None and not (actors and targets) and sense.category not in _ALONE:
            return None
        rule = "noun" if carrier is None else "light"
        return act_of(word, clause, sense, product(actors, targets), rule)

    def _doers(self, carrier: Token | None) -> list[Whom]:
        who = None if carrier is None else actor_of(carrier)
        return [] if who is None else self.whoms.of(who)

    def _owners(self, noun: Token, sense: Sense, carrier: Token | None) -> list[Whom]:
        found = self.whoms.owners(noun, of="of" not in sense.targets)
        for slot in sense.actors:
            if not found and slot not in _NO_PHRASE:
                heads = after_noun(noun, slot, carrier)
                found = [w for head in heads for w in self.whoms.of(head)]
        return found

    def _targets(self, noun: Token, sense: Sense, carrier: Token | None) -> list[Whom]:
        for slot in sense.targets:
            if slot not in _NO_PHRASE:
                heads = after_noun(noun, slot, carrier)
                found = [w for head in heads for w in self.whoms.of(head)]
                if found:
                    return found
        return []

    def _are_all(self, noun: Token, sense: Sense, carrier: Token | None) -> bool:
        """Tell whether the targets are all parties, none of them the one that acts on others."""
        first = next(
            (s for s in sense.targets if s not in _NO_PHRASE and any(after_noun(noun, s, carrier))),
            None,
        )
        return first in _WHOLE and not self.whoms.owners(noun, of=False)


def _is_person(whom: Whom) -> bool:
    return whom.mention is not None and (whom.entity_id or "").startswith("person:")
