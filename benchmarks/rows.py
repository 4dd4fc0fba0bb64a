"""Rows of a lake that were made, not extracted: many articles at once, for what is read of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from warehouse.commit import append, replace_articles
from warehouse.lake import Lake
from warehouse.runs import put_run
from warehouse.settle import settle
from warehouse.tables import Article, Entity, LedgerEntry, Mention, Run, Sentence

NEW = 10
"""Articles that are new in a part, and as many of the part before it get another text."""
SENTENCES = 12
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STATES = tuple(f"state:s{number:02d}" for number in range(40))


def put_part(lake: Lake, number: int) -> None:
    """Put the articles of part `number` into `lake`, and new texts of those of the part before."""
    run_id = f"part{number:04d}"
    articles = list(_articles(number, 1)) + (list(_articles(number - 1, 2)) if number else [])
    rows: dict[str, list[Any]] = {
        "sentences": [sentence for article in articles for sentence in _sentences(article)],
        "mentions": [mention for article in articles for mention in _mentions(article)],
    }
    with lake.write() as con:
        replace_articles(con, articles, [], rows, run_id=run_id, now=NOW)
        append(con, "ledger", [_entry(article) for article in articles], run_id=run_id)
    entities = [
        Entity(entity_id=state, name=state[-3:], type="state", origin="registry")
        for state in STATES
    ]
    settle(lake, entities=entities, aliases=[], roles=[])
    put_run(lake, run_id, _run(len(articles)))


def _articles(part: int, revision: int) -> Iterator[Article]:
    for number in range(part * NEW, (part + 1) * NEW):
        words = (f"S{(number + place) % len(STATES):02d} said so. " for place in range(SENTENCES))
        text = "".join(words) + "Corrected." * (revision - 1)
        yield Article(
            article_id=f"{number:016x}",
            revision=revision,
            source_id="made",
            publisher=f"Outlet {number % 7}",
            title=f"Article {number}",
            published_on=date(2023, 1, 1) + timedelta(days=number),
            published_method="record",
            fetched_at=NOW,
            text=text,
            text_sha256=f"{number}-{revision}",
            word_count=len(text.split()),
            cluster_id=f"{number:016x}",
            raw_ref="0" * 64,
            media_type="text/plain",
            annotated_with="made",
        )


def _sentences(article: Article) -> Iterator[Sentence]:
    for position, start in enumerate(range(0, SENTENCES * 13, 13)):
        yield Sentence(
            sentence_id=f"{article.article_id}-{position}",
            article_id=article.article_id,
            position=position,
            paragraph=0,
            start_char=start,
            end_char=start + 12,
            text=article.text[start : start + 12],
            voice="author",
        )


def _mentions(article: Article) -> Iterator[Mention]:
    for sentence in _sentences(article):
        yield Mention(
            mention_id=f"{sentence.sentence_id}-m",
            article_id=article.article_id,
            sentence_id=sentence.sentence_id,
            start_char=sentence.start_char,
            end_char=sentence.start_char + 3,
            surface=sentence.text[:3],
            label="GPE",
            kind="name",
            entity_id=f"state:s{sentence.text[1:3]}",
            method="made",
            confidence=1.0 / article.revision,
        )


def _entry(article: Article) -> LedgerEntry:
    return LedgerEntry(
        source_id="made",
        item_ref=article.article_id,
        state="processed" if article.revision == 1 else "revised",
        article_id=article.article_id,
        seen_at=NOW,
    )


def _run(items: int) -> Run:
    return Run(
        flow="run",
        started_at=NOW,
        status="succeeded",
        code_version="1",
        model_version="made",
        settings_sha256="0",
        items=items,
    )
