"""Part the body of a text from the lines around it: title, byline, source, dates, teasers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate

from tasks.ingest.parse.cleaning import lay_out
from tasks.ingest.parse.dates import parse_date

BYLINE = re.compile(
    r"(?:(?:written |posted |words )?by|authors?|byline)\s*(?::\s*|\s)(\S.{2,79})", re.I
)
SOURCE = re.compile(r"(?:original )?(?:source|via)\s*:\s*(\S.{0,119})", re.I)
REPRINT = re.compile(
    r"(?:this (?:article|piece|story|essay) )?(?:was )?(?:first|originally) "
    r"(?:appeared|published) (?:in|on|at|by) (\S.{0,79}?)\.?",
    re.I,
)
ADDRESS = re.compile(r"(?:url|link|permalink)\s*:\s*(https?://\S+)", re.I)
PUBLISHED = re.compile(
    r"(?:(?:first )?published|posted|date|publication date)(?: on| at)?\s*:?\s*(\S.{3,60})", re.I
)
UPDATED = re.compile(r"(?:last )?(?:updated|modified)(?: on| at)?\s*:?\s*\S.{3,60}", re.I)
TITLE = re.compile(r"(?:title|headline)\s*:\s*(\S.{0,299})", re.I)

PARTICLES = frozenset(
    {"al", "and", "bin", "da", "de", "del", "della", "der", "di", "du", "el", "for", "ibn", "in"}
    | {"la", "le", "of", "the", "van", "von", "y", "&", "with"}
)
"""Words that stand in lower case within a line of names."""

CLOSING_HEADS = frozenset(
    {"about the author", "comments", "comments are closed", "continue reading", "further reading"}
    | {"latest news", "leave a comment", "leave a reply", "like this", "more from this author"}
    | {"more on this story", "more on this topic", "more stories", "most popular", "most read"}
    | {"most viewed", "newsletter", "popular posts", "post navigation", "read more", "read next"}
    | {"recommended", "recommended for you", "related", "related articles", "related content"}
    | {"related news", "related posts", "related stories", "related topics", "see also"}
    | {"share", "share this", "share this article", "share this post", "share this story"}
    | {"similar articles", "similar posts", "tags", "topics", "trending", "trending now"}
    | {"you may also like", "you might also like", "you may be interested in", "sign up"}
)
"""Lines that, standing alone in the second half, open what a site adds below an article."""

TEASER = re.compile(
    r"(?:read more|also read|read also|read next|more on this|see also|related|recommended|watch|"
    r"listen)\s*(?::|\|).*|advertisement|story continues below.*|click here to .*|"
    r"(?:sign up|subscribe) (?:for|to) .*|share (?:this|on) .*|skip to (?:main )?content|"
    r"follow us on .*|all rights reserved\.?|(?:copyright )?(?:\(c\)|\u00a9) ?.*",
    re.I,
)
TEASER_WORDS = 25
"""A teaser is one line of a headline's length; longer lines are prose that starts alike."""

HEAD_LINES = 8
TITLE_CHARS = 250
TAIL_SHARE = 0.15
"""A credit line ends the article where at most this share of the words follows it."""

