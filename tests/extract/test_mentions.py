from datetime import date

import pytest

from tasks.extract.acronyms import find_acronyms
from tasks.extract.mentions import find_mentions
from tests.extract.given_articles import REGISTRY, document
from warehouse.tables import Mention


def mentions(text: str, byline: str | None = None) -> list[Mention]:
    given = document(text, byline=byline)
    return find_mentions(given, REGISTRY, find_acronyms(given, REGISTRY))


def found(text: str, byline: str | None = None) -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity_id) for m in mentions(text, byline)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It told us that the US left.", [("US", "state:usa")]),
        ("Russia\u2019s and the US\u2019 view", [("Russia", "state:rus"), ("US", "state:usa")]),
        ("anti-ISIS concerns", [("ISIS", "armed_group:islamic-state")]),
        (
            "the Biden-Putin Summit",
            [("Biden", "person:joe-biden"), ("Putin", "person:vladimir-putin")],
        ),
        ("South Sudan, not Sudan", [("South Sudan", "state:ssd"), ("Sudan", "state:sdn")]),
        (
            "in New Mexico and Mexico",
            [("New Mexico", "region:new-mexico"), ("Mexico", "state:mex")],
        ),
        (
            "Jordan Peterson spoke in Jordan.",
            [("Jordan Peterson", "person:jordan-peterson"), ("Jordan", "state:jor")],
        ),
        ("from Atlanta, Georgia", [("Atlanta", "region:atlanta"), ("Georgia", "region:georgia")]),
        ("from Armenia, Georgia", [("Armenia", "state:arm"), ("Georgia", "state:geo")]),
        ("Hunter Biden left", [("Hunter Biden", "person:hunter-biden")]),
        ("U.S.-led forces", [("U.S.", "state:usa")]),
    ],
)
def test_registry_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "entity_id"),
    [
        ("Then Moscow began to act.", "state:rus"),
        ("It nevertheless respects Moscow\u2019s position.", "state:rus"),
        ("They had talks with Moscow again.", "state:rus"),
        ("They met in Moscow again.", "city:moscow"),
        ("The minister blamed Moscow for it.", "state:rus"),
        ("He said that Moscow and Beijing, for their part, welcomed it.", "state:rus"),
        ("Moscow, which wants quiet, is honest.", "state:rus"),
        ("The troops entered Moscow at dawn.", "city:moscow"),
        ("Moscow is home to many.", "city:moscow"),
        ("MOSCOW is not matched. Moscow — The talks opened.", "city:moscow"),
        ("The Moscow and Islamabad Format talks", "format:moscow-format"),
    ],
)
def test_capital_is_city_or_government(text: str, entity_id: str) -> None:
    [capital] = [m for m in mentions(text) if m.surface == "Moscow"]
    assert capital.entity_id == entity_id
    assert (capital.kind == "metonym") == (entity_id == "state:rus")


def test_surname_after_the_full_name() -> None:
    rows = mentions("Analyst Jane Doeful spoke. Doeful left. Doeful Street is long.")
    assert [(m.surface, m.entity_id, m.kind) for m in rows] == [
        ("Jane Doeful", "person:jane-doeful", "name"),
        ("Doeful", "person:jane-doeful", "alias"),
        ("Doeful Street", "region:doeful-street", "name"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Ana Maria Lopez of nowhere", "Ana Maria Lopez"),
        ("Peter Ustiman said so.", "Peter Ustiman"),
        ("“No,” said Peter Ustiman.", "Peter Ustiman"),
        ("The High Energy Board said so.", None),
        ("On Monday Morning said so.", None),
    ],
)
def test_persons_outside_the_registry(text: str, name: str | None) -> None:
    assert [m.surface for m in mentions(text) if m.label == "PERSON"] == ([name] if name else [])


def test_byline_in_the_text() -> None:
    assert found("As Ann Bylander wrote", "Ann Bylander") == [
        ("Ann Bylander", "person:ann-bylander")
    ]


def test_nominal_and_pronoun_need_a_single_antecedent() -> None:
    one = "Envoy Zamir Kabulov came. The envoy spoke. Then he left."
    assert found(one)[1:] == [
        ("The envoy", "person:zamir-kabulov"),
        ("he", "person:zamir-kabulov"),
    ]
    two = "Envoy Zamir Kabulov met envoy Peter Ustiman. The envoy spoke. Then he left."
    assert "The envoy" not in [m.surface for m in mentions(two)]


def test_defined_acronym_names_its_entity_everywhere() -> None:
    text = "The Central Asian Republics (CAR) agreed. CAR allies came."
    assert found(text) == [
        ("Central Asian Republics", "group_of_states:central-asian-republics"),
        ("CAR", "group_of_states:central-asian-republics"),
        ("CAR", "group_of_states:central-asian-republics"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks were held in French and English.", []),
        ("He speaks Russian.", []),
        ("In French politics he counts.", [("French", "state:fra")]),
        ("He met African American leaders.", []),
    ],
)
def test_demonyms_are_no_languages_and_no_parts(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    rows = mentions(text)
    assert [(m.surface, m.entity_id) for m in rows if m.kind == "demonym"] == expected
    assert "African" not in [m.surface for m in rows]


def test_speakers_labels_and_inner_names() -> None:
    text = "Robert Gibbs opened the briefing. MR. GIBBS: Let us begin."
    assert ("GIBBS", "person:robert-gibbs") in found(text)
    text = "Governor Ricardo Rosselló Nevares spoke. Critics said that Rosselló must go."
    assert {i for s, i in found(text) if s == "Rosselló"} <= {"person:ricardo-rossello-nevares"}


def test_a_title_alone_is_no_name() -> None:
    text = "President Barack Obama spoke. The President left early."
    assert found(text) == [
        ("Barack Obama", "person:barack-obama"),
        ("The President", "person:barack-obama"),
    ]


def by_kind(text: str, kind: str, **dates: date) -> list[tuple[str, str | None]]:
    given = document(text, **dates)
    rows = find_mentions(given, REGISTRY, find_acronyms(given, REGISTRY))
    return [(m.surface, m.entity_id) for m in rows if m.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "Vice President Mike Pence flew to Tokyo. Aides said the president would sign it.",
        "Senator Joe Biden spoke first. Guests left when the president arrived.",
    ],
)
def test_a_lesser_or_a_later_office_is_not_meant(text: str) -> None:
    assert by_kind(text, "nominal", published_on=date(2012, 5, 1)) == []


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Voters asked what the US president would do.", "person:donald-trump"),
        ("The US president of the World Bank resigned.", None),
        ("No US president has gone so far.", None),
        ("Critics of the former US president agreed.", None),
    ],
)
def test_an_office_is_held_on_the_day(text: str, holder: str | None) -> None:
    found = by_kind(text, "nominal", published_on=date(2019, 5, 1))
    assert found == ([("president", holder)] if holder else [])


def test_a_surname_stays_where_its_owner_is_named_too() -> None:
    text = "Donald Trump and his wife Melania Trump arrived. Trump spoke."
    assert ("Trump", "person:donald-trump") in found(text)


def test_two_demonyms_before_a_noun_are_no_languages() -> None:
    text = "Protests broke out in Iraqi and Syrian cities."
    assert by_kind(text, "demonym") == [("Iraqi", "state:irq"), ("Syrian", "state:syr")]
