"""Words of action read in place: who does it, and to whom."""

from collections.abc import Callable, Collection
from dataclasses import replace

from spacy.tokens import Token

from tasks.extract.events.conditions import Conditions
from tasks.extract.events.nominal import Nominal
from tasks.extract.events.reading import MOST, Act, act_of, paired, product
from tasks.extract.events.slots import (
    actor_of,
    after,
    all_after,
    given_to,
    is_used_as_noun,
    object_of,
)
from tasks.extract.events.whom import Whom, Whoms, is_place
from tasks.extract.events.words import NONE, Sense, is_of_class, senses
from tasks.extract.stances.slots import clauses, patient
from tasks.extract.statements.syntax import child, is_passive, own_subject, relation
from warehouse.tables import Mention

_RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "ASSAULT", "SUPPORT"})
"""Categories whose joint actors act on each other: 'A and B met', 'A and B clashed'."""
_OF_PARTIES = frozenset({"CONCEDE", "SANCTION"})
"""Categories whose words, without a condition, mean the act only towards somebody."""
_OF_FORCES = frozenset({"RETREAT", "MOBILIZE"})
"""Categories in which whose forces are moved tells who acts: 'French troops were withdrawn'."""
_DEEDS = ("ATTACK", "EXERCISE")
_HABITS = frozenset({"COERCE", "CONCEDE", "RETREAT", "AID", "COOPERATE", "SUPPORT"})
"""Categories in which a present passive without an actor tells a rule, not an act."""
_ADJUNCT = frozenset({"in", "at", "from"})
"""Prepositions after which a mere thing tells where or whence."""
_ASKING = frozenset({"if", "whether", "how", "what", "why", "who", "when", "where", "which"})
_PLACES = frozenset({"in", "at", "near", "inside", "outside", "around", "along", "over", "across"})
_BETTER: tuple[Callable[[Whom], bool], ...] = (
    lambda whom: whom.known is not None and whom.known.entity_id is not None,
    lambda whom: whom.is_animate,
    lambda _: True,
)
"""Which of the parties in the places of a target are taken: the known, then persons, then all."""


