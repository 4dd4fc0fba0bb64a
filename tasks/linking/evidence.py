"""Whether what is known of two entities speaks for or against their being one."""

import re
from typing import NamedTuple

from tasks.extract.wordlist import words
from tasks.letters import folded
from tasks.linking.profile import Evidence

SHARED = 2
"""Entities that two contexts must share; one alone is chance."""
_KEPT = words("prime foreign defence interior finance vice deputy press attorney crown chief")
_FIXED = (
    "secretary of state", "secretary of defence", "secretary general", "director general",
    "attorney general", "commander in chief", "chief of staff", "head of state",
)  # fmt: skip
"""Roles whose heart is more than the words before a preposition."""
_END = re.compile(r"\b(?:of|to|for|on|at|in|with)\b|,")

_POSTED = words(
    "ambassador envoy representative negotiator diplomat adviser advisor consul correspondent"
)
"""Roles whose country may be that of the posting, hence no evidence against one person."""


class Verdict(NamedTuple):
    """What speaks for two entities being one, in words; `contradicts` overrules it."""

    agreements: tuple[str, ...]
    contradicts: bool


def role_head(role: str) -> str:
    """Return what a role is at its heart: 'minister' of 'former US Minister of Trade'."""
    plain = folded(role).replace("-", " ").replace("defense", "defence")
    fixed = next((phrase for phrase in _FIXED if re.search(rf"\b{phrase}\b", plain)), None)
    if fixed is not None:
        lesser = re.search(rf"\b(deputy|assistant|under|vice) {fixed}", plain)
        return f"{lesser.group(1)} {fixed}" if lesser else fixed
    said = re.findall(r"[a-z]+", _END.split(plain, maxsplit=1)[0])
    return " ".join(said[-2:] if len(said) > 1 and said[-2] in _KEPT else said[-1:])


def is_posted(role: str) -> bool:
    """Tell whether the role is one in another country than its own."""
    return not _POSTED.isdisjoint(role_head(role).split())


def weigh(one: Evidence, other: Evidence) -> Verdict:
    """Compare two entities: roles, countries, and the entities in whose company they stand."""
    roles, countries = one.roles & other.roles, one.countries & other.countries
    context = one.context & other.context
    agreements = []
    if roles:
        agreements.append(f"same role ({_listed(roles)})")
    if countries:
        agreements.append(f"same country ({_listed(countries)})")
    if len(context) >= SHARED:
        agreements.append(f"both beside {_listed(context)}")
    other_country = bool(one.countries and other.countries) and not countries
    other_role = bool(one.roles and other.roles) and not roles and not countries
    return Verdict(tuple(agreements), other_country or other_role)


def _listed(values: frozenset[str], most: int = 3) -> str:
    return ", ".join(sorted(values)[:most])
