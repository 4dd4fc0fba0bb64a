import csv
from collections import Counter

import pytest

from benchmarks.quality.cases import FOLDER, is_defined, is_meant
from tasks.records import Annotations
from tests import rows
from warehouse.tables import Acronym

PLACE = {"text": "Talks in Portville.", "surface": "Portville", "meaning": "place"}
ACTS = {"text": "Moves by Portville.", "surface": "Portville", "meaning": "government"}


@pytest.mark.parametrize(
    ("entity_id", "start", "is_government"),
    [
        ("state:bor", 9, True),
        ("institution:palace", 9, True),
        ("city:portville", 9, False),
        (None, 9, False),
        ("format:portville-format", 5, False),  # a longer name
    ],
)
def test_what_leads_to_no_place_is_a_government(
    entity_id: str | None, start: int, is_government: bool
) -> None:
    mention = rows.mention("a", start_char=start, end_char=18, entity_id=entity_id)
    found = Annotations(mentions=[mention])
    assert is_meant(ACTS, found) == is_government
    assert is_meant(PLACE, found) != is_government


def test_an_acronym_needs_its_own_expansion_and_only_that() -> None:
    def found(*expansions: str) -> Annotations:
        return Annotations(
            acronyms=[
                Acronym(acronym="PG", expansion=one, article_id="a", start_char=0, end_char=1)
                for one in expansions
            ]
        )

    defined = {"acronym": "PG", "expansion": "Port Guild"}
    assert is_defined(defined, found("Port Guild"))
    assert not is_defined(defined, found("the Port Guild"))
    assert not is_defined(defined, found())
    nothing = {"acronym": "PG", "expansion": ""}
    assert is_defined(nothing, found())
    assert not is_defined(nothing, found("Port Guild"))


def _cases(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_cases_are_balanced_and_stand_in_their_texts() -> None:
    metonyms, acronyms = _cases("metonyms.csv"), _cases("acronyms.csv")
    assert Counter(case["meaning"] for case in metonyms) == {"government": 30, "place": 30}
    assert Counter(bool(case["expansion"]) for case in acronyms) == {True: 20, False: 20}
    for case in metonyms:
        assert case["text"].count(case["surface"]) == 1
    for case in acronyms:
        assert case["acronym"] in case["text"]
        assert case["expansion"] in case["text"]