class Acting:
    """Reads the words of action of one article."""

    def __init__(self, whoms: Whoms) -> None:
        """Take the reader of parties."""
        self.whoms = whoms
        self.conditions = Conditions(whoms.parties)
        self.nominal = Nominal(whoms, self.conditions)

    def at(self, token: Token, taken: Collection[int]) -> Act | None:
        """Return what `token` says was done; `taken` are nouns that a verb has told already."""
        found = [s for s in senses(token) if not s.is_light]
        if not found:
            return None
        if found[0].pos == "verb" and _is_question(token):
            return None
        read = self._verb if found[0].pos == "verb" else self.nominal.read
        for sense in found:
            if not self.conditions.met(token, sense):
                continue
            if sense.category == NONE:
                return None
            act = read(token, sense)
            if act is not None:
                is_told = token.i in taken and act.rule != "between"
                return None if is_told else self._with_aim(act)
        return None

    def _verb(self, verb: Token, sense: Sense) -> Act | None:
        if relation(verb) == "amod" or is_used_as_noun(verb):
            return None
        thing = object_of(verb, sense)
        actors, targets = self._actors(verb, sense), self._targets(verb, sense, thing)
        if not actors and sense.category == "ASSAULT" and is_passive(verb):
            actors = self._behind_means(verb)
        if not actors and sense.category in _OF_FORCES and thing is not None:
            actors = [w for w in self.whoms.of(thing) if w.mention]
        is_open = bool(sense.objects) or (not is_passive(verb) and patient(verb) is None)
        is_mutual = sense.category in _RECIPROCAL or "TIES" in sense.classes
        is_joint = len(actors) > 1 and is_mutual and is_open and all(map(_is_party, actors))
        if is_joint and not any(w.mention and not is_place(w) for w in targets):
            return act_of(verb, verb, sense, list(paired(actors)), "joint", thing)
        between = [w for head in after(verb, "between") for w in self.whoms.of(head)]
        if len(between) > 1 and not any(w.mention for w in actors):
            return act_of(verb, verb, sense, list(paired(between)), "between", thing)
        if not targets and "-" not in sense.targets:
            return None
        is_bare = not sense.objects and sense.category in _OF_PARTIES
        if is_bare and not any(w.known or w.is_animate for w in targets):
            return None
        rule = "passive" if is_passive(verb) else "active"
        if not actors and (not (targets or sense.objects) or _is_no_act(verb, sense)):
            return None
        part = thing if sense.objects else None
        return act_of(verb, verb, sense, product(actors, targets), rule, part)

    def _actors(self, verb: Token, sense: Sense) -> list[Whom]:
        for slot in sense.actors:
            who = actor_of(verb) if slot == "subject" else None
            heads = self._slot(verb, slot, None) if slot != "subject" else []
            found = [w for head in (heads if who is None else [who]) for w in self.whoms.of(head)]
            if found:
                return found[:MOST]
        return []

    def _targets(self, verb: Token, sense: Sense, thing: Token | None) -> list[Whom]:
        """Return who or what it is done to: known parties before others, whatever the slot."""
        every = [(s, found) for s in sense.targets if (found := self._in(verb, s, thing))]
        for is_wanted in _BETTER:
            for slot, found in every:
                if wanted := [w for w in found if is_wanted(w)]:
                    at = wanted[0].known if slot in _PLACES else None
                    return (_set_in(every[0][1], at) if at else wanted)[:MOST]
        return []

    def _in(self, verb: Token, slot: str, thing: Token | None) -> list[Whom]:
        heads = self._slot(verb, slot, thing)
        if slot == "clause":
            return [w for head in heads for w in self._of_clause(head, verb)]
        found = [w for head in heads for w in self.whoms.of(head)]
        if slot in _ADJUNCT:  # 'in his statement'
            return [w for w in found if w.known is not None or w.is_animate]
        return found

    def _slot(self, verb: Token, slot: str, thing: Token | None) -> list[Token]:
        if slot == "-":
            return []
        if slot == "subject":
            who = actor_of(verb)
            return [] if who is None else [who]
        if slot == "object":
            told = object_of(verb, None) if thing is None else thing
            return [] if told is None else [told]
        if slot == "clause":
            return clauses(verb) + (clauses(thing) if thing is not None else [])
        below = [verb] if thing is None else [verb, thing]
        found = [head for one in below for head in after(one, slot)]
        given = given_to(verb) if slot in {"to", "for"} else None
        return found if given is None else [given, *found]

    def _of_clause(self, clause: Token, verb: Token) -> list[Whom]:
        """Return who is to act in a clause, or who is acted on in an infinitive."""
        own = own_subject(clause)
        told = child(verb, "obj", "iobj")
        if relation(clause) == "xcomp" and own is None and told is not None:
            return self.whoms.of(told)
        if own is not None:
            is_asked = any(s.category == "REQUEST" for s in senses(verb))
            return [w for w in self.whoms.of(own) if w.mention or (is_asked and w.is_animate)]
        act = self.at(clause, ())
        if act is not None:
            return [target for _, target in act.pairs if target is not None]
        heads = [h for h in (patient(clause), *all_after(clause)) if h is not None]
        found = [w for head in heads for w in self.whoms.of(head)]
        return [w for w in found if w.known is not None][:1] or found[:1]

    def _behind_means(self, verb: Token) -> list[Whom]:
        """Return whose operation it was: 'was killed in a US air strike'."""
        for preposition in ("in", "by", "during"):
            for head in after(verb, preposition):
                is_deed = any(s.category == "ASSAULT" for s in senses(head))
                if is_deed or is_of_class(head, _DEEDS):
                    return [w for w in self.whoms.owners(head, of=False) if w.mention]
        return []

    def _with_aim(self, act: Act) -> Act:
        """Return a protest with whom it is about: 'marched to demand that X resign'."""
        if act.category != "PROTEST" or any(t and t.known for _, t in act.pairs):
            return act
        for clause in act.clause.rights:
            if relation(clause) in {"advcl", "xcomp", "acl", "conj"}:
                aim = self.at(clause, ())
                found = [t for _, t in aim.pairs if t is not None and t.known] if aim else []
                if found:
                    return replace(act, pairs=[(actor, found[0]) for actor, _ in act.pairs])
        return act


def _is_no_act(verb: Token, sense: Sense) -> bool:
    """Tell what is no act of somebody: 'was met with applause', 'the number required', 'officials
    are removed by'."""
    if not is_passive(verb):
        return False
    if sense.category in {"CONSULT", "REQUEST"}:
        return True
    helpers = [c for c in verb.lefts if relation(c) in {"aux", "aux:pass"}]
    is_habit = [c.lower_ for c in helpers] in (["is"], ["are"])
    return is_habit and sense.category in _HABITS


def _is_party(whom: Whom) -> bool:
    """Tell whether one of joint actors is a party of its own: known, or several."""
    return whom.mention is not None or whom.token.tag_ in {"NNS", "NNPS"}


def _is_question(verb: Token) -> bool:
    """Tell 'asked X how', which asks for no act."""
    if verb.lemma_.lower() != "ask":
        return False
    return any(clause.left_edge.lower_ in _ASKING for clause in clauses(verb))


def _set_in(things: list[Whom], place: Mention) -> list[Whom]:
    """Return the parties, those not known as being of `place`: 'bombed two hospitals in Y'."""
    return [w if w.known else replace(w, whose=place) for w in things]
