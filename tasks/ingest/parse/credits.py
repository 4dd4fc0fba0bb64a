"""Lines that say who wrote a text, where it comes from, and when it appeared."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.wires import wire_line
from warehouse.tables import BlockKind

BYLINE = re.compile(
    r"(?:(?:written |posted |words |story |report )?by|authors?|byline)\s*(?::\s*|\s)(\S.{2,79})",
    re.I,
)
HELPERS = re.compile(
    r"\W{0,2}(?:additional |with )?(?:reporting|writing|editing)(?: and (?:writing|editing))? "
    r"by\b.+",
    re.I,
)
CREDIT = re.compile(
    r"\S.{2,400}\bcontributed (?:to|reporting(?: (?:for|to))?)"
    r"(?: (?:this|the) (?:report|story|article|piece))?(?: from \S.{2,60})?\W{0,3}"
    r"|\S.{2,79} is (?:an? |the )\S.{2,79}\bfollow (?:him|her|them) (?:on|at) .{2,99}",
    re.I,
)
"""Who helped with a report: named at its end, and no part of what it says."""

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
UPDATED = re.compile(r"(?:last )?(?:updated|modified)(?: on| at)?\s*:?\s*(\S.{3,60})", re.I)
TITLE = re.compile(r"(?:title|headline)\s*:\s*(\S.{0,299})", re.I)
DATED_NAME = re.compile(r"(\S.{2,79}?)\s*(?:[,|\u00b7\u2022\u2013\u2014-]|\bon\b)\s+(\S.{5,50})")

PARTICLES = frozenset(
    {"al", "and", "at", "bin", "da", "de", "del", "della", "der", "di", "du", "el", "for", "ibn"}
    | {"from", "in", "inputs", "la", "le", "of", "the", "van", "von", "y", "&", "with"}
)
"""Words that stand in lower case within a line of names."""

HELP_WORDS = (
    PARTICLES
    | {"additional", "by", "compiled", "editing", "reporting", "writing"}
    | {"agencies", "bureau", "correspondent", "correspondents", "desk", "editor", "editors"}
    | {"newsroom", "our", "reporter", "reporters", "staff", "team", "writer", "writers"}
)
"""Words in lower case within a line on who helped; a sentence has others."""

CREDIT_CHARS = 250
LONG_CREDIT_CHARS = 500
"""A list of those who helped is longer than other lines of credit."""

ABBREVIATED_END = re.compile(r"(?:\b\w\.|\.\.\.)$")


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around the body of a text say of it."""

    title: str | None = None
    byline: str | None = None
    original_source: str | None = None
    url: str | None = None
    published: tuple[date, datetime | None] | None = None


def read_credit(line: str, head: Head) -> tuple[BlockKind, Head] | None:
    """Return the kind of a line of credit, address or date, and `head` with what it says.

    None for other lines. What was read first stays: an article has one byline, and its own.
    """
    if len(line) > LONG_CREDIT_CHARS or not line:
        return None
    if _is_help(line):
        return "byline", head
    return _short_credit(line, head) if len(line) <= CREDIT_CHARS else None


def is_passing(line: str) -> bool:
    """Tell a credit that may stand between paragraphs, such as a photograph's, from one below."""
    return _is_help(line[:LONG_CREDIT_CHARS]) or wire_line(line) is not None


def _is_help(line: str) -> bool:
    """Tell who helped, by name, from a sentence such as 'Writing by hand improves memory.'"""
    if CREDIT.fullmatch(line):
        return True
    words = re.findall(r"\w[\w.'\u2019-]*", line)
    return HELPERS.fullmatch(line) is not None and all(
        not word[0].islower() or word in HELP_WORDS for word in words
    )


def _short_credit(line: str, head: Head) -> tuple[BlockKind, Head] | None:
    if found := _byline(line, head):
        return "byline", found
    if match := ADDRESS.fullmatch(line):
        return "source", replace(head, url=head.url or match[1])
    if match := SOURCE.fullmatch(line) or REPRINT.fullmatch(line):
        if match[1].startswith(("http://", "https://")):
            return "source", replace(head, url=head.url or match[1])
        return "source", replace(head, original_source=head.original_source or match[1].strip())
    if wire := wire_line(line):
        return "source", replace(head, original_source=head.original_source or wire)
    if (match := PUBLISHED.fullmatch(line)) and (day := parse_date(match[1])):
        return "date", replace(head, published=head.published or day)
    if (match := UPDATED.fullmatch(line)) and parse_date(match[1]):
        return "date", head
    if match := TITLE.fullmatch(line):
        return "title", replace(head, title=head.title or match[1])
    return None


def read_dateline(line: str, head: Head) -> tuple[BlockKind, Head] | None:
    """Return `head` with the date that is all that `line` says; None for other lines."""
    found = parse_date(line) if line else None
    return ("date", replace(head, published=head.published or found)) if found else None


def _byline(line: str, head: Head) -> Head | None:
    """Read 'By Jane Doe', also with a date behind it."""
    match = BYLINE.fullmatch(line)
    if not match:
        return None
    dated = DATED_NAME.fullmatch(match[1])
    day = parse_date(dated[2]) if dated else None
    names = dated[1] if dated and day else match[1]
    if not are_names(names):
        return None
    return replace(head, byline=head.byline or names.strip(), published=head.published or day)


def are_names(text: str) -> bool:
    """Tell whether `text` may be a list of names: capitals, and no sentence."""
    words = text.replace(",", " ").replace("|", " ").split()
    return (
        0 < len(words) <= 12
        and text[0].isupper()
        and (text[-1] not in ".!?:;" or bool(ABBREVIATED_END.search(text)))
        and all(word[0].isupper() or word.casefold() in PARTICLES for word in words)
    )
