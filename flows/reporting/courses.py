"""Stance over time: the positions of a holder on a target by day, and where the mean changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.cli.reading import Reader, literal
from flows.reporting.content import Chart, Row, Section, Table, counted, left_out
from flows.reporting.evidence import Evidence, Found, safe_url
from flows.reporting.positions import SIDES, pair_of, quoted
from flows.reporting.scope import Scope

COURSES, POINTS, ROWS = 8, 150, 60
"""Pictures, positions in one of them (evenly over its course), and rows of the table of changes."""
LEGEND = (
    ("mark-support", "supports"),
    ("mark-neutral", "neutral"),
    ("mark-oppose", "opposes"),
    ("mark-mean", "mean"),
    ("mark-shift", "change of the mean"),
)
SAME = " AND ".join(
    f"p.{name.strip()} IS NOT DISTINCT FROM c.{name.strip()}" for name in SIDES.split(",")
)


def courses(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of positions over time."""
    changes = scope.mart("stance_shifts", "stance_shifts_of")
    _make(reader, scope, changes)
    shifts = reader.records(
        f"FROM shifts ORDER BY is_reversal DESC, abs(delta) DESC, {SIDES}, from_on"
    )
    chosen = _chosen(reader, scope)
    drawn = {pair_of(course) for course in chosen[:COURSES]}
    told = [s for place, s in enumerate(shifts) if place < ROWS or pair_of(s) in drawn]
    _keep_shifts(reader, evidence, told)
    for course in chosen[:COURSES]:
        own = [shift for shift in told if pair_of(shift) == pair_of(course)]
        course["changes"] = [(shift["key"], shift["from_on"]) for shift in own]
    charts = [
        _chart(reader, scope, evidence, f"course{number}", course)
        for number, course in enumerate(chosen[:COURSES])
    ]
    how = f'demarche sql "FROM {changes}"'
    return Section(
        "courses",
        "Stance over time",
        "Each mark is a position on its day. A change is where the mean differs more than chance "
        "would have it, once in twenty at most; it needs eight days or more."
        if charts
        else "No holder has positions of two days or more on one target.",
        charts,
        [_table(shifts[:ROWS])] if shifts else [],
        notes=[
            *left_out(
                len(charts),
                len(chosen),
                "courses, the largest changes first, then those of most days",
                "demarche stance HOLDER TARGET --plot course.svg",
            ),
            *left_out(ROWS, len(shifts), "changes", how),
        ],
    )


def _make(reader: Reader, scope: Scope, changes: str) -> None:
    """Make the tables `shifts` and `stretches`, changes and means in scope."""
    wanted = scope.of_pair("holder_id", "target_id")
    sources = {"shifts": changes, "stretches": f"stance_stretches({scope.figures})"}
    for name, source in sources.items():
        reader.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {source} WHERE {wanted}")


def _chosen(reader: Reader, scope: Scope) -> list[dict[str, Any]]:
    """Return the pairs with positions on two days or more; the largest changes first."""
    changed = f"""SELECT {SIDES}, bool_or(is_reversal) AS is_turned, max(abs(delta)) AS largest
        FROM shifts GROUP BY ALL"""
    return reader.records(
        f"""WITH changed AS ({changed}), courses AS (
            SELECT {SIDES}, count(DISTINCT day) AS days, count(*) AS stances
            FROM stance_counted({scope.figures})
            WHERE day IS NOT NULL AND {scope.of_pair("holder_id", "target_id")}
            GROUP BY ALL HAVING days >= 2
        )
        SELECT c.*, coalesce(p.is_turned, false) AS is_turned, coalesce(p.largest, 0) AS largest
        FROM courses AS c LEFT JOIN changed AS p ON {SAME}
        ORDER BY is_turned DESC, largest DESC, days DESC, stances DESC, {SIDES}"""
    )


