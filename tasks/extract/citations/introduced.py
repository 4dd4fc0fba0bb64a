"""What the words before a list say of its works: whose they are, and where they appeared."""

import re
from typing import NamedTuple

from tasks.extract.citations.parties import Parties
from tasks.extract.citations.works import Party

_PUBLISHER = re.compile(
    r"\b(?:published|appeared|posted|printed|released)\s(?:at|by|in|on|with)\s(?:the\s)?"
    r"((?:[A-Z][\w\u2019'&.-]*|of|for|and|the)(?:\s(?:[A-Z][\w\u2019'&.-]*|of|for|and|the(?=\s[A-Z])))*)"
)
_AUTHOR = re.compile(
    r"\b(?:the|this)\s(?:author|writer)(?:\u2019s|'s)\s|\b[Mm]y\s(?:\w+\s){0,3}\w+"
    r"|\b(?:our)\s(?:prior|earlier)\s"
    r"|\bby\s(?:the\s(?:same\s)?|this\s)(?:author|writer)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\b(?:works|publications|books|articles|reports|papers|studies|essays|reading|references|"
    r"bibliography|sources|analyses|analysis|op-eds|columns|pieces|literature|surveys|polls)\b",
    re.IGNORECASE,
)
_NO_WORKS = re.compile(
    r"\b(?:films?|filmography|movies|songs|singles|albums|discography|episodes|series|laws|"
    r"treaties|agreements|acts|paintings|games|novels|plays|roles|exhibitions)\b",
    re.IGNORECASE,
)
_MAX_INTRODUCTION = 600
"""Characters before a list in which its introduction is sought; a long sentence has about 300."""


class Introduction(NamedTuple):
    """Author and publisher of a list, and whether it is told to be one of works of writing."""

    author: Party | None = None
    publisher: Party | None = None
    is_of_works: bool = False


def introduction(text: str, start: int, parties: Parties) -> Introduction:
    """Return what the paragraph or heading before the list at `start` says of it."""
    low = max(start - _MAX_INTRODUCTION, 0)
    before = text[low:start].rstrip()
    paragraph_at = before.rfind("\n") + 1
    paragraph = before[paragraph_at:]
    is_heading = 0 < len(paragraph) < 60
    if not paragraph.endswith((":", ".")) and not is_heading:
        return Introduction()
    cut = max(paragraph.rfind(mark, 0, -1) for mark in (". ", "! ", "? ")) + 1
    sentence = paragraph[cut:]
    is_of_works = _WORKS.search(sentence) is not None and _NO_WORKS.search(sentence) is None
    if not paragraph.endswith((":", ".")):
        return Introduction(is_of_works=is_of_works)
    span = low + paragraph_at + cut, low + len(before)
    author = parties.byline() if _AUTHOR.search(sentence) else _owner(text, span, parties)
    return Introduction(author, _publisher(text, span, parties), is_of_works)


def _publisher(text: str, span: tuple[int, int], parties: Parties) -> Party | None:
    found = _PUBLISHER.search(text, *span)
    name = found.group(1).strip() if found else None
    while name and name.rsplit(" ", 1)[-1] in ("of", "for", "and", "the"):
        name = name.rpartition(" ")[0] or None
    if found is None or name is None:
        return None
    return parties.in_text(found.start(1), found.start(1) + len(name))


def _owner(text: str, span: tuple[int, int], parties: Parties) -> Party | None:
    """Return the person whose works they are: "Ann Lee's books:", 'Her books include:'."""
    for mention in parties.speakers.within(*span):
        is_owner = text[mention.end_char : mention.end_char + 2] in {"'s", "\u2019s"}
        is_maker = text[max(mention.start_char - 3, 0) : mention.start_char] == "by "
        is_his = mention.kind == "pronoun" and mention.surface.lower() in {"her", "his"}
        if mention.label == "PERSON" and (is_owner or is_maker or is_his):
            return parties.by_mention(mention)
    return None
