"""Short names of organisations that a text names in full."""

from tasks.extract.names import Named
from tasks.extract.organisations import short_organisations
from tests.extract.given_articles import REGISTRY


def named(text: str, *surfaces: str) -> list[Named]:
    found: list[Named] = []
    for surface in surfaces:
        start = text.index(surface, found[-1].end if found else 0)
        slug = surface.lower().replace(" ", "-")
        end = start + len(surface)
        found.append(Named(start, end, f"organisation:{slug}", "name", "ORG", "model", 0.9))
    return found


def ids(text: str, *surfaces: str) -> list[str | None]:
    return [n.entity_id for n in short_organisations(text, named(text, *surfaces), REGISTRY)]


def test_a_beginning_stands_for_the_full_name() -> None:
    text = "The Brandhorst Institute reported. Brandhorst took three years."
    assert ids(text, "Brandhorst Institute", "Brandhorst") == [
        "organisation:brandhorst-institute",
        "organisation:brandhorst-institute",
    ]


def test_not_where_two_names_begin_so() -> None:
    text = "The Brandhorst Institute and the Brandhorst Bank met. Brandhorst won."
    assert ids(text, "Brandhorst Institute", "Brandhorst Bank", "Brandhorst")[2] == (
        "organisation:brandhorst"
    )


def test_generic_words_stand_for_nobody() -> None:
    text = "The National Gallery and the University of Borland met. National won, University lost."
    found = ids(text, "National Gallery", "University of Borland", "National", "University")
    assert found[2:] == ["organisation:national", "organisation:university"]


def test_a_company_without_its_ending_is_the_registrys() -> None:
    [boeing] = REGISTRY.by_alias["Boeing"]
    assert ids("Boeing Ltd. flew.", "Boeing Ltd.") == [boeing.entity_id]


def test_initials_stand_for_the_full_name() -> None:
    text = "Borland Motors Corporation lost money. BM hopes for more."
    full = "organisation:borland-motors-corporation"
    assert ids(text, "Borland Motors Corporation", "BM") == [full, full]
