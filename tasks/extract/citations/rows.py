"""From the works found to rows of `citations`, one a work."""

from collections.abc import Iterable

from tasks.extract.citations.works import Work
from tasks.extract.document import Document
from tasks.ids import row_id
from warehouse.tables import Citation


def citation_rows(document: Document, works: Iterable[Work]) -> list[Citation]:
    """Return a row a work, in order; of works that overlap the first in `works`.

    A work cited again, by its title or by the same words of the same author, gives no second row.
    """
    kept: list[Work] = []
    for work in works:
        if not any(work.start < other.end and other.start < work.end for other in kept):
            kept.append(work)
    rows: list[Citation] = []
    seen: set[tuple[object, ...]] = set()
    for work in sorted(kept, key=lambda work: work.start):
        row = _row(document, work)
        makers = row.author_id or row.author, row.publisher_id or row.publisher
        title = row.title.casefold() if work.has_title else None
        key = (title,) if title else (*makers, row.cited_from, row.cited_to)
        if key not in seen:
            rows.append(row)
        # Later words without title and date mean this work again.
        seen |= {key, (*makers, None, None)}
    return rows


def _row(document: Document, work: Work) -> Citation:
    article = document.article
    days, author, publisher = work.days, work.author, work.publisher
    is_one_day = days is not None and days.first == days.last
    return Citation(
        citation_id=row_id("citations", article.article_id, work.start, work.end),
        article_id=article.article_id,
        cited_on=days.first if days is not None and is_one_day else None,
        cited_from=days.first if days is not None else None,
        cited_to=days.last if days is not None else None,
        granularity=days.granularity if days is not None else None,
        title=article.text[work.start : work.end],
        author_id=author.entity_id if author else None,
        author=author.name if author else None,
        publisher_id=publisher.entity_id if publisher else None,
        publisher=publisher.name if publisher else None,
        url=work.url,
        start_char=work.start,
        end_char=work.end,
    )
