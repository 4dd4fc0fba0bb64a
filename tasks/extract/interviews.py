"""Who the labels of a transcript stand for: full names, and the person who is interviewed."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from tasks.extract.turn_labels import TITLES
from tasks.extract.turns import Turn, last_word

Span = tuple[int, int]

_HEAD_TURNS = 6
"""Turns from the first in which a speaker may be introduced by full name."""
_HEAD_CHARS = 6000
"""Characters before the first turn, and within the first turns, that are read."""
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*\.?")
_NO_GIVEN = TITLES | frozenset(
    {"by", "and", "with", "from", "of", "for", "in", "at", "to", "via", "former", "advisor"}
    | {"adviser", "envoy", "special", "ceo", "professor", "reporter", "correspondent", "editor"}
    | {"presenter", "presenters", "speakers", "participants", "affairs", "security", "officer"}
)
"""Words before a surname that are no given names."""
_TALKS = re.compile(
    r"\b(?:interview(?:s|ed|ing)?(?: with| of)?|conversation with|spoke (?:to|with)"
    r"|speak(?:s|ing)? (?:to|with)|talk(?:s|ed) (?:to|with)|chat(?:s|ted)? with|sat down with"
    r"|caught up with|(?:got|gotten) in touch with|reached out to|questions (?:to|for)|met with"
    r"|meets|discuss(?:es|ed)|asked|joined by|Q ?& ?A(?: with|:)|Q and A with)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:answer(?:s|ed)|told|tells|spoke|speaks|talk(?:s|ed)|agreed|discuss(?:es|ed)|responds?)\b"
)
_NEAR = 160
"""Characters after a word of talking within which the person is named."""
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?]\s+(?=[A-Z])|\n\s*\n")
_RUN = re.compile(
    r"[A-Z][\w'\u2019.-]*(?: (?:(?:de|van|von|bin|al|el|la) )?[A-Z][\w'\u2019-]*){1,3}"
)


def full_names(
    text: str, labels: Iterable[str] = (), turns: Sequence[Turn] = ()
) -> dict[str, Span]:
    """Map the last word of each label, in lower case, to the span of the full name in `text`.

    `text` is a transcript with its `turns`, or the title of one with its `labels`. A name stands
    in the labels ('Jane Smith:' once, then 'Smith:' or 'JS:'), before the first turn, or in one of
    the first.
    """
    spans = [(t.label_start, t.label_end) for t in turns if t.is_named]
    wanted = {label.split()[-1].casefold() for label in labels if label.split()}
    wanted |= {last_word(text, span) for span in spans}
    wanted -= TITLES
    found: dict[str, Span] = {}
    for span in [*spans, *_named_in_head(text, turns, wanted)]:
        words = text[span[0] : span[1]].split()
        is_full = len(words) > 1 and words[0].casefold().strip(".") not in TITLES
        if is_full and words[-1].casefold() in wanted:
            found.setdefault(words[-1].casefold(), span)
    return found | _by_initials(text, wanted - set(found), [*found.values(), *_runs(text, turns)])


def _named_in_head(text: str, turns: Sequence[Turn], wanted: set[str]) -> Iterator[Span]:
    """Yield the names of the head that end in a word of `wanted`, with the given names before."""
    for start, end in _regions(text, turns):
        given: list[Span] = []
        for match in _WORD.finditer(text, start, end):
            word = match.group()
            if given and text[given[-1][1] : match.start()] != " ":
                given = []
            bare = word.removesuffix("'s").removesuffix("\u2019s").rstrip(".")
            if given and bare.casefold() in wanted and word[0].isupper():
                yield _first_given(given), match.start() + len(bare)
            is_given = word[0].isupper() and word.casefold().rstrip(".") not in _NO_GIVEN
            given = [*given[-2:], match.span()] if is_given else []


def _first_given(given: Sequence[Span]) -> int:
    """Return where the name starts: one given name, and the initials around it.

    Words before it are mostly of an office, capitalised as all words of a title are.
    """
    start, end = given[-1]
    is_initial = end - start <= 2
    for before in reversed(given[:-1]):
        if not is_initial and before[1] - before[0] > 2:
            break
        start, is_initial = before[0], before[1] - before[0] <= 2
    return start


def _regions(text: str, turns: Sequence[Turn]) -> list[Span]:
    """Return what stands before the first turn, and the openings of the first turns."""
    if not turns:
        return [(0, len(text))]
    first = [(t.start, min(t.end, t.start + _HEAD_CHARS)) for t in turns[:_HEAD_TURNS]]
    return [(0, turns[0].label_start), *first]


def _runs(text: str, turns: Sequence[Turn]) -> Iterator[Span]:
    """Yield the runs of capitalised words before the first turn."""
    end = turns[0].label_start if turns else len(text)
    yield from (match.span() for match in _RUN.finditer(text, 0, end))


def _by_initials(text: str, wanted: set[str], names: Iterable[Span]) -> dict[str, Span]:
    """Map labels that are initials ('ng') to the first of `names` that they stand for."""
    found: dict[str, Span] = {}
    short = {word for word in wanted if 2 <= len(word) <= 4}
    for span in names if short else ():
        initials = "".join(w[0] for w in text[span[0] : span[1]].split()).casefold()
        if initials in short:
            found.setdefault(initials, span)
    return found


def find_interviewed(text: str, persons: Sequence[Span], turns: Sequence[Turn] = ()) -> Span | None:
    """Return the name of the one who is interviewed, from the head of `text` or from a title.

    `persons` are the spans of the names of persons, in order. The name stands after or before a
    word of talking; None where there is none.
    """
    end = turns[0].label_start if turns else len(text)
    askers = {last_word(text, (t.label_start, t.label_end)) for t in turns if t.is_question}
    names = [p for p in persons if p[1] <= end and last_word(text, p) not in askers]
    for cue in _TALKS.finditer(text, 0, end):
        limit = _SENTENCE_END.search(text, cue.end(), min(cue.end() + _NEAR, end))
        last = limit.start() if limit else cue.end() + _NEAR
        if near := _within(names, cue.end(), last):
            return _in_full(text, names, near[0])
    for cue in _ANSWERED.finditer(text, 0, end):
        if near := _within(names, max(cue.start() - _NEAR, 0), cue.start()):
            return _in_full(text, names, near[-1])
    return None


def _within(names: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the names in `start` to `end`; they are in order."""
    first = bisect_left(names, (start, 0))
    return names[first : bisect_left(names, (end, 0))]


def _in_full(text: str, names: Sequence[Span], name: Span) -> Span:
    """Return the first name that ends as `name` does and has a given name too."""
    last = last_word(text, name)
    full = (n for n in names if last_word(text, n) == last and " " in text[n[0] : n[1]])
    return next(full, name)
