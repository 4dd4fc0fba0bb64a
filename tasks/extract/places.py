"""Whether the name of a capital means the city or the government that sits there.

The rules are stated in `choose_place`; a trained classifier may replace it.
"""

import re
from collections.abc import Sequence

from tasks.registry import Registry
from warehouse.tables import EntityAlias

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|from|near|outside|around|into|through|across|for|visited|left|via|"
    r"of|city|capital|downtown|central|inside|throughout|leaving|reached)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(
    r"\b(?:against|between|relations with|ties with|talks with|tensions with|dialogue with|"
    r"agreement with|deal with|allied with|cooperation with)\s+$|"
    r"\b(?:pro|anti)-$"
)
_DATELINE = re.compile(r"\s*(?:,[^\n.]{0,40}?)?\s*(?:\([^)\n]{2,30}\)\s*)?[\u2013—-]\s")
_ACTS = re.compile(
    r"\s+(?:(?:also|now|then|still|never|has|have|had|is|was|did|does|will|would|could|should|must|"
    r"not|[a-z]+ly|nevertheless|nonetheless|however|itself)\s+){0,3}"
    r"(?:accus|agre|announc|argu|back|began|beg[iu]n|believ|call|claim|condemn|consider|cultivat|"
    r"decid|demand|den(?:y|ie)|expect|expel|fear|hop|impos|insist|intend|invit|maintain|need|"
    r"negotiat|oppos|pledg|propos|recogni[sz]|refus|reject|respect|respond|retaliat|sa(?:ys?|id)\b|"
    r"seek|sought|see[sn]?\b|support|threaten|told|urg|view|vow|want|warn|welcom|wish|withdr)"
)
_POLICY = re.compile(
    r"(?:['\u2019]s|['\u2019])\s+(?:[a-z-]+\s+){0,2}"
    r"(?:aims?|allies|ally|ambitions?|approach|attitude|backing|behaviou?r|claims?|concerns?|"
    r"decisions?|demands?|diplomacy|diplomats?|efforts?|foreign|goals?|influence|interests?|"
    r"intentions?|involvement|leaders?|leadership|military|moves?|objectives?|opposition|"
    r"plans?|policy|policies|position|proposals?|refusal|relations|rejection|response|role|"
    r"stance|strategy|support|ties|troops|view|views|willingness|withdrawal)\b"
)
_ADDRESSED = re.compile(
    r"\b(?:(?:accus|blam|criticis|criticiz|prais|thank|urg|warn|press|persuad|condemn|ask)"
    r"(?:e|es|ed|ing|s)?|told|tells|call(?:ed|s)? on|(?:deal|deals|dealt|dealing|engage\w*|"
    r"consult\w*|contact|contacts) with|(?:held|backed|supported|recogni[sz]ed|sent) by)\s+$"
)
_SUBJECT_BEFORE = re.compile(
    r"(?:^|[.!?:;,\n\u201c\"(]\s*|\b(?:that|and|but|if|when|while|as|because|although|though|"
    r"since|whether|until|which|what|where)\s+)$"
)
_FINITE = re.compile(
    r"(?: and [A-Z]\w+)?(?:,\s[a-z][^,.\n]{1,40},)?(?:,\s+which)?"
    r"(?:\s+(?:also|now|then|still|never|not|too|itself|[a-z]+ly)){0,2}\s+"
    r"(?:has|had|have|will|would|can|cannot|could|may|might|must|should|does|did|do|took|broke|"
    r"gave|held|holds|kept|made|met|sent|knew|thought|wants?|(?:is|was|were|are)\s+(?:less|more|"
    r"not|now|quick\w*|ready|prepared|willing|right|wrong|un[a-z]+|[a-z]+ing)|"
    r"(?!was\b|is\b|lies\b|falls\b|hosts\b|residents\b|streets\b|hospitals\b|police\b)"
    r"[a-z]{3,}(?:(?<!s)s|ed))\b"
)
_COORDINATED = re.compile(r" and (?=[A-Z])")


def choose_place(
    text: str, start: int, end: int, aliases: Sequence[EntityAlias], registry: Registry
) -> tuple[EntityAlias, str, float] | None:
    """Return the alias meant at `text[start:end]`, the rule and its confidence.

    None where the name is not both a city's and, as a metonym, a government's. It is the
    government where it acts ('Moscow began'), owns a policy ('Moscow's position'), is addressed
    or a party to relations ('blamed Washington', 'talks with Moscow'), or is the subject of a
    verb that no place is said to do ('Beijing wants'); the city after a preposition of place,
    in a dateline, and otherwise. 'Moscow' in 'Moscow and Islamabad Format' is the Moscow Format.
    """
    metonym = next((a for a in aliases if a.kind == "metonym"), None)
    city = next((a for a in aliases if a.kind == "name"), None)
    if metonym is None or city is None:
        return None
    shared = _shared_head(text, start, end, registry)
    if shared is not None:
        return shared, "registry:shared_head", 0.85
    before = text[max(start - 40, 0) : start]
    if _POLICY.match(text, end, end + 60):
        return metonym, "place:policy", 0.8
    if _PLACE_BEFORE.search(before) or text.startswith("-based", end):
        return city, "place:preposition", 0.9
    if (start == 0 or text[start - 1] == "\n") and _DATELINE.match(text, end, end + 90):
        return city, "place:dateline", 0.9
    if _ACTS.match(text, end, end + 80):
        return metonym, "place:acts", 0.8
    if _STATE_BEFORE.search(before) or _ADDRESSED.search(before):
        return metonym, "place:relation", 0.7
    if _SUBJECT_BEFORE.search(before) and _FINITE.match(text, end, end + 90):
        return metonym, "place:subject", 0.65
    return city, "place:default", 0.5


def _shared_head(text: str, start: int, end: int, registry: Registry) -> EntityAlias | None:
    """Return the format that 'A' names in 'A and B Format', where the registry knows both."""
    link = _COORDINATED.match(text, end, end + 6)
    if link is None:
        return None
    second = re.compile(r"[A-Z]\w+ (Format|format|Process|process)\b").match(text, link.end())
    if second is None or second.group() not in registry.by_alias:
        return None
    return next(iter(registry.by_alias.get(f"{text[start:end]} {second.group(1)}", ())), None)
