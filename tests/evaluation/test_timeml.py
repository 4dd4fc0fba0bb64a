from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.time_files import read_times
from flows.evaluation.timeml import TimedText, day_of, timeml_text
from tests.evaluation.given_mentions import SENTENCES, write_meantime
from tests.evaluation.given_times import DCT, TEXT, write_timeml


def shown(one: TimedText) -> list[tuple[str, str, str]]:
    return [(one.text[time.start : time.end], time.type, time.value) for time in one.times]


def test_other_elements_are_read_through_and_empty_expressions_left_out(tmp_path: Path) -> None:
    [one] = read_times(write_timeml(tmp_path / "a.tml"))
    assert one.text == TEXT
    assert (one.published_on, one.marked_to) == (date(2011, 5, 2), len(TEXT))
    assert shown(one) == [
        ("Saturday", "DATE", "2011-04-30"),
        ("forty years", "DURATION", "P40Y"),
        ("this morning", "TIME", "2011-05-02TMO"),
    ]


def test_lines_end_alike_and_nested_expressions_each_count(tmp_path: Path) -> None:
    body = (
        "Rain\r\nfell <TIMEX3 type='DURATION' value='P2D'>two days before "
        "<TIMEX3 type='DATE' value='2011-05-01'>Sunday</TIMEX3></TIMEX3>"
    )
    [one] = read_times(write_timeml(tmp_path / "a.tml", body))
    assert one.text == "Rain\nfell two days before Sunday"
    assert [words for words, *_ in shown(one)] == ["two days before Sunday", "Sunday"]


def test_a_date_within_the_text_may_be_that_of_the_document() -> None:
    document = (
        f"<TimeML><DOCNO>7 May</DOCNO><BODY>{DCT.format('20110502')} "
        "<TEXTS>Rain <TIMEX3 type='DATE' value='PRESENT_REF'>now</TIMEX3></TEXTS></BODY></TimeML>"
    )
    one = timeml_text(ElementTree.fromstring(document))
    assert one.text == "then Rain now"
    assert shown(one) == [("now", "DATE", "PRESENT_REF")]
    assert one.left_out == ((0, 4),)
    assert one.published_on == date(2011, 5, 2)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1998-02-27T08:35:00", date(1998, 2, 27)),
        ("19980227", date(1998, 2, 27)),
        ("1998-02-31", None),
        ("1998-02", None),
        ("199802271", None),
        ("", None),
    ],
)
def test_a_day_is_read_with_hyphens_or_without(value: str, day: date | None) -> None:
    assert day_of(value) == day


def test_the_day_may_be_told_in_words_of_the_dct_alone() -> None:
    root = ElementTree.fromstring("<TimeML><DCT>1998-02-27</DCT><TEXT>Rain</TEXT></TimeML>")
    assert timeml_text(root).published_on == date(1998, 2, 27)


def test_tokens_of_meantime_make_the_text(tmp_path: Path) -> None:
    path = write_meantime(tmp_path / "a.xml")
    firsts = [sum(len(one.split()) for one in SENTENCES[:number]) for number in range(7)]

    def marked(value: str, sentence: int, first: int, last: int, function: str = "NONE") -> str:
        anchors = "".join(
            f"<token_anchor t_id='{firsts[sentence] + at}'/>" for at in range(first, last)
        )
        return (
            f"<TIMEX3 m_id='{value}' type='DATE' value='{value}' functionInDocument='{function}'>"
            f"{anchors}</TIMEX3>"
        )

    content = path.read_text(encoding="utf-8")
    old = '<TIMEX3 m_id="t" functionInDocument="CREATION_TIME" value="2011-05-02"/>'
    assert old in content
    times = [
        marked("2011-05-02", 1, 0, 4, "CREATION_TIME"),
        marked("2010", 5, 0, 2),
        marked("2009", 2, 3, 5),
        marked("2008", 6, 0, 1),  # after the part that is fully marked
        marked("2007", 2, 0, 0),
    ]
    path.write_text(content.replace(old, "".join(times)), encoding="utf-8")
    [one] = read_times(tmp_path)
    assert shown(one) == [("said it", "DATE", "2009"), ("There was", "DATE", "2010")]
    assert [one.text[start:end] for start, end in one.left_out] == ["May 2, 2011"]
    assert one.published_on == date(2011, 5, 2)
    assert one.text[: one.marked_to].endswith("There was sun.")


@pytest.mark.parametrize("content", ["<TimeML>", "<TimeML><TEXT> </TEXT></TimeML>", "no XML"])
def test_other_files_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.tml").write_text(content)
    with pytest.raises(EvaluationError, match=r"a\.tml: neither TimeML nor CAT's XML"):
        list(read_times(tmp_path))


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no file in it is named \*\.tml, \*\.xml"):
        list(read_times(tmp_path))
