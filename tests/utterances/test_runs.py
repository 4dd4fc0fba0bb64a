"""The index of runs, however its work is parted."""

import pytest

from tasks.utterances.candidates import candidates
from tasks.utterances.spans import spans_of

WORDINGS = [(1, 2, 3, 4, 5), (9, 9, 9), (2, 3, 4, 7), (5, 6, 1, 2, 3)]
PAIRS = {(0, 2, -1), (2, 0, 1), (0, 3, 2), (3, 0, -2)}


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
@pytest.mark.parametrize("small", [0, 1, 18])
def test_parts_and_blocks_change_nothing(
    monkeypatch: pytest.MonkeyPatch, at_once: int, small: int
) -> None:
    monkeypatch.setattr("tasks.utterances.runs.SMALL", small)
    monkeypatch.setattr("tasks.utterances.runs.AT_ONCE", at_once)
    monkeypatch.setattr("tasks.utterances.candidates.AT_ONCE", at_once)
    assert set(candidates(WORDINGS)) == PAIRS


def test_equal_texts_have_equal_sums_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.utterances.spans.AT_ONCE", 2)
    sums = spans_of([(1, 2, 3), (), (3, 2, 1), (1, 2, 3), (1, 2), ()]).sums().tolist()
    assert sums[0] == sums[3]
    assert sums[1] == sums[5] == 0
    assert len(set(sums)) == 4
