"""Rows of the contract with defaults, for tests that are about something else."""

from datetime import UTC, date, datetime
from typing import Any

from warehouse.tables import Article, LedgerEntry, Mention, Run, Sentence

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def article(article_id: str, **given: Any) -> Article:
    values: dict[str, Any] = {
        "source_id": "local",
        "title": f"Title of {article_id}",
        "published_on": date(2021, 8, 15),
        "published_method": "record",
        "fetched_at": NOW,
        "text": "Moscow respects it.",
        "text_sha256": f"text of {article_id}",
        "word_count": 3,
        "cluster_id": article_id,
        "raw_ref": "0" * 64,
        "media_type": "text/plain",
    }
    return Article(article_id=article_id, **(values | given))


def sentence(article_id: str, position: int = 0) -> Sentence:
    return Sentence(
        sentence_id=f"s-{article_id}-{position}",
        article_id=article_id,
        position=position,
        paragraph=0,
        start_char=0,
        end_char=19,
        text="Moscow respects it.",
        voice="author",
    )


def mention(article_id: str, **given: Any) -> Mention:
    values: dict[str, Any] = {
        "mention_id": f"m-{article_id}",
        "sentence_id": f"s-{article_id}-0",
        "start_char": 0,
        "end_char": 6,
        "surface": "Moscow",
        "label": "GPE",
        "kind": "metonym",
        "entity_id": "state:rus",
        "method": "registry",
        "confidence": 0.9,
    }
    return Mention(article_id=article_id, **(values | given))


def ledger_entry(item_ref: str, **given: Any) -> LedgerEntry:
    values: dict[str, Any] = {
        "source_id": "local",
        "state": "processed",
        "article_id": f"id of {item_ref}",
        "raw_ref": f"raw of {item_ref}",
        "media_type": "text/plain",
        "seen_at": NOW,
    }
    return LedgerEntry(item_ref=item_ref, **(values | given))


def run(**given: Any) -> Run:
    values: dict[str, Any] = {
        "flow": "run",
        "started_at": NOW,
        "status": "succeeded",
        "code_version": "0",
        "model_version": "0",
        "settings_sha256": "0",
    }
    return Run(**(values | given))
