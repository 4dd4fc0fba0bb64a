"""Acts as rows: who, whom, where, when, how sure, and with which words."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.carriers import Carriers
from tasks.extract.document import Document
from tasks.extract.events.facts import put
from tasks.extract.events.fitting import is_accident, is_verbal, is_worth, may_act, may_undergo
from tasks.extract.events.quad import QUAD_CLASS
from tasks.extract.events.reading import Act
from tasks.extract.events.when import Whens
from tasks.extract.events.where import place_of
from tasks.extract.events.whom import Whom
from tasks.extract.stances.parties import Parties
from tasks.extract.statements.putting import CLASS_MODALITY, Manner
from tasks.extract.statements.syntax import is_finite, relation
from tasks.ids import row_id
from warehouse.tables import CueClass, Event, Mention, Modality, Statement

CONFIDENCE = {
    "active": 0.75,
    "passive": 0.75,
    "joint": 0.7,
    "light": 0.7,
    "between": 0.7,
    "demand": 0.6,
    "noun": 0.62,
}
"""How sure each rule is where both parties are known; ordered, not calibrated."""
_TOLD: dict[CueClass, Modality] = {**CLASS_MODALITY, "claim": "possible"}
"""What a cue does to the act that is reported with it; what is claimed may not be so."""
UNKNOWN = 0.1
"""Taken off for a party that is no known entity, and as much more where both are none."""
UNREAL = 0.05
"""Taken off where the act is not told as a fact."""


class Rows:
    """Makes the rows of one article."""

    def __init__(
        self, document: Document, carriers: Carriers, parties: Parties, whens: Whens
    ) -> None:
        """Take the article, who says what in it, its entities and its days."""
        self.document, self.carriers = document, carriers
        self.parties, self.whens = parties, whens

    def of(self, act: Act, others: frozenset[int]) -> Iterator[Event]:
        """Yield the rows of `act`; `others` are the tokens of the sentence's other acts."""
        start = act.token.idx
        carrier = self.carriers.of(start, start + len(act.token))
        manner = self._told(act, carrier, put(act))
        when, manner = self.whens.of(act.clause, manner, others)
        place = place_of(act, self.parties)
        article = self.document.article
        for actor, target, category in () if is_accident(act) else _fitting(act):
            if not is_worth(act, actor, target, has_place=place is not None):
                continue
            span = self._evidence(act, actor, target, place)
            yield Event(
                event_id=row_id(
                    "events",
                    article.article_id,
                    *act.action,
                    category,
                    _span(actor),
                    _span(target),
                ),
                article_id=article.article_id,
                sentence_id=self.document.sentence_at(start).sentence_id,
                actor_id=actor.entity_id if actor else None,
                actor=self._text(actor),
                action=article.text[slice(*act.action)],
                action_code=category,
                quad_class=QUAD_CLASS[category],
                target_id=_undergone(target),
                target=self._text(target),
                place_id=place.entity_id if place else None,
                place=place.surface if place else None,
                happened_from=when.start,
                happened_to=when.end,
                granularity=when.granularity,
                date_method=when.method,
                timex_id=when.timex.timex_id if when.timex else None,
                modality=manner.modality,
                is_negated=manner.is_negated,
                statement_id=carrier.statement_id if carrier else None,
                evidence=article.text[slice(*span)],
                start_char=span[0],
                end_char=span[1],
                method=act.rule,
                confidence=_confidence(act, actor, target, manner),
            )

    def _told(self, act: Act, carrier: Statement | None, manner: Manner) -> Manner:
        """Return how the act is put with what the one who tells it does to it."""
        if carrier is None or act.rule == "demand" or not self._is_main(act.clause, carrier):
            return manner
        if carrier.is_negated ^ (carrier.cue_class == "deny"):
            return Manner(False, "denied") if manner == Manner(False, "asserted") else manner
        if manner.modality in {"asserted", "possible"}:
            is_would = any(c.lower_ in {"would", "'d"} for c in act.clause.lefts)
            if is_would and carrier.cue_class != "warn":
                return Manner(manner.is_negated, "planned")
            told = _TOLD.get(carrier.cue_class)
            if told is not None:
                return Manner(manner.is_negated, told)
            if carrier.modality in {"possible", "hypothetical", "desired"}:
                return Manner(manner.is_negated, carrier.modality)
        return manner

    def _is_main(self, clause: Token, carrier: Statement) -> bool:
        """Tell whether `clause` is what is told itself, not a finite clause below it."""
        node = clause
        while node.head != node and carrier.start_char <= node.head.idx < carrier.end_char:
            if relation(node) in {"acl:relcl", "advcl"} and is_finite(node):
                return False
            node = node.head
        return True

    def _text(self, whom: Whom | None) -> str | None:
        return None if whom is None else self.document.article.text[slice(*whom.span)]

    def _evidence(
        self, act: Act, actor: Whom | None, target: Whom | None, place: Mention | None
    ) -> tuple[int, int]:
        """Return the characters from the first to the last word that the row rests on."""
        sentence = self.document.sentence_at(act.token.idx)
        spans = [act.action, *(w.span for w in (actor, target) if w is not None)]
        if place is not None:
            spans.append((place.start_char, place.end_char))
        inside = [s for s in spans if sentence.start_char <= s[0] and s[1] <= sentence.end_char]
        return min(s[0] for s in inside), max(s[1] for s in inside)


def _fitting(act: Act) -> Iterator[tuple[Whom | None, Whom | None, str]]:
    """Yield actor, target and category of each pair of parties that fit."""
    for actor, target in act.pairs:
        category = act.category
        if category == "ASSAULT" and is_verbal(act.token.lemma_.lower(), actor, target):
            category = "ACCUSE"
        if actor is not None and not may_act(actor, category, act.token.lemma_.lower()):
            if act.rule != "passive":
                continue
            actor = None  # 'was hit by gunfire'
        if actor is not None and target is not None and _are_in_one(actor, target):
            continue
        if target is not None and not may_undergo(target, category):
            continue
        yield actor, target, category


def _are_in_one(actor: Whom, target: Whom) -> bool:
    """Tell whether both parties are the same words; of 'Turkish and Greek sides' both act."""
    is_shared = actor.token == target.token and actor.mention and target.mention
    if is_shared and actor.entity_id != target.entity_id:
        return False
    return actor.span[0] < target.span[1] and target.span[0] < actor.span[1]


def _undergone(target: Whom | None) -> str | None:
    """Return the entity that undergoes an act, or whose people or things do."""
    return None if target is None or target.known is None else target.known.entity_id


def _span(whom: Whom | None) -> str | None:
    """Return what tells a party from others in an id: its entity, or where its words stand."""
    return None if whom is None else whom.entity_id or f"{whom.span[0]}-{whom.span[1]}"


def _confidence(act: Act, actor: Whom | None, target: Whom | None, manner: Manner) -> float:
    parties = [w for w in (actor, target) if w is not None]
    known = [w.known.confidence for w in parties if w.known is not None and w.known.entity_id]
    value = CONFIDENCE[act.rule] - UNKNOWN * (2 - len(known))
    value -= UNREAL * (manner.modality != "asserted")
    return round(max(0.1, value * min([1.0, *(0.5 + sure / 2 for sure in known)])), 2)
