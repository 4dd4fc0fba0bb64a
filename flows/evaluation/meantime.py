"""MEANTIME (Minard et al. 2016): news with entity mentions and who they refer to, in CAT's XML.

Headline, date line and the four sentences after them are fully marked; later ones only for some
entities, so they are read and not scored. The text is put together from the tokens.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from flows.evaluation.errors import EvaluationError
from flows.evaluation.mention_spans import (
    MarkedArticle,
    MentionSpan,
    NameKind,
    likely_head,
    mention_span,
    smallest,
)
from flows.evaluation.spacing import likely_spaces
from warehouse.tables import MentionLabel

MARKED_SENTENCES = 6
TYPES = frozenset({"PER", "ORG", "LOC"})
"""Entities that are scored; PRO (products), FIN and MIX are not."""
LABELS: frozenset[MentionLabel] = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})

_KINDS: Mapping[str, NameKind] = {"NAM": "name", "NOM": "nominal", "PRO": "pronoun"}
_PRONOUNS = frozenset(
    {"i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours"}
    | {"he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs"}
    | {"himself", "herself", "itself", "ourselves", "yourself", "themselves", "own"}
    | {"who", "whom", "whose", "which", "that", "what", "this", "these", "those"}
    | {"anybody", "somebody", "everybody", "nobody", "everyone", "someone", "both", "others"}
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_FIRST = re.compile(r"(\d\d)-(\d\d)-(\d{4})")
_QUOTES = {"``": '"', "''": '"'}


@dataclass(frozen=True, slots=True)
class TokenText:
    """Text of the tokens; `spans` by token id, `starts` are those that begin a sentence.

    `marked_to` is where the part ends that is fully marked.
    """

    text: str
    spans: Mapping[str, tuple[int, int]]
    starts: frozenset[int]
    marked_to: int


def read_meantime(path: Path) -> MarkedArticle:
    """Return the article in the file at `path`; raises EvaluationError where it is none."""
    try:
        root = ElementTree.parse(path).getroot()
        text = token_text(root)
        return MarkedArticle(
            text=text.text,
            mentions=tuple(smallest(_mentions(root, text))),
            marked_to=text.marked_to,
            labels=LABELS,
            published_on=published_on(root),
        )
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise EvaluationError(f"{path}: not as MEANTIME has it ({error!r})") from None


def token_text(root: Element) -> TokenText:
    """Return the tokens joined: a paragraph each for headline, date line and the rest.

    Raises ValueError where there is none, KeyError where one lacks its number.
    """
    sentences: dict[int, list[Element]] = defaultdict(list)
    for token in root.iter("token"):
        sentences[int(token.attrib["sentence"])].append(token)
    if not sentences:
        raise ValueError("no token")
    parts: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    starts: list[int] = []
    at = marked_to = 0
    for number, tokens in sorted(sentences.items()):
        forms = [token.text or "" for token in tokens]
        starts.append(at)
        for token, form, is_spaced in zip(tokens, forms, likely_spaces(forms), strict=True):
            shown = _QUOTES.get(form, form)
            spans[token.attrib["t_id"]] = (at, at + len(shown))
            parts.append(shown + " " * is_spaced)
            at += len(parts[-1])
        if number < MARKED_SENTENCES:
            marked_to = at
        parts.append("\n\n" if number <= 1 else " ")
        at += len(parts[-1])
    return TokenText("".join(parts).rstrip(), spans, frozenset(starts), marked_to)


def _mentions(root: Element, text: TokenText) -> Iterable[MentionSpan]:
    """Yield the mentions of the types that are scored, in the sentences that are fully marked."""
    entities = _entities(root)
    for mention in root.iter("ENTITY_MENTION"):
        anchors = [text.spans[anchor.attrib["t_id"]] for anchor in mention.iter("token_anchor")]
        entity = entities.get(mention.attrib["m_id"])
        if anchors and entity is not None:
            start, end = min(anchors)[0], max(anchors)[1]
            if end <= text.marked_to:
                kind = _kind(mention, text, start, end)
                yield mention_span(text.text, start, end, kind, entity)


def _entities(root: Element) -> dict[str, str]:
    """Return the entity of each mention, for entities that are scored."""
    scored = {
        entity.attrib["m_id"]
        for entity in root.iter("ENTITY")
        if entity.attrib.get("ent_type") in TYPES
    }
    found: dict[str, str] = {}
    for link in root.iter("REFERS_TO"):
        targets = [one.attrib["m_id"] for one in link.iter("target")]
        for target in scored.intersection(targets):
            for source in link.iter("source"):
                found.setdefault(source.attrib["m_id"], target)
    return found


def _kind(mention: Element, text: TokenText, start: int, end: int) -> NameKind:
    """Return the kind that is marked, else what the words tell: half of the files leave it open."""
    marked = mention.attrib.get("syntactic_type", "").removeprefix("PRE.")
    if marked in _KINDS:
        return _KINDS[marked]
    if text.text[start:end].lower() in _PRONOUNS:
        return "pronoun"
    head = likely_head(text.text, start, end)
    is_first = head in text.starts
    return "name" if text.text[head].isupper() and not is_first else "nominal"


def published_on(root: Element) -> date | None:
    """Return the day of publication; one file writes it day first."""
    for timex in root.iter("TIMEX3"):
        if timex.attrib.get("functionInDocument") == "CREATION_TIME":
            value = timex.attrib["value"]
            if day := _DAY.match(value):
                return date.fromisoformat(day.group())
            if other := _DAY_FIRST.match(value):
                return date(int(other[3]), int(other[2]), int(other[1]))
    return None
