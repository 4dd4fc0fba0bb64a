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
    "text", ["they met in Doha (QATAR) today", "gross domestic product (GDP)", "a man (52)"]
)
def test_no_definition(text: str) -> None:
    assert find_acronyms(document(text), REGISTRY) == []
