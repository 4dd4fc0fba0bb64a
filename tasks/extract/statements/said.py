"""When each statement was made: the day of its cue's clause, else publication as the last."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.dating import Dating
from tasks.extract.document import Document
from tasks.extract.statements.putting import CLASS_MODALITY
from warehouse.tables import Statement, TimeExpression


def dated(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> list[Statement]:
    """Return `statements` with the days on which they were made.

    `times` are in order of their start. What is still to be said has no day but its own.
    """
    dating = Dating(document, times)
    return [_dated(document, dating, row) for row in statements]


def _dated(document: Document, dating: Dating, row: Statement) -> Statement:
    published = document.article.published_on
    found = None
    if row.cue_start is not None and row.cue_end is not None:
        cue = document.doc.char_span(row.cue_start, row.cue_end, alignment_mode="expand")
        found = None if cue is None else dating.of(cue.root)
    is_said = row.modality in {"asserted", CLASS_MODALITY.get(row.cue_class)}
    if found is not None:
        first, last = found.start, found.end
        inside = first is not None and row.start_char <= (found.timex_start or -1) < row.end_char
        is_ahead = is_said and published is not None and (first or last or published) > published
        if not inside and not is_ahead:
            if is_said and published is not None:
                last = min(last or published, published)
            return replace(
                row,
                said_from=first,
                said_to=last,
                said_granularity=found.granularity,
                said_method=found.method,
            )
    if published is None or not is_said:
        return row
    return replace(row, said_to=published, said_method="published")
