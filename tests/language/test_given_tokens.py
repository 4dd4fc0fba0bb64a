"""Tokens and sentences that are given stay as they are."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tests.language.given import analysis, check_sound, zigzag

WORDS = ["He", "left", ".", "She", "said", "that", "Ann", "Lee", "stayed", ".", "The", "end"]


def given(nlp: Language, words: list[str], starts: list[bool | None] | None = None) -> Doc:
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=starts))
    assert [token.text for token in doc] == words
    check_sound(doc, "".join(f"{word} " for word in words))
    return doc


def firsts(doc: Doc) -> list[int]:
    return [sentence.start for sentence in doc.sents]


def test_given_tokens_are_read_as_the_same_tokens_of_a_text(nlp: Language) -> None:
    text = "He said that Ann Lee stayed in Oslo."
    own = nlp(text)
    words = ["He", "said", "that", "Ann", "Lee", "stayed", "in", "Oslo", "."]
    spaces = [True] * 7 + [False] * 2
    doc = nlp(Doc(nlp.vocab, words=words, spaces=spaces))
    assert analysis(doc) == analysis(own)
    assert doc.tensor.tobytes() == own.tensor.tobytes()


@pytest.mark.parametrize(
    "starts",
    [
        [0],
        [0, 3, 10],
        [0, 2, 5],  # where no sentence would start
        list(range(len(WORDS))),
    ],
)
def test_given_sentences_stay(nlp: Language, starts: list[int]) -> None:
    doc = given(nlp, WORDS, [at in starts for at in range(len(WORDS))])
    assert firsts(doc) == starts


def test_sentences_that_are_given_in_part_stay_and_others_are_found(nlp: Language) -> None:
    starts: list[bool | None] = [None] * len(WORDS)
    starts[3], starts[9] = False, True
    assert {0, 9} <= set(firsts(given(nlp, WORDS, starts)))
    assert 3 not in firsts(given(nlp, WORDS, starts))
    assert 3 in firsts(given(nlp, WORDS))


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        (["He", "left", "\n\n", "She", "stayed"], [0, 3]),
        (["He", "left", "\n\n", "She", "stayed"], [0, 2]),  # white space opens the second
        (["He", "left", "\n\n", "\n", "She", "stayed"], [0, 2, 4]),  # and has one to itself
        (["\n", "\n", "He", "left"], [0]),
        (["\n", "\n", "He", "left"], [0, 1]),
        (["\n", "\n", "He", "left", "\n"], [0, 2, 4]),
        (["\n"], [0]),
        (["\n", " "], [0]),
        (["\n", " "], [0, 1]),
    ],
)
def test_white_space_stays_in_the_sentence_that_it_is_given_to(
    nlp: Language, words: list[str], starts: list[int]
) -> None:
    doc = given(nlp, words, [at in starts for at in range(len(words))])
    assert firsts(doc) == starts


def test_white_space_hangs_on_the_token_before_it_or_on_the_first_word(nlp: Language) -> None:
    words = ["\n", "\n", "He", "left", "\n", " ", "She", "stayed"]
    doc = given(nlp, words, [at in (0, 6) for at in range(8)])
    assert [doc[at].head.i for at in (0, 1, 4, 5)] == [2, 0, 3, 4]


def test_sentences_stay_where_arcs_cross(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.language.parser.best_heads", zigzag)
    starts = list(range(0, 200, 50))
    doc = given(nlp, ["word"] * 200, [at in starts for at in range(200)])
    assert firsts(doc) == starts
    assert [token.head.i for token in doc[50:52]] == [99, 98]


def test_a_sentence_without_end_is_parted(nlp: Language) -> None:
    doc = given(nlp, ["and", "so", "we", "go"] * 200)
    assert max(len(sentence) for sentence in doc.sents) <= 256
    assert len(list(doc.sents)) < 8
