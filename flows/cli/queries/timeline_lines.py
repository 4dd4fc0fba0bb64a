"""The lines of `demarche timeline`: what happened, then what is planned, then what is unsure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flows.cli.output import Format, print_note, show
from flows.cli.queries.timeline_periods import Grain, periods, told
from flows.cli.reading import Answer

if TYPE_CHECKING:
    from flows.cli.queries.timeline import Asked
    from flows.cli.reading import Reader

SHOWN = ("dated", "kind", "sureness", "what", "said_by", "evidence", "outlets", "row_id")
SECTIONS = ("", "Planned, not confirmed", "Possible, wished for, supposed or denied")
Record = dict[str, Any]


def show_lines(reader: "Reader", asked: "Asked", fmt: Format, grain: Grain | None) -> None:
    """Print the lines that are asked for, by section, at most `fmt.limit` in each."""
    records = reader.records(_sql(asked, grain))
    if not records:
        print_note("no rows")
    is_first = True
    for place, title in enumerate(SECTIONS):
        section = [record for record in records if record["section"] == place]
        if not section:
            continue
        if not is_first:
            print()
        if title:
            print(f"{title}:")
        is_first = False
        kept = section[: fmt.limit]
        show(Answer(SHOWN, list(_rows(kept, section))), Format("table", None))
        if len(kept) < len(section):
            print_note(f"only the first {len(kept)} of {len(section)}; `--limit 0` shows all")


def _sql(asked: "Asked", grain: Grain | None) -> str:
    period, order = periods(grain)
    return f"""SELECT
        CASE
            WHEN sureness IN ('told', 'reported', 'reckoned') THEN 0
            WHEN sureness = 'planned' THEN 1
            ELSE 2
        END AS section,
        {period} AS period, * REPLACE (
            coalesce(dates_told, dated) AS dated,
            concat(sureness, if(is_disputed, ', disputed', '')) AS sureness,
            nullif(evidence, what) AS evidence
        )
    {asked.source}
    ORDER BY section, {order}"""


def _rows(kept: Sequence[Record], section: Sequence[Record]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of each line; above those of a period stands it, with its counts."""
    counts: dict[str | None, Counter[str]] = {}
    for record in section:
        counts.setdefault(record["period"], Counter())[record["kind"]] += 1
    for period, lines in groupby(kept, key=lambda record: record["period"]):
        if period is not None:
            yield (period, None, None, told(counts[period]), *[None] * (len(SHOWN) - 4))
        for line in lines:
            yield tuple(line[name] for name in SHOWN)
