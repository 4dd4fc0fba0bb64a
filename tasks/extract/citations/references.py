"""Lines of a list of references, as the common styles write them.

APA: 'Lee, A. (2014). Title. Outlet.'; Chicago and MLA: 'Ann Lee, "Title", Outlet, 3 March 2014';
as Wikinews has its sources: '"Title" — Outlet, March 3, 2014'.
"""

import re
from typing import NamedTuple

from tasks.extract.citations.days import WRITTEN, written_days
from tasks.extract.citations.parties import Parties
from tasks.extract.citations.works import Party, Work
from tasks.extract.document import trimmed

URL = re.compile(r"\(?<?(https?://[^\s<>()\[\]“”\"]+)")
_INITIALS = r"(?:[A-Z]\.[\s-]?)+"
_FAMILY = r"[A-Z][\w\u2019'-]+(?:\s[A-Z][\w\u2019'-]+)?"
_APA = re.compile(
    rf"(?P<author>{_FAMILY},\s{_INITIALS}(?:(?:,?\s(?:&|and)\s|,\s){_FAMILY},\s{_INITIALS}){{0,8}}"
    rf"(?:,?\set\sal\.)?|[A-Z][\w\u2019'&. -]{{2,80}}?)\.?\s?"
    rf"\({WRITTEN}\)[.,:]?\s(?P<title>[^\n]{{4,200}}?[^.\s][^.\s])[.?!](?:\s(?P<rest>[^\n]*))?"
)
_QUOTED = re.compile(
    r"(?:(?:[Ss]ee|[Cc]f\.?)\s(?:also\s)?)?(?:(?P<author>[A-Z][^“\"\n]{2,100}?)[,.:]\s)?"
    r"[“\"](?P<title>[^“”\"\n]{4,220}?)[,.]?[”\"][,.]?\s*(?P<rest>[^\n“\"]*)"
)
_WRITTEN = re.compile(rf"\(?\b{WRITTEN}\b\)?")
_OUTLET = re.compile(
    r"[\s,.(\u2013—-]*(?:in\s|published\s(?:by|in)\s)?"
    r"(?P<name>(?:[A-Z][\w\u2019'&.-]*|of|for|and|the|on|in|de|der)"
    r"(?:\s(?:[A-Z][\w\u2019'&.-]*|of|for|and|the|on|in|de|der|&))*)"
)


class Reference(NamedTuple):
    """A work, and whether its line can be nothing else than a reference."""

    work: Work
    is_sure: bool


def address(found: re.Match[str] | None) -> str | None:
    """Return the address that a match of `URL` holds, without what ends the sentence."""
    return found.group(1).rstrip(".,;") if found else None


def reference(text: str, span: tuple[int, int], parties: Parties) -> Reference | None:
    """Return the work that the line `text[span]` refers to, or None where it is none."""
    return _apa(text, span, parties) or _quoted(text, span, parties)


def _apa(text: str, span: tuple[int, int], parties: Parties) -> Reference | None:
    found = _APA.fullmatch(text, *span)
    days = written_days(found) if found else None
    if found is None or days is None:
        return None
    author = parties.in_text(*trimmed(text, *found.span("author")))
    rest = found.span("rest")
    work = Work(*found.span("title"), True, author, None, days)
    if rest[0] >= 0:
        work = work._replace(
            publisher=_outlet(text, rest, parties), url=address(URL.search(text, *rest))
        )
    has_initials = re.match(rf"{_FAMILY},\s{_INITIALS}", found["author"]) is not None
    return Reference(work, has_initials)


def _quoted(text: str, span: tuple[int, int], parties: Parties) -> Reference | None:
    found = _QUOTED.fullmatch(text, *span)
    if found is None:
        return None
    rest = found.span("rest")
    url = URL.search(text, *rest)
    limit = url.start() if url else rest[1]
    dated = next(_WRITTEN.finditer(text, rest[0], limit), None)
    days = written_days(dated) if dated else None
    if dated is None or days is None or not _is_bare(text, (rest[0], limit), dated):
        return None
    outlet = _outlet(text, (rest[0], dated.start()), parties)
    author = parties.in_text(*found.span("author")) if found["author"] else None
    if outlet is None or (outlet.entity_id or "").startswith("person:"):
        return None
    if author is not None and len(found["author"].split()) > 12:
        return None
    is_title = found["title"][0].isupper() and found["title"][-1] not in ".!"
    work = Work(*found.span("title"), True, author, outlet, days, address(url))
    return Reference(work, is_title and (author is not None or url is not None))


def _is_bare(text: str, span: tuple[int, int], dated: re.Match[str]) -> bool:
    """Tell whether what stands beside the date is no prose: names, numbers and punctuation."""
    left = text[span[0] : dated.start()] + " " + text[dated.end() : span[1]]
    small = re.findall(r"\b[a-z]{3,}\b", left)
    known = {"the", "and", "for", "vol", "pages", "from", "published", "retrieved", "accessed"}
    return sum(word not in known for word in small) <= 1


def _outlet(text: str, span: tuple[int, int], parties: Parties) -> Party | None:
    found = _OUTLET.match(text, *span)
    if found is None:
        return None
    start, end = trimmed(text, *found.span("name"))
    while end > start and text[end - 1] in ".,":
        end -= 1
    for small in (" of", " for", " and", " the", " on", " in"):
        if text[start:end].endswith(small):
            end -= len(small)
    return parties.in_text(start, end) if text[start:end][:1].isupper() else None
