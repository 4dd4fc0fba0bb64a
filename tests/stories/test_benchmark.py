"""What the benchmark of stories counts, and what it is made of."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random

import pytest

from benchmarks.retellings import DELAY, PATTERNS, Act, retellings
from benchmarks.stories import b_cubed

NAMES = {f"state:{name}": [name.title(), f"Land of {name.title()}"] for name in ("aa", "bb", "cc")}
ACT = Act("e1", "state:aa", "state:bb", "ASSAULT", date(2024, 3, 1))


def test_b_cubed_is_as_in_the_example_of_its_paper() -> None:
    gold = dict(zip("123456789abc", "xxxxxyyzzzzz", strict=True))
    found = dict(zip("123456789abc", "pppppqqqqqqq", strict=True))
    precision, recall, f1 = b_cubed(gold, found)
    assert precision == pytest.approx(76.19, abs=0.01)  # (5 + 2 * 2/7 + 5 * 5/7) / 12
    assert recall == 100
    assert f1 == pytest.approx(86.49, abs=0.01)


def test_a_retelling_names_both_and_comes_at_most_two_days_later() -> None:
    for one in retellings([ACT], NAMES, count=40, rng=Random(1)):
        assert "{" not in one.record["text"]
        published = date.fromisoformat(one.record["published_at"])
        if one.kind == "retelling":
            assert any(name in one.record["text"] for name in NAMES["state:aa"])
            assert any(name in one.record["text"] for name in NAMES["state:bb"])
            assert (one.act_id, one.category) == ("e1", "ASSAULT")
            assert 0 <= (published - ACT.day).days <= DELAY
        else:
            assert one.act_id != "e1"


def test_other_acts_are_told_twice_and_differ_in_one_thing() -> None:
    others = [
        one for one in retellings([ACT], NAMES, count=40, rng=Random(1)) if one.kind[:5] == "other"
    ]
    told = defaultdict(list)
    for one in others:
        told[one.act_id].append(one)
    assert len(told) == 10
    assert {len(some) for some in told.values()} == {2}
    assert {one.kind for one in others} == {"other day", "other target", "other act"}
    assert all((one.category != "ASSAULT") == (one.kind == "other act") for one in others)


def test_every_category_has_ways_to_tell_it() -> None:
    assert all(len(ways) > 1 for ways in PATTERNS.values())
    for way in (way for ways in PATTERNS.values() for way in ways):
        assert "{A}" in way
        assert "{T}" in way
        assert "{day}" in way or "{Day}" in way


def test_stories_written_by_hand_are_told_at_least_twice_and_in_one_part() -> None:
    told = defaultdict(list)
    for line in Path("tests/stories/tellings.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        date.fromisoformat(row["published_at"])
        assert row["text"]
        assert row["publisher"]
        told[row["story"]].append((row["part"], row["category"]))
    assert len(told) > 60
    assert {len(set(some)) for some in told.values()} == {1}
    once = sorted(story for story, some in told.items() if len(some) == 1)
    assert once == ["strike-first"]  # told once, beside one of the same month
    assert {some[0][0] for some in told.values()} == {"tuning", "report"}
