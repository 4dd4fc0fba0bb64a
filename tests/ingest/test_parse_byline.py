import pytest

from tasks.ingest.parse.byline import authors_of


@pytest.mark.parametrize(
    ("line", "persons", "organisation"),
    [
        ("By Jane Doe, Reuters", "Jane Doe", "Reuters"),
        ("By Associated Press", None, "Associated Press"),
        ("BBC News", None, "BBC News"),
        ("Staff", None, "Staff"),
        ("Reuters Staff in Kabul", None, "Reuters Staff"),
        ("Our correspondent", None, "Our correspondent"),
        ("By Jane Doe in Kabul and John Roe in Moscow", "Jane Doe, John Roe", None),
        ("Jane van Doe; J. R. Roe Jr.", "Jane van Doe, J. R. Roe Jr.", None),
        ("By Jane Doe, Kabul", "Jane Doe", None),
        ("By Jane Doe | Diplomatic Editor", "Jane Doe", None),
        ("Jane Doe, MD, PhD", "Jane Doe", None),
        ("JANE DOE, AP Sports Writer", "JANE DOE", "AP"),
        ("Jane Doe Associated Press", "Jane Doe", "Associated Press"),
        ("Jane Doe BBC News, Kabul", "Jane Doe", "BBC News"),
        ("Analysis by Jane Doe (Amu Institute)", "Jane Doe", "Amu Institute"),
        ("Jane Doe of the Amu Institute", "Jane Doe", "the Amu Institute"),
        ("Ministry of Foreign Affairs", None, "Ministry of Foreign Affairs"),
        ("Jane Doe @janedoe jane@a.example", "Jane Doe", None),
        ("By Jane Doe Monday, June 7", "Jane Doe", None),
        ("REUTERS", None, "REUTERS"),
        ("Theresa May", "Theresa May", None),
        ("Banyan", "Banyan", None),
        ("admin", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_persons_apart_from_organisations(
    line: str | None, persons: str | None, organisation: str | None
) -> None:
    assert authors_of(line) == (persons, organisation)


def test_the_publisher_is_no_person_but_a_newsletter_may_bear_its_authors_name() -> None:
    assert authors_of("Salang", publisher="The Salang Journal") == (None, "Salang")
    assert authors_of("Jane Doe", publisher="Jane Doe's Newsletter") == ("Jane Doe", None)
    assert authors_of("Jane Doe", organisations=["Jane Doe"]) == (None, "Jane Doe")


def test_who_is_named_twice_is_one_author() -> None:
    assert authors_of("Jane Doe, JANE DOE and John Roe").persons == "Jane Doe, John Roe"
