from datetime import date
from pathlib import Path

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.meantime import read_meantime
from tests.evaluation.given_mentions import TEXT, write_meantime


def test_tokens_become_a_text_and_mentions_spans_in_it(tmp_path: Path) -> None:
    article = read_meantime(write_meantime(tmp_path / "a.xml"))
    assert article.text == TEXT
    assert article.published_on == date(2011, 5, 2)
    assert article.text[: article.marked_to].endswith("There was sun.")
    shown = [(article.text[m.start : m.end], m.kind, m.entity) for m in article.mentions]
    assert shown == [
        ("Vell", "name", "Vell"),
        ("Steel maker", "nominal", "Vell"),
        ("Vell", "name", "Vell"),
        ("it", "pronoun", "Vell"),
        ("Lena Orin", "name", "Orin"),
        ("firm", "nominal", "Vell"),
        ("she", "pronoun", "Orin"),
        ("Vell", "name", "Vell"),
    ]


def test_a_capital_at_the_start_of_a_sentence_makes_no_name(tmp_path: Path) -> None:
    path = write_meantime(tmp_path / "a.xml", [("Vell", 2, 0, 1, ""), ("Vell", 2, 2, 3, "")])
    assert [one.kind for one in read_meantime(path).mentions] == ["nominal", "name"]


def test_the_kind_that_is_marked_goes_before_what_the_words_tell(tmp_path: Path) -> None:
    marked = [("Vell", 2, 2, 3, "PRE.NOM"), ("Vell", 3, 3, 5, "NAM"), ("Orin", 3, 0, 2, "HLS")]
    path = write_meantime(tmp_path / "a.xml", marked)
    assert [one.kind for one in read_meantime(path).mentions] == ["nominal", "name", "name"]


@pytest.mark.parametrize("content", ["<Document>", "<Document/>", "no XML"])
def test_other_files_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.xml").write_text(content)
    with pytest.raises(EvaluationError, match=r"a\.xml: not as MEANTIME has it"):
        read_meantime(tmp_path / "a.xml")
