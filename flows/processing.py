"""One batch through the pipeline: parse, deduplicate, annotate, commit in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.batches import Batch
from flows.knowing import Bands, known_of
from flows.logs import LOG
from flows.parsing import Blocks, Pairs, drop_broken, parse_all
from flows.settings import Settings
from tasks.corrections import (
    ROW_TABLES,
    correct_rows,
    load_corrections,
)
from tasks.extract.annotate import Annotator
from tasks.ids import digest_id
from tasks.ingest.deduplicate import Decision, decide, with_original
from tasks.ingest.originals import Head
from tasks.records import Annotations
from tasks.registry import Registry, load_registry
from warehouse.commit import (
    Link,
    append,
    put_fetches,
    put_rejections,
    relink,
    replace_articles,
)
from warehouse.corrections import put_outcomes
from warehouse.lake import Lake
from warehouse.tables import (
    ARTICLE_ROWS,
    Article,
    Block,
    Correction,
    LedgerEntry,
    Rejection,
    TextBand,
)

Counts = Counter[str]
"""Items by ledger state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a run treats its batches."""

    run_id: str
    is_annotating: bool = True
    model: str | None = None
    entities: Path | None = None


def annotator(model: str | None, entities: Path | None = None) -> Annotator:
    """Return this process's extraction over `model` and a registry with the user's `entities`.

    Loading is slow, so it is done once, and again where a file of the registry has changed.
    """
    return _annotator(model, load_registry(entities))


@lru_cache(maxsize=4)
def _annotator(model: str | None, registry: Registry) -> Annotator:
    return Annotator(registry, model=model)


def process_batch(lake: Lake, settings: Settings, work: Work, batch: Batch) -> Counts:
    """Parse, deduplicate and annotate `batch`, commit all its rows at once, and count states.

    Slow work is done before the writer's lock is taken; what depends on the lake is decided
    again under the lock, so that two runs over the same items agree. Raises OutageError.
    """
    corrections = load_corrections(work.entities)
    pairs, blocks, refused = parse_all(settings, batch, corrections)
    extracted: dict[tuple[str, str], Annotations] = {}
    keys: Bands = {}
    if work.is_annotating:
        kept, _ = _outcome(_decide(lake, pairs, keys))
        extracted, broken = annotate_all(work, [a for a in kept.values() if a.duplicate_of is None])
        pairs, refused = drop_broken(pairs, refused, broken)
    rejections = batch.rejections + refused
    with lake.write():
        decisions = _decide(lake, pairs, keys)
        entries = [*batch.repeats, *map(_ledger_entry, decisions), *map(_refused_entry, rejections)]
        _commit(lake, work, decisions, extracted, blocks, keys)
        put_fetches(lake.con, batch.fetches, run_id=work.run_id)
        put_rejections(lake.con, rejections, run_id=work.run_id)
        append(lake.con, "ledger", entries, run_id=work.run_id)
    counts: Counts = Counter(entry.state for entry in entries)
    LOG.info("batch committed", extra={"run_id": work.run_id, **counts})
    return counts


def annotate_all(
    work: Work, articles: Sequence[Article]
) -> tuple[dict[tuple[str, str], Annotations], dict[str, Exception]]:
    """Return each article's rows by (article_id, text_sha256), and what broke by article_id."""
    extracted: dict[tuple[str, str], Annotations] = {}
    broken: dict[str, Exception] = {}
    extraction = annotator(work.model, work.entities)
    for article in articles:
        key = (article.article_id, article.text_sha256)
        try:
            extracted[key] = extraction.annotate(article)
        except Exception as error:  # a bug met by one text must not spoil its batch
            broken[article.article_id] = error
    return extracted, broken


def _decide(lake: Lake, pairs: Pairs, keys: Bands) -> list[Decision]:
    if not pairs:
        return []
    return decide(pairs, known_of(lake, pairs, keys))


def _outcome(decisions: Sequence[Decision]) -> tuple[dict[str, Article], dict[str, Head]]:
    """Return, by id, the articles to write as they are in the end, and others that were moved."""
    kept: dict[str, Article] = {}
    moved: dict[str, Head] = {}
    for decision in decisions:
        if decision.state != "unchanged":
            kept[decision.article.article_id] = decision.article
            moved.pop(decision.article.article_id, None)
        for head in decision.moved:
            if head.article_id in kept:
                kept[head.article_id] = with_original(kept[head.article_id], head)
            else:
                moved[head.article_id] = head
    return kept, moved


