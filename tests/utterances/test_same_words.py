"""Which statements are the same utterance, by their words, their speakers and their days."""

from typing import Any

import pytest

from tests.utterances.given import are_one, linked, said, utterances

ANN, BEN = {"speaker_id": "person:ann"}, {"speaker_id": "person:ben"}
BRIDGE = "the old bridge has to be closed before the winter begins"
"""Eleven words."""
LONG_AGO, NOW = {"day": "2019-03-01"}, {"day": "2024-03-01"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BRIDGE, BRIDGE),
        (BRIDGE, "“The old bridge\xa0has to be closed… before the Winter begins!”"),
        ("we can't leave the café", "We can\u2019t leave - the Cafe\u0301."),
        (BRIDGE, "the bridge has to be closed before the winter begins"),
        (BRIDGE, "the old bridge had to be closed before the winter began"),
        (BRIDGE, "the old bridge will have to be closed before winter begins"),
        (BRIDGE, "the old tunnel has to be closed until the winter begins"),
        ("no bridge will be closed before this winter", "no bridge will be closed before winter"),
    ],
)
def test_the_same_words_and_nearly_the_same_are_one(one: str, other: str) -> None:
    assert are_one(said(one), said(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BRIDGE, "the old bridge does not have to be closed before the winter begins"),
        (BRIDGE, "the new tunnel has to be opened before the summer ends"),
        ("there were no reports of casualties", "there were no reports of violence"),
        ("we need another 40 boats for the northern harbours by May",
         "we need another 60 boats for the northern harbours by May"),
        ("we need another four boats for the northern harbours by May",
         "we need another five boats for the northern harbours by May"),
        ("it is going to rain", "it is going to snow"),
        ("the new harbour will open on a summer morning",
         "the new harbour will open on a summer evening"),
        ("amber birch cedar elder fir hazel juniper larch oak pine rowan spruce yew",
         "amber birch cedar a fir hazel juniper b oak pine rowan c yew"),
        ("we can leave the old town by night if it rains",
         "we can't leave the old town by night if it rains"),
        ("?!", "..."),
    ],
)  # fmt: skip
def test_other_words_are_not(one: str, other: str) -> None:
    assert utterances(said(one, **ANN), said(other, **ANN)) == []


