"""Part the body of a text from the lines around it: title, credits, dates, teasers."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import accumulate, pairwise

from tasks.ingest.parse.credits import (
    ABBREVIATED_END,
    Head,
    is_passing,
    read_credit,
    read_dateline,
)
from tasks.ingest.parse.lines import IN_TEXT, WRAPPED_LINE, Line
from warehouse.tables import BlockKind

CLOSING_HEADS = frozenset(
    {"about the author", "comments", "comments are closed", "continue reading", "further reading"}
    | {"leave a comment", "leave a reply", "like this", "more from this author"}
    | {"post navigation", "related posts", "share", "share this", "share this article"}
    | {"share this post", "share this story", "similar articles", "similar posts", "tags", "topics"}
    | {"you may also like", "you might also like", "you may be interested in"}
)
"""Lines that, standing alone in the second half, open what a site adds below an article."""

AMBIGUOUS_HEADS = frozenset({"comments", "share", "tags", "topics"})
"""Those that an author may write over a part of the text; sentences below tell."""

BOX_HEADS = frozenset(
    {"don't miss", "don\u2019t miss", "editor's picks", "editor\u2019s picks", "latest news"}
    | {"more coverage", "more on this story", "more on this topic", "more stories"}
    | {"most popular", "most read", "most viewed", "newsletter", "popular posts", "read also"}
    | {"read more", "read next", "recommended", "recommended for you", "related"}
    | {"related articles", "related content", "related coverage", "related news"}
    | {"related stories", "related topics", "see also", "sign up", "trending", "trending now"}
)
"""Lines that open a box of teasers between paragraphs: it ends where these go on."""

TEASER = re.compile(
    r"(?:read more|also read|read also|read next|more on this|see also|see more|related|"
    r"recommended|watch|listen|don['\u2019]t miss)\s*(?::|\|).*|advertisement|"
    r"story continues below.*|click here (?:to|for) .*|most (?:read|popular|viewed)(?: in .*)?|"
    r"(?:like|enjoy(?:ed)?) this (?:story|article|post)\?.*|comments?|"
    r"share (?:this (?:story|article|post|page|on|with|via)|on) .*|skip to (?:main )?content|"
    r"all rights reserved\.?|(?:copyright (?:\(c\)|\u00a9)|\u00a9) ?.*|"
    r"\(c\) ?(?:copyright|\d{4}).*|copyright (?:\u00a9|\d{4}).*",
    re.I,
)
SIGN_UP = re.compile(
    r"(?:please )?(?:sign up|subscribe|register|get access|join us)(?: now| today| here)? "
    r"(?:for|to|on|and) .*\b(?:our|us|your|newsletters?|e-?mails?|updates?|alerts?|podcasts?"
    r"|channel|bulletin|briefings?|digest|inbox|access|stories|comment)\b.*|"
    r"(?:click here|(?:want|enjoy).{0,60}\?) (?:to )?(?:subscribe|sign up).*|"
    r"newsletter|sign up|follow (?:us|him|her|them|@\S+|(?-i:[A-Z]\S+ [A-Z]\S+)) (?:on|at) .*|"
    r"(?:reach|contact|email) (?:the )?(?:reporters?|authors?|writers?|us) .*|"
    r"(?:(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+|\S+@\S+\.\S+)",
    re.I,
)
TEASER_WORDS = 25
"""A teaser is one line of a headline's length; longer lines are prose that starts alike."""

STOPS = (".", ".\u201d", '."', ":", ";")

PROSE_LINE = 50
"""A line of prose that is shorter and ends in no stop is a line of its own."""

PROSE_WORDS = 8
"""Words from which a line that ends in a stop is a sentence of the author's."""

HEAD_LINES = 8
TITLE_CHARS = 250
TAIL_SHARE = 0.15
"""A credit line ends the article where at most this share of the words follows it."""


def read_body(
    lines: Sequence[Line], *, title: str | None, is_titled: bool
) -> tuple[Head, list[Line]]:
    """Return what the lines around a body say, and all `lines` with the kinds they have.

    Runs in linear time. `title` is the headline where it is known: a line that repeats it is no
    part of the body. `is_titled` says that the lines are expected to start with one.
    """
    head, read = _read_head(lines, Head(title), is_titled=is_titled)
    rest = list(lines[len(read) :])
    wrapped = _wrapped(rest)
    rest = [line if at in wrapped else _as_boilerplate(line) for at, line in enumerate(rest)]
    _mark_boxes(rest)
    head, rest = _read_tail(rest, head, wrapped)
    return head, read + rest


def _read_head(lines: Sequence[Line], head: Head, *, is_titled: bool) -> tuple[Head, list[Line]]:
    """Take the title and the lines of credit and date off the top."""
    read: list[Line] = []
    taken = 0
    for position, line in enumerate(lines):
        if taken == HEAD_LINES:
            break
        if line.kind not in IN_TEXT or not line.text:
            read.append(line)
            continue
        found = read_credit(line.text, head) or read_dateline(line.text, head)
        if found is None and head.title and line.text.casefold() == head.title.casefold():
            found = "title", head
        if found is None and is_titled and head.title is None and _is_title(lines, position):
            found = "title", replace(head, title=line.text)
        if found is None:
            break
        read.append(Line(found[0], line.text))
        head, taken = found[1], taken + 1
    return head, read