def _commit(
    lake: Lake,
    work: Work,
    decisions: Sequence[Decision],
    extracted: Mapping[tuple[str, str], Annotations],
    blocks: Blocks,
    keys: Bands,
) -> None:
    kept, moved = _outcome(decisions)
    latest = {d.article.article_id: d for d in decisions if d.state != "unchanged"}
    superseded = [
        d.article
        for d in decisions
        if d.state != "unchanged" and latest[d.article.article_id] is not d
    ]
    heads, rows, outcomes = with_rows(work, list(kept.values()), extracted)
    rows["blocks"] = [row for d in latest.values() for row in _block_rows(d, blocks)]
    rows["text_bands"] = _band_rows(heads, keys)
    replace_articles(lake.con, heads, superseded, rows, run_id=work.run_id, now=datetime.now(UTC))
    note_corrections(lake, heads, outcomes)
    links = [Link(h.article_id, h.duplicate_of, h.cluster_id, h.similarity) for h in moved.values()]
    relink(lake.con, links, _band_rows(list(moved.values()), keys), run_id=work.run_id)


def _band_rows(articles: Sequence[Article | Head], keys: Bands) -> list[TextBand]:
    """Return the keys under which the originals among `articles` are found."""
    return [
        TextBand(article_id=article.article_id, band=band)
        for article in articles
        if article.duplicate_of is None
        for band in keys[article.text_sha256]
    ]


def _block_rows(decision: Decision, blocks: Blocks) -> list[Block]:
    article_id = decision.article.article_id
    return [
        Block(
            block_id=digest_id("block", article_id, position),
            article_id=article_id,
            position=position,
            kind=block.kind,
            text=block.text,
            start_char=block.start,
            end_char=block.end,
        )
        for position, block in enumerate(blocks[decision.raw.source_id, decision.raw.item_ref])
    ]


def with_rows(
    work: Work,
    articles: Sequence[Article],
    extracted: Mapping[tuple[str, str], Annotations],
) -> tuple[list[Article], dict[str, list[Any]], list[Correction]]:
    """Return `articles`, marked with the extraction's version where it ran, and all their rows.

    Rows are corrected; what became of each correction comes with them.
    """
    heads: list[Article] = []
    outcomes: list[Correction] = []
    corrections = load_corrections(work.entities)
    rows: dict[str, list[Any]] = {table: [] for table in ARTICLE_ROWS}
    for article in articles:
        if not work.is_annotating or article.duplicate_of is not None:
            heads.append(article)
            continue
        key = (article.article_id, article.text_sha256)
        # Missing where another run's commit changed the decision meanwhile: rare, so done here.
        extraction = annotator(work.model, work.entities)
        annotations = extracted.get(key) or extraction.annotate(article)
        annotations, told = correct_rows(annotations, corrections)
        outcomes += told
        heads.append(
            replace(
                article,
                annotated_with=extraction.model_version,
                step_versions=extraction.step_versions,
            )
        )
        for table, table_rows in rows.items():
            table_rows.extend(getattr(annotations, table))
    return heads, rows, outcomes


def note_corrections(lake: Lake, heads: Sequence[Article], outcomes: Sequence[Correction]) -> None:
    """Note what became of corrections in `heads`, as far as they were annotated."""
    read = {head.article_id: ROW_TABLES for head in heads if head.annotated_with is not None}
    put_outcomes(lake, outcomes, read)


def _ledger_entry(decision: Decision) -> LedgerEntry:
    raw = decision.raw
    return LedgerEntry(
        source_id=raw.source_id,
        item_ref=raw.item_ref,
        state=decision.state,
        article_id=decision.article.article_id,
        raw_ref=raw.raw_ref,
        media_type=raw.media_type,
        seen_at=raw.seen_at,
    )


def _refused_entry(rejection: Rejection) -> LedgerEntry:
    return LedgerEntry(
        source_id=rejection.source_id,
        item_ref=rejection.item_ref,
        state="rejected",
        reason=rejection.reason,
        raw_ref=rejection.raw_ref,
        media_type=rejection.media_type,
        seen_at=rejection.rejected_at,
    )
