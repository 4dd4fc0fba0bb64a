"""Timelines of SemEval-2015 task 4 (Minard et al. 2015) and the documents they are drawn from.

A timeline is a text: the entity, then an event a line, as `order<TAB>date<TAB>mentions`, the
mentions parted by tabs and each `document-sentence-words`. Order 0 is for events that nobody could
order; a date has X for what is not known. Documents are in CAT's XML, or TimeML with sentences.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files, numbered_lines
from flows.evaluation.meantime import token_text
from flows.evaluation.timeml import document_day

ENDINGS = (".xml", ".tml")

_EVENT = re.compile(r"\d+\t\S+(\t\S+)+")
_MENTION = re.compile(r"([^-]+)-(\d+)-(.+)")
_DATE = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?")
_NUMBER = re.compile(r"\d+")


class EventMention(NamedTuple):
    """Where an event is told: document, number of the sentence, and the words, in lower case."""

    document: str
    sentence: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """An event with all its mentions; `day` is YYYY, YYYY-MM or YYYY-MM-DD, empty if not known."""

    order: int
    day: str
    mentions: tuple[EventMention, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document; `starts` and `numbers` are those of its sentences, in order."""

    document: str
    text: str
    published_on: date | None
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def sentence_at(self, char: int) -> int:
        """Return the number of the sentence that holds `char`."""
        return self.numbers[max(0, bisect_right(self.starts, char) - 1)]


@dataclass(frozen=True, slots=True)
class MarkedTimeline:
    """What is marked of an entity: its events, and the documents in which they are told."""

    entity: str
    events: tuple[TimedEvent, ...]
    sources: tuple[Source, ...]


def read_timelines(data: Path) -> list[MarkedTimeline]:
    """Return the timelines in the folder `data` and below, each with its documents.

    These are the ones below the nearest folder above the timeline, not above `data`, that has any;
    of those with the same number the first counts. Raises EvaluationError where there is no
    timeline, or no document for one.
    """
    if not data.is_dir():
        raise EvaluationError(f"{data}: no folder; wanted are timelines and their documents")
    texts = marked_files(data, (".txt",), below=True)
    marked = {path: lines for path in texts if (lines := _timeline_lines(path))}
    if not marked:
        raise EvaluationError(f"{data}: no timeline in it; one has lines of order, date and events")
    sources: dict[Path, tuple[Source, ...]] = {}
    return [
        MarkedTimeline(
            lines[0].strip(),
            tuple(_event(path, line) for line in lines[1:]),
            _sources(path, data, sources),
        )
        for path, lines in marked.items()
    ]


def _timeline_lines(path: Path) -> list[str]:
    """Return the lines with text, none of a file that is no timeline."""
    lines = [line.rstrip() for _, line in numbered_lines(path) if line.strip()]
    return lines if len(lines) > 1 and all(map(_EVENT.fullmatch, lines[1:])) else []


def _event(path: Path, line: str) -> TimedEvent:
    order, day, *mentions = line.split("\t")
    known = _DATE.match(day)
    return TimedEvent(
        int(order),
        known.group() if known else "",
        tuple(_mention(path, one) for one in mentions),
    )


def _mention(path: Path, given: str) -> EventMention:
    found = _MENTION.fullmatch(given)
    if found is None:
        raise EvaluationError(f"{path}: '{given}' is no document-sentence-event")
    return EventMention(found[1], int(found[2]), frozenset(found[3].lower().split("_")))


def _sources(path: Path, data: Path, known: dict[Path, tuple[Source, ...]]) -> tuple[Source, ...]:
    """Return the documents for the timeline at `path`, as far as they are not `known` yet."""
    folder = path.parent
    while True:
        if folder not in known:
            files = sorted(one for one in folder.rglob("*") if one.suffix in ENDINGS)
            known[folder] = tuple({one.document: one for one in _read(reversed(files))}.values())
        if known[folder]:
            return known[folder]
        if folder == data:
            break
        folder = folder.parent
    raise EvaluationError(
        f"{data}: the documents of {path.name} are not there, as *.xml (CAT) or *.tml"
    )


def _read(files: Iterator[Path]) -> Iterator[Source]:
    for path in files:
        try:
            root = ElementTree.parse(path).getroot()
            yield _source(path, root)
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise EvaluationError(
                f"{path}: neither CAT's XML nor TimeML with sentences ({error!r})"
            ) from None


def _source(path: Path, root: Element) -> Source:
    """Return the document below `root`, in either format."""
    tokens = root if root.find("token") is not None else _tokens(root)
    text = token_text(tokens)
    number = _NUMBER.match(path.name)
    return Source(
        document=tokens.attrib.get("doc_id") or (number.group() if number else path.stem),
        text=text.text,
        published_on=document_day(root),
        starts=tuple(sorted(text.starts)),
        numbers=tuple(sorted({int(token.attrib["sentence"]) for token in tokens.iter("token")})),
    )


def _tokens(root: Element) -> Element:
    """Return TimeML as a document of tokens: words of `s`, parted by white space."""
    made = Element("Document", doc_id=root.findtext("DOCID", "").strip())
    count = 0
    for sentence in root.iter("s"):
        for word in "".join(sentence.itertext()).split():
            count += 1
            token = SubElement(made, "token", t_id=str(count), sentence=sentence.attrib["id"])
            token.text = word
    return made
