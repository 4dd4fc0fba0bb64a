"""A batch before its commit: parsed, deduplicated, given out to be annotated, and taken in."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.annotating.crew import Crew
from flows.annotating.extraction import Extracted, Gather, annotator, read_here
from flows.annotating.opening import behind
from flows.batches import Batch
from flows.knowing import Bands, known_of
from flows.logs import LOG
from flows.parsing import Blocks, Pairs, drop_broken, parse_all
from flows.settings import Settings
from tasks.corrections import load_corrections
from tasks.extract.steps.graph import ALL, StepName
from tasks.ingest.deduplicate import Decision, decide, with_original
from tasks.ingest.originals import Head
from warehouse.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.tables import Article, Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a run treats its batches."""

    run_id: str
    is_annotating: bool = True
    model: str | None = None
    entities: Path | None = None
    crew: Crew | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A batch that is parsed, with its articles given out to be annotated."""

    pairs: Pairs
    blocks: Blocks
    refused: list[Rejection]
    keys: Bands
    gather: Gather


def give_out(work: Work, articles: Sequence[Article], steps: Collection[StepName] = ALL) -> Gather:
    """Have `articles` annotated by the crew; without one, here when the rows are asked for."""
    if not articles:
        return lambda: ({}, {})
    extraction = annotator(work.model, work.entities)
    if work.crew is not None and work.crew.takes(len(articles)):
        return work.crew.submit(articles, extraction, steps)
    return partial(read_here, extraction, articles, steps)


def begun_ahead(
    lake: Lake, settings: Settings, work: Work, found: Iterable[Batch]
) -> Iterator[Batch]:
    """Yield what is `found`; where a crew annotates, the next batch is always begun already."""
    if work.crew is None:
        return iter(found)
    return behind((_begun(lake, settings, work, batch) for batch in found), 1)


def _begun(lake: Lake, settings: Settings, work: Work, batch: Batch) -> Batch:
    try:
        batch.begun = begin(lake, settings, work, batch)
    except WarehouseError as error:  # the batch before is committed first, and may have retries
        LOG.info("a batch could not be begun ahead", extra={"error": str(error)})
    return batch


def begin(lake: Lake, settings: Settings, work: Work, batch: Batch) -> Begun:
    """Parse `batch`, look at what the lake has of it, and give out the rest. Raises OutageError."""
    pairs, blocks, refused = parse_all(settings, batch, load_corrections(work.entities))
    keys: Bands = {}
    articles = _to_annotate(lake, pairs, keys) if work.is_annotating else []
    gather = give_out(work, articles)
    return Begun(pairs=pairs, blocks=blocks, refused=refused, keys=keys, gather=gather)


def annotated(lake: Lake, work: Work, begun: Begun) -> tuple[Pairs, list[Rejection], Extracted]:
    """Wait for the rows of `begun`; return its items, what is refused, and the rows.

    An article that broke is refused, and a copy that stands in for it then is annotated, as is one
    whose original was revised by the batch that was committed since this one was begun.
    """
    pairs, refused = begun.pairs, begun.refused
    extracted, broken = begun.gather()
    while broken or work.crew is not None:
        wanted = _to_annotate(lake, pairs, begun.keys)
        ended = {a.article_id: broken[a.article_id] for a in wanted if a.article_id in broken}
        lacking = [a for a in wanted if (a.article_id, a.text_sha256) not in extracted]
        if ended:
            pairs, refused = drop_broken(pairs, refused, ended)
        elif lacking:
            more, also_broken = give_out(work, lacking)()
            extracted, broken = extracted | more, broken | also_broken
        else:
            break
    return pairs, refused, extracted


def _to_annotate(lake: Lake, pairs: Pairs, keys: Bands) -> list[Article]:
    """Return the articles that are to have rows, as far as the lake is known now."""
    kept, _ = outcome(decided(lake, pairs, keys))
    return [article for article in kept.values() if article.duplicate_of is None]


def decided(lake: Lake, pairs: Pairs, keys: Bands) -> list[Decision]:
    """Return what is to become of each item, as far as the lake is known now."""
    if not pairs:
        return []
    return decide(pairs, known_of(lake, pairs, keys))


def outcome(decisions: Sequence[Decision]) -> tuple[dict[str, Article], dict[str, Head]]:
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