def _keep_shifts(reader: Reader, evidence: Evidence, shifts: Sequence[dict[str, Any]]) -> None:
    """Keep the sentences on both sides of each change."""
    known = {
        stance_id: (Found(sentence_id, start, end), url)
        for stance_id, sentence_id, start, end, url in reader.rows(
            """SELECT s.stance_id, s.sentence_id, s.start_char, s.end_char, a.url
            FROM stances AS s JOIN articles AS a USING (article_id)
            WHERE stance_id IN (SELECT unnest([prev_stance_id, stance_id]) FROM shifts)"""
        )
    }
    for number, shift in enumerate(shifts):
        ids = [shift[name] for name in ("prev_stance_id", "stance_id") if shift[name]]
        shift["label"] = (
            f"{_who(shift)} on {shift['target']}, {shift['from_on']}: mean from "
            f"{shift['prev_score']:+.2f} to {shift['score']:+.2f} (p {shift['p_value']:.3f})"
        )
        shift["url"] = safe_url(known[ids[-1]][1]) if ids else None
        found = [known[one][0] for one in ids]
        total = shift["prev_stances"] + shift["stances"]
        hint = f"demarche stance {quoted(shift['holder'])} {quoted(shift['target'])}"
        shift["key"] = evidence.add(f"h{number}", shift["label"], found, total, hint)


def _who(row: Mapping[str, Any]) -> str:
    return str(row["holder"]) + (" (spokesmen)" if row["is_represented"] else "")


def _is_pair(course: Mapping[str, Any]) -> str:
    """Return the condition for rows of the pair of `course`."""
    values = {name.strip(): course[name.strip()] for name in SIDES.split(",")}
    flag = values.pop("is_represented")
    same = [f"{name} IS NOT DISTINCT FROM {literal(value)}" for name, value in values.items()]
    return " AND ".join([*same, "is_represented" if flag else "NOT is_represented"])


def _chart(
    reader: Reader, scope: Scope, evidence: Evidence, chart_id: str, course: Mapping[str, Any]
) -> Chart:
    is_pair = _is_pair(course)
    points = _points(reader, scope, evidence, chart_id, is_pair)
    means = [
        {"from": f"{start}", "to": f"{end}", "score": score}
        for start, end, score in reader.rows(
            f"SELECT from_on, to_on, score FROM stretches WHERE {is_pair} ORDER BY from_on"
        )
    ]
    changes = [
        {"key": key, "label": evidence.marks[key]["title"], "day": f"{day}"}
        for key, day in course["changes"]
    ]
    title = f"{_who(course)} on {course['target']}: "
    title += f"{counted(course['stances'], 'position')} on {course['days']} days"
    if course["stances"] > len(points):
        title += f", {len(points)} of them shown"
    return Chart(
        chart_id,
        title,
        "course",
        {"points": points, "means": means, "shifts": changes},
        height=210,
        legend=LEGEND if changes else LEGEND[:-1],
    )


def _points(
    reader: Reader, scope: Scope, evidence: Evidence, chart_id: str, is_pair: str
) -> list[dict[str, Any]]:
    rows = reader.records(
        f"""WITH numbered AS (
            SELECT *, count(*) OVER () AS number,
                row_number() OVER (ORDER BY day, stance_id) - 1 AS place
            FROM stance_counted({scope.figures}) WHERE day IS NOT NULL AND {is_pair}
        )
        SELECT * FROM numbered
        WHERE number <= {POINTS}
            OR place * {POINTS} // number > (place - 1) * {POINTS} // number OR place = 0
        ORDER BY place"""
    )
    points = []
    for number, row in enumerate(rows):
        label = (
            f"{row['day']}: {_who(row)} on {row['target']}, {row['polarity']} "
            f"{row['score']:+.2f}, in the voice of the {row['voice']}, {row['outlet']}"
        )
        found = [
            Found(row["sentence_id"], row["start_char"], row["start_char"] + len(row["evidence"]))
        ]
        hint = f"demarche why {row['stance_id']}"
        key = evidence.add(f"{chart_id}-{number}", label, found, 1, hint)
        points.append(
            {
                "key": key,
                "label": label,
                "day": f"{row['day']}",
                "score": row["score"],
                "polarity": row["polarity"],
            }
        )
    return points


def _table(shifts: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row(
            (
                _who(shift),
                shift["target"],
                f"{shift['from_on']}",
                f"{shift['prev_score']:+.2f}",
                f"{shift['score']:+.2f}",
                f"{shift['p_value']:.3f}",
                shift["prev_evidence"] or "",
                shift["evidence"] or "",
            ),
            shift["key"],
            shift["url"],
        )
        for shift in shifts
    ]
    columns = (
        *("holder", "target", "from", "mean before", "mean after", "p", "evidence before"),
        "evidence after",
    )
    return Table("Changes of stance", columns, rows, frozenset(columns[3:6]))
