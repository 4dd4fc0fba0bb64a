from datetime import date
from pathlib import Path

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.timeline_files import EventMention, read_timelines
from tests.evaluation.given_timelines import TIMELINE, write_cat, write_corpus, write_tml


def test_a_timeline_has_an_entity_and_events_with_mentions(tmp_path: Path) -> None:
    [one] = read_timelines(write_corpus(tmp_path / "a"))
    assert one.entity == "Vell Steel"
    assert [(event.order, event.day) for event in one.events] == [
        (0, ""),
        (1, "2010"),
        (1, "2010"),
        (2, "2011-06-06"),
    ]
    assert one.events[1].mentions == (
        EventMention("11", 2, frozenset({"closed"})),
        EventMention("12", 3, frozenset({"closed"})),
    )
    assert one.events[2].mentions[0].words == {"shut", "down"}


def test_documents_have_their_numbers_days_and_sentences(tmp_path: Path) -> None:
    [one] = read_timelines(write_corpus(tmp_path / "a"))
    assert [source.document for source in one.sources] == ["12", "11"]
    source = one.sources[1]
    assert source.published_on == date(2011, 5, 2)
    assert source.text == "Vell shuts mill\n\nMay 2, 2011\n\nVell closed a mill in 2010."
    assert source.sentence_at(source.text.index("shuts")) == 0
    assert source.sentence_at(source.text.index("closed")) == 2
    assert source.sentence_at(len(source.text)) == 2


def test_documents_may_be_timeml_with_sentences(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a")
    (folder / "docs" / "12-mill.xml").unlink()
    write_tml(folder / "docs" / "12-mill.tml", "12")
    [source] = [one for one in read_timelines(folder)[0].sources if one.document == "12"]
    assert source.text == "June 7, 2011\n\nOn Monday Vell sold it. It closed last year."
    assert source.published_on == date(2011, 6, 7)
    assert source.sentence_at(source.text.index("closed")) == 3


def test_a_document_counts_once(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a")
    write_tml(folder / "docs" / "11-mill.tml", "11")
    [one] = read_timelines(folder)
    assert sorted(source.document for source in one.sources) == ["11", "12"]
    assert "shuts" not in {source.document: source.text for source in one.sources}["11"]


def test_each_folder_has_its_documents(tmp_path: Path) -> None:
    first = write_corpus(tmp_path / "a" / "1")
    second = write_corpus(tmp_path / "a" / "2")
    (first / "docs" / "12-mill.xml").unlink()
    (second / "docs" / "11-mill.xml").unlink()
    (first / "list_of_entities.txt").write_text("Vell Steel\nOrin\n")
    timelines = read_timelines(tmp_path / "a")
    assert [[source.document for source in one.sources] for one in timelines] == [["11"], ["12"]]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="typo: no folder"):
        read_timelines(tmp_path / "typo")
    with pytest.raises(EvaluationError, match=r"no file in it is named \*\.txt"):
        read_timelines(tmp_path)
    (tmp_path / "list.txt").write_text("Vell Steel\nOrin\n")
    with pytest.raises(EvaluationError, match="no timeline in it"):
        read_timelines(tmp_path)
    (tmp_path / "vell.txt").write_text("\n".join(TIMELINE))
    with pytest.raises(EvaluationError, match=r"the documents of vell\.txt are not there"):
        read_timelines(tmp_path)


@pytest.mark.parametrize("content", ["<a>", "<TimeML/>", "<a><token t_id='1'>Rain</token></a>"])
def test_other_documents_are_named(content: str, tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a")
    (folder / "docs" / "1.xml").write_text(content)
    with pytest.raises(EvaluationError, match=r"1\.xml: neither CAT's XML nor TimeML"):
        read_timelines(folder)


def test_other_mentions_are_named(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a", "Vell", "1\t2010\tclosed")
    with pytest.raises(EvaluationError, match="'closed' is no document-sentence-event"):
        read_timelines(folder)


def test_a_document_without_a_number_has_that_of_its_file(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a")
    path = write_cat(folder / "docs" / "13_Rain.xml", "11")
    path.write_text(path.read_text(encoding="utf-8").replace(' doc_id="11"', ""), encoding="utf-8")
    assert {source.document for source in read_timelines(folder)[0].sources} == {"11", "12", "13"}
