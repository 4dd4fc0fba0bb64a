"""The sentence rows of an article, and whose words each sentence holds."""

from bisect import bisect_right
from collections.abc import Sequence

from tasks.extract.document import Document
from tasks.language.layout import paragraph_starts
from warehouse.tables import Sentence, Voice

Span2 = tuple[int, int]

_QUOTED_SHARE = 0.9
"""Share of a sentence's letters in others' words from which it counts as quoted: leaves room for
one short word outside, such as a stray 'And'."""


def sentence_rows(document: Document, spoken: Sequence[Span2]) -> list[Sentence]:
    """Return one row a sentence; `spoken` are the spans of others' words, sorted.

    They may overlap or hold each other.
    """
    text = document.article.text
    starts = paragraph_starts(text)
    words = _joined(spoken)
    rows: list[Sentence] = []
    first = 0
    for position, span in enumerate(document.sentences):
        while first < len(words) and words[first][1] <= span.start_char:
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
                voice=_voice(text, (span.start_char, span.end_char), words, first),
            )
        )
    return rows


def _joined(spans: Sequence[Span2]) -> list[Span2]:
    """Return `spans` in order, those that touch or overlap as one."""
    joined: list[Span2] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def _voice(text: str, span: Span2, spoken: Sequence[Span2], first: int) -> Voice:
    """Return whose words `text[span]` holds, by the share of its letters in others' words.

    `spoken` do not overlap; those before `first` end before the sentence.
    """
    inside = 0
    while first < len(spoken) and spoken[first][0] < span[1]:
        start, end = spoken[first]
        inside += _letters(text, max(start, span[0]), min(end, span[1]))
        first += 1
    if inside == 0:
        return "author"
    return "quoted" if inside >= _QUOTED_SHARE * _letters(text, *span) else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalpha, text[start:end]))
