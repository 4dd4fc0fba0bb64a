"""Sentences with named entities in BIO: CoNLL columns, two columns, or UNER's IOB2 files.

The token stands in the first column (the second where the first is its number), the tag in the
last (the third in files with five columns and numbers). A tag that opens with `I-` after another
label, as in WikiGold, opens a name (IOB1).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import numbered_lines

NameSpan = tuple[int, int, str]
"""First token, token after the last, label."""

_TEXT = "# text = "
_DOCUMENT = ("# newdoc", "-DOCSTART-")
_TAG = re.compile(r"O|[BIESLU]-\S+")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence: its tokens, the names in it, and its text where the file gives that.

    `goes_on`: it is of the same document as the sentence before. Only files that mark documents,
    with `# newdoc` or `-DOCSTART-`, tell; others may be shuffled.
    """

    tokens: tuple[str, ...]
    names: tuple[NameSpan, ...]
    text: str | None = None
    goes_on: bool = False


def read_bio(path: Path) -> Iterator[Tagged]:
    """Yield the sentences of the file at `path`; raises EvaluationError that names the line."""
    tokens: list[str] = []
    tags: list[str] = []
    text: str | None = None
    goes_on = has_documents = False
    for number, line in numbered_lines(path):
        if line.startswith(_DOCUMENT):
            goes_on, has_documents = False, True
        if not line.strip():
            if tokens:
                yield Tagged(tuple(tokens), spans(tags), text, goes_on)
                goes_on = has_documents
            tokens, tags, text = [], [], None
        elif line.startswith(_TEXT):
            text = line.removeprefix(_TEXT)
        elif not _is_comment(line):
            token, tag = _columns(line)
            if not token:
                raise EvaluationError(f"{path}, line {number}: no token")
            if not _TAG.fullmatch(tag):
                raise EvaluationError(f"{path}, line {number}: {tag!r} is no BIO tag")
            tokens.append(token)
            tags.append(tag)
    if tokens:
        yield Tagged(tuple(tokens), spans(tags), text, goes_on)


def spans(tags: list[str]) -> tuple[NameSpan, ...]:
    """Return the names that `tags` mark, in order; IOB1, IOB2 and BIOES are read alike."""
    found: list[NameSpan] = []
    start, label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if label and (prefix in {"O", "B", "S", "U"} or name != label):
            found.append((start, at, label))
            label = ""
        if name and not label:
            start, label = at, name
    return tuple(found)


def _is_comment(line: str) -> bool:
    """Return whether `line` is a comment, and not the token # with its tag."""
    if line.startswith("-DOCSTART-"):
        return True
    return line.startswith("# ") and "\t" not in line and not _TAG.fullmatch(line.split()[-1])


def _columns(line: str) -> tuple[str, str]:
    columns = line.split("\t") if "\t" in line else line.split()
    if len(columns) == 5 and columns[0].isdecimal():
        return columns[1], columns[2]
    return columns[0], columns[-1] if len(columns) > 1 else ""
