"""CoNLL-U files, as Universal Dependencies writes them (version 2).

Multi-word ranges give the spacing of their words; empty nodes are passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import numbered_lines

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` is the 1-based number of its governor, 0 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str
    space_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and whether a document or a paragraph starts with it."""

    words: tuple[Word, ...]
    starts_document: bool
    starts_paragraph: bool


@dataclass(slots=True)
class _Reading:
    """What was read of a sentence; a range covers the words up to `range_end`."""

    words: list[Word] = field(default_factory=list)
    starts_document: bool = False
    starts_paragraph: bool = False
    range_end: int = 0
    range_is_spaced: bool = True

    def comment(self, line: str) -> None:
        self.starts_document |= line.startswith("# newdoc")
        self.starts_paragraph |= line.startswith("# newpar") and "newpar_block" not in line

    def row(self, columns: list[str]) -> None:
        """Take a line; raises ValueError where it is none of CoNLL-U."""
        if len(columns) != _COLUMNS:
            raise ValueError(f"{len(columns)} columns where CoNLL-U has {_COLUMNS}")
        index, is_spaced = columns[0], "SpaceAfter=No" not in columns[9].split("|")
        number = len(self.words) + 1
        if "-" in index:
            self.range_end = _number(index.split("-")[1], "number")
            self.range_is_spaced = is_spaced
        elif "." not in index:
            if _number(index, "number") != number:
                raise ValueError(f"word {index} where word {number} is due")
            if number <= self.range_end:
                is_spaced = number == self.range_end and self.range_is_spaced
            self.words.append(_word(columns, is_spaced))

    def sentence(self) -> Sentence:
        """Return what was read; raises ValueError where a head is outside the sentence."""
        for word in self.words:
            if word.head > len(self.words):
                raise ValueError(
                    f"the head {word.head} in the sentence before, of {len(self.words)} words"
                )
        return Sentence(tuple(self.words), self.starts_document, self.starts_paragraph)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of the file at `path`.

    Raises EvaluationError that names the line where the file is not CoNLL-U.
    """
    reading, number = _Reading(), 0
    try:
        for number, line in numbered_lines(path):  # noqa: B007  # an error names it
            if line.startswith("#"):
                reading.comment(line)
            elif line.strip():
                reading.row(line.split("\t"))
            else:
                if reading.words:
                    yield reading.sentence()
                reading = _Reading()
        if reading.words:
            yield reading.sentence()
    except ValueError as error:
        raise EvaluationError(f"{path}, line {number}: {error}") from None


def _word(columns: list[str], is_spaced: bool) -> Word:
    _, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
    return Word(form, lemma, upos, xpos, feats, _number(head, "head"), deprel, misc, is_spaced)


def _number(text: str, what: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"the {what} {text!r} is no number")
    return int(text)
