"""Dated works that an article cites: list items of a date and a title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.extract.document import Document, trimmed
from tasks.ids import row_id
from tasks.months import MONTHS
from warehouse.tables import Citation

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
)
_ITEM = re.compile(
    r"^[^\S\n]*(?:(?:[*•‣\u2013-]|\d{1,2}[.)])[^\S\n]+)?"
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m1>{_MONTH}),?\s(?P<y1>\d{{4}})|"
    rf"(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y2>\d{{4}})|"
    r"(?P<iso>\d{4}-\d\d-\d\d))"
    r"[^\S\n]*[:,\u2013—-][^\S\n]*(?P<rest>[^\n]+)$",
    re.MULTILINE,
)
_OPEN_CLOSE = {"“": "”", '"': '"', "«": "»", "„": "“”", "\u2018": "\u2019", "'": "'"}
_URL = re.compile(r"\(?<?(https?://[^\s<>()\[\]“”\"]+)")
_PUBLISHER = re.compile(
    r"\b(?:published|appeared|posted|printed|released)\s(?:at|by|in|on|with)\s(?:the\s)?"
    r"((?:[A-Z][\w\u2019'&.-]*|of|for|and|the)(?:\s(?:[A-Z][\w\u2019'&.-]*|of|for|and|the(?=\s[A-Z])))*)"
)
_AUTHOR = re.compile(
    r"\b(?:the|this)\s(?:author|writer)(?:\u2019s|'s)\s|\b(?:my|our)\s(?:prior|earlier)\s"
)
_MAX_INTRODUCTION = 600
"""Characters before a list in which its introduction is sought; a long sentence has about 300."""


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    cited_on: date
    rest: tuple[int, int]


def find_citations(document: Document) -> list[Citation]:
    """Return one row for each line 'date: title' of a list.

    A line counts where its title stands in quotation marks (the closing one may be missing) or
    carries an address. Author and publisher come from the paragraph that introduces the list:
    'the author's analyses published at the X' gives the byline and X.
    """
    article = document.article
    rows: list[Citation] = []
    previous_end = -1
    author: str | None = None
    publisher: str | None = None
    for item in _items(article.text):
        span = _title(article.text, *item.rest)
        if span is None:
            continue
        if previous_end < 0 or article.text[previous_end : item.start].strip():
            author, publisher = _introduced(article.text, item.start, article.byline)
        previous_end = item.end
        url = _URL.search(article.text, *item.rest)
        rows.append(
            Citation(
                citation_id=row_id("citations", article.article_id, *span),
                article_id=article.article_id,
                cited_on=item.cited_on,
                title=article.text[span[0] : span[1]],
                author=author,
                publisher=publisher,
                url=url.group(1).rstrip(".,;") if url else None,
                start_char=span[0],
                end_char=span[1],
            )
        )
    return rows


def _items(text: str) -> Iterator[_Item]:
    """Yield the lines that open with a full date."""
    for match in _ITEM.finditer(text):
        try:
            if match["iso"]:
                day = date.fromisoformat(match["iso"])
            else:
                month = MONTHS[(match["m1"] or match["m2"]).rstrip(".").lower()]
                day = date(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
        except ValueError:
            continue
        yield _Item(match.start(), match.end(), day, match.span("rest"))


def _title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the title in the rest of a list line, without its outer marks."""
    start, end = trimmed(text, start, end)
    url = _URL.search(text, start, end)
    limit = url.start() if url and url.start() > start else end
    mark = text[start]
    if mark in _OPEN_CLOSE:
        closed = max(text.rfind(c, start + 1, limit) for c in _OPEN_CLOSE[mark])
        is_single = mark in "\u2018'"
        span = trimmed(text, start + 1, closed if closed > start and not is_single else limit)
        if is_single and text[span[1] - 1] in "\u2019'":
            span = (span[0], span[1] - 1)
    elif url and url.start() > start:
        span = trimmed(text, start, limit)
        while span[0] < span[1] and text[span[1] - 1] in " ,:;\u2013—-(":
            span = (span[0], span[1] - 1)
    else:
        return None
    return span if span[0] < span[1] else None


def _introduced(text: str, start: int, byline: str | None) -> tuple[str | None, str | None]:
    """Return author and publisher of the list at `start`, as the text before it says."""
    low = max(start - _MAX_INTRODUCTION, 0)
    before = text[low:start].rstrip()
    if not before.endswith((":", ".")):
        return None, None
    paragraph = before[before.rfind("\n") + 1 :]
    sentence = paragraph[max(paragraph.rfind(mark, 0, -1) for mark in (". ", "! ", "? ")) + 1 :]
    publisher = _PUBLISHER.search(sentence)
    name = publisher.group(1).strip() if publisher else None
    while name and name.rsplit(" ", 1)[-1] in ("of", "for", "and", "the"):
        name = name.rpartition(" ")[0] or None
    return (byline if _AUTHOR.search(sentence) else None), name
