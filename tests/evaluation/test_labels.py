from pathlib import Path

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.labels import LABEL_SETS, Common
from flows.evaluation.labels import common_labels as common_labels_in

FILE = Path("marked.conll")


def common_labels(given: list[str], options: list[str] | None = None) -> Common:
    return common_labels_in(dict.fromkeys(given, FILE), options or [])


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["PER", "ORG", "LOC"], {"GPE": "LOC", "FAC": "LOC", "PERSON": "PER"}),
        (["PER", "ORG", "LOC", "MISC"], {"GPE": "LOC", "LAW": "MISC", "NORP": "MISC"}),
        (
            ["politician", "election", "country", "politicalparty"],
            {"politician": "PER", "election": "MISC", "country": "LOC", "politicalparty": "ORG"},
        ),
        (
            ["Organisation", "Nationality", "Weapon"],
            {"Nationality": "NORP", "NORP": "NORP", "GPE": "LOC", "PERSON": "PER"},
        ),
        (["PERSON", "GPE", "MISC"], {"GPE": "GPE", "FAC": "LOC", "LAW": "MISC", "PER": "PERSON"}),
        (["PERSON", "GPE", "FAC", "DATE"], {"FAC": "FAC", "LAW": "LAW", "DATE": "DATE"}),
    ],
)
def test_the_set_that_fits_the_file_is_taken(given: list[str], wanted: dict[str, str]) -> None:
    found = common_labels(given)
    assert {label: found.get(label) for label in wanted} == wanted


@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        (["PER", "ORG", "LOC"], ["NORP", "EVENT", "MISC", "DATE", "LAW"]),
        (["PER", "MISC"], ["DATE", "MONEY"]),
        (["Person"], ["EVENT", "LAW", "Weapon", "DATE"]),
        (["PERSON"], ["DATE", "CARDINAL"]),
    ],
)
def test_what_the_file_does_not_mark_is_left_out(given: list[str], left_out: list[str]) -> None:
    found = common_labels(given)
    assert [label for label in left_out if found.get(label)] == []


def test_a_named_set_goes_before_the_one_that_fits() -> None:
    assert common_labels(["PERSON", "GPE", "DATE"], ["conll"])["GPE"] == "LOC"
    assert common_labels(["FAC", "DATE"], ["demarche"])["FAC"] == "LOC"


def test_a_label_can_be_given_a_place_or_left_out() -> None:
    given = ["PER", "ORG", "LOC", "SHIP"]
    assert common_labels(given, ["SHIP=MISC", "conll"])["SHIP"] == "MISC"
    assert not common_labels(given, ["SHIP="]).get("SHIP")
    assert common_labels(given, ["SHIP=SHIP", "PRODUCT=SHIP"])["PRODUCT"] == "SHIP"


def test_nothing_counts_as_a_label_that_was_left_out_of_the_file() -> None:
    found = common_labels(["PER", "ORG", "LOC"], ["LOC="])
    assert [label for label in ("LOC", "GPE", "FAC") if found.get(label)] == []


def test_a_label_without_a_place_and_an_unknown_set_are_named() -> None:
    with pytest.raises(EvaluationError, match=r"marked\.conll: no .* 'SHIP'.*--labels SHIP=COMMON"):
        common_labels(["PER", "SHIP", "ORG"])
    with pytest.raises(EvaluationError, match="'SHIP'"):
        common_labels(["SHIP", "PER"], ["conll"])
    with pytest.raises(EvaluationError, match="no set of labels 'muc'; there are: coarse, conll"):
        common_labels(["PER"], ["muc"])


def test_a_label_of_a_set_has_one_place() -> None:
    for one in LABEL_SETS.values():
        both = set(one.own) & set(one.others)
        assert {label: one.own[label] for label in both} == {
            label: one.others[label] for label in both
        }
