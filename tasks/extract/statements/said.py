"""When each statement was made: the day of its cue's clause, else publication as the last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.extract.dating import Dating, When
from tasks.extract.document import Document
from tasks.extract.statements.putting import CLASS_MODALITY
from warehouse.tables import Statement, TimeExpression

_BESIDE = 25
"""Characters from the end of a source within which its day stands: 'according to X on Friday'."""


def dated(
    document: Document, statements: Sequence[Statement], times: Sequence[TimeExpression]
) -> list[Statement]:
    """Return `statements` with the days on which they were made.

    `times` are in order of their start. What was not said, or is still to be, has no day.
    """
    dating = Dating(document, times)
    return [_dated(document, dating, row) for row in statements]


def _dated(document: Document, dating: Dating, row: Statement) -> Statement:
    published = document.article.published_on
    if row.is_negated:
        return row
    found = _of_cue(document, dating, row)
    if found is not None and not _is_after(found, published):
        last = found.end
        if published is not None and (last is None or last > published):
            last = published
        return replace(
            row,
            said_from=found.start,
            said_to=last,
            said_granularity=found.granularity,
            said_method=found.method,
        )
    if published is None or not _is_said(row):
        return row
    return replace(row, said_to=published, said_method="published")


def _of_cue(document: Document, dating: Dating, row: Statement) -> When | None:
    """Return the days of the clause of the cue, but for those inside of what is said."""
    if row.cue_start is None or row.cue_end is None:
        return None
    cue = document.doc.char_span(row.cue_start, row.cue_end, alignment_mode="expand")
    found = None if cue is None else dating.of(cue.root)
    if found is None or found.timex_start is None:
        return None
    at = found.timex_start
    if row.start_char <= at < row.end_char:
        return None
    if row.method == "source":  # 'according to X': the clause is what is said
        end = row.speaker_end or row.cue_end
        return found if row.cue_start <= at <= end + _BESIDE else None
    return found


def _is_after(found: When, published: date | None) -> bool:
    first = found.start or found.end
    return published is not None and first is not None and first > published


def _is_said(row: Statement) -> bool:
    return row.method == "source" or row.modality in {"asserted", CLASS_MODALITY.get(row.cue_class)}
