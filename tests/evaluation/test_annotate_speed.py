import pytest

from benchmarks.scale import Clock
from benchmarks.speed import events, stance
from benchmarks.speed.shares import timed_steps
from tasks.extract import annotate


@pytest.mark.parametrize("steps", [events.STEPS, stance.STEPS])
def test_each_step_that_is_timed_is_one_of_annotate(steps: dict[str, str]) -> None:
    assert all(callable(getattr(annotate, name)) for name in steps)


def test_steps_are_timed_and_then_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotate, "find_events", str.upper)
    clock = Clock()
    with timed_steps(clock, {"find_events": "events"}):
        assert vars(annotate)["find_events"]("a") == "A"
    assert list(clock.seconds) == ["events"]
    assert vars(annotate)["find_events"] is str.upper
