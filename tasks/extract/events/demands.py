"""Demands told as what somebody must do: 'the envoy said that X must withdraw'."""

from spacy.tokens import Token

from tasks.extract.carriers import Carriers
from tasks.extract.events.acting import Acting
from tasks.extract.events.reading import Act
from tasks.extract.events.whom import Whom
from tasks.extract.statements.syntax import child, own_subject, relation
from warehouse.tables import Statement

_MUST = frozenset({"must", "should", "ought"})


def demand(verb: Token, acting: Acting, carriers: Carriers) -> Act | None:
    """Return the demand of whoever is quoted on the subject of a 'must' or 'should'."""
    must = next((c for c in verb.lefts if c.lower_ in _MUST and relation(c) == "aux"), None)
    who = own_subject(verb)
    if must is None or who is None or child(verb, "aux:pass") is not None:
        return None
    said = carriers.of(verb.idx, verb.idx + len(verb))
    if (
        said is None
        or said.cue_start is None
        or said.speaker is None
        or said.speaker_start is None
        or said.is_negated
    ):
        return None
    span = said.speaker_start, said.speaker_start + len(said.speaker)
    actor = Whom(verb, span, carriers.speaker(said, *span))
    if any(c.lower_ in {"a", "an", "any", "every", "no"} for c in who.lefts):
        return None  # a rule for all
    targets = [w for w in acting.whoms.of(who) if w.is_animate]
    pairs = [(actor, t) for t in targets if t.entity_id is None or t.entity_id != actor.entity_id]
    if not pairs:
        return None
    action = must.idx, verb.idx + len(verb)
    return Act(verb, _cue(verb, said) or verb, "REQUEST", pairs, "demand", action)


def _cue(verb: Token, said: Statement) -> Token | None:
    """Return the word with which a statement is reported."""
    if said.cue_start is None or said.cue_end is None:
        return None
    span = verb.doc.char_span(said.cue_start, said.cue_end, alignment_mode="expand")
    return None if span is None else span.root