ABBREVIATED_END = re.compile(r"(?:\b\w\.|\.\.\.)$")


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a text, laid out, and what the lines around it said."""

    text: str
    title: str | None = None
    byline: str | None = None
    original_source: str | None = None
    url: str | None = None
    published: tuple[date, datetime | None] | None = None


def read_body(text: str, *, title: str | None, is_titled: bool) -> Body:
    """Part clean `text` into its body and the lines around it, in linear time.

    `title` is the headline where it is known: it is left out of the text. `is_titled` says
    that the text itself is expected to start with one.
    """
    lines = [line.strip() for line in text.split("\n")]
    body, lines = _read_head(lines, Body("", title), is_titled=is_titled)
    body, lines = _read_tail(lines, body)
    return replace(body, text=lay_out([line for line in lines if not _is_teaser(line)]))


def _read_head(lines: list[str], body: Body, *, is_titled: bool) -> tuple[Body, list[str]]:
    """Take the title and the lines of credit and date off the top."""
    position = taken = 0
    while position < len(lines) and taken < HEAD_LINES:
        line = lines[position]
        read = _credit(line, body) or _dateline(line, body)
        if read is None and line and body.title and line.casefold() == body.title.casefold():
            read = body
        if read is None and is_titled and body.title is None and _is_title(lines, position):
            read = replace(body, title=line)
        if read is None and line:
            break
        body, taken = read or body, taken + bool(line)
        position += 1
    return body, lines[position:]


def _read_tail(lines: list[str], body: Body) -> tuple[Body, list[str]]:
    """Cut at the first credit line, or heading of added matter, that ends the article."""
    words = list(accumulate((len(line.split()) for line in lines), initial=0))
    half = next((i for i, before in enumerate(words) if before * 2 >= words[-1]), 0)
    position = half
    while position < len(lines):
        if _is_closing(lines[position]):
            return body, lines[:position]
        end, read = _credits(lines, position, body)
        if end > position:
            rest = next((line for line in lines[end:] if line), "")
            is_last = words[-1] - words[end] <= TAIL_SHARE * words[-1]
            if is_last or _is_closing(rest):
                return read, lines[:position]
        position = max(end, position + 1)
    return body, lines


def _credits(lines: Sequence[str], start: int, body: Body) -> tuple[int, Body]:
    """Return one past the run of credit lines that begins at `start`, and what they say."""
    end = position = start
    while position < len(lines) and (position == start or position - end < 2):
        read = _credit(lines[position], body)
        if read is not None:
            body, end = read, position + 1
        elif lines[position] or position == start:
            break
        position += 1
    return end, body


def _credit(line: str, body: Body) -> Body | None:
    """Return `body` with what a line of credit, address or date says; None for other lines.

    What was read first stays: an article has one byline, and its own.
    """
    if not line or len(line) > TITLE_CHARS:
        return None
    if (match := BYLINE.fullmatch(line)) and _are_names(match[1]):
        return replace(body, byline=body.byline or match[1].strip())
    if match := ADDRESS.fullmatch(line):
        return replace(body, url=body.url or match[1])
    if match := SOURCE.fullmatch(line) or REPRINT.fullmatch(line):
        if match[1].startswith(("http://", "https://")):
            return replace(body, url=body.url or match[1])
        return replace(body, original_source=body.original_source or match[1].strip())
    if (match := PUBLISHED.fullmatch(line)) and (found := parse_date(match[1])):
        return replace(body, published=body.published or found)
    if UPDATED.fullmatch(line) and any(char.isdigit() for char in line):
        return body
    if match := TITLE.fullmatch(line):
        return replace(body, title=body.title or match[1])
    return None


def _dateline(line: str, body: Body) -> Body | None:
    found = parse_date(line) if line else None
    return replace(body, published=body.published or found) if found else None


def _are_names(text: str) -> bool:
    words = text.replace(",", " ").replace("|", " ").split()
    return (
        len(words) <= 12
        and text[0].isupper()
        and (text[-1] not in ".!?:;" or bool(ABBREVIATED_END.search(text)))
        and all(word[0].isupper() or word.casefold() in PARTICLES for word in words)
    )


def _is_title(lines: Sequence[str], position: int) -> bool:
    """Tell whether a line stands alone like a headline and has a text below it."""
    line = lines[position]
    below = lines[position + 1] if position + 1 < len(lines) else ""
    ends_open = not line.endswith((".", ":", ";", ",")) or ABBREVIATED_END.search(line) is not None
    return (
        0 < len(line) <= TITLE_CHARS
        and ends_open
        and line[0] not in "*-"
        and (not below or len(below) > TITLE_CHARS or _is_head(below))
        and any(lines[position + 1 :])
    )


def _is_head(line: str) -> bool:
    nothing = Body("")
    return _credit(line, nothing) is not None or _dateline(line, nothing) is not None


def _is_closing(line: str) -> bool:
    return line.rstrip(" :.\u2026").casefold() in CLOSING_HEADS


def _is_teaser(line: str) -> bool:
    return TEASER.fullmatch(line) is not None and len(line.split()) <= TEASER_WORDS
