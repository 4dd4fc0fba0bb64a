import pytest

from flows.evaluation.attributions import Attribution, Words, comparable, in_one, stated
from tests.evaluation.given_statements import FOUND, rows


def test_rows_of_one_cue_and_speaker_are_pieces_of_one() -> None:
    found = stated(
        rows([*FOUND[1:3], ("Critics", "added", ("We",)), ("", "", ("lost",)), ("", "", ("Rain",))])
    )
    assert [len(one.content) for one in found] == [2, 1, 1, 1]
    apart = [Attribution(cue=((0, 1),)), Attribution(cue=((0, 1),), source=((4, 5),))]
    assert in_one(apart) == apart


@pytest.mark.parametrize(
    ("said", "compared"),
    [
        ("that the mill will close.", ["the mill will close"]),
        ('that "the mill" will close', ['the mill" will close']),
        ("That, in her view, is all", ["in her view, is all"]),
        ("that's all (really)", ["that's all (really"]),
        ("that", ["that"]),
        ("\u201c\u2018We have lost,\u2019\u201d", ["We have lost"]),
        ("\u2014 $5 a day -", ["$5 a day"]),
        ('"We have lost," | "and we know it."', ['We have lost," | "and we know it']),
        ("we know | nothing", ["we know | nothing"]),
        ("not this | then", ["not this | then"]),
        ("we know | and nothing", ["we know | and nothing"]),
    ],
)
def test_contents_are_compared_without_what_is_around_them(said: str, compared: list[str]) -> None:
    pieces = said.split("|")
    starts = [said.index(piece) for piece in pieces]
    spans = tuple((at, at + len(one)) for at, one in zip(starts, pieces, strict=True))
    found = comparable(said, Attribution(content=spans))
    assert [said[start:end] for start, end in found.content] == compared


def test_pieces_that_words_part_stay_apart_and_wordless_ones_go() -> None:
    text = '"Lost," she said. "Gone."'
    spans = ((18, 25), (0, 7), (16, 17))  # the full stop after 'said' is no content
    assert comparable(text, Attribution(content=spans)).content == ((1, 5), (19, 23))


def test_only_contents_lose_a_leading_that_and_a_cue_may_be_a_mark() -> None:
    text = "Orin: that man said, no"
    one = Attribution(source=((6, 14),), cue=((4, 5),), content=((6, 23),))
    assert comparable(text, one) == Attribution(
        source=((6, 14),), cue=((4, 5),), content=((11, 23),)
    )


def test_words_are_those_that_a_span_touches() -> None:
    words = Words("Mr. Orin's mill")  # Mr, Orin, s, mill
    assert words.within([(0, 2)]) == {0}
    assert words.within([(5, 9), (11, 12)]) == {1, 3}
    assert words.within([(2, 4), (8, 9)]) == set()
