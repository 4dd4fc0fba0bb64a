"""Whether the name of a capital or a seat means the place or who governs from there.

A name that stands for whoever sits there is a metonym. Markert and Nissim (2009, "Data and models
for metonymy resolution") found grammatical role and governing word to decide most cases; these are
the rules here. What no rule decides is a place.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from tasks.extract.governors import Governor, governor
from tasks.extract.wordlist import words
from tasks.ids import slug
from tasks.registry import Registry
from warehouse.tables import EntityAlias

_DATELINE = re.compile(r"\s*(?:,[^\n.]{0,40}?)?\s*(?:\([^)\n]{2,30}\)\s*)?[\u2013—-]\s")
_WHERE = re.compile(r",? where\b")
_COORDINATED = re.compile(r" and (?=[A-Z])")
_SHARED = re.compile(r"[A-Z]\w+ (Format|format|Process|process)\b")
_JOINED_ACTS = re.compile(
    r"-(?:aligned|allied|appointed|approved|backed|brokered|built|controlled|friendly|funded|"
    r"imposed|installed|led|leaning|loyal|mediated|ordered|owned|run|sponsored|supplied|"
    r"supported)\b"
)
_JOINED_BEFORE = re.compile(r"\b(?:pro|anti)-$", re.IGNORECASE)

_MOTION = words(
    "arrive bring come depart descend divert drive evacuate fall flee fly get go head hurry "
    "land leave march move pass relocate return ride run rush sail set spread start transport "
    "travel walk wander advance converge flock shuttle deport extradite bus gather take send "
    "invite transfer dispatch summon fly-out deploy"
)
_JOURNEYS = words(
    "arrival airlift bus border convoy departure distance exit exodus flight highway journey "
    "line march metro mile kilometre kilometer km motorway passage pilgrimage railway return "
    "road route stop-over stopover street tour train travel trip visit visitor way advance "
    "close near plane jet boat troop reinforcement invitation "
    "immigrant resident student refugee migrant native journalist correspondent reporter man "
    "woman tourist people family doctor lawyer professor"
)
_TO_PLACE = words(
    "visit reach enter leave attack bomb shell capture hit strike take seize evacuate besiege "
    "surround tour occupy flee rock cover rule storm devastate destroy liberate retake overrun "
    "encircle paralyse paralyze grip hold quit bombard pound raid rebuild photograph see "
    "approach near close secure defend abandon inhabit"
)
_DONE_TO_PLACE = _TO_PLACE | words("flood burn damage lock blanket locate situate found build")
_NO_ACTS = words(
    "lie sit fall burn wake host locate stand suffer shake sleep celebrate freeze empty"
    " smell border receive record experience swelter boast feature house"
)
_LIKE_A_PLACE = words(
    "capital city town home place site venue centre center metropolis seat hub destination "
    "scene quiet calm cold hot crowded beautiful empty busy dark sunny tense deserted under "
    "north south east west far away near close"
)
_GOVERNING = words(
    "administration authority cabinet camp coalition commander delegation diplomat elite "
    "government junta leader leadership line military minister ministry negotiator official "
    "policy position regime representative ruler side stance"
)
_PART_OF_PLACE = words(
    "airport apartment area bar boulevard bridge building cafe cathedral centre center church "
    "citizen commuter conference court crowd district embassy factory festival garden gate "
    "headquarters home hospital hotel house inhabitant market mayor metro mosque museum native "
    "neighbourhood neighborhood newspaper office outskirts palace park people police population "
    "port prison restaurant resident river road roof rush school skyline skyscraper slum square "
    "stadium station stock street studio suburb subway synagogue temple theatre theater "
    "tower traffic underground university wall weather zoo council film marathon fall siege "
    "bombing bombardment shelling capture evacuation storming battle liberation occupation north "
    "south east west zone smog mall suburb edge heart middle vicinity rest entire part map image "
    "picture photo siege "
    "defence defense city capital fate lawn press room rose garden door step ground lights"
)
_ATTITUDES = words(
    "accusation ally alliance approval backer backing behaviour behavior condemnation consent "
    "containment criticism critic demand denial denunciation distrust enemy foe friend "
    "government help influence intention interest leadership mistrust opponent partner policy "
    "puppet pressure rejection rival suspicion support supporter view will recognition"
)
_FROM_RULERS = words(
    "aid approval arm assurance backing ban call clearance command complaint concession "
    "condemnation criticism cue decision demand denial directive disapproval funding gas "
    "guarantee guidance help independence influence instruction interference loan message "
    "money objection oil opposition order outcry permission pledge pressure promise protest "
    "rebuke reaction reassurance reply request resistance response retaliation secession signal "
    "statement supply support threat warning weapon withdraw divorce distance buy purchase "
    "demand require request seek want win obtain expect secede split break"
)
_MESSAGES = words(
    "message letter signal warning note aid weapon arm money help gas oil proposal request demand "
    "complaint protest invitation missile tank loan"
)
_ON_PLACE = words("assault attack raid bombing march strike advance airstrike bomb fire descend")
_PLACE_PREPOSITIONS = words(
    "in at near outside around inside across throughout within into through via beyond above "
    "beneath over off past along"
)


class _Verdict(NamedTuple):
    """Whether the government is meant, by which rule, how sure."""

    is_government: bool
    rule: str
    confidence: float


def choose_place(
    span: Span, text: str, aliases: Sequence[EntityAlias], registry: Registry
) -> tuple[EntityAlias, str, float] | None:
    """Return the alias meant at `span` of the document `text`, the rule and its confidence.

    None where the name is no metonym. A seat that the registry has only as a metonym ('Kremlin') is
    a region of that name where it is a place. 'Moscow' in 'Moscow and Islamabad Format' is the
    Moscow Format.
    """
    metonym = next((a for a in aliases if a.kind == "metonym"), None)
    if metonym is None:
        return None
    shared = _shared_head(span, text, registry)
    if shared is not None:
        return shared, "registry:shared_head", 0.85
    city = next((a for a in aliases if a.kind == "name"), None)
    verdict = _verdict(span, text)
    if city is None and verdict.rule == "part":  # 'White House staff', but 'White House lawn'
        verdict = _as_owner(governor(span))
    rule = f"place:{verdict.rule}"
    if verdict.is_government:
        return metonym, rule, verdict.confidence
    if city is None:
        if verdict.rule == "default":  # a seat is rarely named for itself
            return metonym, rule, verdict.confidence
        seat = f"region:{slug(span.text) or metonym.entity_id.partition(':')[2]}"
        city = EntityAlias(entity_id=seat, alias=span.text, kind="name", origin="discovered")
    return city, rule, verdict.confidence


def _verdict(span: Span, text: str) -> _Verdict:
    start, end = span.start_char, span.end_char
    if _JOINED_BEFORE.search(text[max(start - 6, 0) : start]) or _JOINED_ACTS.match(text, end):
        return _Verdict(True, "joined", 0.85)
    if text.startswith("-", end):
        return _Verdict(False, "joined", 0.85)
    if _WHERE.match(text, end):
        return _Verdict(False, "where", 0.9)
    if span[0].is_sent_start and _DATELINE.match(text, end, end + 90):
        return _Verdict(False, "dateline", 0.95)
    if not span.doc.has_annotation("DEP"):
        return _Verdict(False, "default", 0.5)
    found = governor(span)
    rule = _RULES.get(found.relation)
    return rule(found) if rule is not None else _Verdict(False, "default", 0.5)


def _as_subject(found: Governor) -> _Verdict:
    """'Moscow respects it' acts; 'Moscow lies on a river', 'Moscow is a city' do not."""
    if found.lemma in _NO_ACTS or found.lemma in _LIKE_A_PLACE:
        return _Verdict(False, "subject", 0.75)
    return _Verdict(True, "subject", 0.85 if found.word.pos_ == "VERB" else 0.7)


def _as_passive(found: Governor) -> _Verdict:
    """'Moscow was accused' is addressed; 'Kyiv was shelled' is not."""
    is_place = found.lemma in _DONE_TO_PLACE
    return _Verdict(not is_place, "passive", 0.75)


def _as_object(found: Governor) -> _Verdict:
    """'urged Moscow' addresses; 'left Moscow' does not."""
    is_place = found.lemma in _TO_PLACE or found.lemma in _MOTION
    return _Verdict(not is_place, "object", 0.75)


def _as_owner(found: Governor) -> _Verdict:
    """'Moscow's position' is the government's; 'Moscow's streets' are not."""
    is_place = found.lemma in _PART_OF_PLACE or found.word.pos_ == "PROPN"
    return _Verdict(not is_place, "owner", 0.75)


