from functools import cache

import pytest
from tokenizers import Tokenizer

import models
from tasks.language.features import (
    MAX_PIECES,
    Case,
    Spacing,
    case_of,
    spacing_of,
    word_pieces,
)


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(models.folder() / "encoder" / "tokenizer.json"))


def pieces(*words: str) -> list[list[str]]:
    """Return the word pieces of each word."""
    ids, counts = word_pieces(tokenizer(), words)
    assert len(counts) == len(words)
    assert counts.sum() == len(ids)
    found = [tokenizer().id_to_token(number) or "" for number in ids.tolist()]
    return [[found.pop(0) for _ in range(count)] for count in counts.tolist()]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("taliban", Case.LOWER),
        ("n't", Case.LOWER),
        ("well-known", Case.LOWER),
        ("élan", Case.LOWER),
        ("Taliban", Case.TITLE),
        ("U.s.", Case.TITLE),
        ("Élan", Case.TITLE),
        ("NATO", Case.UPPER),
        ("U.S.", Case.UPPER),
        ("AT&T", Case.UPPER),
        ("I", Case.LETTER),
        ("É", Case.LETTER),
        ("a", Case.LOWER),
        ("McCain", Case.MIXED),
        ("iPhone", Case.MIXED),
        ("O'Brien", Case.MIXED),
        ("中国", Case.MIXED),  # letters without case
        ("1999", Case.NUMBER),
        ("4th", Case.NUMBER),
        ("G20", Case.NUMBER),
        ("٣", Case.NUMBER),
        (".", Case.OTHER),
        ("%", Case.OTHER),
        ("½", Case.OTHER),
        ("\u200f", Case.OTHER),
        ("😀", Case.OTHER),
    ],
)
def test_the_case_of_a_word(word: str, case: Case) -> None:
    assert case_of(word) is case


@pytest.mark.parametrize(
    ("gap", "spacing"),
    [
        ("", Spacing.JOINED),
        (" ", Spacing.SPACE),
        ("\t \u00a0", Spacing.SPACE),
        ("\n", Spacing.NEWLINE),
        (" \r\n ", Spacing.NEWLINE),
        ("\n\n", Spacing.PARAGRAPH),
        ("\r\n \r\n", Spacing.PARAGRAPH),
        ("\n\n\n\n", Spacing.PARAGRAPH),
    ],
)
def test_the_spacing_of_a_gap(gap: str, spacing: Spacing) -> None:
    assert spacing_of(gap) is spacing


def test_words_have_the_pieces_of_the_vocabulary() -> None:
    assert pieces("The", "embeddings", "U.S.", "café") == [
        ["the"],
        ["em", "##bed", "##ding", "##s"],
        ["u", ".", "s", "."],
        ["cafe"],
    ]


@pytest.mark.parametrize(
    "mark",
    [
        "\ufe0f",  # variation selector, as after an emoji
        "\u200f",  # right-to-left mark
        "\u0301",  # an accent without a letter
        "\x00",
        "\ufffd",
        "\u200b",
    ],
)
def test_a_word_of_which_nothing_is_left_has_one_unknown_piece(mark: str) -> None:
    assert pieces("cat", mark, "sat") == [["cat"], ["[UNK]"], ["sat"]]
    assert pieces(mark) == [["[UNK]"]]
    assert pieces(mark, mark, "cat", mark) == [["[UNK]"], ["[UNK]"], ["cat"], ["[UNK]"]]


def test_an_emoji_that_the_vocabulary_lacks_is_one_unknown_piece() -> None:
    assert pieces("😀") == [["[UNK]"]]


def test_a_long_word_has_as_many_pieces_as_are_kept() -> None:
    found = pieces("cat", "q" * 2_000, "\u200f", "sat")
    assert [len(one) for one in found] == [1, MAX_PIECES, 1, 1]
    assert (found[0], found[2], found[3]) == (["cat"], ["[UNK]"], ["sat"])
    assert {one.strip("#q") for one in found[1]} == {""}
    assert found[1] == pieces("q" * 100)[0]


def test_no_words_have_no_pieces() -> None:
    assert pieces() == []
