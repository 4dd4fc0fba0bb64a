"""Words that pick, bound or describe a unit of time: "the following", "more than", "bloody"."""

from collections.abc import Container

from tasks.extract.times.meanings import Origin
from tasks.extract.times.numbers import read_ordinal
from tasks.extract.times.patterns import Found, Reader
from tasks.extract.times.scan import Scan
from tasks.extract.times.words import BOUNDS

_SHIFTS: dict[str, tuple[int, Origin]] = {
    "last": (-1, "speech"), "this past": (-1, "speech"),
    "this": (0, "speech"), "this coming": (1, "speech"),
    "this very": (0, "speech"), "next": (1, "speech"), "coming": (1, "speech"),
    "upcoming": (1, "speech"), "the coming": (1, "speech"), "the current": (0, "speech"),
    "current": (0, "speech"), "the last": (-1, "speech"), "the latest": (-1, "speech"),
    "the previous": (-1, "text"), "the preceding": (-1, "text"), "the prior": (-1, "text"),
    "previous": (-1, "text"), "the following": (1, "text"), "the next": (1, "text"),
    "the subsequent": (1, "text"),
    "the same": (0, "text"), "that same": (0, "text"), "that very": (0, "text"),
    "this same": (0, "text"), "the ensuing": (1, "text"),
}  # fmt: skip
"""Words that pick a unit by its place before or after the current one, and current to what."""
_SHIFT_WORDS = sorted((tuple(words.split()) for words in _SHIFTS), key=len, reverse=True)
SHIFT_STARTS = frozenset(words[0] for words in _SHIFT_WORDS)
_BOUND_WORDS = sorted((tuple(words.split()) for words in BOUNDS), key=len, reverse=True)
BOUND_STARTS = frozenset(words[0] for words in _BOUND_WORDS)

_COUNTED = ("%", "percent", "million", "billion", "trillion", "pence", "yen")
"""Words of an amount, beside plurals, that "a year" may follow."""


def read_shifting(scan: Scan, at: int) -> Found:
    """Read words that pick a unit, such as "last" or "the following"."""
    for words in _SHIFT_WORDS:
        if tuple(scan.lower[at : at + len(words)]) == words:
            return _SHIFTS[" ".join(words)], at + len(words)
    return None


def adrift(*words: str) -> Reader:
    """Return a reader of a preposition that governs nothing: "two years before."."""

    def read(scan: Scan, at: int) -> Found:
        if scan.word(at) not in words:
            return None
        governs = scan.is_next(at + 1) and scan.word(at + 1)[:1].isalnum()
        return None if governs and not _is_of_main_clause(scan, at) else (True, at + 1)

    return read


def _is_of_main_clause(scan: Scan, at: int) -> bool:
    """Tell whether "before" leads the only clause: "The day before she had met the envoy."."""
    token = scan.token(at)
    if token is None or token.lower_ != "before" or token.i - token.sent.start > _LEADING:
        return False
    root = token.sent.root
    had = any(child.lower_ == "had" and child.dep_ == "aux" for child in root.children)
    return had and token.head.i in (root.i, token.nbor(-1).i) and token.dep_ != "case"


_LEADING = 3
"""Tokens before the "before" of "The day before"."""


def led(word: str, leads: Container[str], never_before: Container[str]) -> Reader:
    """Return a reader of `word` right after one of `leads`: "then" in "since then".

    Before a word with a tag in `never_before` it is part of a name: "by then senator Low".
    """

    def read(scan: Scan, at: int) -> Found:
        found = scan.word(at) == word and scan.word(at - 1) in leads and scan.closes(at + 1)
        is_of_noun = scan.tag(at + 1) in never_before or scan.word(at + 1) == "-"
        return (True, at + 1) if found and not is_of_noun else None

    return read


def read_spanning(scan: Scan, at: int) -> Found:
    """Read "the next" where it begins a stretch of time: "over the next year"."""
    spans = scan.word(at - 1) in ("over", "within", "during", "throughout")
    return (True, at + 2) if spans and scan.word(at + 1) in ("next", "coming") else None


def read_rated(scan: Scan, at: int) -> Found:
    """Read the article of "three million a year", "200 cars a day": after what is counted."""
    before = scan.word(at - 1)
    is_sum = before.isdecimal() and scan.word(at - 2) in ("$", "€", "£")
    is_counted = before in _COUNTED or (scan.tag(at - 1) == "NNS" and before.isalpha())
    return (True, at + 1) if is_sum or is_counted else None


def read_at_time(scan: Scan, at: int) -> Found:
    """Read "this time" and "the time" after a preposition that makes a date of them."""
    before, after = scan.word(at - 1), scan.word(at + 2)
    if scan.word(at + 1) != "time" or not scan.closes(at + 2):
        return None
    if scan.word(at) == "this" and after in ("of", "last", "next"):
        return None
    if scan.word(at) == "this":
        return (True, at + 2) if before in ("by", "during", "from", "around", "at") else None
    if before == "of" and scan.word(at - 2) in ("most", "much", "all", "some", "half", "part"):
        return None
    is_bare = after in (",", ".", ";", ")", "and") or not scan.is_next(at + 2)
    return (True, at + 2) if scan.word(at) == "the" and before in ("at", "of") and is_bare else None


def read_bound(scan: Scan, at: int) -> Found:
    """Read words that bound a quantity; the value is the modifier of TIMEX3."""
    for words in _BOUND_WORDS:
        if tuple(scan.lower[at : at + len(words)]) == words:
            if words == ("over",) and _is_case(scan, at):
                return None
            return BOUNDS[" ".join(words)], at + len(words)
    return None


def _is_case(scan: Scan, at: int) -> bool:
    """Tell whether "over" leads the stretch that something took: "226 raids over 42 days"."""
    token = scan.token(at)
    is_more = scan.word(at - 1) in ("for", "after", "of") or scan.word(at + 1) in ("a", "an")
    return token is not None and token.dep_ == "case" and not is_more


def read_adjective(scan: Scan, at: int) -> Found:
    """Read an adjective between a number and a unit, as in "two bloody weeks"."""
    token = scan.token(at)
    if token is None or token.tag_ not in ("JJ", "RB", "JJR") or not token.is_alpha:
        return None
    is_other = scan.word(at) in ("old", "ago", "later", "more") or read_ordinal(scan, at)
    return None if is_other else (True, at + 1)
