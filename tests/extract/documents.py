"""Documents and mentions made by hand for the tests of the rules."""

from datetime import UTC, date, datetime
from functools import cache

from spacy.language import Language

from tasks.extract.document import Document
from tasks.language import load_language, make_doc
from warehouse.tables import Article, Mention, MentionKind, MentionLabel

KNOWN: dict[str, tuple[str | None, MentionLabel, MentionKind]] = {
    "Ardenia": ("state:ard", "GPE", "name"),
    "Borland": ("state:bor", "GPE", "name"),
    "Cestia": ("state:ces", "GPE", "name"),
    "Ardenian": ("state:ard", "NORP", "demonym"),
    "Borlandic": ("state:bor", "NORP", "demonym"),
    "the League": ("io:league", "ORG", "name"),
    "the Front": ("armed_group:front", "ORG", "name"),
    "Portville": ("city:portville", "GPE", "name"),
    "Daily Post": ("media:daily-post", "ORG", "name"),
    "Anna Holm": ("person:anna-holm", "PERSON", "name"),
    "Holm": ("person:anna-holm", "PERSON", "alias"),
    "Karl Brandt": ("person:karl-brandt", "PERSON", "name"),
}


@cache
def nlp() -> Language:
    return load_language()


def article(text: str, *, published_on: date | None = None) -> Article:
    return Article(
        article_id="a" * 16,
        source_id="test",
        canonical_url="example.org/a",
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
        text=text,
        text_sha256="0" * 64,
        word_count=len(text.split()),
        cluster_id="a" * 16,
        raw_ref="0" * 64,
        media_type="text/plain",
        published_on=published_on,
    )


def document(text: str, *, published_on: date | None = None) -> Document:
    return Document.of(article(text, published_on=published_on), make_doc(nlp(), text))


def mentions(doc: Document) -> list[Mention]:
    """Return a mention for each known name in the text, longest names first."""
    text = doc.article.text
    found: dict[int, Mention] = {}
    taken: set[int] = set()
    for surface in sorted(KNOWN, key=len, reverse=True):
        entity_id, label, kind = KNOWN[surface]
        start = text.find(surface)
        while start >= 0:
            end = start + len(surface)
            if not taken & set(range(start, end)) and not text[end : end + 1].isalpha():
                taken |= set(range(start, end))
                found[start] = mention(doc, start, end, entity_id, label, kind)
            start = text.find(surface, end)
    return [found[start] for start in sorted(found)]


def mention(
    doc: Document,
    start: int,
    end: int,
    entity_id: str | None,
    label: MentionLabel,
    kind: MentionKind,
) -> Mention:
    return Mention(
        mention_id=f"m{start}",
        article_id=doc.article.article_id,
        sentence_id=doc.sentence_at(start).sentence_id,
        start_char=start,
        end_char=end,
        surface=doc.article.text[start:end],
        label=label,
        kind=kind,
        entity_id=entity_id,
        method="hand",
        confidence=1.0,
    )
