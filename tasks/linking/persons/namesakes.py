"""People who share a full name: told apart by the countries of their roles."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.linking.evidence import is_posted
from tasks.linking.profile import RoleUse
from warehouse.tables import EntityLink

ALONE = 2
"""Articles that must give a registry's person another country: one may misread a demonym."""
LEAST = 0.1
"""Share of the articles with a country below which one is taken for misread, not for a namesake."""


def namesakes(roles: Sequence[RoleUse]) -> list[EntityLink]:
    """Return, article by article, the namesake that is meant, such as 'person:john-smith.gbr'.

    Roles of posted people (ambassadors, envoys) are no evidence. Countries that one article gives
    to a person are one person's. The registry's own (a row without article) keep their id.
    """
    by_person: dict[str, list[RoleUse]] = {}
    for use in roles:
        if use.country is not None and not is_posted(use.role):
            by_person.setdefault(use.entity_id, []).append(use)
    return [row for _, uses in sorted(by_person.items()) for row in _rows(uses)]


def _rows(uses: Sequence[RoleUse]) -> Iterator[EntityLink]:
    """Yield a row for each article in which one person's id means a namesake."""
    given: dict[str | None, set[str]] = {}
    for use in uses:
        given.setdefault(use.article_id, set()).add(str(use.country))
    own = given.pop(None, set())
    sides = _sides([own, *given.values()])
    meant = {article_id: sides[min(countries)] for article_id, countries in given.items()}
    counts = Counter(meant.values())
    kept = {sides[country] for country in own}
    least = max(LEAST * len(meant), ALONE if own else 1)
    sure = {side for side, count in counts.items() if count >= least} | kept
    if len(sure) < 2:
        return
    for article_id, side in sorted(meant.items(), key=str):
        if side in sure - kept:
            yield _row(uses[0].entity_id, article_id, side, sorted(sure - {side}))


def _sides(groups: Sequence[set[str]]) -> dict[str, str]:
    """Return, for each country, the first by code of those that stand together with it."""
    side: dict[str, str] = {}
    for group in groups:
        joined = group | {c for c, s in side.items() if s in {side.get(g) for g in group}}
        side.update(dict.fromkeys(joined, min(joined, default="")))
    return side


def _row(entity_id: str, article_id: str | None, side: str, others: Sequence[str]) -> EntityLink:
    return EntityLink(
        entity_id=entity_id,
        article_id=article_id,
        linked_id=f"{entity_id}.{side.lower()}",
        method="namesake:country",
        score=0.8,
        evidence=f"has a role of {side} here; elsewhere the name has one of {', '.join(others)}",
        decided_by="rule",
    )
