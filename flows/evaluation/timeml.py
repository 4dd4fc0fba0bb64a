"""TimeML (Pustejovsky et al. 2003): a text with its expressions of time, as TIMEX3, inline in XML.

As TempEval-3, TimeBank and WikiWars have it: the text is in TEXT, or the whole document where that
is missing; the day it was written in DCT, or in a TIMEX3 that says so. Other elements are read
through.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from tasks.extract.document import trimmed

PUBLISHED = frozenset({"CREATION_TIME", "PUBLICATION_TIME"})
"""What `functionInDocument` says of the expression that dates the document."""

_ABOUT = frozenset({"DOCID", "DOCNO", "DCT", "EXTRAINFO"})
"""Elements that tell of a document; where it has no TEXT, they stand beside its text."""
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class MarkedTime:
    """A TIMEX3: its span in the text, its type and its value, empty where it has none.

    Spans have no white space at their ends.
    """

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text with its expressions of time, in order of their start.

    `left_out` are spans that are not scored, `marked_to` is where the marked part of the text ends.
    """

    text: str
    times: tuple[MarkedTime, ...]
    published_on: date | None
    marked_to: int
    left_out: tuple[tuple[int, int], ...] = ()


def timeml_text(root: Element) -> TimedText:
    """Return the text below `root` and what is marked in it.

    Expressions of no extent and the one that dates the document are left out. Raises ValueError
    where there is no text.
    """
    body = root if (inner := root.find(".//TEXT")) is None else inner
    pieces: list[str] = []
    spans: list[tuple[Element, int, int]] = []
    _read(body, 0, pieces, spans)
    text = "".join(pieces)
    if not text.strip():
        raise ValueError("no text")
    inline = [(timex, *trimmed(text, start, end)) for timex, start, end in spans]
    whole = [one for one in inline if one[1] < one[2]]
    return TimedText(
        text,
        tuple(
            marked_time(timex.attrib, start, end)
            for timex, start, end in sorted(whole, key=lambda one: one[1:])
            if not is_of_document(timex)
        ),
        document_day(root),
        len(text),
        tuple((start, end) for timex, start, end in whole if is_of_document(timex)),
    )


def marked_time(attributes: Mapping[str, str], start: int, end: int) -> MarkedTime:
    """Return the expression with the `attributes` of a TIMEX3."""
    return MarkedTime(start, end, attributes.get("type", ""), attributes.get("value", ""))


def is_of_document(timex: Element) -> bool:
    """Tell whether a TIMEX3 says when its document was written or published."""
    return timex.attrib.get("functionInDocument") in PUBLISHED


def document_day(root: Element) -> date | None:
    """Return the day on which the document below `root` was written; None where it is not told."""
    return next((day for day in map(day_of, _dates(root)) if day is not None), None)


def day_of(value: str) -> date | None:
    """Return the day that a TIMEX3 value begins with, hyphens or none; None where it has none."""
    found = _DAY.match(value)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _read(
    element: Element, at: int, pieces: list[str], spans: list[tuple[Element, int, int]]
) -> int:
    """Add the text of `element`, which starts at `at`, and its TIMEX3; return where it ends."""
    end = at + _added(pieces, element.text)
    for child in element:
        if child.tag not in _ABOUT:
            end = _read(child, end, pieces, spans)
        end += _added(pieces, child.tail)
    if element.tag == "TIMEX3":
        spans.append((element, at, end))
    return end


def _added(pieces: list[str], text: str | None) -> int:
    """Add `text`, where there is some, to `pieces` and return its length."""
    pieces.append(text or "")
    return len(pieces[-1])


def _dates(root: Element) -> Iterator[str]:
    """Yield what may be the day of a document, the surest first."""
    for timex in root.iter("TIMEX3"):
        if is_of_document(timex):
            yield timex.attrib.get("value", "")
    for dct in root.iter("DCT"):
        yield from (timex.attrib.get("value", "") for timex in dct.iter("TIMEX3"))
        yield "".join(dct.itertext()).strip()
