"""The user's decisions: what they say, and contradictions."""

from datetime import date
from pathlib import Path

import pytest

from tasks.registry import Decision, SeedError
from tests.extract.given_registry import rows, with_own

FILE = "entity_decisions.csv"
DAY = "2026-01-02"
ARTICLE = "3f2a91c04d5e6b78"


def test_decisions_are_read_in_order_also_on_entities_nobody_registered(tmp_path: Path) -> None:
    found = with_own(
        tmp_path,
        rows(
            FILE,
            f"merge,person:z-kabulov,person:zamir-kabulov,,{DAY},same envoy",
            f"apart,person:john-smith,person:john-r-smith,,{DAY},",
            f"split,person:john-smith,person:john-smith.gbr,{ARTICLE},{DAY},",
        ),
    )
    assert found.decisions == (
        Decision(
            decision="merge",
            entity_id="person:z-kabulov",
            other_id="person:zamir-kabulov",
            article_id=None,
            decided_on=date(2026, 1, 2),
            note="same envoy",
        ),
        Decision(
            decision="apart",
            entity_id="person:john-smith",
            other_id="person:john-r-smith",
            article_id=None,
            decided_on=date(2026, 1, 2),
            note=None,
        ),
        Decision(
            decision="split",
            entity_id="person:john-smith",
            other_id="person:john-smith.gbr",
            article_id=ARTICLE,
            decided_on=date(2026, 1, 2),
            note=None,
        ),
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([f"join,person:a,person:b,,{DAY},"], "line 2, column decision: unknown value 'join'"),
        ([f",person:a,person:b,,{DAY},"], "line 2, column decision: is empty"),
        ([f"merge,person:a,,,{DAY},"], "line 2, column other_id: is empty"),
        (["merge,person:a,person:b,,,"], "line 2, column decided_on: is empty"),
        (["merge,person:a,person:b,,soon,"], "line 2, column decided_on: 'soon' is not a date"),
        ([f"merge,Kabulov,person:b,,{DAY},"], "line 2, column entity_id: 'Kabulov' is not an id"),
        ([f"merge,person:a,person:a,,{DAY},"], "line 2, column other_id: .*itself"),
        ([f"merge,person:a,person:b,{ARTICLE},{DAY},"], "line 2, column article_id: .*all art"),
        ([f"split,person:a,person:b,,{DAY},"], "line 2, column article_id: is empty"),
        ([f"split,person:a,person:b,12,{DAY},"], "line 2, column article_id: '12' is not"),
        (
            [f"merge,person:a,person:b,,{DAY},", f"merge,person:a,person:c,,{DAY},"],
            "line 3, column entity_id: line 2 decides on 'person:a' already",
        ),
        (
            [
                f"split,person:a,person:b,{ARTICLE},{DAY},",
                f"split,person:a,city:c,{ARTICLE},{DAY},",
            ],
            "line 3, column entity_id: line 2 decides on 'person:a' already",
        ),
        (
            [f"apart,person:a,person:b,,{DAY},", f"apart,person:b,person:a,,{DAY},"],
            "line 3, column entity_id: line 2 decides",
        ),
        (
            [f"merge,person:a,person:b,,{DAY},", f"merge,person:b,person:a,,{DAY},"],
            "line 2, column other_id: merges go in a circle: lines 2, 3$",
        ),
        (
            [
                f"merge,person:x,person:a,,{DAY},",
                f"merge,person:a,person:b,,{DAY},",
                f"merge,person:b,person:c,,{DAY},",
                f"merge,person:c,person:a,,{DAY},",
            ],
            "line 3, column other_id: merges go in a circle: lines 3, 4, 5$",
        ),
        (
            [f"merge,person:a,person:b,,{DAY},", f"apart,person:b,person:a,,{DAY},"],
            "line 3, column decision: 'person:b' and 'person:a' are merged by line 2;",
        ),
        (
            [
                f"apart,person:a,person:b,,{DAY},",
                f"merge,person:a,person:c,,{DAY},",
                f"merge,person:b,person:c,,{DAY},",
            ],
            "line 2, column decision: .* are merged by line 3 and line 4;",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused(tmp_path: Path, lines: list[str], told: str) -> None:
    with pytest.raises(SeedError, match=rf"{FILE}, {told}"):
        with_own(tmp_path, rows(FILE, *lines))


def test_a_chain_of_merges_and_two_apart_that_others_join_are_fine(tmp_path: Path) -> None:
    found = with_own(
        tmp_path,
        rows(
            FILE,
            f"merge,person:a,person:b,,{DAY},",
            f"merge,person:b,person:c,,{DAY},",
            f"merge,person:d,person:e,,{DAY},",
            f"apart,person:a,person:d,,{DAY},",
        ),
    )
    assert len(found.decisions) == 4
