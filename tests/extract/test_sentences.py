import pytest

from tasks.extract.sentences import sentence_rows
from tests.extract.given_articles import document
from warehouse.tables import Voice


def split(text: str) -> list[str]:
    return [row.text for row in sentence_rows(document(text), [])]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("George W. Bush spoke. He left.", ["George W. Bush spoke.", "He left."]),
        ("It grew 3.5 per cent. Good.", ["It grew 3.5 per cent.", "Good."]),
        ("“We agree.” They left.", ["“We agree.”", "They left."]),
        ("“Why now?” Smith asked. No reply.", ["“Why now?” Smith asked.", "No reply."]),
        ("A heading\n\nA text without stop\n\nEnd", ["A heading", "A text without stop", "End"]),
        ("Seen before:\n* one thing\n* other thing\nThe end.", None),
    ],
)
def test_boundaries(text: str, sentences: list[str] | None) -> None:
    if sentences is None:
        sentences = ["Seen before:", "* one thing", "* other thing", "The end."]
    assert split(text) == sentences


def test_rows_tell_paragraph_and_voice() -> None:
    text = "He spoke.\n\n“We will not leave.” He said “we will stay” again."
    speech = [(12, 30), (41, 53)]
    rows = sentence_rows(document(text), speech)
    assert [text[s:e] for s, e in speech] == ["We will not leave.", "we will stay"]
    assert [(r.position, r.paragraph, r.voice) for r in rows] == [
        (0, 0, "author"),
        (1, 1, "quoted"),
        (2, 1, "mixed"),
    ]


@pytest.mark.parametrize(
    ("spoken", "voice"),
    [
        ([], "author"),
        ([(0, 21)], "quoted"),
        ([(0, 8), (8, 21)], "quoted"),
        ([(0, 21), (0, 8), (3, 14)], "quoted"),
        ([(0, 12), (6, 21)], "quoted"),
        ([(0, 12), (2, 5), (3, 9)], "mixed"),
        ([(9, 9)], "author"),
        ([(20, 21)], "author"),
        ([(3, 60)], "mixed"),
        ([(21, 60)], "author"),
    ],
)
def test_voice_by_spans_that_may_overlap(spoken: list[tuple[int, int]], voice: Voice) -> None:
    text = "We shall all go home. Nobody stays here."
    first, _ = sentence_rows(document(text), spoken)
    assert (first.end_char, first.voice) == (21, voice)


def test_many_short_spans_in_one_sentence() -> None:
    text = "a " * 300 + "end."
    spoken = [(at, at + 1) for at in range(0, 600, 2)]
    rows = sentence_rows(document(text), spoken)
    assert rows[0].voice == "quoted"
