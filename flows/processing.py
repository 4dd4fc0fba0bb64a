"""One batch through the pipeline: parse, deduplicate, annotate, commit in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flows.annotating.extraction import Extracted, annotator
from flows.batches import Batch
from flows.knowing import Bands
from flows.logs import LOG
from flows.parsing import Blocks
from flows.preparing import Work, annotated, begin, decided, outcome
from flows.settings import Settings
from tasks.corrections import (
    ROW_TABLES,
    correct_rows,
    load_corrections,
)
from tasks.ids import digest_id
from tasks.ingest.deduplicate import Decision
from tasks.ingest.originals import Head
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


def process_batch(lake: Lake, settings: Settings, work: Work, batch: Batch) -> Counts:
    """Parse, deduplicate and annotate `batch`, commit all its rows at once, and count states.

    Slow work is done before the writer's lock is taken; what depends on the lake is decided
    again under the lock, so that two runs over the same items agree. Raises OutageError.
    """
    begun = batch.begun or begin(lake, settings, work, batch)
    batch.begun = None  # should this fail and be tried again, all is done anew
    pairs, refused, extracted = annotated(lake, work, begun)
    rejections = batch.rejections + refused
    with lake.write():
        decisions = decided(lake, pairs, begun.keys)
        entries = [*batch.repeats, *map(_ledger_entry, decisions), *map(_refused_entry, rejections)]
        _commit(lake, work, decisions, extracted, begun.blocks, begun.keys)
        put_fetches(lake.con, batch.fetches, run_id=work.run_id)
        put_rejections(lake.con, rejections, run_id=work.run_id)
        append(lake.con, "ledger", entries, run_id=work.run_id)
    counts: Counts = Counter(entry.state for entry in entries)
    LOG.info("batch committed", extra={"run_id": work.run_id, **counts})
    return counts


def _commit(
    lake: Lake,
    work: Work,
    decisions: Sequence[Decision],
    extracted: Extracted,
    blocks: Blocks,
    keys: Bands,
) -> None:
    kept, moved = outcome(decisions)
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
    extracted: Extracted,
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