def _as_part(found: Governor) -> _Verdict:
    """'the Moscow leadership' governs; 'a Moscow court' stands there."""
    return _Verdict(found.lemma in _GOVERNING, "part", 0.7)


def _after_preposition(found: Governor) -> _Verdict:
    """'talks with Moscow' has a partner; 'talks in Moscow', 'flew to Moscow' have a place."""
    preposition, lemma = found.preposition, found.lemma
    if preposition in _PLACE_PREPOSITIONS:
        return _Verdict(False, "preposition", 0.9)
    is_way = (lemma in _MOTION or lemma in _JOURNEYS) and not _brings_a_message(found.word)
    if preposition == "of":
        return _Verdict(lemma in _ATTITUDES, "preposition", 0.75)
    if preposition == "from":
        return _Verdict(lemma in _FROM_RULERS, "preposition", 0.7)
    if preposition in {"to", "for", "between", "toward", "towards", "by"}:
        return _Verdict(not is_way, "preposition", 0.7)
    if preposition in {"on", "upon"}:
        return _Verdict(lemma not in _ON_PLACE, "preposition", 0.7)
    if preposition in {"with", "against", "about", "under", "like", "than", "as", "without"}:
        return _Verdict(True, "preposition", 0.75)
    return _Verdict(False, "preposition", 0.5)


def _brings_a_message(verb: Token) -> bool:
    """Tell 'sent a warning to Moscow' from 'sent troops to Moscow'."""
    return any(
        one.dep_ in {"obj", "dobj"} and one.lemma_.lower() in _MESSAGES for one in verb.rights
    )


_RULES: Mapping[str, Callable[[Governor], _Verdict]] = {
    "subject": _as_subject,
    "passive": _as_passive,
    "object": _as_object,
    "agent": lambda _: _Verdict(True, "agent", 0.85),
    "owner": _as_owner,
    "part": _as_part,
    "oblique": _after_preposition,
}


def _shared_head(span: Span, text: str, registry: Registry) -> EntityAlias | None:
    """Return the format that 'A' names in 'A and B Format', where the registry knows both."""
    end = span.end_char
    link = _COORDINATED.match(text, end, end + 6)
    if link is None:
        return None
    second = _SHARED.match(text, link.end())
    if second is None or second.group() not in registry.by_alias:
        return None
    return next(iter(registry.by_alias.get(f"{span.text} {second.group(1)}", ())), None)


def char_span(doc: Doc, start: int, end: int) -> Span | None:
    """Return the tokens that the characters `start` to `end` touch; None where there are none."""
    return doc.char_span(start, end, alignment_mode="expand")
