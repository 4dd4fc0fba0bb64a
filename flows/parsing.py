"""The items of a batch as articles, their heads corrected, or as rejections."""

from collections.abc import Mapping

from flows.batches import Batch
from flows.settings import Settings
from tasks.corrections import Corrections, correct_article
from tasks.ingest.originals import ItemKey
from tasks.ingest.parse import parse
from tasks.records import RawItem, TextBlock, reject
from warehouse.raw import RawBytesError
from warehouse.tables import Article, Rejection

Pairs = list[tuple[RawItem, Article]]
Blocks = dict[ItemKey, tuple[TextBlock, ...]]


def parse_all(
    settings: Settings, batch: Batch, corrections: Corrections
) -> tuple[Pairs, Blocks, list[Rejection]]:
    """Return the articles of `batch` with their items, their blocks, and what is refused."""
    store = settings.raw_store
    pairs: Pairs = []
    blocks: Blocks = {}
    refused: list[Rejection] = []
    for raw in batch.raw_items:
        try:
            content = store.get(raw.raw_ref)
        except RawBytesError as error:  # lost since it was kept: the other items go on
            detail = f"{raw.item_ref}: {error}"
            ref, at = raw.raw_ref, raw.seen_at
            refused.append(reject(raw, "fetch", "unreadable", detail, raw_ref=ref, rejected_at=at))
            continue
        result = parse(raw, content, languages=settings.languages)
        if isinstance(result, Rejection):
            refused.append(result)
        else:
            pairs.append((raw, correct_article(result.article, corrections)[0]))
            blocks[raw.source_id, raw.item_ref] = result.blocks
    return pairs, blocks, refused


def drop_broken(
    pairs: Pairs, refused: list[Rejection], broken: Mapping[str, str]
) -> tuple[Pairs, list[Rejection]]:
    """Return `pairs` without those that broke, and `refused` with them."""
    whole = [(raw, article) for raw, article in pairs if article.article_id not in broken]
    failed = [
        reject(
            raw,
            "annotate",
            "internal_error",
            f"{error}: please report it with the raw file",
            raw_ref=raw.raw_ref,
            rejected_at=raw.seen_at,
        )
        for raw, article in pairs
        if (error := broken.get(article.article_id)) is not None
    ]
    return whole, refused + failed
