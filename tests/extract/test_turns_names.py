from tasks.extract.interviews import find_interviewed, full_names
from tasks.extract.turns import find_turns

BRIEFING = (
    "BRIEFING BY ANN REED, HARBOUR MASTER, and Deputy Mayor Tom F. Hill\n\n"
    "MS. REED: I have Evan Marsh's notes here.\n\nMR. HILL: Thank you.\n\n"
    "MR. MARSH: Hello.\n\nMR. STONE: Hello."
)


def names(text: str) -> dict[str, str]:
    return {
        key: text[start:end]
        for key, (start, end) in full_names(text, turns=find_turns(text)).items()
    }


def test_full_names_from_head_and_first_turns() -> None:
    assert names(BRIEFING) == {"reed": "ANN REED", "hill": "Tom F. Hill", "marsh": "Evan Marsh"}


def test_offices_are_no_given_names() -> None:
    title = "Press Briefing by Press Secretary Reed, Change Ambassador Carol Hill, 3/14"
    found = full_names(title, labels=["MS. REED", "MS. HILL", "THE PRESIDENT"])
    assert {key: title[start:end] for key, (start, end) in found.items()} == {"hill": "Carol Hill"}


def test_full_name_in_a_label_and_its_initials() -> None:
    text = "((WR)) Why?\n\nNora Grey: I like it.\n\n((WR)) Still?\n\nNG: I do.\n\nNG: You see."
    assert names(text) == {"grey": "Nora Grey", "ng": "Nora Grey"}


def spans(text: str, *surfaces: str) -> list[tuple[int, int]]:
    return sorted((text.index(s), text.index(s) + len(s)) for s in surfaces)


def test_who_is_interviewed() -> None:
    text = (
        "Mayor Ann Reed was away. Deputy Tom Hill answered our questions.\n\n"
        "Q: Why?\n\nA: I do not know.\n\nQ: When?\n\nA: Soon."
    )
    found = find_interviewed(text, spans(text, "Ann Reed", "Tom Hill"), find_turns(text))
    assert found is not None
    assert text[slice(*found)] == "Tom Hill"


def test_who_is_interviewed_after_a_word_of_talking() -> None:
    title = "The Post speaks to harbour master Ann Reed about Tom Hill"
    found = find_interviewed(title, spans(title, "Ann Reed", "Tom Hill"))
    assert found is not None
    assert title[slice(*found)] == "Ann Reed"


def test_nobody_is_interviewed() -> None:
    assert find_interviewed("Ann Reed left.", [(0, 8)]) is None
    assert find_interviewed("The Post spoke to the mayor. Ann Reed left.", [(29, 37)]) is None
