"""Which parties fit an act: whom one can meet, attack or help, and who can do it."""

from spacy.tokens import Token

from tasks.extract.events.reading import Act
from tasks.extract.events.whom import Whom
from tasks.extract.events.words import is_of_class, senses
from tasks.extract.grammar import words
from tasks.extract.statements.speakers import NOT_ACTORS
from tasks.extract.statements.syntax import sentence_end, sentence_start

_ON_PERSONS = frozenset({"CONSULT", "COOPERATE"})
_ON_THINGS = frozenset({"ASSAULT", "COERCE", "AID", "MOBILIZE", "RETREAT"})
_HIT = (
    *("BUILDINGS", "TERRITORY", "PROPERTY", "FORCES", "ARMS", "ROADS", "INFRASTRUCTURE"),
    *("VEHICLES", "WARSHIPS", "MEDIA", "GOODS"),
)
"""Classes of things that can be attacked, seized or helped."""
_DONE_BY = ("ATTACK", "ARMS", "FORCES", "MISSILES", "WARSHIPS")
"""Classes of things that stand for whoever uses them: 'a bombing killed two'."""
_BETWEEN_TWO = frozenset({"CONSULT", "COOPERATE", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT"})
"""Categories that say nothing without a target."""
_HARSH = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE"})
"""Categories that are worth a row without any known entity."""
_FORCEFUL = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_COURTS = words("convict acquit indict sentence")
_HARM = words("kill injure wound hurt harm maim damage destroy strike hit")
"""Verbs of what accidents do, too."""
_FORCE = ("ATTACK", "ARMS", "FIGHTERS")
"""Classes of nouns in whose company harm is no accident."""
_COMING = words("arrive travel fly go come return drive land head visit")
_NO_DEEDS = ("LOC", "EVENT")
_VERBAL = frozenset(
    {"attack", "hit", "strike", "blast", "fight", "savage", "slam", "lash", "target"}
)
"""Verbs of force that, from person to person, more often mean words."""


def may_act(actor: Whom, category: str, lemma: str) -> bool:
    """Tell whether the party can do such an act with the verb `lemma`."""
    mention = actor.mention
    if mention is not None:
        entity_id = mention.entity_id or ""
        is_place = entity_id.startswith(NOT_ACTORS)
        if entity_id.startswith("media:") and (category in _FORCEFUL or lemma in _COURTS):
            return False  # a reporter, not who did it
        return not is_place and mention.label not in _NO_DEEDS
    if category == "CONSULT" and lemma in _COMING:
        return False  # 'officers arrived'
    return actor.is_animate or (category == "ASSAULT" and is_of_class(actor.token, _DONE_BY))


def may_undergo(target: Whom, category: str) -> bool:
    """Tell whether such an act can be done to the party."""
    if target.mention is not None:
        return not (target.entity_id or "").startswith("other:")
    if target.is_animate or target.whose is not None:
        return True
    if category in _ON_PERSONS:
        return is_of_class(target.token, ("BUILDINGS", "TERRITORY"))
    return category not in _ON_THINGS or is_of_class(target.token, _HIT)


def is_verbal(lemma: str, actor: Whom | None, target: Whom | None) -> bool:
    """Tell whether a verb of force means words: from person to person, or about a thing."""
    if lemma not in _VERBAL or target is None or actor is None or actor.mention is None:
        return False
    if target.mention is None:
        return not target.is_animate and not is_of_class(target.token, _HIT)
    return actor.mention.label == "PERSON" and target.mention.label in {"PERSON", "ORG"}


def is_worth(act: Act, actor: Whom | None, target: Whom | None, *, has_place: bool) -> bool:
    """Tell whether a row would say something: an entity takes part, or persons are named in what
    is told of the past."""
    if target is None and act.category in _BETWEEN_TWO:
        return False
    named = [w for w in (actor, target) if w is not None]
    if has_place or any(w.known is not None and w.known.entity_id for w in named):
        return True
    is_told = act.category in _HARSH and act.clause.tag_ in {"VBD", "VBN"}
    return is_told and any(w.is_animate and w.token.pos_ != "PRON" for w in named)


def is_accident(act: Act) -> bool:
    """Tell whether somebody came to harm by nobody: 'two were injured when the bus rolled'."""
    verb = act.token
    if verb.lemma_.lower() not in _HARM:
        return False
    doc = verb.doc
    others = [t for t in doc[sentence_start(verb) : sentence_end(verb)] if t.i != verb.i]
    if any(is_of_class(token, ("DISASTER",)) for token in others):
        return not any(_is_assault(token) for token in others)
    if any(actor is not None for actor, _ in act.pairs):
        return False
    return not any(is_of_class(t, _FORCE) or _is_assault(t) for t in others)


def _is_assault(token: Token) -> bool:
    is_harm = token.lemma_.lower() in _HARM
    return not is_harm and any(sense.category == "ASSAULT" for sense in senses(token))
