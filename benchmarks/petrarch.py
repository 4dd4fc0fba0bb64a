"""`python -m benchmarks.petrarch PATH`: the validation records of PETRARCH, as plain text.

PATH is its `PETR.UnitTest.records.xml`. A record is a sentence with the events that PETRARCH codes
in it by dictionaries of its own. Those that can be asked of plain text are annotated, with the
invented countries in the registry (`petrarch_actors.csv`); a record passes where each of its events
is found: actor, target, and a category that its code may be. The others are counted by what they
ask instead.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.petrarch_records import (
    NOT_ASKED,
    Case,
    Coding,
    Names,
    categories,
    known_names,
    read,
    write_registry,
)
from flows.evaluation.events import FIELDS, Judged, judge
from flows.evaluation.plover import Party
from flows.evaluation.text_article import text_article
from tasks.records import Annotations
from tasks.registry import load_registry
from warehouse.tables import Article

Annotate = Callable[[Article], Annotations]
"""What gives an article its rows."""


def judged(case: Case, annotate: Annotate, names: Names) -> Iterator[Judged]:
    """Yield the best that is found of each event of `case`.

    One that is also coded with its parties the other way round, as a visit paid and received, is
    one event, whichever way it is found.
    """
    rows = annotate(text_article(case.text, published_on=case.record.published_on))
    seen: list[Coding] = []
    for coding in case.codings:
        turned = [one for one in case.codings if _is_turned(one, coding)]
        if any(one in seen for one in turned):
            continue
        seen.append(coding)
        found = [one for way in (coding, *turned) for one in _found(case, way, rows, names)]
        yield max(found, key=lambda one: sum(one.right.values()))


def _is_turned(one: Coding, other: Coding) -> bool:
    """Tell whether two events are of one kind, with their parties the other way round."""
    is_same_kind = one.event[:2] == other.event[:2]
    return is_same_kind and (one.source, one.target) == (other.target, other.source)


def _found(case: Case, coding: Coding, rows: Annotations, names: Names) -> Iterator[Judged]:
    """Yield what is found of an event, by each category that it may be of."""
    for category in categories(coding.event):
        record = replace(
            case.record,
            category=category,
            sources=tuple(Party(name, "") for name in names[coding.source]),
            targets=tuple(Party(name, "") for name in names[coding.target]),
        )
        yield judge(record, rows, {})


def failure(one: Judged) -> str | None:
    """Return what is wrong first, None where nothing is."""
    if one.event is None:
        return "nothing found"
    wrong = [name for name in FIELDS if not one.right[name] and name != "quad_class"]
    return f"other {wrong[0]}" if wrong else None


def measure(path: Path, annotate: Annotate, names: Names) -> dict[str, object]:
    """Return how many records are asked and pass, by kind, what fails, and why the rest is not."""
    cases = read(path, names)
    asked: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    failed: dict[str, str] = {}
    for case in cases:
        if case.not_asked is None:
            asked[case.kind] += 1
            wrong = [reason for one in judged(case, annotate, names) if (reason := failure(one))]
            passed[case.kind] += not wrong
            if wrong:
                failures[wrong[0]] += 1
                failed[case.case_id] = wrong[0]
    not_asked = Counter(case.not_asked for case in cases if case.not_asked)
    return {
        "records": len(cases),
        "asked": asked.total(),
        "passed": passed.total(),
        "passed %": round(100 * passed.total() / (asked.total() or 1), 1),
        "by kind": {kind: {"asked": asked[kind], "passed": passed[kind]} for kind in sorted(asked)},
        "failures": dict(failures.most_common()),
        "failed": failed,
        "not asked": {
            reason: {"records": not_asked[reason], "since": why}
            for reason, why in NOT_ASKED.items()
        },
    }


def main() -> int:
    """Measure and print."""
    from tasks.extract.annotate import Annotator

    parser = argparse.ArgumentParser(prog="python -m benchmarks.petrarch", description=__doc__)
    parser.add_argument("data", type=Path, help="PETR.UnitTest.records.xml")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        annotator = Annotator(load_registry(write_registry(Path(folder))))
        names = known_names(annotator.registry)
        print(json.dumps(measure(given.data, annotator.annotate, names), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
