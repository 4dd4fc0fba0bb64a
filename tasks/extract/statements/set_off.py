"""Block quotes that a reporting sentence leads in, among the quotes of an article."""

from bisect import bisect_left
from collections.abc import Sequence

from tasks.extract.block_quotes import Block, find_blocks
from tasks.extract.document import Document
from tasks.extract.quotes import Quote
from tasks.extract.statements.cues import cues


def with_blocks(document: Document, quotes: Sequence[Quote]) -> list[Quote]:
    """Return `quotes` and, in order, the paragraphs set off after 'She wrote:' as quotes.

    A block in which a quote stands with its own marks is the author's.
    """
    starts = [q.start for q in quotes]
    found = [*quotes]
    for block in find_blocks(document.article.text):
        index = bisect_left(starts, block.start)
        is_free = index == len(starts) or starts[index] >= block.end
        if is_free and not block.is_list and _reports(document, block):
            span = block.start, block.end
            found.append(Quote(*span, "straight", outer_start=span[0], outer_end=span[1]))
    return sorted(found, key=lambda q: q.start)


def _reports(document: Document, block: Block) -> bool:
    """Tell whether the sentence that leads in ends with a colon and holds a reporting word."""
    lead = document.sentence_at(max(block.lead_end - 1, 0))
    span = document.doc.char_span(lead.start_char, block.lead_end, alignment_mode="expand")
    if span is None:
        return False
    known = cues()
    return any("quote" in f.cue.frames for token in span for f in known.at(token))
