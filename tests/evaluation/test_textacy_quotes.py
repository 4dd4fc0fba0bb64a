import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.quality import __main__ as command
from benchmarks.quality.textacy_quotes import Triple, as_clear, measure, paragraphs, quotations
from benchmarks.result import SkippedError
from flows.evaluation.text_article import text_article
from tests.evaluation.given_statements import TEXT, write_polnear

MODULE = "textacy.extract.triples"


def test_relations_get_the_names_that_textacy_asks_for() -> None:
    words = ["Anna", "Holm", "was", "n't", "asked", "often"]
    deps = ["nsubj:pass", "flat", "aux:pass", "advmod", "root", "advmod"]
    doc = Doc(Vocab(), words=words, deps=deps, heads=[4, 0, 4, 4, 4, 4])
    clear = as_clear(doc[:])
    assert [token.dep_ for token in clear] == [
        "nsubjpass",
        "compound",
        "auxpass",
        "neg",
        "root",
        "advmod",
    ]
    assert [token.dep_ for token in doc] == deps


def test_a_paragraph_ends_with_its_line() -> None:
    doc = spacy.blank("en")("\n\nOne two.\n\nThree\nfour")
    assert [span.text for span in paragraphs(doc)] == ["One two.", "Three", "four"]
    assert list(paragraphs(spacy.blank("en")(""))) == []


@pytest.fixture
def textacy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for textacy: finds its triple wherever a quotation is closed."""

    def direct_quotations(doc: Doc) -> Iterator[Triple]:
        marks = [token.i for token in doc if token.text == '"']
        if len(marks) % 2:
            raise ValueError("odd")
        words = {token.text: token for token in doc}
        for start, end in zip(marks[::2], marks[1::2], strict=True):
            yield [words["she"]], [words["added"]], doc[start : end + 1]

    module = ModuleType(MODULE)
    module.__dict__["direct_quotations"] = direct_quotations
    monkeypatch.setitem(sys.modules, MODULE, module)


@pytest.mark.usefixtures("textacy")
def test_quotations_of_one_cue_are_one_and_odd_marks_cost_a_paragraph() -> None:
    head = 'A lone " mark.\n'
    [found] = quotations(spacy.blank("en"))(
        text_article(head + '"We have lost," she added, "and we know it."')
    )
    text = head + '"We have lost," she added, "and we know it."'
    assert [text[start:end] for start, end in found.content] == [
        '"We have lost,"',
        '"and we know it."',
    ]
    assert [text[start:end] for spans in (found.source, found.cue) for start, end in spans] == [
        "she",
        "added",
    ]


@pytest.mark.usefixtures("textacy")
def test_the_same_figures_are_given(tmp_path: Path) -> None:
    metrics = measure(write_polnear(tmp_path), spacy.blank("en"))
    assert TEXT.count('"') == 6  # the third quotation, of Critics, is credited to the same cue
    assert metrics["items"] == 1
    assert (metrics["cue_exact_recall"], metrics["direct_speaker"]) == (33.33, 100)


def test_without_textacy_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    with pytest.raises(SkippedError, match=r"not installed: pip install 'demarche\[peers\]'"):
        quotations(spacy.blank("en"))


def test_the_gate_goes_on_without_peers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, None)
    monkeypatch.setattr("benchmarks.quality.gate.load_language", lambda: spacy.blank("en"))
    monkeypatch.setattr(command, "measured", lambda _: {"syntax": {"las": 90.0}})
    monkeypatch.setattr(command, "below", lambda _: [])
    monkeypatch.setattr(sys, "argv", ["quality", "data", "--peers"])
    assert command.main() == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"syntax": {"las": 90.0}}
    assert shown.err.startswith("no peers: textacy is not installed: ")
