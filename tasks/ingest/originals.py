"""Which article is the original of which: by text, by likeness, by day of publication."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from tasks.ingest.similarity import NEAREST, Wording, bands, may_repeat, similarity, wording

ItemKey = tuple[str, str]
"""`source_id` and `item_ref`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The latest revision of a known article.

    `delivered_by` is the item whose bytes made this revision; where it is None, every item
    that held the article before counts as that item.
    """

    article_id: str
    revision: int
    title: str | None
    text: str = ""
    text_sha256: str
    digest: str
    cluster_id: str
    duplicate_of: str | None = None
    similarity: float | None = None
    canonical_url: str | None = None
    published_on: date | None = None
    published_at: datetime | None = None
    delivered_by: ItemKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store holds about the articles and items of a batch.

    `by_text` leads from a `text_sha256` to the article that repeats no other; `old_revisions`
    holds article_id and digest of earlier revisions; `previous` the article_id that an item
    held when it was last read. `near` leads from a `text_sha256` to originals that share keys
    with it, `copies` from an original to those that repeat it: there must be an entry for each
    original that the batch may revise or replace (`may_change`). `bands` saves computing keys
    again, by `text_sha256`. `heads` must hold every article named in the others.
    """

    heads: Mapping[str, Head]
    by_text: Mapping[str, str]
    old_revisions: AbstractSet[tuple[str, str]]
    previous: Mapping[ItemKey, str]
    near: Mapping[str, Sequence[str]] = field(default_factory=dict)
    copies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    bands: Mapping[str, Sequence[int]] = field(default_factory=dict)


def is_earlier(one: Head, other: Head) -> bool:
    """Whether `one` is known to be published before `other`: by day, on one day by time."""
    if one.published_on is None or other.published_on is None:
        return False
    if one.published_on != other.published_on:
        return one.published_on < other.published_on
    if one.published_at is None or other.published_at is None:
        return False
    return one.published_at < other.published_at


