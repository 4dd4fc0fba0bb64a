import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.quality.vader_tone import ByTone, measure, vader
from benchmarks.result import SkippedError
from tasks.language.stance import Marked
from tests.evaluation.given_stances import write_pairs, write_targets

MODULE = "vaderSentiment.vaderSentiment"
TONES = {"saved": 0.6, "cheated": -0.5, "backed": 0.05, "hailed": 0.049}


def tone(sentence: str) -> float:
    return sum(score for word, score in TONES.items() if word in sentence)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for VADER with the tones above."""

    class Analyzer:
        def polarity_scores(self, sentence: str) -> dict[str, float]:
            return {"neg": 1.0, "pos": 1.0, "compound": tone(sentence)}

    module = ModuleType(MODULE)
    module.__dict__["SentimentIntensityAnalyzer"] = Analyzer
    monkeypatch.setitem(sys.modules, MODULE.partition(".")[0], ModuleType("vaderSentiment"))
    monkeypatch.setitem(sys.modules, MODULE, module)


def test_tone_counts_from_the_threshold_on() -> None:
    by_tone = ByTone({"a": 0.05, "b": 0.049, "c": -0.049, "d": -0.05}.__getitem__)
    marked = [Marked(text, (0, 1), (0, 1)) for text in "abcd"]
    assert by_tone.towards(marked).tolist() == [[0, 0, 1], [0, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert by_tone.between(marked).tolist() == [
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0],
    ]


@pytest.mark.usefixtures("installed")
def test_the_same_figures_are_given_but_for_calibration(tmp_path: Path) -> None:
    figures = measure(write_targets(tmp_path / "a.jsonl"))
    assert (figures["items"], figures["accuracy"], figures["macro_f1"]) == (4, 100, 100)
    assert "ece" not in figures
    # backed is found, hailed is below the threshold, and so is what has no tone
    figures = measure(write_pairs(tmp_path / "b.jsonl"))
    assert (figures["items"], figures["accuracy"]) == (3, 66.67)
    assert figures["per_class"]["pos_p_to_q"]["f1"] == 100


def test_without_vader_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(SkippedError, match=r"not installed: pip install 'demarche\[peers\]'"):
        vader()
