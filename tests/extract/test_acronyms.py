import pytest

from tasks.extract.acronyms import find_acronyms
from tests.extract.given_articles import REGISTRY, document


@pytest.mark.parametrize(
    ("text", "acronym", "expansion", "entity_id", "definition"),
    [
        (
            "the Russian International Affairs Council (RIAC) said",
            "RIAC",
            "Russian International Affairs Council",
            "organisation:riac",
            "Russian International Affairs Council (RIAC)",
        ),
        (
            "the Kabul Study Council (KSC) met",
            "KSC",
            "Kabul Study Council",
            "organisation:kabul-study-council",
            "Kabul Study Council (KSC)",
        ),
        (
            "the KSC (Kabul Study Council) met",
            "KSC",
            "Kabul Study Council",
            "organisation:kabul-study-council",
            "KSC (Kabul Study Council)",
        ),
    ],
)
def test_definition(
    text: str, acronym: str, expansion: str, entity_id: str, definition: str
) -> None:
    [row] = find_acronyms(document(text), REGISTRY)
    assert (row.acronym, row.expansion, row.entity_id) == (acronym, expansion, entity_id)
    assert text[row.start_char : row.end_char] == definition


@pytest.mark.parametrize(
    "text", ["they met in Doha (QATAR) today", "growth of the domestic output (GDP)", "a man (52)"]
)
def test_no_definition(text: str) -> None:
    assert find_acronyms(document(text), REGISTRY) == []


def test_a_term_that_is_no_name_has_no_entity() -> None:
    [row] = find_acronyms(document("They fear an improvised explosive device (IED)."), REGISTRY)
    assert (row.acronym, row.expansion, row.entity_id) == (
        "IED",
        "improvised explosive device",
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "the Kabul Study Council (hereafter \u201cKSC\u201d)",
        "the Kabul Study Council (KSC; founded in 1999)",
        "the Kabul Study Council (the KSC)",
    ],
)
def test_what_else_stands_in_the_bracket(text: str) -> None:
    [row] = find_acronyms(document(text), REGISTRY)
    assert (row.acronym, row.expansion) == ("KSC", "Kabul Study Council")


@pytest.mark.parametrize(
    "text", ["He works in the (IT) sector.", "Republican Senator Richard Lugar (R-IN) spoke."]
)
def test_brackets_that_define_nothing(text: str) -> None:
    assert find_acronyms(document(text), REGISTRY) == []
