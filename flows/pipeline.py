"""The pipeline as plain functions: callable from Python, wrapped by `flows.prefect_flows`.

`run` = ingest (discover, fetch, parse, deduplicate, annotate, commit) and publish (check, publish).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from flows.batches import Batch, find_batches
from flows.logs import LOG
from flows.processing import Counts, Work, annotate_all, annotator, process_batch, with_rows
from flows.publishing import Published, Summary, conclude, publish
from flows.recording import recorded_run
from flows.settings import Settings
from tasks.records import RawItem, Source
from warehouse.commit import replace_articles
from warehouse.known import heads
from warehouse.lake import Lake
from warehouse.tables import Article
from warehouse.waiting import mark_retried, open_rejections, waiting_articles

Process = Callable[[Lake, Settings, Work, Batch], Counts]
Report = Callable[[Counts], None]


def sources_of(settings: Settings, locations: Sequence[str]) -> list[Source]:
    """Return the sources to read: `locations` by hand, or else all that the settings name."""
    if locations:
        return [Source(location=location) for location in locations]
    return [
        Source(
            source_id=source.id,
            location=source.location,
            publisher=source.publisher,
            mapping=source.mapping,
        )
        for source in settings.sources
    ]


def ingest(
    settings: Settings,
    sources: Sequence[Source],
    *,
    flow: str = "run",
    process: Process = process_batch,
    report: Report = lambda _: None,
) -> str:
    """Take in all that is new in `sources`, in batches, and return the run's id.

    `flow` 'ingest' leaves articles to wait for `annotate`. Raises SourceError, OutageError.
    """
    with recorded_run(settings, flow) as (lake, work):
        for batch in find_batches(lake, settings, sources):
            report(process(lake, settings, work, batch))
        if work.is_annotating:
            _annotate_waiting(lake, settings, work)
    return work.run_id


def annotate(settings: Settings, *, report: Report = lambda _: None) -> str:
    """Annotate the articles that wait for it, in batches, and return the run's id."""
    with recorded_run(settings, "annotate") as (lake, work):
        _annotate_waiting(
            lake, settings, work, model_version=annotator().model_version, report=report
        )
    return work.run_id


def _annotate_waiting(
    lake: Lake,
    settings: Settings,
    work: Work,
    *,
    model_version: str | None = None,
    report: Report = lambda _: None,
) -> None:
    """Annotate the articles that wait: never annotated, or by another than `model_version`."""
    after = ""
    while articles := waiting_articles(
        lake, model_version=model_version, limit=settings.batch_size, after=after
    ):
        report(Counter(processed=_annotate_batch(lake, work, articles)))
        after = articles[-1].article_id


def _annotate_batch(lake: Lake, work: Work, articles: list[Article]) -> int:
    """Annotate `articles` and commit their rows; one that changed meanwhile is left to wait."""
    extracted, broken = annotate_all(articles)
    for article_id, error in broken.items():
        LOG.error("article %s cannot be annotated: %r", article_id, error)
    with lake.write():
        revisions = {
            a.article_id: a.revision for a in heads(lake, [a.article_id for a in articles])
        }
        same = [
            article
            for article in articles
            if article.article_id not in broken
            and revisions.get(article.article_id) == article.revision
        ]
        new_heads, rows = with_rows(same, extracted, is_annotating=True)
        replace_articles(lake.con, new_heads, [], rows, run_id=work.run_id, now=datetime.now(UTC))
    return len(same)


def retry(
    settings: Settings,
    *,
    reasons: tuple[str, ...] = (),
    source_id: str | None = None,
    process: Process = process_batch,
    report: Report = lambda _: None,
) -> str:
    """Try rejected items again from their kept bytes, and return the run's id."""
    publishers = {source.id: source.publisher for source in settings.sources}
    with recorded_run(settings, "retry") as (lake, work):
        refused = open_rejections(lake, reasons=reasons, source_id=source_id)
        now = datetime.now(UTC)
        for start in range(0, len(refused), settings.batch_size):
            part = refused[start : start + settings.batch_size]
            raw_items = [
                RawItem(
                    source_id=r.source_id,
                    item_ref=r.item_ref,
                    media_type=r.media_type,
                    raw_ref=r.raw_ref,
                    fetched_at=now,
                    seen_at=now,
                    publisher=publishers.get(r.source_id),
                )
                for r in part
                if r.raw_ref is not None and r.media_type is not None
            ]
            report(process(lake, settings, work, Batch(raw_items=raw_items)))
            mark_retried(lake, part, at=now)
    return work.run_id


def run(
    settings: Settings,
    sources: Sequence[Source],
    *,
    ingest: Callable[..., str] = ingest,
    publish: Callable[..., Published] = publish,
    report: Report = lambda _: None,
) -> Summary:
    """Take in what is new in `sources`, annotate it, check, publish, and say what was done."""
    run_id = ingest(settings, sources, report=report)
    return conclude(settings, run_id, publish(settings))
