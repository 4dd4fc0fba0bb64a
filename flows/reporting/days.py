"""What happened when: stories, changes of stance and cited works, on one line each."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.cli.queries.timeline import USUAL
from flows.cli.queries.timeline_periods import ORDER
from flows.cli.reading import Reader, literal
from flows.reporting.content import Chart, Row, Section, Table, counted, in_picture, left_out
from flows.reporting.evidence import PER_MARK, Evidence, Found, safe_url
from flows.reporting.scope import Scope

DRAWN, ROWS = 40, 200
"""Things in the picture and in the table: those of which most outlets tell."""
FAR = 0.1
"""Share of the things, the earliest, that the picture may leave out; the table has them."""
WIDER = 4
"""They are left out where they would make the days that many times as long."""
LEGEND = (
    ("mark-told", "told or reported"),
    ("mark-planned", "planned or unsure"),
    ("mark-disputed", "sources disagree"),
)


def days(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of dated things."""
    _make(reader, scope)
    ((total,),) = reader.rows("SELECT count(*) FROM things")
    things = reader.records(
        f"""SELECT * FROM (
            FROM things ORDER BY outlets DESC NULLS LAST, reports DESC, is_confirmed DESC,
                confidence DESC NULLS LAST, {ORDER} LIMIT {ROWS}
        ) ORDER BY {ORDER}"""
    )
    _keep(reader, evidence, things)
    drawn = _drawn(things)
    name = f" {literal(scope.about)}" if scope.about else ""
    how = f"demarche timeline{name.replace(chr(39), chr(34))} --limit 0"
    how += f" --from {scope.since}" if scope.since else ""
    return Section(
        "timeline",
        "Timeline",
        "One line is one thing that happened, was announced or appeared, however many articles "
        "tell of it. A bar covers all days on which it may have been."
        if things
        else "Nothing has a day.",
        [_chart(drawn)] if drawn else [],
        [_table(things)] if things else [],
        notes=[
            *in_picture(len(drawn), total, "things"),
            *left_out(len(things), total, "things in the table", how),
        ],
    )


def _make(reader: Reader, scope: Scope) -> None:
    """Make the table `things`, what the timeline has in scope."""
    kinds = ", ".join(map(literal, USUAL))
    source = (
        f"timeline_about(about := {literal(scope.about)}, kinds := [{kinds}])"
        if scope.about
        else "timeline"
    )
    since = f"AND coalesce(happened_to, happened_from) >= {literal(scope.since)}"
    reader.rows(
        f"""CREATE OR REPLACE TEMP TABLE things AS FROM {source}
        WHERE kind IN ({kinds}) {since if scope.since else ""}"""
    )


def _keep(reader: Reader, evidence: Evidence, things: Sequence[dict[str, Any]]) -> None:
    """Keep the sentences of each thing's reports, the earliest first."""
    reports: dict[str, list[Found]] = {}
    ids = ", ".join(literal(thing["row_id"]) for thing in things) or "NULL"
    for row_id, sentence_id, start, end in reader.rows(
        f"""WITH wanted AS (
            SELECT kind, thing_id, row_id AS shown_id FROM timeline_reports WHERE row_id IN ({ids})
        ), told AS (
            SELECT shown_id, article_id, start_char, end_char, published_on, row_id
            FROM wanted JOIN timeline_reports USING (kind, thing_id)
            UNION ALL
            SELECT stance_id, article_id, start_char, end_char, NULL, stance_id
            FROM stances WHERE stance_id IN ({ids})
        )
        SELECT shown_id, s.sentence_id, t.start_char, t.end_char
        FROM told AS t JOIN sentences AS s
            ON s.article_id = t.article_id
            AND s.start_char <= t.start_char AND t.start_char < s.end_char
        QUALIFY row_number() OVER (
            PARTITION BY shown_id ORDER BY t.row_id <> shown_id, t.published_on, t.row_id
        ) <= {PER_MARK}
        ORDER BY t.row_id <> shown_id, t.published_on, t.row_id"""
    ):
        reports.setdefault(row_id, []).append(Found(sentence_id, start, end))
    for number, thing in enumerate(things):
        thing["label"] = f"{thing['dated']}: {_line(thing['what'])} ({thing['sureness']})"
        found = reports.get(thing["row_id"], [])
        total = thing["reports"] if thing["kind"] == "event" else len(found)
        hint = f"demarche why {thing['row_id']}"
        thing["key"] = evidence.add(
            f"t{number}", thing["label"], found, max(total, len(found)), hint
        )


def _line(text: str) -> str:
    return " ".join(text.split())


def _ends(thing: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the first and the last day; those of all sources where these disagree."""
    first, last = thing["happened_from"], thing["happened_to"]
    if thing["dates_told"] is not None:
        first, last = thing["happened_from_min"], thing["happened_to_max"]
    return first or last, last or first


def _drawn(things: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the things of the picture in order of days, without a few that are far earlier."""
    order = sorted(
        range(len(things)),
        key=lambda place: (-(things[place]["outlets"] or 0), -(things[place]["reports"] or 0)),
    )
    drawn = [things[place] for place in sorted(order[:DRAWN])]
    if len(drawn) < 1 / FAR:
        return drawn
    starts = sorted(_ends(thing)[0] for thing in drawn)
    last = max(_ends(thing)[1] for thing in drawn)
    usual = starts[int(len(starts) * FAR)]
    if (last - starts[0]).days <= WIDER * max((last - usual).days, 30):
        return drawn
    return [thing for thing in drawn if _ends(thing)[0] >= usual]


def _chart(drawn: Sequence[Mapping[str, Any]]) -> Chart:
    rows = []
    for number, thing in enumerate(drawn):
        first, last = _ends(thing)
        state = "told" if thing["is_confirmed"] else "planned"
        rows.append(
            {
                "key": thing["key"],
                "label": thing["label"],
                "row": number,
                "text": f"{thing['dated']}  {_line(thing['what'])}",
                "from": f"{first}",
                "to": f"{last}",
                "state": "disputed" if thing["is_disputed"] else state,
            }
        )
    return Chart(
        "timeline",
        f"{counted(len(rows), 'thing')} by day",
        "timeline",
        {"rows": rows},
        height=40 + 34 * len(rows),
        legend=LEGEND,
    )


def _table(things: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row(
            (
                thing["dated"],
                _line(thing["what"]),
                thing["kind"].replace("_", " "),
                thing["sureness"] + (", disputed" if thing["is_disputed"] else ""),
                f"{thing['reports']}",
                f"{thing['outlets'] or ''}",
                f"{_line(thing['evidence'] or '')} ({thing['publisher']})",
            ),
            thing["key"],
            safe_url(thing["url"]),
        )
        for thing in things
    ]
    columns = ("day", "what", "kind", "how sure", "reports", "outlets", "evidence")
    return Table("Timeline", columns, rows, frozenset({"reports", "outlets"}))
