"""Corrections in the lake: what changed in the files is taken up, what no longer holds is told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flows.logs import LOG
from flows.settings import Settings
from tasks.corrections import (
    ROW_TABLES,
    Corrections,
    correct_article,
    load_corrections,
    restored,
)
from tasks.registry import Decision, Registry
from warehouse import corrections as table
from warehouse.commit import replace_articles
from warehouse.known import heads
from warehouse.lake import Lake
from warehouse.tables import Article, Correction, EntityLink


def take_up(lake: Lake, settings: Settings, *, run_id: str) -> None:
    """Have the lake know the corrections of the files, and read again what a change bears on.

    Heads of articles are corrected, or put back, at once; an article in which a row is corrected
    otherwise than before waits to be annotated. Raises SeedError where a file is wrong.
    """
    wanted = load_corrections(settings.entities_folder)
    held = table.held(lake)
    new = [one for one in wanted.by_id.values() if not _is_same(one, held.get(one.correction_id))]
    changed = {one.correction_id for one in new}
    gone = [one for name, one in held.items() if name not in wanted.by_id or name in changed]
    if not new and not gone:
        return
    with lake.write():
        written, outcomes = _heads(lake, wanted, new, gone)
        # Their texts are read in the light of their heads, of the day of publication above all.
        waiting = [replace(head, annotated_with=None, step_versions=None) for head in written]
        replace_articles(lake.con, waiting, [], {}, run_id=run_id, now=datetime.now(UTC))
        applied = {one.article_id for one in gone if one.article_id and one.state == "applied"}
        table.let_wait(lake, applied | table.articles_of(lake, _rows(new)))
        kept = {name: one for name, one in held.items() if name not in changed}
        rows = [kept.get(name, one) for name, one in wanted.by_id.items()]
        told = {one.correction_id: one for one in outcomes}
        table.put(lake, [told.get(one.correction_id, one) for one in rows])


def _is_same(one: Correction, other: Correction | None) -> bool:
    if other is None:
        return False
    return one == replace(other, state=one.state, found=one.found, article_id=one.article_id)


def _rows(corrections: Iterable[Correction]) -> Iterable[tuple[str, str, str]]:
    """Yield table, column of ids and id of each row of an article that is corrected."""
    for one in corrections:
        name = (one.field or "").partition(".")[0]
        if one.kind in ("set_value", "reject_row") and name in ROW_TABLES:
            yield name, ROW_TABLES[name][0], one.subject


def _heads(
    lake: Lake, wanted: Corrections, new: Sequence[Correction], gone: Sequence[Correction]
) -> tuple[list[Article], list[Correction]]:
    """Return the heads that change: put back where a correction went, corrected where one came."""
    undone = [one for one in gone if _is_of_head(one)]
    ids = {one.subject for one in (*new, *undone) if _is_of_head(one)}
    written: list[Article] = []
    outcomes: list[Correction] = []
    for head in heads(lake, sorted(ids)):
        now = head
        for one in undone:
            now = restored(now, one) if one.subject == head.article_id else now
        now, told = correct_article(now, wanted)
        outcomes += told
        if now != head:
            written.append(now)
    return written, outcomes


def _is_of_head(one: Correction) -> bool:
    return one.kind == "set_value" and (one.field or "").startswith("articles.")


def decisions(lake: Lake, registry: Registry, corrections: Corrections) -> list[Decision]:
    """Return what corrections decide about entities, as far as they apply to this lake.

    What the user has decided otherwise stands.
    """
    wanted = corrections.of_entities
    names = _names(lake, registry, wanted)
    decided = {(d.decision, d.entity_id, d.article_id) for d in registry.decisions}
    found = []
    for one in wanted:
        if one.expect is not None and one.expect not in names.get(one.subject, ()):
            continue
        kind = "merge" if one.kind == "merge_entities" else "split"
        if (kind, one.subject, one.field) in decided:
            continue
        told = f"correction '{one.correction_id}' by {one.author}: {one.reason}"
        found.append(
            Decision(
                decision="merge" if kind == "merge" else "split",
                entity_id=one.subject,
                other_id=one.value or "",
                article_id=one.field,
                decided_on=None,
                note=told,
            )
        )
    return found


def _names(lake: Lake, registry: Registry, wanted: Iterable[Correction]) -> dict[str, list[str]]:
    """Return the names of the entities that `wanted` are about, the registry's first."""
    ids = {one.subject for one in wanted}
    found = table.names_of(lake, ids)
    for entity_id in ids & registry.by_id.keys():
        name = registry.by_id[entity_id].name
        found[entity_id] = [name, *(one for one in found.get(entity_id, ()) if one != name)]
    return found


def conclude_corrections(
    lake: Lake, registry: Registry, corrections: Corrections, links: Sequence[EntityLink]
) -> list[Correction]:
    """Settle the state of each correction, tell of those that no longer apply, and return these."""
    held = table.held(lake)
    entities = [one for one in held.values() if one.kind in ("merge_entities", "split_entity")]
    names = _names(lake, registry, entities)
    looked_at = [_entity_state(one, links, names) for one in entities]
    looked_at += _head_states(lake, [one for one in held.values() if _is_of_head(one)])
    changed = [one for one in looked_at if one != held[one.correction_id]]
    if changed:
        with lake.write():
            table.put_outcomes(lake, changed, {})
    now = held | {one.correction_id: one for one in changed}
    stale = [now[name] for name in corrections.by_id if name in now and now[name].state == "stale"]
    for one in [] if lake.is_inside else stale:  # a promotion is told of by the run after it
        LOG.warning(
            "correction '%s' no longer applies: %s",
            one.correction_id,
            _problem(one),
            extra={"correction_id": one.correction_id},
        )
    return stale


def _entity_state(
    one: Correction, links: Sequence[EntityLink], names: dict[str, list[str]]
) -> Correction:
    is_made = any(
        link.entity_id == one.subject
        and link.article_id == one.field
        and f"correction '{one.correction_id}'" in link.evidence
        for link in links
    )
    if is_made:
        return replace(one, state="applied", found=one.found or one.expect)
    known = names.get(one.subject)
    return replace(one, state="stale" if known else "absent", found=known[0] if known else None)


def _head_states(lake: Lake, held: Sequence[Correction]) -> list[Correction]:
    from tasks.corrections.values import column_of, parsed, place, shown

    by_id = {head.article_id: head for head in heads(lake, sorted({o.subject for o in held}))}
    found = []
    for one in held:
        head, name = by_id.get(one.subject), place(one)[1]
        if head is None:
            found.append(replace(one, state="absent", found=None, article_id=None))
        elif getattr(head, name) == parsed(column_of("articles", name), one.value):
            found.append(replace(one, state="applied", article_id=head.article_id))
        else:
            value = shown(getattr(head, name))
            found.append(replace(one, state="stale", found=value, article_id=head.article_id))
    return found


def _problem(one: Correction) -> str:
    where = f"{one.field} of {one.subject}" if one.field else one.subject
    met = "nothing" if one.found is None else f"'{one.found}'"
    expected = "nothing" if one.expect is None else f"'{one.expect}'"
    return f"{where} was to be {expected}, found {met}; mend or delete the row"
