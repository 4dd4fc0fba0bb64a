"""The marts of stance: what they cost, and whether their tests and intervals keep their word.

Made-up holders keep or change what they think of one target, a few days each. A steady holder for
whom a change is found is a false alarm. The interval of a mean must hold the mean that the scores
were drawn around, 95 times in 100 or more.
"""

import time
from collections.abc import Iterator, Sequence
from random import Random

import duckdb
import pyarrow as pa

from benchmarks.result import Options, Result, Row
from warehouse.schema import create_table_sql
from warehouse.sqlfiles import macros, marts
from warehouse.tables import TABLES

LEVELS = (0.4, 0.6, 0.7, 0.8, 0.9)
NEUTRAL = 0.1
"""Share of scores that are 0; the others are a level, for or against."""
COURSES = {
    "steady at 0": (0.0,),
    "steady at 0.5": (0.5,),
    "from 0.5 to -0.5": (0.5, -0.5),
    "there and back": (0.5, -0.5, 0.5),
}
DAYS = (6, 9, 12, 18, 30, 60)
HOLDERS = 1_000
ROWS, PAIRS, OUTLETS, SPAN = 100_000, 5_000, 80, 2_500
MARTS = (
    "stance_positions",
    "stance_matrix",
    "stance_monthly",
    "stance_shifts",
    "stance_contradictions",
    "outlet_targets",
)
ALARMS, HELD, SECONDS = 6.5, 93.5, 30.0
"""In per cent of holders, two standard errors beyond 5 and 95; seconds of CPU for a mart."""

Stances = list[tuple[str, str, int, float]]
"""Holder, target, day and score."""


def measure(options: Options) -> Result:
    """Draw courses of each length, then time the marts on many positions."""
    rng = Random(options.seed)
    holders = HOLDERS // 10 if options.is_quick else HOLDERS
    courses = [_course(name, days, holders, rng) for name in COURSES for days in DAYS]
    times = _times(ROWS // 10 if options.is_quick else ROWS, rng)
    failures = [f"{row['course']}, {row['days']} days: {row}" for row in courses if _is_bad(row)]
    slow = [name for name, seconds in times.items() if seconds > SECONDS]
    failures += [f"{name} takes over {SECONDS} s" for name in slow]
    return Result(rows=courses, figures=times, failures=[] if options.is_quick else failures)


def _is_bad(row: Row) -> bool:
    if not str(row["course"]).startswith("steady"):
        return False
    return float(str(row["found, %"])) > ALARMS or float(str(row["mean held, %"])) < HELD


def _course(name: str, days: int, holders: int, rng: Random) -> Row:
    """Return in how many of the holders the changes of the course are found, and the mean held."""
    means = COURSES[name]
    changes = len(means) - 1
    stances = [
        (f"h{holder}", "t", day, _score(means[day * len(means) // days], rng))
        for holder in range(holders)
        for day in range(days)
    ]
    with _warehouse(stances, OUTLETS, rng) as con:
        found = con.execute(
            f"""SELECT count(*) FROM (
                SELECT holder FROM stance_shifts GROUP BY holder
                HAVING count(*) >= {max(changes, 1)})"""
        ).fetchall()[0][0]
        held = con.execute(
            f"""SELECT count(*) FILTER (
                mean_low <= {means[0]} AND mean_high >= {means[0]}) FROM stance_matrix"""
        ).fetchall()[0][0]
    row: dict[str, object] = {"course": name, "days": days}
    row["found, %"] = round(100 * found / holders, 1)
    row["mean held, %"] = None if changes else round(100 * held / holders, 1)
    return row


def _score(mean: float, rng: Random) -> float:
    """Return a score around `mean`: levels for and against, and some that are neither."""
    if rng.random() < NEUTRAL:
        return 0.0
    usual = sum(LEVELS) / len(LEVELS) * (1 - NEUTRAL)
    is_for = rng.random() < (mean / usual + 1) / 2
    return rng.choice(LEVELS) * (1 if is_for else -1)


def _times(rows: int, rng: Random) -> dict[str, float]:
    """Return the seconds of CPU that each mart takes over `rows` positions."""
    weights = [1 / (number + 1) for number in range(PAIRS)]
    pairs = rng.choices(range(PAIRS), weights, k=rows)
    many = [(f"h{p}", f"t{p % 50}", rng.randrange(SPAN), _score(0.3, rng)) for p in pairs]
    one = [("h", "t", day, score) for _, _, day, score in many]
    times = {}
    for label, stances in ((f"{rows:,} of many pairs", many), (f"{rows:,} of one pair", one)):
        with _warehouse(stances, OUTLETS, rng) as con:
            for mart in MARTS:
                begun = time.process_time()
                con.execute(f"CREATE TEMP TABLE made AS FROM {mart}")
                times[f"{mart}, CPU s, {label}"] = round(time.process_time() - begun, 2)
                con.execute("DROP TABLE made")
    return times


def _warehouse(stances: Stances, outlets: int, rng: Random) -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory with an article for each of `stances`."""
    con = duckdb.connect(config={"threads": 2})
    for table in TABLES:
        con.execute(create_table_sql(table))
    for mart in marts():
        con.execute(f"CREATE VIEW {mart.name} AS {mart.body}")
    for statement in macros("MACRO"):
        con.execute(statement)
    con.register("given", pa.table(dict(_columns(stances, outlets, rng))))
    con.execute(
        """INSERT INTO articles BY NAME
        SELECT article_id, source_id, DATE '2020-01-01' + day::INTEGER AS published_on FROM given"""
    )
    con.execute("INSERT INTO stances BY NAME SELECT * EXCLUDE (source_id, day) FROM given")
    con.unregister("given")
    return con


def _columns(stances: Stances, outlets: int, rng: Random) -> Iterator[tuple[str, Sequence[object]]]:
    size = len(stances)
    yield "stance_id", [f"{number:016x}" for number in range(size)]
    yield "article_id", [f"{number:016x}" for number in range(size)]
    yield "source_id", [f"o{rng.randrange(outlets)}" for _ in range(size)]
    for place, name in enumerate(("holder", "target", "day", "score")):
        yield name, [row[place] for row in stances]
    signs = ["support" if score > 0 else "oppose" if score else "neutral" for *_, score in stances]
    yield "polarity", signs
    yield "confidence", [0.9] * size
    yield "voice", rng.choices(("author", "speaker", "actor"), k=size)
    yield "modality", ["asserted"] * size
    yield "evidence", ["words"] * size
