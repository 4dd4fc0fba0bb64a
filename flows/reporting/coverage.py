"""Who wrote when: articles by outlet and day of publication."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.cli.reading import Reader
from flows.reporting.content import Chart, Row, Section, Table, counted, left_out
from flows.reporting.evidence import Evidence, Found

OUTLETS, DAYS = 25, 300
"""Outlets in the picture, and rows of the table."""
COLUMNS = 90
"""Most columns of the picture: on a phone each is 8 pixels, and the picture is moved sideways."""
GRAINS = {"day": 1, "week": 7, "month": 30.5, "quarter": 91, "year": 365}
STEPS = 5
LEFT_LABELS = 150


def coverage(reader: Reader, evidence: Evidence) -> Section:
    """Return the section of the articles in scope."""
    ((first, last, undated, outlets),) = reader.rows(
        """SELECT min(day), max(day), count(*) FILTER (day IS NULL), count(DISTINCT outlet)
        FROM in_scope"""
    )
    grain = _grain(first, last)
    cells = _cells(reader, grain)
    _keep(reader, evidence, grain, cells)
    days = reader.records(
        """SELECT outlet, day, bool_or(is_bound) AS is_bound, count(*) AS articles,
            count(duplicate_of) AS copies
        FROM in_scope GROUP BY outlet, day ORDER BY day DESC NULLS LAST, outlet"""
    )
    notes = left_out(OUTLETS, outlets, "outlets, those with most articles", _sql("outlet_profile"))
    notes += left_out(DAYS, len(days), "rows of outlet and day", _sql("articles"))
    if undated:
        notes.append(f"{counted(undated, 'article')} without any day are only in the table.")
    return Section(
        "coverage",
        "Coverage",
        f"Articles by outlet and {grain} of publication, copies too. Where only a lower bound is "
        "known, that day counts.",
        [_chart(cells, grain)] if cells else [],
        [_table(days[:DAYS])],
        notes=notes,
    )


def _grain(first: date | None, last: date | None) -> str:
    """Return the unit of the columns, so that there are not too many."""
    span = (last - first).days + 1 if first and last else 1
    return next((grain for grain, days in GRAINS.items() if span / days <= COLUMNS), "year")


def _sql(table: str) -> str:
    return f'demarche sql "FROM {table}"'


def _cells(reader: Reader, grain: str) -> list[dict[str, Any]]:
    return reader.records(
        f"""WITH most AS (
            SELECT outlet FROM in_scope GROUP BY outlet ORDER BY count(*) DESC, outlet
            LIMIT {OUTLETS}
        )
        SELECT outlet, date_trunc('{grain}', day)::DATE AS from_on,
            (date_trunc('{grain}', day) + INTERVAL 1 {grain})::DATE AS to_on,
            count(*) AS articles
        FROM in_scope JOIN most USING (outlet) WHERE day IS NOT NULL
        GROUP BY ALL ORDER BY outlet, from_on"""
    )


def _keep(reader: Reader, evidence: Evidence, grain: str, cells: Sequence[dict[str, Any]]) -> None:
    """Keep the first sentence of each article of a cell; a copy shows its original's."""
    rows = reader.rows(
        f"""SELECT i.outlet, date_trunc('{grain}', i.day)::DATE, s.sentence_id
        FROM in_scope AS i
        JOIN sentences AS s ON s.article_id = coalesce(i.duplicate_of, i.article_id)
        WHERE i.day IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY i.article_id ORDER BY s.position) = 1
        ORDER BY i.day DESC, i.article_id"""
    )
    firsts: dict[tuple[str, date], list[Found]] = {}
    for outlet, day, sentence_id in rows:
        firsts.setdefault((outlet, day), []).append(Found(sentence_id))
    for number, cell in enumerate(cells):
        cell["label"] = (
            f"{cell['outlet']}, {_when(cell, grain)}: {counted(cell['articles'], 'article')}"
        )
        found = firsts.get((cell["outlet"], cell["from_on"]), [])
        hint = 'demarche sql "FROM articles" (here: each article\'s first sentence)'
        cell["key"] = evidence.add(f"c{number}", cell["label"], found, cell["articles"], hint)


def _when(cell: Mapping[str, Any], grain: str) -> str:
    first: date = cell["from_on"]
    if grain == "quarter":
        return f"{first.year}, quarter {(first.month + 2) // 3}"
    texts = {"day": f"{first}", "week": f"week of {first}", "month": f"{first:%Y-%m}"}
    return texts.get(grain, f"{first.year}")


def _bounds(most: int) -> list[int]:
    """Return the upper bounds of the steps of colour: squares, so that few are told apart too."""
    return sorted({max(1, round(most * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})


def _chart(cells: Sequence[Mapping[str, Any]], grain: str) -> Chart:
    bounds = _bounds(max(cell["articles"] for cell in cells))
    shift = STEPS - len(bounds)
    rows = [
        {
            "key": cell["key"],
            "label": cell["label"],
            "outlet": cell["outlet"],
            "from": f"{cell['from_on']}",
            "to": f"{cell['to_on']}",
            "level": shift + sum(cell["articles"] > bound for bound in bounds) + 1,
        }
        for cell in cells
    ]
    lows = [1, *(bound + 1 for bound in bounds)]
    legend = [
        (f"c{shift + place + 1}", f"{low}" if low == high else f"{low} to {high}")
        for place, (low, high) in enumerate(zip(lows, bounds, strict=False))
    ]
    columns = len({cell["from_on"] for cell in cells})
    outlets = len({cell["outlet"] for cell in cells})
    return Chart(
        "coverage",
        f"Articles by outlet and {grain}",
        "coverage",
        {"rows": rows},
        width=LEFT_LABELS + columns * 8,
        height=outlets * 26 + 40,
        legend=legend,
    )


def _table(days: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row(
            (
                row["outlet"],
                "unknown" if row["day"] is None else f"{row['day']}",
                "lower bound" if row["is_bound"] else "",
                f"{row['articles']}",
                f"{row['copies']}",
            )
        )
        for row in days
    ]
    columns = ("outlet", "day", "basis", "articles", "of them copies")
    return Table("Articles by outlet and day", columns, rows, frozenset(columns[3:]))
