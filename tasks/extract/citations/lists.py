"""Lists of works: 'date: title', 'Title (year)', and references with author, outlet and date."""

import re
from collections.abc import Iterator

from tasks.extract.citations.days import WRITTEN, written_days
from tasks.extract.citations.introduced import Introduction, introduction
from tasks.extract.citations.parties import Parties
from tasks.extract.citations.references import URL, address, reference
from tasks.extract.citations.works import Work
from tasks.extract.document import Document, trimmed

_BULLET = r"(?P<bullet>[*•‣\u2013-]|\d{1,2}[.)]|\[\d{1,2}\])"
_LINE = re.compile(rf"^[^\S\n]*(?:{_BULLET}[^\S\n]+)?(?P<rest>\S[^\n]*)$", re.MULTILINE)
_DATED = re.compile(rf"{WRITTEN}[^\S\n]*[:,\u2013—-][^\S\n]*(?P<title>[^\n]+)")
_TITLED = re.compile(
    rf"(?P<title>[^\n()]{{4,150}}?),?\s\((?:(?P<outlet>[^()\n\d]{{3,60}}),\s)?{WRITTEN}\)[.,;]?"
)
_OPEN_CLOSE = {"“": "”", '"': '"', "«": "»", "„": "“”", "\u2018": "\u2019", "'": "'"}
_LONGEST = 400
"""Characters of the longest line that is read as an item of a list."""


def listed_works(document: Document, parties: Parties) -> Iterator[Work]:
    """Yield the works that lines of lists name, in order.

    Author and publisher of an item, where it names none, come from the paragraph before the list:
    'the author's analyses published at the X' gives the byline and X.
    """
    text = document.article.text
    previous_end = -1
    told = Introduction()
    for line in _LINE.finditer(text):
        if line.end("rest") - line.start("rest") > _LONGEST:
            continue
        is_next = previous_end >= 0 and not text[previous_end : line.start()].strip()
        around = told if is_next else None
        found = _item(text, line, around, parties)
        if found is None:
            previous_end = line.end() if is_next and line["bullet"] else previous_end
            continue
        work, told = found
        previous_end = line.end()
        yield work


def _item(
    text: str, line: re.Match[str], told: Introduction | None, parties: Parties
) -> tuple[Work, Introduction] | None:
    """Return the work of a line and what holds for the list; `told` where it goes on."""
    span = trimmed(text, *line.span("rest"))

    def known() -> Introduction:
        return introduction(text, line.start(), parties) if told is None else told

    dated = _DATED.fullmatch(text, *span)
    days = written_days(dated) if dated else None
    if dated is not None and days is not None:
        title = _title(text, *dated.span("title"))
        if title is not None and (days.granularity == "day" or known().is_of_works):
            link = URL.search(text, *dated.span("title"))
            about = known()
            work = Work(*title, True, about.author, about.publisher, days, address(link))
            return work, about
    referred = reference(text, span, parties)
    if referred is not None and (referred.is_sure or known().is_of_works):
        about = known()
        work = referred.work
        if work.author is None:
            work = work._replace(author=about.author)
        return work._replace(publisher=work.publisher or about.publisher), about
    titled = _TITLED.fullmatch(text, *span) if line["bullet"] else None
    days = written_days(titled) if titled else None
    if titled is None or days is None or not known().is_of_works:
        return None
    about = known()
    title = _title(text, *titled.span("title")) or trimmed(text, *titled.span("title"))
    outlet = parties.in_text(*titled.span("outlet")) if titled["outlet"] else None
    return Work(*title, True, about.author, outlet or about.publisher, days), about


def _title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the title in the rest of a list line, without its outer marks.

    It stands in quotation marks (the closing one may be missing) or before an address.
    """
    start, end = trimmed(text, start, end)
    url = URL.search(text, start, end)
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
