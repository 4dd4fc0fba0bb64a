"""Marts are their macros, written out: a view of the lake cannot rest on a macro."""

import re
from pathlib import Path

import pytest

from tests.marts.bare import bare_warehouse, load_folder
from warehouse.errors import ContractError
from warehouse.inlining import inlined, read_macro
from warehouse.sqlfiles import marts, read_folder

CASES = Path(__file__).parents[1] / "marts"
MACROS = {
    "above": read_macro(
        "above(\n    least := 0.6, names := NULL\n) AS TABLE\nFROM t WHERE x > least"
    ),
    "named": read_macro("named(p_name) AS (FROM s WHERE s.n = p_name)"),
    "all_of": read_macro("all_of(least := 1) AS TABLE FROM above(least := least)"),
}
SAME = {
    "stance_matrix": ("SELECT * EXCLUDE (month) FROM stance_records()", "represented_apart"),
    "stance_monthly": ("FROM stance_records(by_month := true)", "represented_apart"),
    "stance_shifts": ("FROM stance_shifts_of()", "one_change"),
    "stance_contradictions": ("FROM stance_contradictions_of()", "strongest_in_an_article"),
    "outlet_targets": ("FROM outlet_targets_of()", "own_voice_beside_others"),
}
"""Marts to the question that they answer, and the case of tests/marts/ that it is asked of."""


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("FROM above()", "FROM (FROM t WHERE x > 0.6)"),
        ("FROM above(0.8) AS a", "FROM (FROM t WHERE x > 0.8) AS a"),
        ("FROM above(least := f(1, 2))", "FROM (FROM t WHERE x > f(1, 2))"),
        ("FROM above(names := ['a', 'b'])", "FROM (FROM t WHERE x > 0.6)"),
        ("FROM all_of()", "FROM (FROM (FROM t WHERE x > 1))"),
        ("FROM named('x')", "FROM ((FROM s WHERE s.n = 'x'))"),
        ("SELECT unnamed(1), above FROM t", "SELECT unnamed(1), above FROM t"),
    ],
)
def test_a_call_becomes_the_body_with_its_values(sql: str, expected: str) -> None:
    assert inlined(sql, MACROS) == expected


@pytest.mark.parametrize(
    "sql", ["FROM named()", "FROM above(1, 2, 3)", "FROM above(most := 1)", "FROM above(1"]
)
def test_a_call_that_does_not_fit_is_refused(sql: str) -> None:
    with pytest.raises(ContractError):
        inlined(sql, MACROS)


def test_no_mart_calls_a_macro() -> None:
    names = "|".join(file.name for file in read_folder("macros"))
    assert [mart.name for mart in marts() if re.search(rf"\b({names})\(", mart.body)] == []


@pytest.mark.parametrize("mart", SAME)
def test_a_mart_is_its_macro_without_arguments(mart: str) -> None:
    question, case = SAME[mart]
    (folder,) = CASES.glob(f"*/{case}")
    with bare_warehouse() as con:
        load_folder(con, folder)
        found = con.execute(f"FROM {mart} ORDER BY ALL").fetchall()
        assert found == con.execute(f"{question} ORDER BY ALL").fetchall() != []
