import json
from typing import Any

from tests.cli.conftest import Ask


def column(out: str, name: str) -> list[Any]:
    return [row[name] for row in json.loads(out)]


def test_the_timeline_is_in_order_of_days(ask: Ask) -> None:
    out = ask("timeline", "--json").out
    assert column(out, "row_id") == ["c17e000000000001", "e7e7e70000000001"]
    assert column(out, "happened_from") == ["2020-02-29", "2021-10-19"]


def test_the_timeline_of_an_entity_leaves_out_what_it_has_no_part_in(ask: Ask) -> None:
    assert column(ask("timeline", "Taliban", "--json").out, "part") == ["target"]


def test_the_timeline_keeps_what_may_have_happened_within_the_bounds(ask: Ask) -> None:
    kept = ["e7e7e70000000001"]
    assert column(ask("timeline", "--since", "2021-10-20", "--json").out, "row_id") == kept
    assert ask("timeline", "--since", "2021-10-21", "--json").out == "[]\n"
    assert column(ask("timeline", "Russia", "--until", "2021-10-19", "--json").out, "row_id") == (
        kept
    )
    assert ask("timeline", "Russia", "--until", "2021-10-18", "--json").out == "[]\n"
    assert column(ask("timeline", "--kind", "citation", "--json").out, "row_id") == [
        "c17e000000000001"
    ]


def test_statements_are_found_by_speaker_subject_and_kind(ask: Ask) -> None:
    said = ["7a7a7a0000000001"]
    assert column(ask("statements", "--json").out, "statement_id") == said
    assert column(ask("statements", "Lavrov", "--json").out, "statement_id") == said
    assert column(ask("statements", "--about", "Moscow", "--json").out, "statement_id") == said
    assert column(ask("statements", "--about", "supports", "--json").out, "statement_id") == said
    assert ask("statements", "--about", "China", "--json").out == "[]\n"
    assert ask("statements", "--kind", "direct", "--json").out == "[]\n"
    assert ask("statements", "Lavrov", "--since", "2021-10-21", "--json").out == "[]\n"


def test_a_statement_is_shown_with_day_speaker_and_id(ask: Ask) -> None:
    _, row = ask("statements", "Lavrov").out.splitlines()
    assert " ".join(row.split()) == (
        "2021-10-20 Sergei Lavrov said indirect Russia supports the Taliban The Gazette "
        "7a7a7a0000000001"
    )


def test_unknown_names_fail(ask: Ask) -> None:
    assert ask("timeline", "Nobody").status == 1
    assert ask("statements", "Nobody").status == 1
