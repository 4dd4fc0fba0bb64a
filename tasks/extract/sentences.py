"""Sentence boundaries by rule, and the sentence rows of an article.

A trained splitter may replace `split_sentences`: it only has to set the same boundaries.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from spacy.tokens import Doc

from tasks.extract.document import Document
from tasks.extract.wordlist import words
from warehouse.tables import Sentence, Voice

Span2 = tuple[int, int]

_QUOTED_SHARE = 0.9
"""Share of a sentence's letters inside quotes from which it counts as quoted: leaves room for
one short word outside, such as a stray 'And'."""

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LIST_LINE = re.compile(r"^[^\S\n]*(?:[*•‣]|[-\u2013]|\d{1,2}[.)])[^\S\n]+\S[^\n]*", re.MULTILINE)
_STOP = re.compile(r"(?P<stop>[.!?…]+)(?P<close>[\"”\u2019'»)\]]*)\s+(?=[\"“\u2018'«(\[„]*[^\W_])")
_ATTRIBUTION = re.compile(
    r"(?:[^\W\d_][\w.\u2019'-]*\s+){1,3}"
    r"(?:said|says|asked|told|added|wrote|tweeted|replied|answered|declared)\b"
)
_NEVER_LAST = words(
    "Mr Mrs Ms MR MRS MS Messrs Dr Prof Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Brig Sen Rep Reps "
    "Sens Gov Rev Hon Pres Amb St Mt Ft vs v cf viz approx Nos Fig pp Jan Feb Mar Apr Jun Jul Aug "
    "Sept Sep Oct Nov Dec e.g i.e al-"
)
"""Abbreviations that something always follows."""
_MAYBE_LAST = words("Jr Sr Inc Corp Ltd Co Bros etc No a.m p.m al Ave Blvd Ph.D M.D")
"""Abbreviations that may end a sentence."""
_STARTERS = words(
    "A After Although An And As At Because Before But By During For From He Her His However If In "
    "It Its Meanwhile Most My No Not On Other Our She Since So Some Such That The Their There "
    "These They This Those Though To Until We What When Where While Who Why With You"
)
"""Words that hardly ever carry a capital inside a sentence."""


def split_sentences(doc: Doc) -> None:
    """Set the sentence boundaries of `doc`.

    A blank line and the ends of a list item always part sentences; a full stop, question or
    exclamation mark does where no abbreviation, initial or attribution speaks against it.
    Closing marks stay with the sentence they close.
    """
    starts = set(_forced_starts(doc.text)) | set(_stop_starts(doc.text))
    flags = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    # `Token.is_sent_start` scans the whole `Doc` at each assignment; an array is set at once.
    values = np.array(flags, dtype=np.int64).astype(np.uint64)
    doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]  # the stub wants thinc's type


def paragraph_starts(text: str) -> list[int]:
    """Return the first character of each paragraph; paragraphs are parted by a blank line."""
    lead = len(text) - len(text.lstrip())
    return [lead, *(m.end() for m in _BREAK.finditer(text, lead) if m.end() < len(text))]


def sentence_rows(document: Document, quotes: Sequence[Span2]) -> list[Sentence]:
    """Return one row a sentence; `quotes` are the spans of quoted speech, in order."""
    text = document.article.text
    starts = paragraph_starts(text)
    rows: list[Sentence] = []
    first = 0
    for position, span in enumerate(document.sentences):
        while first < len(quotes) and quotes[first][1] <= span.start_char:
            first += 1
        rows.append(
            Sentence(
                sentence_id=span.sentence_id,
                article_id=document.article.article_id,
                position=position,
                paragraph=max(bisect_right(starts, span.start_char) - 1, 0),
                start_char=span.start_char,
                end_char=span.end_char,
                text=text[span.start_char : span.end_char],
                voice=_voice(text, (span.start_char, span.end_char), quotes, first),
            )
        )
    return rows


def _voice(text: str, span: Span2, quotes: Sequence[Span2], first: int) -> Voice:
    """Return whose words `text[span]` holds, by the share of its letters inside quotes."""
    letters = sum(map(str.isalpha, text[span[0] : span[1]]))
    inside = 0
    for start, end in quotes[first : first + 64]:
        if start >= span[1]:
            break
        inside += sum(map(str.isalpha, text[max(start, span[0]) : min(end, span[1])]))
    if inside == 0:
        return "author"
    return "quoted" if inside >= _QUOTED_SHARE * letters else "mixed"


def _forced_starts(text: str) -> Iterator[int]:
    """Yield where a paragraph, a list item or the line after a list item starts."""
    yield from (m.end() for m in _BREAK.finditer(text))
    for item in _LIST_LINE.finditer(text):
        marker = item.start()
        while text[marker].isspace():
            marker += 1
        yield marker
        after = item.end() + 1
        while after < len(text) and text[after].isspace():
            after += 1
        yield after


def _stop_starts(text: str) -> Iterator[int]:
    """Yield where a sentence starts after a closing mark of the sentence before."""
    for found in _STOP.finditer(text):
        word = _word_at(text, found.end())
        is_lower = word[:1].islower()
        if is_lower or (found["stop"] == "." and _is_abbreviation(text, found.start(), word)):
            continue
        if _is_attributed(text, found):
            continue
        yield found.end()


def _is_attributed(text: str, found: re.Match[str]) -> bool:
    """Tell whether a quoted question or exclamation is followed by its speaker and a verb."""
    asks = found["stop"][-1] in "!?" and any(mark in found["close"] for mark in "\"”\u2019'»")
    return asks and _ATTRIBUTION.match(text, found.end(), found.end() + 80) is not None


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    """Tell whether the full stop at `stop` belongs to a shortened word, before `following`."""
    start = stop
    while (
        start > 0 and stop - start < 12 and (text[start - 1].isalnum() or text[start - 1] in ".-")
    ):
        start -= 1
    word = text[start:stop]
    if word in _NEVER_LAST:
        return True
    is_initials = len(word) > 0 and all(len(p) == 1 and p.isalpha() for p in word.split("."))
    if is_initials and (word[0].isupper() or "." in word):
        return following not in _STARTERS
    if word == "No":
        return following.isdigit()
    return word in _MAYBE_LAST and following not in _STARTERS


def _word_at(text: str, start: int) -> str:
    """Return the word that starts at `start`, after any opening marks."""
    while start < len(text) and not text[start].isalnum():
        start += 1
    end = start
    while end < len(text) and end - start < 20 and text[end].isalnum():
        end += 1
    return text[start:end]