class Originals:
    """What is known, overlaid with what became of the articles of a batch so far.

    An article is a copy of an original that covers its text (`similarity`) and is not known to
    be later. An original that meets an earlier one which covers it becomes its copy. A copy
    never has copies: where an original changes or becomes one, each of its copies is looked at
    again. `taken_moves` tells which known articles got another original or lost theirs.
    """

    def __init__(self, known: Known) -> None:
        """Begin with what the store holds; `heads` is kept up to date."""
        self.heads = dict(known.heads)
        self._moved: list[Head] = []
        self._known = known
        self._by_text = dict(known.by_text)
        self._copies = {original: dict.fromkeys(ids) for original, ids in known.copies.items()}
        self._repeated = {
            head.duplicate_of
            for head in known.heads.values()
            if head.duplicate_of and head.duplicate_of not in known.copies
        }
        self._by_band: dict[int, dict[str, None]] = {}
        self._settled: set[str] = set()
        self._wordings: dict[str, Wording] = {}

    def keep(self, head: Head) -> None:
        """Take in `head`, whose text is as before, with the original it had."""
        self._record(head)

    def place(self, head: Head) -> Head:
        """Take in a new article, or one with a changed text; return it with its original."""
        former = self.heads.get(head.article_id)
        head = _original(head)
        strays = self._leave(former, head) if former else []
        if self._copies.get(head.article_id) or head.article_id in self._repeated:
            self._record(head)  # others repeat it: it stays an original
        else:
            head = self._placed(head, may_lead=True)
        for stray in strays:
            self._moved.append(self._placed(stray, may_lead=False))
        return head

    def taken_moves(self) -> tuple[Head, ...]:
        """Return the known articles whose original changed since this was last asked."""
        moved, self._moved = tuple(self._moved), []
        return moved

    def _leave(self, former: Head, head: Head) -> list[Head]:
        """Undo what `former` was; return its copies that `head`, its new text, does not cover."""
        self._forget(former)
        copies, strays = self._copies.pop(former.article_id, {}), []
        for copy in self._in_order(copies):
            strays += self._follow(copy, head)
        return strays

    def _placed(self, head: Head, *, may_lead: bool) -> Head:
        """Record `head` with the original that covers it best; with none, as an original.

        With `may_lead`, later originals that it covers become its copies.
        """
        rivals = list(self._rivals(head))
        covering = [
            (head.text_sha256 != rival.text_sha256, -value, rival.article_id)
            for rival in rivals
            if not is_earlier(head, rival) and (value := self._similarity(head, rival)) is not None
        ]
        if covering:
            _, value, original = min(covering)
            return self._record(_copy(head, self.heads[original], -value))
        self._forget(head)
        head = self._record(_original(head))
        for rival in rivals if may_lead else ():
            if is_earlier(head, rival):
                self._lead(head, rival)
        return head

    def _lead(self, head: Head, rival: Head) -> None:
        """Make `rival` and its copies copies of `head` where that covers them."""
        value = self._similarity(rival, head)
        if value is None or rival.article_id in self._repeated:
            return
        copies = self._copies.pop(rival.article_id, {})
        self._forget(rival)
        self._by_text.setdefault(head.text_sha256, head.article_id)
        self._moved.append(self._record(_copy(rival, head, value)))
        strays: list[Head] = []
        for copy in self._in_order(copies):
            strays += self._follow(copy, head)
        for stray in strays:
            self._moved.append(self._placed(stray, may_lead=False))

    def _follow(self, copy: Head, head: Head) -> list[Head]:
        """Make `copy` one of `head`, or return it where it is none."""
        value = self._similarity(copy, head)
        if value is None:
            return [copy]
        moved = self._record(_copy(copy, head, value))
        if moved != copy:
            self._moved.append(moved)
        return []

    def _rivals(self, head: Head) -> Iterator[Head]:
        """Yield the originals whose text may be like that of `head`, by id."""
        stored = self._known.near.get(head.text_sha256, ())
        found = {original for original in stored if original not in self._settled}
        found.update(self._near(head))
        if same := self._by_text.get(head.text_sha256):
            found.add(same)
        for original in sorted(found - {head.article_id}):
            rival = self.heads[original]
            if rival.duplicate_of is None:
                yield rival

    def _near(self, head: Head) -> list[str]:
        """Return the originals recorded in this batch that share most keys with `head`."""
        keys = self._bands(head)
        shared = Counter(i for key in keys for i in self._by_band.get(key, ()))
        near = [
            i
            for i in shared
            if self.heads[i].duplicate_of is None and may_repeat(keys, self._bands(self.heads[i]))
        ]
        return sorted(near, key=lambda i: (-shared[i], i))[:NEAREST]

    def _record(self, head: Head) -> Head:
        self.heads[head.article_id] = head
        self._settled.add(head.article_id)
        if head.duplicate_of:
            self._copies.setdefault(head.duplicate_of, {})[head.article_id] = None
            return head
        self._by_text.setdefault(head.text_sha256, head.article_id)
        for band in self._bands(head):
            self._by_band.setdefault(band, {})[head.article_id] = None
        return head

    def _forget(self, head: Head) -> None:
        if self._by_text.get(head.text_sha256) == head.article_id:
            del self._by_text[head.text_sha256]
        if head.duplicate_of:
            self._copies.get(head.duplicate_of, {}).pop(head.article_id, None)

    def _in_order(self, article_ids: Mapping[str, None]) -> list[Head]:
        """Return the articles by day of publication, so that the earliest leads the others."""
        found = [self.heads[article_id] for article_id in article_ids]
        return sorted(
            found,
            key=lambda head: (
                head.published_on or date.max,
                head.published_at or datetime.max.replace(tzinfo=UTC),
                head.article_id,
            ),
        )

    def _similarity(self, copy: Head, original: Head) -> float | None:
        if copy.text_sha256 == original.text_sha256:
            return 1.0
        return similarity(self._wording(copy), self._wording(original))

    def _wording(self, head: Head) -> Wording:
        if head.text_sha256 not in self._wordings:
            self._wordings[head.text_sha256] = wording(head.text)
        return self._wordings[head.text_sha256]

    def _bands(self, head: Head) -> Sequence[int]:
        stored = self._known.bands.get(head.text_sha256)
        return bands(head.text) if stored is None else stored


def _original(head: Head) -> Head:
    return replace(head, duplicate_of=None, cluster_id=head.article_id, similarity=None)


def _copy(head: Head, original: Head, value: float) -> Head:
    return replace(
        head,
        duplicate_of=original.article_id,
        cluster_id=original.cluster_id,
        similarity=value,
    )
