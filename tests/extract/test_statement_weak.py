"""What is no statement though its verb may be a cue, and contents that were once cut or run on."""

import pytest

from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.statements.cues import regular_forms
from tasks.extract.turns import find_turns
from tests.extract.documents import document, mentions
from warehouse.tables import Statement


def read(text: str) -> list[Statement]:
    doc = document(text)
    return find_statements(doc, mentions(doc), find_quotes(text), find_turns(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met in Geneva to discuss the new border treaty.",
        "Anna Holm could propose a new tax next spring.",
        "The club refrained from announcing its position on the matter.",
        "Police questioned the driver of the lorry.",
        "The Senate confirmed him in June.",
        "The court dismissed the lawsuit in April.",
        "Villagers reacted to the flood.",
        "Does Anna Holm regret talking about the harbour?",
        "The council voted to close the old bridge.",
    ],
)
def test_acts_and_plans_are_no_statements(text: str) -> None:
    assert [(row.cue, row.content) for row in read(text)] == []


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Anna Holm discussed the new border treaty.", "Anna Holm", "the new border treaty"),
        ("Critics dismissed the claims.", "Critics", "the claims"),
        (
            "Anna Holm referred to the vote as a farce.",
            "Anna Holm",
            "the vote as a farce",
        ),
        (
            'Anna Holm said in a letter "We will keep the ferry running until May."',
            "Anna Holm",
            "We will keep the ferry running until May",
        ),
        ("Anna Holm would not discuss the plan.", "Anna Holm", "the plan"),
        ('Anna Holm brought a new message: "It is up to us."', "Anna Holm", "It is up to us"),
        (
            'According to Anna Holm, "If it rains, the fair is off. We will not pay."',
            "Anna Holm",
            "If it rains, the fair is off. We will not pay",
        ),
    ],
)
def test_what_was_said_is_whole(text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in [(row.speaker, row.content) for row in read(text)]


def test_one_word_with_a_comma_is_a_remark() -> None:
    rows = read('"Hopefully," Anna Holm said, "the museum will open in June."')
    assert [row.content for row in rows] == ["Hopefully", "the museum will open in June"]


def test_a_quote_that_opens_another_sentence_is_not_carried_on() -> None:
    rows = read(
        '"This is not right," Anna Holm said. "You pushed people too far" to raise your pay, '
        "she said."
    )
    assert [r.content for r in rows if r.kind == "direct"] == ["This is not right"]


def test_she_is_not_who_spoke_before_somebody_unknown() -> None:
    rows = read(
        "Karl Brandt said the mine was empty. A union official said wages were late. "
        "She said the strike would go on."
    )
    assert [row.speaker_id for row in rows][1:] == [None, None]


def test_forms_of_short_verbs_double_their_consonant() -> None:
    assert "raped" not in regular_forms("rap")
    assert {"rapped", "rapping"} <= set(regular_forms("rap"))
    assert {"vowed", "vowing"} <= set(regular_forms("vow"))
    assert "admitted" in regular_forms("admit")
