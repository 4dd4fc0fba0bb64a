"""Entities, evidence and decisions for tests of linking."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tasks.linking import Evidence, Listed, World, link_entities
from tasks.registry import Decision


def listed(entity_id: str, name: str, **given: Any) -> Listed:
    """An entity that articles mention twice in one article, unless `given` says otherwise."""
    values: dict[str, Any] = {"mentions": 2, "articles": 1}
    return Listed(entity_id, name, entity_id.split(":")[0], **(values | given))


def known(entity_id: str, name: str, **given: Any) -> Listed:
    return listed(entity_id, name, is_registry=True, **given)


def evidence(roles: str = "", countries: str = "", context: str = "") -> Evidence:
    """Evidence from lists: roles parted by commas, the others by spaces."""
    heads = frozenset(role.strip() for role in roles.split(",") if role)
    return Evidence(heads, frozenset(countries.split()), frozenset(context.split()))


def decision(kind: str, entity_id: str, other_id: str, article_id: str | None = None) -> Decision:
    return Decision(
        decision=kind,  # type: ignore[arg-type]
        entity_id=entity_id,
        other_id=other_id,
        article_id=article_id,
        decided_on=date(2024, 5, 6),
        note="read both",
    )


def linked(world: World, found: Mapping[str, Evidence] | None = None) -> dict[str, str]:
    """What each id means, links in one article left out."""
    rows = link_entities(world, evidence_of(found or {}))
    return {row.entity_id: row.linked_id for row in rows if row.article_id is None}


def by_article(world: World) -> dict[tuple[str, str], str]:
    """What an id means in an article, links everywhere left out."""
    rows = link_entities(world, evidence_of({}))
    return {(r.entity_id, r.article_id): r.linked_id for r in rows if r.article_id is not None}


def evidence_of(found: Mapping[str, Evidence]) -> Any:
    def of(entity_ids: Collection[str]) -> Mapping[str, Evidence]:
        return {one: found[one] for one in entity_ids if one in found}

    return of
