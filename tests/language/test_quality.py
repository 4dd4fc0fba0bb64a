"""The figures of the language model hold; `python -m benchmarks.quality` shows and accepts them."""

import json
from pathlib import Path

import pytest

from benchmarks.quality import gate

DATA = Path(__file__).parents[3] / "shared" / "datasets"


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the marked data are kept beside the project")
def test_no_figure_falls_below_its_floor() -> None:
    assert gate.below(gate.measured(DATA)) == []


def test_a_figure_below_its_floor_is_named() -> None:
    figures = json.loads(gate.BASELINE.read_text(encoding="utf-8"))
    assert gate.below(figures) == []
    name = "syntax/ewt-dev.conllu"
    figures[name]["las"] -= 5
    [line] = gate.below(figures)
    assert line.startswith(f"{name}: las ")
