"""All links, from all that is known: users' decisions first, then the rules, the surest first."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.linking.bodies.acronyms import link_acronyms
from tasks.linking.bodies.misspelt import link_misspelt
from tasks.linking.bodies.one_name import link_types
from tasks.linking.bodies.spellings import link_bodies
from tasks.linking.links import Links, Why
from tasks.linking.persons.namesakes import namesakes
from tasks.linking.persons.rule import link_persons
from tasks.linking.profile import EvidenceOf, World
from tasks.registry import Decision
from warehouse.tables import EntityLink


def link_entities(world: World, evidence_of: EvidenceOf) -> list[EntityLink]:
    """Return the links of `world`, at most one an id and article, in order.

    The result follows from what is known, not from the order in which it came to be known. No
    `linked_id` is linked on to another; decisions on entities that are not known rest.
    """
    parted = [d for d in world.decisions if d.decision in ("apart", "split")]
    apart = [(d.entity_id, d.other_id) for d in parted]
    split = namesakes(world.roles)
    links = Links(apart, {row.entity_id for row in split})
    merged = _merge(links, world.decisions)
    link_types(links, world)
    link_bodies(links, world)
    link_misspelt(links, world)
    link_acronyms(links, world, evidence_of)
    link_persons(links, world, evidence_of)
    by_article = {
        (row.entity_id, row.article_id): replace(row, linked_id=links.root(row.linked_id))
        for row in split
        if row.entity_id not in merged
    }
    by_article |= _split(links, world.decisions, list(by_article.values()))
    rows = [*links.rows(), *(by_article[key] for key in sorted(by_article, key=str))]
    known = {listed.entity_id for listed in world.entities}
    return [row for row in rows if row.entity_id in known]


def _merge(links: Links, decisions: Sequence[Decision]) -> set[str]:
    """Make the user's merges; return the ids that are no longer their own."""
    merges = [d for d in decisions if d.decision == "merge"]
    for one in sorted(merges, key=lambda d: (d.entity_id, d.other_id)):
        links.add(one.entity_id, one.other_id, Why("decision:merge", 1.0, _told(one), "user"))
    return {one.entity_id for one in merges}


def _split(
    links: Links, decisions: Sequence[Decision], rows: Sequence[EntityLink]
) -> dict[tuple[str, str | None], EntityLink]:
    """Return a row for each id that means the split entity in the article of a user's split."""
    found: dict[tuple[str, str | None], EntityLink] = {}
    splits = [d for d in decisions if d.decision == "split"]
    for one in sorted(splits, key=lambda d: (d.entity_id, str(d.article_id), d.other_id)):
        meant = links.root(one.entity_id)
        sources = links.members(one.entity_id) | {r.entity_id for r in rows if r.linked_id == meant}
        for source in sources:
            found[source, one.article_id] = EntityLink(
                entity_id=source,
                article_id=one.article_id,
                linked_id=links.root(one.other_id),
                method="decision:split",
                score=1.0,
                evidence=_told(one),
                decided_by="user",
            )
    return found


def _told(decision: Decision) -> str:
    if decision.decided_on is None:
        return decision.note or ""
    note = f": {decision.note}" if decision.note else ""
    return f"decided by a user on {decision.decided_on}{note}"
