"""Decide, for each parsed item, whether it is new, seen before, revised or a repeat."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple

from tasks.ids import digest_id
from tasks.records import RawItem
from warehouse.tables import Article, ItemState

ItemKey = tuple[str, str]
"""`source_id` and `item_ref`."""

ROW_OF_FILE = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The latest revision of a known article.

    `delivered_by` is the item whose bytes made this revision; where it is None, every item
    that held the article before counts as that item.
    """

    article_id: str
    revision: int
    title: str | None
    text_sha256: str
    digest: str
    cluster_id: str
    duplicate_of: str | None = None
    canonical_url: str | None = None
    delivered_by: ItemKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store holds about the articles and items of a batch.

    `by_text` leads from a `text_sha256` to the article that repeats no other; `old_revisions`
    holds article_id and digest of earlier revisions; `previous` the article_id that an item
    held when it was last read. `heads` must hold every article named in the others.
    """

    heads: Mapping[str, Head]
    by_text: Mapping[str, str]
    old_revisions: AbstractSet[tuple[str, str]]
    previous: Mapping[ItemKey, str]


class Decision(NamedTuple):
    """What becomes of one item; `article` has its final id, revision and cluster."""

    raw: RawItem
    article: Article
    state: ItemState


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
    4. A new article with a known text is a `duplicate` of the article that repeats no other.
    5. Anything else is `processed`.
    """
    batch = _Batch(known, {article.article_id for _, article in articles})
    return [batch.decide(raw, article) for raw, article in articles]


class _Batch:
    """What is known, overlaid with the decisions taken so far."""

    def __init__(self, known: Known, delivered: AbstractSet[str]) -> None:
        self.heads = dict(known.heads)
        self.by_text = dict(known.by_text)
        self.old_revisions = set(known.old_revisions)
        self.previous = dict(known.previous)
        self.originals = {h.duplicate_of for h in self.heads.values() if h.duplicate_of}
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
        revised = _as_head(article, head, head.revision + 1)
        if article.text_sha256 != head.text_sha256:
            if self.by_text.get(head.text_sha256) == head.article_id:
                del self.by_text[head.text_sha256]
            revised = self._linked(revised)
        self.old_revisions.add((head.article_id, head.digest))
        self._record(key, revised)
        return Decision(raw, revised, "revised")

    def _new(self, raw: RawItem, article: Article) -> Decision:
        linked = self._linked(replace(article, revision=1))
        self._record((raw.source_id, raw.item_ref), linked)
        return Decision(raw, linked, "duplicate" if linked.duplicate_of else "processed")

    def _linked(self, article: Article) -> Article:
        """Return `article` with the original of its text, which never repeats another itself.

        An article that others repeat stays an original: else they would point at a repeat.
        """
        original = self.by_text.get(article.text_sha256)
        head = self.heads.get(original) if original else None
        if head is not None and head.duplicate_of:
            original = head.duplicate_of
        if original in (None, article.article_id) or article.article_id in self.originals:
            return replace(article, duplicate_of=None, cluster_id=article.article_id)
        cluster = self.heads[original].cluster_id if original in self.heads else original
        return replace(article, duplicate_of=original, cluster_id=cluster)

    def _record(self, key: ItemKey, article: Article) -> None:
        self.heads[article.article_id] = Head(
            article_id=article.article_id,
            revision=article.revision,
            title=article.title,
            text_sha256=article.text_sha256,
            digest=article_digest(article),
            cluster_id=article.cluster_id,
            duplicate_of=article.duplicate_of,
            canonical_url=article.canonical_url,
            delivered_by=key,
        )
        if article.duplicate_of:
            self.originals.add(article.duplicate_of)
        else:
            self.by_text.setdefault(article.text_sha256, article.article_id)


def _as_head(article: Article, head: Head, revision: int) -> Article:
    return replace(
        article,
        article_id=head.article_id,
        revision=revision,
        cluster_id=head.cluster_id,
        duplicate_of=head.duplicate_of,
    )
