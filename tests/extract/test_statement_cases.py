"""Short texts with the statements that a careful reader finds in them, written before the rules.

A line of `statement_cases.jsonl` is a case: `says` lists its statements, `or` other lists that are
as good. A field that is left out is not compared, a list holds values that are as good, `maybe`
marks a statement that may be missed, and `inside` is the place in the list of the one that holds
it. Nothing else may be found. `known: fails` marks what the rules do not yet get, with a reason.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.turns import find_turns
from tests.extract.documents import document, mentions
from warehouse.tables import Statement

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("statement_cases.jsonl").read_text("utf-8").splitlines()
]
Wanted = dict[str, Any]


def read(text: str) -> list[Statement]:
    doc = document(text)
    return find_statements(doc, mentions(doc), find_quotes(text), find_turns(text))


def is_meant(row: Statement, wanted: Wanted) -> bool:
    """Tell whether the row has every value asked for."""
    for field, value in wanted.items():
        good = value if isinstance(value, list) else [value]
        if field not in ("maybe", "inside") and getattr(row, field) not in good:
            return False
    return True


def pairings(rows: list[Statement], wanted: list[Wanted]) -> Iterator[dict[int, Statement]]:
    """Yield each way to give all rows to what is wanted, by its place in the list."""
    if not wanted:
        if not rows:
            yield {}
        return
    *before, last = wanted
    for row in rows:
        if is_meant(row, last):
            for rest in pairings([other for other in rows if other is not row], before):
                yield {**rest, len(before): row}
    if last.get("maybe"):
        yield from pairings(rows, before)


def holds(found: dict[int, Statement], wanted: list[Wanted]) -> bool:
    """Tell whether each statement that is told within another names that one."""
    return all(
        row.via_statement_id == found[wanted[place]["inside"]].statement_id
        for place, row in found.items()
        if "inside" in wanted[place]
    )


def fits(rows: list[Statement], wanted: list[Wanted]) -> bool:
    return any(holds(found, wanted) for found in pairings(rows, wanted))


def parameter(case: dict[str, Any]) -> Any:
    fails = pytest.mark.xfail(strict=True, reason=case.get("why", ""))
    name = f"{case['about']}: {case['case']}"
    return pytest.param(case, id=name, marks=fails if case.get("known") == "fails" else ())


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_what_a_reader_finds(case: dict[str, Any]) -> None:
    rows = read(case["text"])
    found = [(row.kind, row.speaker, row.speaker_id, row.cue, row.content, row) for row in rows]
    assert any(fits(rows, wanted) for wanted in [case["says"], *case.get("or", [])]), found


def test_content_speaker_and_cue_of_the_cases_stand_in_their_texts() -> None:
    for case in CASES:
        for wanted in [wanted for says in [case["says"], *case.get("or", [])] for wanted in says]:
            for field in ("content", "speaker", "cue"):
                value = wanted.get(field)
                for each in value if isinstance(value, list) else [value]:
                    assert each is None or each in case["text"], (case["case"], each)


def test_cases_are_told_apart_and_reasons_given() -> None:
    names = [(case["about"], case["case"]) for case in CASES]
    assert len(set(names)) == len(names)
    assert all(case.get("why") for case in CASES if case.get("known"))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (["the ferry was late"], []),
        ([], ["the ferry was late"]),
        (["the ferry was late"], ["The ferry was late"]),
        (["the ferry was late", "it was full"], ["the ferry was late"]),
    ],
)
def test_too_much_and_too_little_do_not_fit(rows: list[str], wanted: list[str]) -> None:
    found = [
        row for each in rows for row in read(f"Anna Holm said that {each}.") if row.content == each
    ]
    assert len(found) == len(rows)
    assert not fits(found, [{"content": each} for each in wanted])
