import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.growth.limits import first_breaks, stored_tb
from benchmarks.growth.model import (
    COSTS,
    CURVE,
    Costs,
    Line,
    Plan,
    State,
    arrivals,
    conclude_s,
    cores_needed,
    read_costs,
    simulate,
    step,
)
from benchmarks.simulation import main

NOTHING = Line(0, 0)
CHEAP = Costs(
    articles_per_core_s=2.0,
    batch=100,
    commit_s=Line(10, 0),
    settle_s=NOTHING,
    settle_gb=NOTHING,
    check_s=NOTHING,
    publish_s=NOTHING,
    compact_s=NOTHING,
    lake_bytes=3_000,
    raw_bytes=1_000,
    publication_bytes=6_000,
    catalogue_bytes_per_commit=0,
    memory_gb=24,
    disk_tb=99,
)
"""A core annotates 7,200 an hour; the writer commits 100 in 10 s, hence 36,000 an hour."""


def test_an_hour_by_hand() -> None:
    plan = Plan(per_day=1)
    first = step(CHEAP, plan, State(), 10_000, cores=1)
    assert (first.to_annotate, first.to_commit, first.committed) == (2_800, 0, 7_200)
    assert (first.writer_s, first.cores_s, first.published) == (720, 3_600, 1)
    second = step(CHEAP, plan, first, 50_000, cores=6)
    # 52,800 wait, six cores do 43,200, of which the writer takes 36,000: the run is not over.
    assert (second.to_annotate, second.to_commit, second.committed) == (9_600, 7_200, 43_200)
    assert (second.arrived, second.writer_s, second.published) == (60_000, 3_600, 1)


def test_to_conclude_a_run_grows_with_the_lake() -> None:
    costs = replace(CHEAP, settle_s=Line(100, 50), check_s=Line(0, 200), publish_s=Line(500, 0))
    plan = Plan(per_day=1)
    assert conclude_s(costs, plan, 2_000_000) == 100 + 2 * 50 + 2 * 200 + 500
    bounded = Plan(per_day=1, settled=1_000_000)
    assert conclude_s(costs, bounded, 2_000_000) == 100 + 50 + 2 * 200 + 500


def test_a_run_that_concludes_goes_on_into_the_next_hour() -> None:
    costs = replace(CHEAP, publish_s=Line(5_000, 0))
    first = step(costs, Plan(per_day=1), State(), 18_000, cores=10)
    # 1,800 s of commits, 1,800 of the 5,000 s.
    assert (first.committed, first.concluding_s, first.published) == (18_000, 3_200, 0)
    second = step(costs, Plan(per_day=1), first, 18_000, cores=10)
    # 3,200 s to the end, then 400 s for 4,000 articles.
    assert (second.committed, second.to_commit, second.published) == (22_000, 14_000, 1)


def test_publications_are_as_far_apart_as_commits_leave_time_for() -> None:
    # Half of the time goes to commits: what takes 7,200 s to conclude is done every 14,400 s.
    costs = replace(CHEAP, publish_s=Line(7_200, 0))
    *_, last = simulate(costs, Plan(per_day=24 * 18_000, cores=50), hours=24 * 40)
    assert last.published == pytest.approx(24 * 40 / 4, rel=0.03)


def test_a_nightly_publication_is_one_a_day() -> None:
    plan = Plan(per_day=10_000, publications_a_day=1)
    *_, last = simulate(replace(CHEAP, publish_s=Line(60, 0)), plan, hours=24 * 10)
    assert last.published == 10


@pytest.mark.parametrize("per_day", [1_000, 300_000, 2_000_000])
def test_whatever_arrived_waits_or_is_committed(per_day: int) -> None:
    for state in simulate(CHEAP, Plan(per_day=per_day, cores=3), hours=200):
        assert state.arrived == state.to_annotate + state.to_commit + state.committed
        assert min(state.to_annotate, state.to_commit) >= 0


