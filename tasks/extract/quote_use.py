"""What quotation marks are for: speech, the title of a work, a nickname, or words held at arm's
length, as in: the "security" zone.

Told from the text beside the marks, without a parse; a word that a speaker is said to have used
('called it "fraud"') counts as words, since its sentence is the author's.
"""

import re
from typing import Literal

QuoteUse = Literal["speech", "words", "title", "name"]
Span = tuple[int, int]

SPEECH_WORDS = 4
"""Words from which a fragment within a sentence counts as speech. On PolNeAR dev 93 % of the
quotes of four to seven words are what somebody said, of one word 67 %."""
TITLE_WORDS = 16
_HEADLINE = 0.8
"""Share of longer words that is capitalised in a headline; in prose it is about a fifth."""
_BEFORE = 90
"""Characters before a quote that are read."""

_DATED = re.compile(
    r"(?:^|\n)[\s*•‣\-\u2013]*(?:\d{1,2}\.? [A-Z][a-z]+\.?,? \d{4}|[A-Z][a-z]+\.? \d{1,2},? \d{4}"
    r"|\d{4}(?:-\d\d-\d\d)?)\)?\s*[:,.\-\u2013\u2014]\s*$"
)
_WORK = re.compile(
    r"\b(?:[Ff]ilms?|[Mm]ovies?|[Dd]ocumentar(?:y|ies)|[Bb]ooks?|[Nn]ovels?|[Mm]emoirs?|[Ss]ongs?"
    r"|[Ss]ingles?|[Aa]lbums?|[Tt]racks?|[Ss]eries|[Ss]how|[Ss]itcom|[Pp]rogramm?e?s?|[Ee]pisodes?"
    r"|[Pp]odcasts?|[Pp]lay|[Mm]usical|[Oo]pera|[Pp]aintings?|[Pp]oems?|[Aa]nthem|[Ee]ssays?"
    r"|[Aa]rticles?|[Cc]olumn|[Cc]ommentary|[Oo]p-ed|[Ee]ditorial|[Rr]eports?|[Pp]apers?|[Ss]tudy"
    r"|[Mm]agazine|[Gg]ame|[Vv]ideo|[Pp]amphlet|[Bb]rochure|[Ll]ecture|[Ee]xhibition|[Cc]ampaign"
    r"|(?:en)?titled|headlined|called|named)\b(?:\s+[\w.'\u2019-]+){0,4},?\s*$"
)
_WORK_AFTER = re.compile(
    r"[\s,]*(?:\(\d{4}\)|by [A-Z]|(?:film|movie|book|song|series|show|album)\b)"
)
_TERM = re.compile(
    r"(?:so-called|known as|dubbed|nicknamed?|code-?named|named|referred to as"
    r"|the (?:word|term|name|phrase|label)s?)\s*(?:as|of|the|a|an)?\s*$",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w'\u2019-]+|[A-Z]\.)\s+$")
_SENTENCE_BEFORE = re.compile(r"(?:[.!?…:\u2014\u2013\u2015-][\"”'\u2019)\]]?|^|[”\"\u2019'»])\s*$")
_LINKED = re.compile(r"[,:]\s*$")
_SUBJECT = re.compile(
    r"\bI\b|\b(?:we|you|he|she|they|who|let\u2019s|let's)\s+\w"
    r"|\w(?:n['\u2019]t|['\u2019](?:re|m|ll|ve))\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "nor"}
)
_SMALL |= {"by", "with", "from", "as", "vs", "is", "de", "la", "le", "der", "und", "et"}
"""Words that stay small in a title."""


def use_of(text: str, span: Span, outer: Span, paragraph: Span, *, is_open: bool) -> QuoteUse:
    """Return what the marks at the ends of `outer` are for; `span` is what they hold.

    `paragraph` is the span around them; `is_open` where the quote goes on from or over it.
    """
    inside = text[span[0] : min(span[1], span[0] + 400)]
    words = inside.split()
    before = text[max(paragraph[0], outer[0] - _BEFORE) : outer[0]]
    after = text[outer[1] : min(outer[1] + 40, paragraph[1])]
    if len(words) <= 3 and _is_nickname(words, before, after):
        return "words" if _is_headline(text, paragraph) else "name"
    if len(words) <= TITLE_WORDS and _is_title(inside, words, before, after):
        return "title"
    if before[-1:] == "=" or (before[-1:] == "(" and before[-2:-1].isalnum()):
        return "words"
    if len(words) >= SPEECH_WORDS and (is_open or len(words) > TITLE_WORDS):
        return "speech"
    if outer == paragraph and _is_title_case(words) and inside[-1] not in "!?":
        return "title"
    if _stands_as_sentence(inside, before, after):
        return "speech"
    if 1 < len(words) <= TITLE_WORDS and _is_title_case(words) and inside[-1] not in "!?":
        return "words" if _is_headline(text, paragraph) else "title"
    if len(words) >= SPEECH_WORDS and not (len(words) < 6 and _TERM.search(before)):
        return "speech"
    is_clause = inside[-1] in "?!" or _SUBJECT.search(inside)
    return "speech" if len(words) > 1 and is_clause else "words"


def _is_title(inside: str, words: list[str], before: str, after: str) -> bool:
    """Tell the title of a work by what stands beside it: a date in a list, a kind of work."""
    if _DATED.search(before):
        return sum(w[:1].isupper() for w in words) * 2 > len(words)
    if not _is_title_case(words) or inside[-1] in "!?" or "." in inside[:-1]:
        return False
    return bool(_WORK.search(before) or _WORK_AFTER.match(after))


def _is_title_case(words: list[str]) -> bool:
    """Tell whether all words but the smallest are capitalised or numbers."""
    bare = [w.strip("\"“”'\u2018\u2019.,:;!?()&-\u2013\u2014…") for w in words]
    bare = [w for w in bare if w]
    large = [w for w in bare if w[0].isupper() or w[0].isdigit()]
    first = bool(bare) and (bare[0][0].isupper() or bare[0][0].isdigit())
    is_name = len(large) > 1 or (len(bare) == 1 and bare[0][0].isupper())
    return first and is_name and all(w in _SMALL for w in bare if w not in large)


def _is_headline(text: str, paragraph: Span) -> bool:
    """Tell whether the paragraph is capitalised as headlines are, which makes nothing a title."""
    opening = text[paragraph[0] : min(paragraph[0] + 200, paragraph[1])]
    words = [w.lstrip("'\u2018“\"") for w in opening.split() if len(w) > 3]
    return len(words) > 3 and sum(w[:1].isupper() for w in words) >= _HEADLINE * len(words)


def _is_nickname(words: list[str], before: str, after: str) -> bool:
    """Tell a nickname within a name: John "Jack" Smith."""
    if not _NAME_BEFORE.search(before) or words[-1][-1] in ",.!?":
        return False
    return words[0][0].isupper() and bool(re.match(r"\s+[A-Z][\w'\u2019-]+", after))


def _stands_as_sentence(inside: str, before: str, after: str) -> bool:
    """Tell a quote that stands as a sentence of its own, or is joined by comma or colon."""
    is_capital = inside[0].isupper() or inside[0] in "[…."
    if _LINKED.search(before):
        return is_capital
    if not _SENTENCE_BEFORE.search(before):
        return False
    return inside[-1] in ",.!?…-\u2014\u2013" or after[:1] in {",", "."}