def _wrapped(lines: Sequence[Line]) -> set[int]:
    """Return the places of lines that are part of a paragraph that a program wrapped.

    Lines of credit stand below each other, too, but each begins with a capital and none is prose.
    """
    found: set[int] = set()
    for at, (line, below) in enumerate(pairwise(lines)):
        if below.kind != "paragraph" or line.kind not in ("paragraph", "list_item"):
            continue
        if not line.text or not below.text or len(line.text) > WRAPPED_LINE:
            continue
        is_open = len(line.text) >= PROSE_LINE and not line.text.endswith(STOPS)
        if is_open or below.text[0].islower():
            found |= {at, at + 1}
    return found


def _read_tail(
    lines: list[Line], head: Head, wrapped: AbstractSet[int] = frozenset()
) -> tuple[Head, list[Line]]:
    """Set apart all from the first credit line, or heading of added matter, that ends the text."""
    words = list(accumulate((_words(line) for line in lines), initial=0))
    half = next((i for i, before in enumerate(words) if before * 2 >= words[-1]), 0)
    position = half
    while position < len(lines):
        if _is_closing(lines[position]) and not _is_heading(lines, position):
            return head, lines[:position] + _added(lines[position:])
        if position in wrapped:
            position += 1
            continue
        end, found, credits = _credits(lines, position, head)
        if credits:
            rest = next((line for line in lines[end:] if line.text), None)
            share = 0 if all(is_passing(line.text) for line in credits.values()) else TAIL_SHARE
            is_last = words[-1] - words[end] <= share * words[-1] and not any(
                map(_is_prose, lines[end:])
            )
            if is_last or (rest and _is_closing(rest)):
                return found, [*lines[:position], *credits.values(), *_added(lines[end:])]
            if share == 0:
                for at, line in credits.items():
                    lines[at] = line
        position = max(end, position + 1)
    return head, lines


def _credits(lines: Sequence[Line], start: int, head: Head) -> tuple[int, Head, dict[int, Line]]:
    """Return one past the run of credit lines that begins at `start`, what they say, and them."""
    end = position = start
    credits: dict[int, Line] = {}
    while position < len(lines) and (position == start or position - end < 2):
        line = lines[position]
        found = read_credit(line.text, head) if line.kind == "paragraph" else None
        if found is not None:
            head, end = found[1], position + 1
            credits[position] = Line(found[0], line.text)
        elif line.text or position == start:
            break
        position += 1
    return end, head, credits


def _added(lines: Sequence[Line]) -> list[Line]:
    """Return the lines below an article, none of them part of its text."""
    return [
        Line(_credit_kind(line.text) or "teaser", line.text) if line.kind in IN_TEXT else line
        for line in lines
        if line.text
    ]


def _credit_kind(text: str) -> BlockKind | None:
    found = read_credit(text, Head())
    return found[0] if found else "sign_up" if SIGN_UP.fullmatch(text) else None


def _as_boilerplate(line: Line) -> Line:
    """Return `line` as a teaser or sign-up where it is one."""
    if line.kind not in IN_TEXT or line.kind == "quote" or len(line.text.split()) > TEASER_WORDS:
        return line
    if SIGN_UP.fullmatch(line.text):
        return Line("sign_up", line.text)
    return Line("teaser", line.text) if TEASER.fullmatch(line.text) else line


def _mark_boxes(lines: list[Line]) -> None:
    """Make a line such as 'Related' and the headlines below it teasers, up to the next prose.

    In the first half such a line needs a teaser, such as a linked headline, right below it.
    """
    half = len(lines) // 2
    is_box = False
    for position, line in enumerate(lines):
        if not line.text or line.kind not in IN_TEXT:
            continue
        if _bare(line) in BOX_HEADS:
            below = next((one for one in lines[position + 1 : position + 4] if one.text), None)
            is_box = position >= half or (below is not None and below.kind == "teaser")
        elif is_box:
            is_box = len(line.text.split()) <= TEASER_WORDS and not line.text.endswith(STOPS)
        if is_box:
            lines[position] = Line("teaser", line.text)


def _words(line: Line) -> int:
    return len(line.text.split()) if line.kind in IN_TEXT else 0


def _is_title(lines: Sequence[Line], position: int) -> bool:
    """Tell whether a line stands alone like a headline and has a text below it."""
    line = lines[position]
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    ends_open = (
        not line.text.endswith((*STOPS, ",", ".\u2019", "!\u201d", "?\u201d"))
        or ABBREVIATED_END.search(line.text) is not None
    )
    return (
        line.kind != "list_item"
        and len(line.text) <= TITLE_CHARS
        and ends_open
        and (not below or len(below) > TITLE_CHARS or _is_head(below))
        and any(line.text for line in lines[position + 1 :])
    )


def _is_head(line: str) -> bool:
    return read_credit(line, Head()) is not None or read_dateline(line, Head()) is not None


def _is_prose(line: Line) -> bool:
    return line.text.endswith(STOPS) and _words(line) >= PROSE_WORDS


def _is_heading(lines: Sequence[Line], position: int) -> bool:
    """Tell a heading of the author's, such as 'Topics', from the same word below an article."""
    return _bare(lines[position]) in AMBIGUOUS_HEADS and any(map(_is_prose, lines[position + 1 :]))


def _is_closing(line: Line) -> bool:
    return line.kind in IN_TEXT and _bare(line) in CLOSING_HEADS


def _bare(line: Line) -> str:
    return line.text.rstrip(" :.\u2026").casefold()
