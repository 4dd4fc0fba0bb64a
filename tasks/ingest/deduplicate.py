"""Decide, for each parsed item, whether it is new, seen before, revised or a repeat."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from tasks.ids import digest_id
from tasks.ingest.originals import Head, ItemKey, Known, Originals
from tasks.records import RawItem
from warehouse.tables import Article, ItemState

ROW_OF_FILE = re.compile(r"#\d+$")


class Decision(NamedTuple):
    """What becomes of one item; `article` has its id and revision, and its original as of now.

    `moved` holds the articles, of the store or of items before this one, that it gives another
    original or none: later decisions count over earlier ones.
    """

    raw: RawItem
    article: Article
    state: ItemState
    moved: tuple[Head, ...] = ()


def head_of(article: Article, delivered_by: ItemKey | None) -> Head:
    """Return what deduplication needs to know of `article`."""
    return Head(
        article_id=article.article_id,
        revision=article.revision,
        title=article.title,
        text=article.text,
        text_sha256=article.text_sha256,
        digest=article_digest(article),
        cluster_id=article.cluster_id,
        duplicate_of=article.duplicate_of,
        similarity=article.similarity,
        canonical_url=article.canonical_url,
        published_on=article.published_on,
        published_at=article.published_at,
        delivered_by=delivered_by,
    )


def article_digest(article: Article) -> str:
    """Return the digest of what makes a revision: text, title, byline, publication date."""
    return digest_id(
        article.text_sha256,
        article.title,
        article.byline,
        article.published_on,
        article.published_at,
    )


def decide(articles: Sequence[tuple[RawItem, Article]], known: Known) -> list[Decision]:
    """Return one decision an item, in the same order; items of a batch see those before them.

    1. A known article with the same digest is `unchanged`.
    2. With another digest it is `revised`, unless that is an earlier revision brought by an
       item that did not deliver the latest one: `unchanged`, so that two differing copies do
       not revise each other for ever.
    3. A document without an address whose place held another article of the same title, which
       no other item delivers, is an edited file: `revised` under the old id.
    4. A new article whose text an article covers that repeats no other is a `duplicate` of that
       one, unless it is known to be published earlier.
    5. Anything else is `processed`. Where it was published before known articles that it covers,
       they become its copies.

    Rules 4 and 5 hold for the new text of a revised article, too, but for its state; its copies
    that no longer repeat it find another original or become originals.
    """
    batch = _Batch(known, {article.article_id for _, article in articles})
    return [batch.decide(raw, article) for raw, article in articles]


class _Batch:
    """What is known, overlaid with the decisions taken so far."""

    def __init__(self, known: Known, delivered: AbstractSet[str]) -> None:
        self.originals = Originals(known)
        self.heads = self.originals.heads
        self.old_revisions = set(known.old_revisions)
        self.previous = dict(known.previous)
        self.delivered = delivered

    def decide(self, raw: RawItem, article: Article) -> Decision:
        key = (raw.source_id, raw.item_ref)
        head = self.heads.get(self._known_as(key, article))
        decision = self._known(raw, article, head) if head else self._new(raw, article)
        self.previous[key] = decision.article.article_id
        return decision

    def _known_as(self, key: ItemKey, article: Article) -> str:
        """Return the id of `article`: its own, or that of the file edited into it (rule 3)."""
        held = self.heads.get(self.previous.get(key, ""))
        is_file = article.canonical_url is None and not ROW_OF_FILE.search(key[1])
        if held is None or held.canonical_url is not None or not is_file:
            return article.article_id
        digest = article_digest(article)
        if digest == held.digest or (held.article_id, digest) in self.old_revisions:
            return held.article_id  # edited into it in an earlier run
        is_edit = (
            held.title is not None
            and held.title == article.title
            and article.article_id not in self.heads
            and held.article_id not in self.delivered
            and held.delivered_by in (None, key)
        )
        return held.article_id if is_edit else article.article_id

    def _known(self, raw: RawItem, article: Article, head: Head) -> Decision:
        key = (raw.source_id, raw.item_ref)
        digest = article_digest(article)
        is_deliverer = (
            self.previous.get(key) == head.article_id
            if head.delivered_by is None
            else head.delivered_by == key
        )
        is_old = (head.article_id, digest) in self.old_revisions
        if digest == head.digest or (is_old and not is_deliverer):
            return Decision(raw, _as_head(article, head, head.revision), "unchanged")
        self.old_revisions.add((head.article_id, head.digest))
        revised = _as_head(article, head, head.revision + 1)
        if article.text_sha256 == head.text_sha256:
            self.originals.keep(head_of(revised, key))
            return Decision(raw, revised, "revised")
        return self._placed(raw, revised, "revised")

    def _new(self, raw: RawItem, article: Article) -> Decision:
        decision = self._placed(raw, replace(article, revision=1), "processed")
        return decision._replace(state="duplicate") if decision.article.duplicate_of else decision

    def _placed(self, raw: RawItem, article: Article, state: ItemState) -> Decision:
        placed = self.originals.place(head_of(article, (raw.source_id, raw.item_ref)))
        moved = self.originals.taken_moves()
        return Decision(raw, with_original(article, placed), state, moved)


def with_original(article: Article, head: Head) -> Article:
    """Return `article` with what `head` says about its original."""
    return replace(
        article,
        duplicate_of=head.duplicate_of,
        cluster_id=head.cluster_id,
        similarity=head.similarity,
    )


def _as_head(article: Article, head: Head, revision: int) -> Article:
    return with_original(replace(article, article_id=head.article_id, revision=revision), head)