@pytest.mark.parametrize(
    ("per_day", "cores", "grows"),
    [
        (24 * 7_200 - 20_000, 1, False),
        (24 * 7_200 + 20_000, 1, True),
        (24 * 36_000 - 90_000, 50, False),
        (24 * 36_000 + 90_000, 50, True),
    ],
)
def test_the_queue_grows_without_bound_where_more_comes_than_can_be_done(
    per_day: int, cores: int, grows: bool
) -> None:
    states = list(simulate(CHEAP, Plan(per_day=per_day, cores=cores), hours=24 * 60))
    waiting = [states[24 * day - 1] for day in (20, 40, 60)]
    queues = [state.to_annotate + state.to_commit for state in waiting]
    if grows:
        assert queues[0] < queues[1] < queues[2]
        assert queues[2] > 20 * (20_000 if cores == 1 else 90_000)
    else:
        assert max(queues) < per_day


def test_arrivals_follow_the_curve_and_the_seed() -> None:
    one = list(islice(arrivals(100_000, seed=1), 24 * 100))
    assert one == list(islice(arrivals(100_000, seed=1), 24 * 100))
    assert one != list(islice(arrivals(100_000, seed=2), 24 * 100))
    assert sum(one) == pytest.approx(100 * 100_000, rel=0.01)
    assert CURVE[9] > CURVE[2]
    assert sum(one[9::24]) == pytest.approx(6 * sum(one[2::24]), rel=0.05)


def test_cores_are_planned_with_room() -> None:
    # 2 a second at 70 % of 86,400 s are 120,960 a day.
    assert cores_needed(CHEAP, 120_900) == 1
    assert cores_needed(CHEAP, 121_000) == 2


def test_the_first_that_breaks_comes_first() -> None:
    costs = replace(CHEAP, settle_gb=Line(4, 2), publish_s=Line(0, 240), disk_tb=0.5)
    plan = Plan(per_day=240_000, publications_kept=1)
    assert stored_tb(costs, plan, 1_000_000) == pytest.approx(0.01)
    assert stored_tb(costs, Plan(per_day=1), 1_000_000) == pytest.approx(0.034)
    found = [(hour, limit.name) for hour, limit in first_breaks(costs, plan)]
    # 10,000 an hour: 24 GB are full above 10 million, an hour above 15, the disk above 50 million.
    assert found == [
        (1_001, "utterances and stories do not fit in memory"),
        (1_501, "to settle, check and publish takes longer than from one publication to the next"),
        (5_001, "the disk is full"),
    ]
    mended = replace(plan, publications_a_day=1, settled=10_000_000)
    assert [hour for hour, _ in first_breaks(costs, mended)] == [5_001]


def test_a_night_merges_what_came_and_what_was_not_full() -> None:
    costs = replace(CHEAP, compact_s=Line(0, 20_000), commit_s=Line(0, 0))
    # 830,000 and 250,000 take 21,600 s, which is the whole night.
    assert first_breaks(costs, Plan(per_day=830_000)) == []
    ((hour, limit),) = first_breaks(costs, Plan(per_day=840_000))
    assert (hour, limit.name) == (7, "compaction takes more than a night")


def test_the_writer_breaks_at_once_where_it_is_too_slow() -> None:
    assert first_breaks(CHEAP, Plan(per_day=24 * 36_000)) == []
    ((hour, limit),) = first_breaks(CHEAP, Plan(per_day=24 * 36_000 + 1))
    assert (hour, limit.name) == (1, "one writer cannot commit what comes")


def test_costs_are_read_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read_costs().batch == 200
    given = json.loads(COSTS.read_text(encoding="utf-8"))
    given["commit_s"] = [1, 2]
    path = tmp_path / "costs.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    assert read_costs(path).commit_s.at(3_000_000) == 7
    assert main([str(path)]) == 0
    assert "| 1,000,000 | " in capsys.readouterr().out
