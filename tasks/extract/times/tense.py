"""Whether what is told lies before or after the moment of telling: tense of the governing verb."""

from typing import Literal

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.times.scan import Scan

Tense = Literal["past", "present", "future"]
_SAYING = words("say tell add report announce state write claim note")
_PLANNED = words("schedule due set plan expect slate postpone delay intend bind payable likely aim")
_SCHEDULED = words("end expire begin start open close mature")
"""Verbs whose present is of a day that is set: "his term ends Dec. 31"."""
_HELD = words("delay postpone suspend extend adjourn bar close ban defer freeze hold stay")
"""Verbs and nouns whose "until" looks ahead: "asked for a delay until June"."""
_AHEAD = words("payable due scheduled slated")
"""Words right before a date that is to come, whatever the parse makes of them."""
_DELIVERED = words("delivery deliveries contract contracts futures")
_FUTURE_AUX = words("will 'll shall would should may might wo ’ll")  # noqa: RUF001
_HELPERS = words("aux aux:pass auxpass cop")
_MOST_STEPS = 12
"""Heads looked at on the way up to a verb; news sentences seldom need more than five."""


def tense_at(scan: Scan, at: int) -> Tense | None:
    """Return the tense of the verb that governs word `at`; None where no verb does."""
    token = scan.token(at)
    if scan.word(at - 1) == "effective":
        return None  # "named president, effective Jan. 1": said of either side, mostly near.
    lead = scan.word(at - 2 if scan.word(at - 1) in ("on", "for", "in", "by") else at - 1)
    if scan.word(at + 1) in _DELIVERED or lead in _AHEAD:
        return "future"
    is_until = scan.word(at - 1) in ("until", "till")
    if is_until and scan.word(at - 2) in _HELD:
        return "future"
    if token is not None and token.i > 1:
        # A verb right before it is surer than the parse: "an official said Friday".
        before = token.nbor(-2 if token.nbor(-1).lower_ == "on" else -1)
        if before.tag_ == "VBD":
            return "past"
    for _ in range(_MOST_STEPS):
        if token is None or token.head.i == token.i:
            break
        token = token.head
        if is_until and token.lemma_.lower() in _HELD:
            return "future"
        if token.lemma_.lower() in _PLANNED and token.tag_ in ("VBN", "JJ"):
            return "future"
        if _is_predicate(token):
            told = _tense_of(token)
            # "Released on bail until April": what was to last may end on either side.
            return None if is_until and told == "past" else told
    return _tense_of(token) if token is not None and _is_predicate(token) else None


def _is_predicate(token: Token) -> bool:
    """Tell whether a token is a verb, or a noun or adjective with the forms of one."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ in _HELPERS for c in token.children)


def _tense_of(verb: Token) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in _HELPERS]
    words = {child.lower_ for child in helpers}
    tags = {verb.tag_, *(child.tag_ for child in helpers)}
    if words & _FUTURE_AUX or verb.lower_ in _FUTURE_AUX:
        return "past" if "have" in words else "future"
    if "to" in words or any(c.tag_ == "TO" for c in verb.children):
        return "past" if "have" in words else "future"
    if tags & {"VBD"} or words & {"had", "was", "were", "did"}:
        return "past"
    if "VBN" in tags:
        return "past"
    if "VBG" in tags and not words:
        head = verb.head
        return (
            _tense_of(head)
            if head.i != verb.i and head.pos_ in ("VERB", "AUX") and head.tag_ != "VBG"
            else None
        )
    if tags & {"VBZ", "VBP"}:
        if verb.lemma_ in _SCHEDULED and not helpers:
            return "future"
        return "past" if verb.lemma_ in _SAYING else "present"
    return None
