"""Statements in columns: some 200 bytes each, so that millions of them fit in memory."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.extract.quotes import find_quotes
from tasks.utterances.spans import Ints, Longs, Spans
from tasks.utterances.words import Vocabulary, words_of

UNDATED = date.max.toordinal()
"""Stands for the day of an article without one: it never comes before one with a day."""
NOBODY = -1
"""Stands for a speaker who is not known."""
DENYING = "deny"
"""Class of cues that turn what is said into its opposite ('denied that')."""
IDS = 10_000
"""Ids made an array at a time."""


Ids = NDArray[np.bytes_]


class Said(NamedTuple):
    """One statement, as the lake has it; `day` is that of publication, or its lower bound."""

    statement_id: str
    article_id: str
    day: date | None
    kind: str
    speaker_id: str | None
    speaker: str | None
    speaker_type: str | None
    cue_class: str
    cue_end: int | None
    is_negated: bool
    start_char: int
    end_char: int
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Statements by their numbers, in order of their ids; days are ordinals.

    `article` is the place of its id among those of all articles. `speaker` tells the speaker from
    others; `voice` does so, too, where it is but a word for somebody ('officials'). `cue` is where
    the cue ends, or unlike any other. `texts` are the words of each.
    """

    ids: Ids
    article: Ints
    day: Ints
    start: Ints
    end: Ints
    speaker: Ints
    voice: Ints
    cue: Longs
    is_denied: NDArray[np.bool_]
    is_direct: NDArray[np.bool_]
    texts: Spans

    def take(self, order: Longs) -> "Statements":
        """Return these statements in another order."""
        columns = {name: getattr(self, name)[order] for name in self.__slots__ if name != "texts"}
        return replace(self, **columns, texts=self.texts.take(order))


class Quotes(NamedTuple):
    """Quotes within statements that mix them with other words: of which, and their words."""

    of: Longs
    texts: Spans


class Reader:
    """Takes statements in, one after another."""

    def __init__(self) -> None:
        """Start without statements."""
        self.vocabulary = Vocabulary()
        self._ids: list[Ids] = []
        self._waiting: list[bytes] = []
        self._articles: dict[str, int] = {}
        self._speakers: dict[str, int] = {}
        names = ("article", "day", "start", "end", "speaker", "voice")
        self._columns = {name: array("i") for name in names}
        self._cue = array("q")
        self._flags = {name: array("b") for name in ("is_denied", "is_direct")}
        self._words = array("i")
        self._begins, self._lengths = array("q"), array("i")
        self._quotes = (array("q"), array("q"), array("i"))

    def read(self, statements: Iterable[Said]) -> tuple[Statements, Quotes]:
        """Return `statements`, and the quotes within them."""
        for one in statements:
            self._read(one)
        self._ids.append(np.array(self._waiting, np.bytes_))
        words = np.frombuffer(self._words, np.int32)
        digests = np.array(self.vocabulary.digests, np.uint64)
        texts = Spans(words, digests, _longs(self._begins), _longs(self._lengths))
        columns: dict[str, Any] = {
            name: np.frombuffer(some, np.int32) for name, some in self._columns.items()
        }
        columns["article"] = _ranks(self._articles)[columns["article"]]
        columns |= {name: np.frombuffer(some, np.bool_) for name, some in self._flags.items()}
        found = Statements(
            ids=np.concatenate(self._ids),
            cue=np.frombuffer(self._cue, np.int64),
            texts=texts,
            **columns,
        )
        order = np.argsort(found.ids, kind="stable")
        numbers = np.empty_like(order)
        numbers[order] = np.arange(len(order))
        of, begins, lengths = self._quotes
        quotes = Spans(words, digests, _longs(begins), _longs(lengths))
        return found.take(order), Quotes(numbers[_longs(of)], quotes)

    def _read(self, one: Said) -> None:
        number = len(self._cue)
        self._waiting.append(one.statement_id.encode())
        if len(self._waiting) == IDS:
            self._ids.append(np.array(self._waiting, np.bytes_))
            self._waiting.clear()
        columns = self._columns
        columns["article"].append(self._articles.setdefault(one.article_id, len(self._articles)))
        columns["day"].append(one.day.toordinal() if one.day else UNDATED)
        columns["start"].append(one.start_char)
        columns["end"].append(one.end_char)
        columns["speaker"].append(self._number(_speaker(one)))
        columns["voice"].append(self._number(one.speaker_id or one.speaker))
        self._cue.append(~number if one.cue_end is None else one.cue_end)
        self._flags["is_denied"].append(one.is_negated or one.cue_class == DENYING)
        self._flags["is_direct"].append(one.kind == "direct")
        self._begins.append(len(self._words))
        self._lengths.append(self._take(one.content))
        if one.kind == "mixed":
            self._read_quotes(number, one.content)

    def _read_quotes(self, number: int, content: str) -> None:
        of, begins, lengths = self._quotes
        for quote in find_quotes(content):
            of.append(number)
            begins.append(len(self._words))
            lengths.append(self._take(content[quote.start : quote.end]))

    def _take(self, text: str) -> int:
        """Take the words of `text` in and return how many they are."""
        words = self.vocabulary.numbers(text)
        self._words.extend(words)
        return len(words)

    def _number(self, speaker: str | None) -> int:
        return (
            NOBODY if speaker is None else self._speakers.setdefault(speaker, len(self._speakers))
        )


def _speaker(one: Said) -> str | None:
    """Return the entity that speaks, else the name, else None: 'he', 'officials', 'a source'."""
    if one.speaker_id is not None:
        return one.speaker_id
    is_named = one.speaker_type == "named" and one.speaker is not None
    return " ".join(words_of(one.speaker or "")) or None if is_named else None


def _longs(values: "array[int]") -> Longs:
    return np.frombuffer(values, np.dtype(values.typecode)).astype(np.int64)


def _ranks(numbers: dict[str, int]) -> Ints:
    """Return, by number, the place of what has it in alphabetical order."""
    ranks = np.empty(len(numbers), np.int32)
    ranks[[numbers[text] for text in sorted(numbers)]] = np.arange(len(numbers))
    return ranks
