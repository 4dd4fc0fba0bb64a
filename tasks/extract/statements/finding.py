"""The statements of an article: attributions, speaker turns and quotes that go on, as rows."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from tasks.extract.document import Document
from tasks.extract.quotes import Quote
from tasks.extract.statements.attributions import find_attributions
from tasks.extract.statements.carried import carried_on
from tasks.extract.statements.cues import cues
from tasks.extract.statements.headlines import headline_rows
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.rows import Rows
from tasks.extract.statements.set_off import with_blocks
from tasks.extract.statements.spoken_turns import signed_rows, turn_rows
from tasks.extract.turns import Turn
from warehouse.tables import Mention, Statement

_OTHERS = frozenset({"he", "she", "they", "who"})


def find_statements(
    document: Document,
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    turns: Sequence[Turn] = (),
) -> list[Statement]:
    """Return the statements of `document`, in order of their content.

    `mentions`, `quotes` and the `turns` of a transcript are in order; quotes do not overlap.
    """
    marks = Quotes(document.article.text, with_blocks(document, quotes))
    rows = turn_rows(document, mentions, turns)
    rows += signed_rows(document, mentions, marks)
    rows += headline_rows(document, mentions, marks) if not turns else ()
    signed = {(r.start_char, r.end_char) for r in rows}
    attributions = find_attributions(document.doc, cues(), marks)
    told = Rows(document, mentions, marks).of(attributions)
    rows += [r for r in told if (r.start_char, r.end_char) not in signed]
    rows = list(_once(rows))
    rows += carried_on(document, rows, marks)
    rows = list(_told_of_others(rows, turns))
    unique = {row.statement_id: row for row in reversed(rows)}
    ordered = sorted(unique.values(), key=lambda r: (r.start_char, -r.end_char, r.cue_start or 0))
    return list(_with_via(ordered))


def _once(rows: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rows without a quotation that a nearer cue reports too."""
    nearest: dict[tuple[int, int], Statement] = {}
    for row in rows:
        span = row.start_char, row.end_char
        if row.kind == "direct" and (span not in nearest or _gap(row) < _gap(nearest[span])):
            nearest[span] = row
    yield from (
        row for row in rows if row.kind != "direct" or nearest[row.start_char, row.end_char] is row
    )


def _gap(row: Statement) -> int:
    """Return the characters between content and cue; a signature or a label counts as none."""
    if row.cue_start is None or row.cue_end is None or row.method == "signed":
        return 0
    return max(row.start_char - row.cue_end, row.cue_start - row.end_char)


def _told_of_others(rows: Sequence[Statement], turns: Sequence[Turn]) -> Iterator[Statement]:
    """Yield the rows without those in somebody's direct speech that are of the speaker's own words.

    'I think' and 'you know' are part of what is said; so is what unnamed others want or think.
    """
    direct = [(r.start_char, r.end_char) for r in rows if r.kind == "direct"]
    direct = sorted(direct + [(t.start, t.end) for t in turns if t.is_question])
    ends = list(accumulate((end for _, end in direct), max))
    for row in rows:
        at = row.start_char if row.cue_start is None else row.cue_start
        index = bisect_right(direct, at, key=lambda span: span[0]) - 1
        is_inside = index >= 0 and at < ends[index] and row.kind != "direct"
        is_of_others = row.speaker_type != "pronoun" or (row.speaker or "").lower() in _OTHERS
        is_own = row.speaker_type == "author" or (
            row.speaker_id is None and (row.is_attitude or not is_of_others)
        )
        if not (is_inside and is_own):
            yield row


def _with_via(rows: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rows, each with the statement in whose content its cue stands."""
    around: list[Statement] = []
    for row in rows:
        while around and around[-1].end_char < row.end_char:
            around.pop()
        outer = next((o for o in reversed(around) if _holds(o, row)), None)
        if outer is not None:
            is_same = outer.speaker_id is None or outer.speaker_id == row.speaker_id
            is_other = (outer.speaker_id or "").startswith("other:")
            via = row.via_id if is_same or is_other else outer.speaker_id
            row = replace(row, via_id=via, via_statement_id=outer.statement_id)
        yield row
        around.append(row)


def _holds(outer: Statement, row: Statement) -> bool:
    at = row.start_char if row.cue_start is None else row.cue_start
    return outer.start_char <= at < outer.end_char and outer.cue_start != row.cue_start
