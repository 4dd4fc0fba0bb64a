"""Whether what is reported stands in quotation marks: all of it, a part, or nothing.

Told from the reported words and the characters next to them alone, and apart from the rules that
find quotations for the tables, so that a change of those moves no figure by itself.
"""

from collections.abc import Iterable, Iterator

from flows.evaluation.attributions import Span
from warehouse.tables import StatementKind

_CLOSERS = {
    '"': '"',
    "''": "''",
    "``": "''",
    "\u201c": "\u201d",
    "\u00ab": "\u00bb",
    "\u2039": "\u203a",
    "\u2018": "\u2019",
    "'": "'",
}
"""What ends a quotation, by what opens it."""
_ENDS = frozenset(_CLOSERS.values())
_SINGLE = frozenset(("'", "\u2019"))
"""Marks that end a quotation, or are apostrophes."""
_DOUBLED = ("''", "``")


def kind_of(text: str, content: Iterable[Span]) -> StatementKind:
    """Return `direct` where all words of `content` are quoted, `mixed` where some, else `indirect`.

    A quotation may begin before a span or go on after it; what is not closed ends with the span.
    """
    quoted: list[bool] = []
    for start, end in content:
        quoted += _quoted(text, start, end)
    if quoted and all(quoted):
        return "direct"
    return "mixed" if any(quoted) else "indirect"


def _quoted(text: str, start: int, end: int) -> list[bool]:
    """Return for each letter and digit of a span whether it is quoted."""
    if start and text[start - 1] in _CLOSERS:
        start -= 1
    if end < len(text) and text[end] in _ENDS:
        end += 1
    marks = list(_marks(text, start, end))
    last = {mark: at for at, mark in marks if _may_close(text, at, end, mark)}
    quoted: list[bool] = []
    closer, is_first = "", True
    for at, mark in marks:
        ends_with = _CLOSERS.get(mark, "")
        if not mark:
            quoted.append(bool(closer))
        elif closer:
            closer = "" if mark == closer and _may_close(text, at, end, mark) else closer
        elif ends_with in _SINGLE and at >= last.get(ends_with, -1):
            continue  # nothing closes it: an apostrophe
        elif ends_with and _may_open(text, at, start, mark):
            closer, is_first = ends_with, False
        elif is_first and mark in _ENDS - _SINGLE:
            # opened before the span; or, where nothing stands before it, written for an opening one
            closer = "" if quoted else mark
            quoted, is_first = [True] * len(quoted), False
    return quoted


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield where the marks of a span are, and where its letters and digits, as an empty mark."""
    at = start
    while at < end:
        two = text[at : min(at + 2, end)]
        mark = two if two in _DOUBLED else text[at]
        if mark in _CLOSERS or mark in _ENDS:
            yield at, mark
        elif text[at].isalnum():
            yield at, ""
        at += len(mark)


def _may_open(text: str, at: int, start: int, mark: str) -> bool:
    """Tell an opening mark from a closing one, which follows a word, and from an apostrophe."""
    before = text[at - 1 : at] if at > start else ""
    after = text[at + len(mark) : at + len(mark) + 1]
    return not before.isalnum() and before not in {".", ",", "!", "?"} and bool(after.strip())


def _may_close(text: str, at: int, end: int, mark: str) -> bool:
    """Tell a closing mark from an apostrophe, which stands before a letter."""
    after = text[at + 1 : min(at + 2, end)]
    return mark not in _SINGLE or not after.isalnum()
