import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.turns import find_turns


def turns(text: str) -> list[tuple[str, str, bool]]:
    return [
        (text[t.label_start : t.label_end], text[t.start : t.end], t.is_question)
        for t in find_turns(text)
    ]


def test_briefing() -> None:
    text = (
        "Town Hall\n\n1:10 P.M.\n\nMS. REED: Good morning. (Laughter.)\n\nQ Will you stay?\n\n"
        "MS. REED: Yes.\n\nFor now.\n\nMR. HILL (via interpreter): [Applause] So will I.\n\n"
        "Q (Inaudible.)\n\nQ* Why?\n\nMS. REED: Thank you.\n\nEND\n\n2:10 P.M."
    )
    assert turns(text) == [
        ("MS. REED", "Good morning.", False),
        ("Q", "Will you stay?", True),
        ("MS. REED", "Yes.\n\nFor now.", False),
        ("MR. HILL", "So will I.", False),
        ("Q", "Why?", True),
        ("MS. REED", "Thank you.", False),
    ]


def test_interview_with_mixed_case_labels() -> None:
    text = (
        "The Harbour Post: What do you want?\n\nIlmari Sund: We want peace.\n\n"
        "Harbour Post: And then?\n\nSund: Then we go home. (Laughs.)\n\n"
        "This interview has been edited for length."
    )
    assert turns(text) == [
        ("The Harbour Post", "What do you want?", True),
        ("Ilmari Sund", "We want peace.", False),
        ("Harbour Post", "And then?", True),
        ("Sund", "Then we go home.", False),
    ]


@pytest.mark.parametrize(("ask", "answer"), [("Q:", "A:"), ("Q.", "A."), ("Question:", "Answer:")])
def test_letters(ask: str, answer: str) -> None:
    text = f"{ask} How old are you?\n\n{answer} Nine.\n\n{ask} Where?\n\n{answer} In Rome."
    found = find_turns(text)
    assert [text[t.start : t.end] for t in found] == [
        "How old are you?",
        "Nine.",
        "Where?",
        "In Rome.",
    ]
    assert [t.is_question for t in found] == [True, False, True, False]
    assert [t.is_answer for t in found] == [False, True, False, True]
    assert not any(t.is_named for t in found)


def test_labels_in_double_brackets_and_initials() -> None:
    text = (
        "((Wire))  Why rivers?\n\nNora Grey: I grew up near one.\n\n"
        "((WR)) : And now?\n\nNG: I still do.\n\nShort term: I will stay.\n\n((WR))  Thanks."
    )
    assert [(label, asks) for label, _, asks in turns(text)] == [
        ("Wire", True),
        ("Nora Grey", False),
        ("WR", True),
        ("NG", False),
        ("WR", True),
    ]
    assert turns(text)[3][1] == "I still do.\n\nShort term: I will stay."


def test_labels_on_lines_of_their_own() -> None:
    text = "REED:\nWhat is it?\n\nHILL:\nI like it.\n\nREED:\nWhy?\n\nHILL:\nYou know."
    assert [said for _, said, _ in turns(text)] == [
        "What is it?",
        "I like it.",
        "Why?",
        "You know.",
    ]


def test_labels_within_quotation_marks() -> None:
    text = (
        'Hill: A Heading\n\n"REED: Are you in?\n\n"HILL: I am.\n\n'
        '"REED: Sure?\n\n"HILL: I said so."'
    )
    assert turns(text) == [
        ("REED", "Are you in?", True),
        ("HILL", "I am.", False),
        ("REED", "Sure?", True),
        ("HILL", "I said so.", False),
    ]


def test_questions_without_answers_end_with_their_paragraph() -> None:
    text = "((WR))  Why rivers?\n\nI like them.\n\n((WR))  And lakes?\n\nA photo of a lake."
    assert [said for _, said, _ in turns(text)] == ["Why rivers?", "And lakes?"]


def test_labels_that_name_nobody() -> None:
    text = (
        "MR. HILL: Yes.\n\nSENIOR OFFICIAL: I agree.\n\nPARTICIPANT: Hear!\n\nQ Why?\n\n"
        "MR. HILL: So.\n\nQ When?"
    )
    assert [t.is_named for t in find_turns(text)] == [True, False, False, False, True, False]
    assert [t.is_answer for t in find_turns(text)] == [False] * 6


@pytest.mark.parametrize(
    "text",
    [
        "Note: You should read this.\n\nSource: We asked.\n\nNote: Why?",
        "When: Monday\nWhere: Rome\nWhen: Tuesday\nWhere: Paris\nWhy: You will like it?",
        "Myth: You can swim.\n\nFact: You cannot.\n\nMyth: You can fly?\n\nFact: You cannot.",
        "Reed: Backs the pact.\n\nHill: Opposes it.\n\nReed: Backs the port.\n\nHill: Is torn.",
        "Monday: We walk.\nTuesday: We rest?\nWednesday: You choose.",
        "Ingredients: flour\nMethod: You mix.\nIngredients: salt\nMethod: Do you stir?",
        "Reed: We back the pact.\n\nHill: I do not.\n\nReed: We want a port.\n\nHill: I do not.",
        "UPDATE: We are here.\n\nUPDATE: Are you?\n\nUPDATE: We left.",
        "– Où vas-tu ?\n– Je vais à Rome.\n– Pourquoi ?",  # noqa: RUF001
        "Ann Image: a flag\n\nBob Image: you and me?\n\nTom Image: I agree",
        "Editor's note: We ask you.\n\nReed: Why?",
        "Reed: Why are you here?\n\nHill: I live here.",
        "",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert find_turns(text) == []


STAGES = ["", '"', "(Laughter.)", "END", "Note: you"]
LABELS = ["MR. X: yes", "Q why?", "Q:", "A: I do", "((WN)) you?", "Reed: we", "Hill: I?"]
LINES = st.lists(st.sampled_from([*STAGES, *LABELS]), max_size=14)


@settings(max_examples=300, deadline=None)
@given(LINES)
def test_turns_are_ordered_spans(lines: list[str]) -> None:
    text = "\n".join(lines)
    last = 0
    for turn in find_turns(text):
        assert last <= turn.label_start < turn.label_end <= turn.start < turn.end <= len(text)
        last = turn.end
