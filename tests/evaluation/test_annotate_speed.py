import pytest

from benchmarks.scale import Clock
from benchmarks.speed.annotate import STEPS
from benchmarks.speed.shares import timed_steps
from tasks.extract import annotate


def test_each_step_that_is_timed_is_one_of_annotate() -> None:
    assert all(callable(getattr(annotate, name)) for name in STEPS)


def test_steps_are_timed_and_then_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "find_events", str.upper)
    clock = Clock()
    with timed_steps(clock, {"find_events": "events"}):
        assert vars(annotate)["find_events"]("a") == "A"
    assert list(clock.seconds) == ["events"]
    assert vars(annotate)["find_events"] is str.upper
