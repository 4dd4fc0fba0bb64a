"""The statements of an article: attributions, speaker turns and quotes that go on, as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.document import Document
from tasks.extract.quotes import Quote
from tasks.extract.statements.attributions import find_attributions
from tasks.extract.statements.carried import carried_on
from tasks.extract.statements.cues import cues
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.rows import Rows
from tasks.extract.statements.set_off import with_blocks
from tasks.extract.statements.spoken_turns import signed_rows, turn_rows
from warehouse.tables import Mention, Statement


def find_statements(
    document: Document, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> list[Statement]:
    """Return the statements of `document`, in order of their content.

    `mentions` and `quotes` are in order; quotes do not overlap.
    """
    marks = Quotes(document.article.text, with_blocks(document, quotes))
    rows = turn_rows(document, mentions)
    rows += signed_rows(document, mentions, marks)
    signed = {(r.start_char, r.end_char) for r in rows}
    attributions = find_attributions(document.doc, cues(), marks)
    told = Rows(document, mentions).of(attributions)
    rows += [r for r in told if (r.start_char, r.end_char) not in signed]
    rows += carried_on(document, rows, marks)
    unique = {row.statement_id: row for row in reversed(rows)}
    ordered = sorted(unique.values(), key=lambda r: (r.start_char, -r.end_char, r.cue_start or 0))
    return list(_with_via(ordered))


def _with_via(rows: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rows, each with the statement in whose content its cue stands."""
    around: list[Statement] = []
    for row in rows:
        while around and around[-1].end_char < row.end_char:
            around.pop()
        outer = next((o for o in reversed(around) if _holds(o, row)), None)
        if outer is not None:
            is_same = outer.speaker_id is None or outer.speaker_id == row.speaker_id
            via = row.via_id if is_same else outer.speaker_id
            row = replace(row, via_id=via, via_statement_id=outer.statement_id)
        yield row
        around.append(row)


def _holds(outer: Statement, row: Statement) -> bool:
    at = row.start_char if row.cue_start is None else row.cue_start
    return outer.start_char <= at < outer.end_char and outer.cue_start != row.cue_start
