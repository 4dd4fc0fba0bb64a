"""The sentence rows of an article, and whose words each sentence holds."""

from bisect import bisect_right
from collections.abc import Sequence

from tasks.extract.document import Document
from tasks.language.layout import paragraph_starts
from warehouse.tables import Sentence, Voice

Span2 = tuple[int, int]

_QUOTED_SHARE = 0.9
"""Share of a sentence's letters inside quotes from which it counts as quoted: leaves room for
one short word outside, such as a stray 'And'."""


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
