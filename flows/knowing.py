"""All that deduplication needs to know about a batch, asked of the lake."""

from collections.abc import Mapping, Sequence

from tasks.ingest.deduplicate import article_digest, head_of
from tasks.ingest.originals import Head, Known, is_earlier
from tasks.ingest.similarity import NEAREST, SHARED, bands
from tasks.records import RawItem
from warehouse import known
from warehouse.commit import append
from warehouse.lake import Lake
from warehouse.tables import Article, TextBand
from warehouse.text_index import near_originals, texts_without_bands

Pairs = Sequence[tuple[RawItem, Article]]
Bands = dict[str, tuple[int, ...]]
"""Keys of texts by `text_sha256`; filled as texts are met, since a batch is looked at twice."""


INDEXED = 1_000
"""Texts that are put into the index in one transaction."""


def index_old_texts(lake: Lake, *, run_id: str) -> None:
    """Put into the index the originals that came in before there was one."""
    after = ""
    while texts := texts_without_bands(lake, after=after, limit=INDEXED):
        rows = [
            TextBand(article_id=name, band=band) for name, text in texts for band in bands(text)
        ]
        with lake.write() as con:
            append(con, "text_bands", rows, run_id=run_id)
        after = texts[-1][0]


def known_of(lake: Lake, pairs: Pairs, keys: Bands) -> Known:
    """Return what the lake holds about `pairs`: same items, same articles, texts alike."""
    articles = [article for _, article in pairs]
    seen = known.last_seen(lake, [(raw.source_id, raw.item_ref) for raw, _ in pairs])
    previous = {key: last.article_id for key, last in seen.items() if last.article_id}
    by_text, near = _alike(lake, articles, keys)
    parsed = {article.article_id for article in articles}
    ids = parsed.union(previous.values(), by_text.values(), *near.values())
    found = known.heads(lake, sorted(ids))
    own = [head for head in found if head.article_id in parsed.union(previous.values())]
    brought = known.deliverers(lake, [head.article_id for head in own])
    old = known.old_revisions(lake, [head.article_id for head in own if head.revision > 1])
    heads = {head.article_id: head_of(head, brought.get(head.article_id)) for head in found}

    changing = _may_change(heads, pairs, previous, by_text, near)
    strays = known.copies(lake, changing)
    copies: dict[str, list[str]] = {original: [] for original in changing}
    for stray in strays:
        # Another run may have moved it since: what is decided here is decided again under the lock.
        copies.setdefault(stray.duplicate_of or "", []).append(stray.article_id)
    if strays:
        more_by_text, more_near = _alike(lake, strays, keys)
        by_text, near = more_by_text | by_text, more_near | near
        missing = {*by_text.values(), *(i for ids in near.values() for i in ids)} - heads.keys()
        for head in [*strays, *known.heads(lake, sorted(missing))]:
            heads.setdefault(head.article_id, head_of(head, None))
    return Known(
        heads=heads,
        by_text=by_text,
        old_revisions={(article.article_id, article_digest(article)) for article in old},
        previous=previous,
        near=near,
        copies=copies,
        bands=keys,
    )


def _alike(
    lake: Lake, articles: Sequence[Article], keys: Bands
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return, by `text_sha256`, the original with the very text, and those with texts like it."""
    for article in articles:
        if article.text_sha256 not in keys:
            keys[article.text_sha256] = bands(article.text)
    texts = sorted({article.text_sha256 for article in articles})
    same = known.originals_by_text(lake, texts)
    return same, near_originals(
        lake, {text: keys[text] for text in texts}, shared=SHARED, limit=NEAREST
    )


def _may_change(
    heads: Mapping[str, Head],
    pairs: Pairs,
    previous: Mapping[tuple[str, str], str],
    by_text: Mapping[str, str],
    near: Mapping[str, Sequence[str]],
) -> list[str]:
    """Return the originals that `pairs` may revise, or that an earlier article may replace."""
    found = set()
    for raw, article in pairs:
        new = head_of(article, None)
        for article_id in (article.article_id, previous.get((raw.source_id, raw.item_ref))):
            head = heads.get(article_id or "")
            if head and head.digest != new.digest:
                found.add(head.article_id)
        alike = [*near.get(new.text_sha256, ()), by_text.get(new.text_sha256)]
        found.update(i for i in alike if i and is_earlier(new, heads[i]))
    return sorted(i for i in found if heads[i].duplicate_of is None)