def test_numbers_and_negations_may_be_in_both() -> None:
    assert are_one(
        said("we do not need another 40 boats for the northern harbours"),
        said("we do not need another 40 boats in the northern harbours"),
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ANN, ANN, True),
        (ANN, BEN, False),
        (ANN, {}, True),
        ({}, {}, False),
        ({"speaker": "Ann", "speaker_type": "named"}, {"speaker": "ANN", "speaker_type": "named"},
         True),
        ({"speaker": "she", "speaker_type": "pronoun"},
         {"speaker": "she", "speaker_type": "pronoun"}, False),
    ],
)  # fmt: skip
def test_short_statements_need_the_same_speaker_or_none(
    one: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    assert are_one(said("No comment", **one), said("no comment.", **other)) is expected


def test_a_short_statement_of_nobody_known_is_not_given_to_one_of_two() -> None:
    assert utterances(said("Never.", **ANN), said("Never.", **BEN), said("Never.")) == []


def test_four_words_are_short_and_five_are_not() -> None:
    assert utterances(said("It is over now", **ANN), said("It is over now", **BEN)) == []
    assert are_one(said("It is all over now", **ANN), said("It is all over now", **BEN))


def test_what_very_many_have_said_is_given_to_none_of_them() -> None:
    early = [said("No comment", speaker_id=f"person:{n}", **LONG_AGO) for n in range(20)]
    late = [said("No comment", **ANN), said("No comment")]
    assert are_one(*late)
    assert utterances(*early[:19], *late) == [sorted(one.statement_id for one in late)]
    assert utterances(*early, *late) == []


def test_short_statements_are_quotes() -> None:
    indirect = {"kind": "indirect"} | ANN
    assert utterances(said("the new deal", **indirect), said("the new deal", **indirect)) == []
    assert utterances(said("the new deal", **indirect), said("the new deal", **ANN)) == []
    assert utterances(said("the new deal", **indirect), said("the new deal")) == []


def test_short_statements_are_equal_or_nothing() -> None:
    assert utterances(said("we never left", **ANN), said("we have never left", **ANN)) == []


def test_the_same_words_of_two_speakers_are_one_utterance_with_both() -> None:
    assert are_one(said(BRIDGE, **ANN), said(BRIDGE, **BEN))
    assert are_one(said("the bridge has to close", **ANN), said("the bridge has to close", **BEN))


def test_two_speakers_need_to_be_more_alike_than_one() -> None:
    longer = f"{BRIDGE} and the ferry stops"
    near = longer.replace("has to", "must").replace("closed", "shut")
    assert are_one(said(longer, **ANN), said(near, **ANN))
    assert utterances(said(longer, **ANN), said(near, **BEN)) == []
    assert are_one(said(longer, **ANN), said(longer.replace("old ", ""), **BEN))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (ANN, ANN, True),
        ({}, {}, False),
        ({}, ANN, False),
        ({"day": "2024-02-01"}, {}, True),
        ({"day": "2024-01-30"}, {}, False),
        ({"day": None}, {}, True),
    ],
)
def test_a_formula_that_recurs_is_one_utterance_only_of_one_speaker(
    one: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    formula = "there were no reports of any damage"
    early, late = said(formula, **(LONG_AGO | one)), said(formula, **(NOW | other))
    if "day" in one:
        late = said(formula, day="2024-03-02" if one["day"] else "2024-03-01")
    assert are_one(early, late) is expected


def test_a_long_quote_is_told_by_its_words_whenever_it_is_repeated() -> None:
    assert are_one(said(BRIDGE, **LONG_AGO), said(BRIDGE, **NOW))
    assert utterances(
        said(BRIDGE, kind="indirect", **LONG_AGO), said(BRIDGE, kind="indirect", **NOW)
    ) == []  # fmt: skip


def test_repeats_may_lead_from_month_to_month() -> None:
    days = ("2024-01-01", "2024-01-25", "2024-02-20", "2024-06-01")
    formula = [said("there were no reports of any damage", day=day) for day in days]
    assert utterances(*formula) == [sorted(one.statement_id for one in formula[:3])]


def test_what_many_have_said_is_compared_with_the_latest() -> None:
    months = [f"{2019 + n // 6}-{1 + n % 6 * 2:02}-01" for n in range(24)]
    often = [said("that is what we are for", day=day, speaker_id=day) for day in months]
    again = said("that is what we are for", day="2022-11-02")
    assert utterances(*often, again) == [sorted((often[-1].statement_id, again.statement_id))]


def test_a_wording_joins_the_one_it_is_most_similar_to() -> None:
    words = ["amber", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "oak", "yew"]
    far, near, one = (
        said(" ".join([*words[:kept], *"abcdefghij"[kept:]]), **ANN) for kept in (10, 7, 8)
    )
    assert are_one(far, one)
    assert utterances(far, near, one) == [sorted((near.statement_id, one.statement_id))]


def test_what_is_denied_is_not_what_is_said() -> None:
    plain = said(BRIDGE, **ANN)
    denials = [said(BRIDGE, cue_class="deny", **ANN), said(BRIDGE, is_negated=True, **ANN)]
    assert utterances(plain, *denials) == [sorted(one.statement_id for one in denials)]


def test_the_report_of_a_report_is_not_the_report() -> None:
    text = f"officials say {BRIDGE}"
    outer = said(text, article_id="a", kind="indirect")
    inner = said(BRIDGE, article_id="a", start_char=114, kind="indirect")
    elsewhere = said(BRIDGE, article_id="b", kind="indirect")
    again = said(text, article_id="c", kind="indirect")
    assert are_one(outer, again)
    assert utterances(outer, inner) == []
    assert utterances(outer, inner, elsewhere) == [[inner.statement_id, elsewhere.statement_id]]
    assert utterances(outer, inner, elsewhere, again) == [
        sorted((outer.statement_id, again.statement_id)),
        sorted((inner.statement_id, elsewhere.statement_id)),
    ]


def test_who_has_the_report_has_not_the_report_of_it_as_well() -> None:
    before = said(f"officials {BRIDGE}", day="2024-02-28")
    outer = said(f"officials say {BRIDGE}", article_id="a", kind="indirect")
    inner = said(BRIDGE, article_id="a", start_char=114, kind="indirect")
    assert are_one(before, inner)
    assert utterances(before, outer, inner) == [sorted((before.statement_id, outer.statement_id))]


def test_other_words_with_the_same_place_are_not_one() -> None:
    given = {"article_id": "a", "start_char": 10, "end_char": 90} | ANN
    assert utterances(said(BRIDGE, **given), said(BRIDGE.replace("old ", ""), **given)) == []


def test_what_two_say_together_is_one_utterance() -> None:
    given: dict[str, Any] = {"article_id": "a", "cue_end": 40}
    both = [said(BRIDGE, **given, **ANN), said(BRIDGE, **given, **BEN)]
    assert are_one(*both)
    assert [row.wording for row in linked(*both).values()] == [1, 1]
    given = {"article_id": "a", "cue_end": 24}
    pieces = [
        said(content, start_char=start, **given, **speaker)
        for content, start in ((BRIDGE[:22], 0), (BRIDGE[23:], 40))
        for speaker in (ANN, BEN)
    ]
    assert are_one(*pieces, said(BRIDGE))


def test_no_chain_of_small_steps_leads_to_other_words() -> None:
    words = ["amber", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "oak", "yew"]
    steps = [" ".join([*words[:kept], *"abcdefghij"[kept:]]) for kept in (10, 9, 8, 7, 6)]
    statements = [said(content, **ANN) for content in steps]
    assert utterances(*statements) == [
        sorted(one.statement_id for one in statements[:3]),
        sorted(one.statement_id for one in statements[3:]),
    ]
