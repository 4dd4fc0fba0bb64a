"""The pipeline as plain functions: callable from Python, wrapped by `flows.prefect_flows`.

`run` = ingest (discover, fetch, parse, deduplicate, annotate, commit) and publish (check, publish).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.annotating.extraction import Gather, annotator
from flows.annotating.opening import Hands, behind, own_hands
from flows.batches import Batch, batches, find_batches
from flows.knowing import index_old_texts
from flows.logs import LOG
from flows.preparing import Work, begun_ahead, give_out
from flows.processing import Counts, note_corrections, process_batch, with_rows
from flows.publishing import Published, Summary, conclude, publish
from flows.recording import recorded_run
from flows.settings import Settings
from flows.web import read_again
from tasks.ingest.web.gathered import Gathered
from tasks.records import RawItem, Source, is_address
from warehouse.commit import replace_articles
from warehouse.fetches import seen_fetches
from warehouse.known import heads
from warehouse.lake import Lake
from warehouse.maintenance import merge
from warehouse.tables import Article, Fetch, Rejection
from warehouse.waiting import mark_retried, open_rejections, waiting_articles

Process = Callable[[Lake, Settings, Work, Batch], Counts]
Report = Callable[[Counts], None]


MERGED = 100
"""Batches after which a run merges the files it wrote: each batch adds one to most tables, and the
questions to the lake take longer with each."""


def sources_of(settings: Settings, wanted: Sequence[str]) -> list[Source]:
    """Return the sources to read: those `wanted`, or else all that the settings enable.

    A source of the settings is wanted by its id; anything else is a path or an address.
    """
    known = {source.id: source for source in settings.sources}
    if not wanted:
        return [source.source for source in settings.sources if source.enabled]
    return [
        known[name].source if name in known and not Path(name).exists() else source_at(name)
        for name in dict.fromkeys(wanted)
    ]


def source_at(location: str) -> Source:
    """Return the source at a path (its id is 'local') or an address ('web') given by hand.

    A file that ends in `.urls` is a list of addresses.
    """
    if is_address(location):
        return Source(source_id="web", location=location)
    is_list = location.lower().endswith(".urls")
    return Source(location=location, kind="address_list" if is_list else None)


def ingest(
    settings: Settings,
    sources: Sequence[Source],
    *,
    flow: str = "run",
    process: Process = process_batch,
    hands: Hands = own_hands,
    report: Report = lambda _: None,
) -> str:
    """Take in all that is new in `sources`, in batches, and return the run's id.

    `flow` 'ingest' leaves articles to wait for `annotate`. Raises SourceError, OutageError.
    """
    with recorded_run(settings, flow, hands=hands) as (lake, work):
        index_old_texts(lake, run_id=work.run_id)
        found = begun_ahead(lake, settings, work, find_batches(lake, settings, sources))
        for number, batch in enumerate(found, start=1):
            report(process(lake, settings, work, batch))
            if number % MERGED == 0:
                merge(lake)
        if work.is_annotating:
            _annotate_waiting(lake, settings, work)
    return work.run_id


def annotate(
    settings: Settings, *, hands: Hands = own_hands, report: Report = lambda _: None
) -> str:
    """Annotate the articles that wait for it, in batches, and return the run's id."""
    with recorded_run(settings, "annotate", hands=hands) as (lake, work):
        _annotate_waiting(
            lake,
            settings,
            work,
            model_version=annotator(work.model, work.entities).model_version,
            report=report,
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
    found = ((part, give_out(work, part)) for part in _waiting(lake, settings, model_version))
    for articles, gather in behind(found, 0 if work.crew is None else 1):
        report(Counter(processed=_annotate_batch(lake, work, articles, gather)))


def _waiting(lake: Lake, settings: Settings, model_version: str | None) -> Iterator[list[Article]]:
    after = ""
    while articles := waiting_articles(
        lake, model_version=model_version, limit=settings.batch_size, after=after
    ):
        yield articles
        after = articles[-1].article_id


def _annotate_batch(lake: Lake, work: Work, articles: list[Article], gather: Gather) -> int:
    """Commit the rows of `articles`; one that changed meanwhile is left to wait."""
    extracted, broken = gather()
    for article_id, error in broken.items():
        LOG.error("article %s cannot be annotated: %s", article_id, error)
    with lake.write():
        present = {
            a.article_id: (a.revision, a.duplicate_of)
            for a in heads(lake, [a.article_id for a in articles])
        }
        same = [
            article
            for article in articles
            if article.article_id not in broken
            and present.get(article.article_id) == (article.revision, None)
        ]
        new_heads, rows, outcomes = with_rows(work, same, extracted)
        replace_articles(lake.con, new_heads, [], rows, run_id=work.run_id, now=datetime.now(UTC))
        note_corrections(lake, new_heads, outcomes)
    return len(same)


def retry(
    settings: Settings,
    *,
    reasons: tuple[str, ...] = (),
    source_id: str | None = None,
    process: Process = process_batch,
    report: Report = lambda _: None,
) -> str:
    """Try rejected items again, from their kept bytes or their address; return the run's id."""
    # One by one: an article that ended its process is no sooner read here, and may do so again.
    apart = settings.annotate.model_copy(update={"chunk": 1})
    settings = settings.model_copy(update={"annotate": apart})
    with recorded_run(settings, "retry") as (lake, work):
        refused = open_rejections(lake, reasons=reasons, source_id=source_id)
        fetches = seen_fetches(lake, [(r.source_id, r.item_ref) for r in refused])
        now = datetime.now(UTC)
        kept = [r for r in refused if r.raw_ref is not None]
        for start in range(0, len(kept), settings.batch_size):
            part = kept[start : start + settings.batch_size]
            raw_items = [
                _kept_item(settings, r, fetches.get((r.source_id, r.item_ref)), now) for r in part
            ]
            report(process(lake, settings, work, Batch(raw_items=raw_items)))
            mark_retried(lake, part, at=now)
        lost = [r for r in refused if r.raw_ref is None]
        found = _ask_again(lake, settings, [fetches[r.source_id, r.item_ref] for r in lost])
        for batch in batches(lake, settings, found):
            report(process(lake, settings, work, batch))
        mark_retried(lake, lost, at=now)
    return work.run_id


def _kept_item(
    settings: Settings, rejection: Rejection, fetch: Fetch | None, now: datetime
) -> RawItem:
    """Return a rejected item whose bytes are kept, as it was when they were fetched."""
    return RawItem(
        source_id=rejection.source_id,
        item_ref=rejection.item_ref,
        media_type=rejection.media_type or "text/plain",
        raw_ref=rejection.raw_ref or "",
        fetched_at=(fetch.fetched_at if fetch else None) or now,
        seen_at=now,
        publisher=_source(settings, rejection.source_id).publisher,
        fetch=fetch,
    )


def _ask_again(lake: Lake, settings: Settings, fetches: Sequence[Fetch]) -> Iterator[Gathered]:
    for source_id in sorted({fetch.source_id for fetch in fetches}):
        mine = [fetch for fetch in fetches if fetch.source_id == source_id]
        yield from read_again(lake, settings, _source(settings, source_id), mine)


def _source(settings: Settings, source_id: str) -> Source:
    """Return a source of the settings, or one that has no more than the id."""
    named = (source.source for source in settings.sources if source.id == source_id)
    return next(named, Source(source_id=source_id, location=""))


def run(
    settings: Settings,
    sources: Sequence[Source],
    *,
    ingest: Callable[..., str] = ingest,
    publish: Callable[..., Published] = publish,
    report: Report = lambda _: None,
    flow: str = "run",
) -> Summary:
    """Take in what is new in `sources`, annotate it, check, publish, and say what was done."""
    run_id = ingest(settings, sources, flow=flow, report=report)
    return conclude(settings, run_id, publish(settings))
