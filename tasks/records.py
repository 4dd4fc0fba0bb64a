"""What moves through the pipeline: Source, Item, RawItem, Parsed or Rejection, Annotations.

`Article`, `Rejection` and the rows inside `Annotations` are the rows of the table contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from tasks.ids import digest_id
from warehouse.tables import (
    Acronym,
    Article,
    BlockKind,
    Citation,
    EntityRole,
    Event,
    Fetch,
    MediaType,
    Mention,
    Rejection,
    RejectionReason,
    RejectionStage,
    Sentence,
    Stance,
    Statement,
    TimeExpression,
)

SourceKind = Literal["files", "feed", "sitemap", "page", "address_list"]


def is_address(location: str) -> bool:
    """Return whether `location` is a web address, not a path."""
    return location.lower().startswith(("http://", "https://"))


class Refusal(NamedTuple):
    """Why bytes, a file, a record or an address cannot be used."""

    reason: RejectionReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that holds articles: files, a feed, a sitemap, a page, or a list of addresses.

    `kind` None is told from the location: a path is files, an address is told from its content.
    `mapping` names, for each field of a record (`url`, `title`, `text`, `html`, `byline`,
    `publisher`, `original_source`, `published_at`, `language`), the column that holds it.
    `publisher` and `language` are used where the item itself names none; `delay` (seconds
    between two requests to a host) and `max_items` (new addresses a run) where they are given.
    """

    source_id: str = "local"
    location: str
    kind: SourceKind | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    publisher: str | None = None
    language: str | None = None
    delay: float | None = None
    max_items: int | None = None

    @property
    def is_web(self) -> bool:
        """Whether the source is read by asking addresses."""
        return is_address(self.location) or self.kind not in (None, "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input item with its raw bytes, as read from its source.

    `fetch` is there where the item has an address of its own, fetched by us or by an archive.
    """

    source_id: str
    item_ref: str
    media_type: MediaType
    content: bytes
    publisher: str | None = None
    fetch: Fetch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """One item whose bytes are kept in the raw store: small enough to pass between tasks.

    `fetched_at` is when its bytes were taken from where they came from, `seen_at` when the run
    came to it; they differ for archives.
    """

    source_id: str
    item_ref: str
    media_type: MediaType
    raw_ref: str
    fetched_at: datetime
    seen_at: datetime
    publisher: str | None = None
    fetch: Fetch | None = None


class TextBlock(NamedTuple):
    """A block of an article; `start` and `end` count in its text, None outside of it."""

    kind: BlockKind
    text: str
    start: int | None = None
    end: int | None = None


class Parsed(NamedTuple):
    """What was read from one raw item."""

    article: Article
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """All rows extracted from one article, a list a table of the contract."""

    sentences: list[Sentence] = field(default_factory=list)
    entity_roles: list[EntityRole] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    time_expressions: list[TimeExpression] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    acronyms: list[Acronym] = field(default_factory=list)


def reject(
    item: Item | RawItem,
    stage: RejectionStage,
    reason: RejectionReason,
    detail: str,
    *,
    raw_ref: str | None,
    rejected_at: datetime,
) -> Rejection:
    """Return the rejection of `item`; its id repeats where the same item fails the same way."""
    return Rejection(
        rejection_id=digest_id(item.source_id, item.item_ref, raw_ref, stage, reason),
        source_id=item.source_id,
        item_ref=item.item_ref,
        stage=stage,
        reason=reason,
        detail=detail,
        raw_ref=raw_ref,
        media_type=item.media_type,
        rejected_at=rejected_at,
    )
