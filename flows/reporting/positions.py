"""Who stands where: the matrix of holders and targets, with the sentences behind each mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flows.cli.reading import Reader
from flows.reporting.content import Chart, Row, Section, Table, counted, in_picture, left_out
from flows.reporting.evidence import PER_MARK, Evidence, Found, safe_url
from flows.reporting.scope import Scope

HOLDERS, TARGETS, ROWS = 20, 20, 200
"""Rows and columns of the picture, and rows of the table."""
SIDES = "holder_id, holder, target_id, target, is_represented"
LEVELS = (0.05, 0.3, 0.65)
"""Bounds of the steps of colour of a mean, on both sides of 0: of the words that tell of a stance,
most have 0.4 to 0.6, and those above are strong."""
NAMES = (
    "strongly opposes",
    "opposes",
    "slightly opposes",
    "neither",
    "slightly supports",
    "supports",
    "strongly supports",
)
LEGEND = [(f"s{place + 1}", name) for place, name in enumerate(NAMES)]

Pair = tuple[Any, ...]


def level(score: float) -> int:
    """Return the step of colour of a mean score, 1 (opposes strongly) to 7."""
    steps = sum(abs(score) >= bound for bound in LEVELS)
    return 4 + (steps if score > 0 else -steps)


def signed(score: float) -> str:
    """Return a score with one digit and its sign; what rounds to 0 has none."""
    return f"{score:+.1f}" if round(score, 1) else "0"


def positions(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of the records of stance."""
    records = reader.records(
        f"""FROM {scope.mart("stance_matrix", "stance_records")}
        WHERE {scope.of_pair("holder_id", "target_id")}
        ORDER BY stances DESC, articles DESC, holder, target, {SIDES}"""
    )
    for record in records:
        record["who"] = record["holder"] + (" (spokesmen)" if record["is_represented"] else "")
    cells = _cells(records)
    shown = records[:ROWS]
    kept = list({id(record): record for record in [*shown, *cells]}.values())
    _keep(reader, scope, evidence, kept)
    how = f"demarche stance --limit 0{scope.option()}"
    return Section(
        "stance",
        "Who stands where",
        "Mean score of each holder (rows) on each target (columns), from -1, opposes, to 1, "
        "supports. Targets that are entities go first. What follows from a spokesman's words is a "
        "row of its own."
        if records
        else "No position is sure enough to be counted.",
        [_chart(cells)] if cells else [],
        [_table(shown)] if shown else [],
        notes=[
            *in_picture(len(cells), len(records), "pairs"),
            *left_out(len(shown), len(records), "pairs in the table", how),
        ],
    )


def _cells(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records of the targets with most positions, and there of such holders.

    Targets that are entities go before those that are only words.
    """
    most: Counter[tuple[Any, Any]] = Counter()
    for record in records:
        most[record["target_id"], record["target"]] += record["stances"]
    ranked = sorted(most, key=lambda one: (one[0] is None, -most[one], one[1]))
    targets = set(ranked[:TARGETS])
    among = [r for r in records if (r["target_id"], r["target"]) in targets]
    holders: Counter[tuple[Any, Any]] = Counter()
    for record in among:
        holders[record["holder_id"], record["who"]] += record["stances"]
    best = sorted(holders, key=lambda one: (-holders[one], one[0] is None, one[1]))[:HOLDERS]
    return [r for r in among if (r["holder_id"], r["who"]) in set(best)]


def _keep(
    reader: Reader, scope: Scope, evidence: Evidence, records: Sequence[dict[str, Any]]
) -> None:
    """Keep the latest sentences of each record."""
    rows = reader.records(
        f"""SELECT {SIDES}, sentence_id, start_char, evidence, outlet, url
        FROM stance_counted({scope.figures})
        WHERE {scope.of_pair("holder_id", "target_id")}
        QUALIFY row_number() OVER (
            PARTITION BY {SIDES} ORDER BY day DESC NULLS LAST, stance_id) <= {PER_MARK}
        ORDER BY day DESC NULLS LAST, stance_id"""
    )
    latest: dict[Pair, list[dict[str, Any]]] = {}
    for row in rows:
        latest.setdefault(pair_of(row), []).append(row)
    for number, record in enumerate(records):
        found = latest[pair_of(record)]
        record["latest"] = found[0]
        record["label"] = (
            f"{record['who']} on {record['target']}: mean {record['mean_score']:+.2f}, "
            f"{counted(record['stances'], 'position')}"
        )
        hint = f"demarche stance {quoted(record['holder'])} {quoted(record['target'])}"
        spans = [
            Found(row["sentence_id"], row["start_char"], row["start_char"] + len(row["evidence"]))
            for row in found
        ]
        record["key"] = evidence.add(
            f"s{number}", record["label"], spans, record["stances"], hint + scope.option()
        )


def pair_of(row: Mapping[str, Any]) -> Pair:
    """Return the values of `SIDES` in `row`."""
    return tuple(row[name.strip()] for name in SIDES.split(","))


def quoted(name: str) -> str:
    """Return `name` as an argument of a command."""
    return '"' + name.replace('"', '\\"') + '"'


def _chart(cells: Sequence[Mapping[str, Any]]) -> Chart:
    rows = [
        {
            "key": cell["key"],
            "label": cell["label"],
            "holder": cell["who"],
            "target": cell["target"],
            "level": level(cell["mean_score"]),
            "score": signed(cell["mean_score"]),
        }
        for cell in cells
    ]
    holders = len({row["holder"] for row in rows})
    targets = len({row["target"] for row in rows})
    return Chart(
        "stance",
        "Mean score by holder and target",
        "stance",
        {"rows": rows},
        width=160 + targets * 34,
        height=130 + holders * 28,
        legend=LEGEND,
    )


def _table(records: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row(
            (
                record["who"],
                record["target"],
                f"{record['mean_score']:+.2f}",
                _interval(record),
                f"{record['stances']}",
                f"{record['articles']}",
                f"{record['outlets']}",
                _days(record),
                f"{record['latest']['evidence']} ({record['latest']['outlet']})",
            ),
            record["key"],
            safe_url(record["latest"]["url"]),
        )
        for record in records
    ]
    columns = (
        *("holder", "target", "mean score", "95 % interval", "positions", "articles", "outlets"),
        *("days", "latest evidence"),
    )
    return Table("Records of stance", columns, rows, frozenset(columns[2:7]))


def _interval(record: Mapping[str, Any]) -> str:
    low, high = record["mean_low"], record["mean_high"]
    return "" if low is None else f"{low:+.2f} to {high:+.2f}"


def _days(record: Mapping[str, Any]) -> str:
    ends = [str(record[name]) for name in ("first_on", "last_on") if record[name]]
    return " to ".join(dict.fromkeys(ends))
