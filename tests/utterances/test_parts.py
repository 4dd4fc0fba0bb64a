"""Quotes that are part of a longer one."""

import pytest

from tests.utterances.given import are_one, linked, said, utterances

ANN, BEN = {"speaker_id": "person:ann"}, {"speaker_id": "person:ben"}
WHOLE = (
    "This plan is a gift to those who own the river, and we shall fight it in every town, "
    "in every court and, if need be, on the water itself"
)
INSULT = "a gift to those who own the river"
"""Eight words."""


@pytest.mark.parametrize(
    "part",
    [
        INSULT,
        "we shall fight it in every town, in every court",
        "This plan is a gift to those",
        "if need be, on the water",
        "we will fight it in every town, in every court, if need be, on the water itself",
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_part_of_a_longer_quote_joins_it(part: str, is_first: bool) -> None:
    short = said(part, day="2024-03-01" if is_first else "2024-03-03")
    whole = said(WHOLE, day="2024-03-02")
    assert are_one(short, whole)
    row = linked(short, whole)[(whole if is_first else short).statement_id]
    assert row.similarity > 0.88
    assert (row.is_first, row.wording) == (False, 2)


@pytest.mark.parametrize(
    "other",
    [
        "those who own the river",
        "a gift to those who drained the river",
        "we shall not fight it in every town, in every court",
        "in every town we shall fight it and in every court",
        "This plan is a gift to us on the water itself",
    ],
)
def test_what_is_no_part_does_not(other: str) -> None:
    assert utterances(said(other), said(WHOLE)) == []


def test_a_few_words_of_another_speaker_are_a_turn_of_phrase() -> None:
    assert utterances(said(INSULT, **BEN), said(WHOLE, **ANN)) == []
    assert are_one(said(INSULT), said(WHOLE, **ANN))
    many = "we shall fight it in every town, in every court"
    assert are_one(said(many, **BEN), said(WHOLE, **ANN))


def test_a_few_words_at_another_time_are_a_turn_of_phrase() -> None:
    early = {"day": "2020-01-01"}
    assert utterances(said(INSULT, **early), said(WHOLE)) == []
    assert are_one(said(INSULT, **early, **ANN), said(WHOLE, **ANN))


def test_two_parts_meet_in_the_whole_and_drift_from_neither() -> None:
    end = "if need be, on the water itself"
    first, second = said(INSULT, day="2024-03-01"), said(end, day="2024-03-02")
    whole = said(WHOLE, day="2024-03-03")
    assert utterances(first, second) == []
    assert are_one(first, second, whole)
    assert [row.similarity for row in linked(first, second, whole).values()] == [1.0, 1.0, 1.0]


def test_a_part_of_other_words_drifts_as_these_do() -> None:
    nearly = WHOLE.replace("This plan", "The whole plan").replace("fight", "oppose")
    first, second = said(WHOLE, day="2024-03-01"), said(nearly, day="2024-03-02")
    part = said("The whole plan is a gift to those", day="2024-03-03")
    rows = linked(first, second, part)
    # 28 of the 30 words of one and of the 31 of the other: 56 of 61.
    assert [rows[one.statement_id].similarity for one in (second, part)] == [0.918, 0.918]


def test_a_part_joins_one_whole_and_does_not_make_two_one() -> None:
    other = f"My father used to call it {INSULT}, long before any of us had heard of this plan"
    first, second, part = said(WHOLE), said(other), said(INSULT)
    assert utterances(first, second, part) == [sorted((first.statement_id, part.statement_id))]


def test_a_part_joins_the_whole_of_the_same_speaker() -> None:
    turn = "we shall fight it in every town, in every court"
    other = f"Mark my words, {turn}, as our mothers did before us"
    first, second, part = said(WHOLE, **ANN), said(other, **BEN), said(turn, **BEN)
    assert utterances(first, second, part) == [sorted((second.statement_id, part.statement_id))]


def test_a_quote_within_other_words_counts_as_a_quote() -> None:
    mixed = said(f"the plan was “{INSULT}”", kind="mixed")
    assert are_one(mixed, said(WHOLE))
    assert are_one(mixed, said(INSULT))
    assert are_one(
        mixed, said(f"nothing in it was new and that it remained “{INSULT}”", kind="mixed")
    )
    assert utterances(said(f"the plan was {INSULT}", kind="indirect"), said(WHOLE)) == []


def test_reported_words_are_a_part_only_of_what_the_same_speaker_says() -> None:
    short = "the harbour would stay open through the night for all boats"
    longer = f"{short}, although the pilots had asked for a rest of at least six hours"
    given = {"kind": "indirect"}
    assert are_one(said(short, **given, **ANN), said(longer, **given, **ANN))
    assert utterances(said(short, **given, **ANN), said(longer, **given)) == []
    assert utterances(
        said("the harbour would stay open", **given, **ANN), said(longer, **given, **ANN)
    ) == []  # fmt: skip
