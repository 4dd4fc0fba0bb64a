from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from shutil import copy

import pytest

import seeds
from tests.extract.given_articles import REGISTRY
from warehouse.tables import EntityRole

ISO_3166_CODES = 249

ONE_AT_A_TIME = {
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "foreign minister",
    "secretary of state",
    "secretary of defense",
    "secretary-general",
}
DISPUTED = {("president", "state:civ")}
"""Two men held themselves to be president of Ivory Coast from December 2010 to April 2011."""


def entity_of(name: str, kind: str = "name") -> str:
    (alias,) = (a for a in REGISTRY.by_alias[name] if a.kind == kind)
    return alias.entity_id


def members(group: str, day: date) -> set[str]:
    return {
        m.member_id
        for m in REGISTRY.members
        if m.entity_id == group
        and (m.valid_from or day) <= day
        and (m.valid_to is None or day <= m.valid_to)
    }


def test_every_code_of_iso_3166_is_there() -> None:
    assert len({e.country_iso3 for e in REGISTRY.entities if e.country_iso3}) == ISO_3166_CODES


@pytest.mark.parametrize(
    ("name", "entity_id", "iso3"),
    [
        ("Guam", "region:guam", "GUM"),
        ("Cura\u00e7ao", "region:curacao", "CUW"),
        ("Curacao", "region:curacao", "CUW"),
        ("U.S. Virgin Islands", "region:us-virgin-islands", "VIR"),
        ("Greenland", "region:greenland", "GRL"),
        ("Bolivarian Republic of Venezuela", "state:ven", "VEN"),
        ("Suva", "city:suva", "FJI"),
        ("Kingston, Jamaica", "city:kingston-jamaica", "JAM"),
    ],
)
def test_places_under_their_names(name: str, entity_id: str, iso3: str) -> None:
    assert entity_of(name) == entity_id
    assert REGISTRY.by_id[entity_id].country_iso3 == iso3


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Armenian Foreign Ministry", "institution:armenian-foreign-ministry"),
        ("Armenia\u2019s Foreign Ministry", "institution:armenian-foreign-ministry"),
        ("Chilean defense ministry", "institution:chilean-defence-ministry"),
        ("Botswana's Foreign Ministry", "institution:botswana-foreign-ministry"),
        ("Russian Foreign Ministry", "institution:russian-foreign-ministry"),
        ("New Zealand's Defence Ministry", "institution:new-zealand-defence-ministry"),
    ],
)
def test_ministries_under_the_names_of_the_press(name: str, entity_id: str) -> None:
    assert entity_of(name) == entity_id


@pytest.mark.parametrize(
    "word", ["Dawn", "Georgetown", "Hague", "IS", "Jersey", "Kingston", "Quad", "Time", "Vox"]
)
def test_words_that_mean_other_things_are_no_names(word: str) -> None:
    assert word not in REGISTRY.by_alias


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Quai d'Orsay", "institution:french-foreign-ministry"),
        ("Zhongnanhai", "state:chn"),
        ("Blue House", "institution:south-korean-presidency"),
        ("Pentagon", "institution:us-department-of-defense"),
    ],
)
def test_seats_stand_for_who_sits_there(name: str, entity_id: str) -> None:
    assert entity_of(name, "metonym") == entity_id


@pytest.mark.parametrize(
    ("group", "day", "count"),
    [
        ("international_organisation:un", date(2024, 6, 1), 193),
        ("international_organisation:nato", date(2019, 6, 1), 29),
        ("international_organisation:nato", date(2024, 6, 1), 32),
        ("international_organisation:eu", date(2003, 6, 1), 15),
        ("international_organisation:eu", date(2019, 6, 1), 28),
        ("international_organisation:eu", date(2024, 6, 1), 27),
        ("international_organisation:african-union", date(2024, 6, 1), 55),
        ("international_organisation:arab-league", date(2024, 6, 1), 22),
        ("international_organisation:oic", date(2024, 6, 1), 57),
        ("international_organisation:osce", date(2024, 6, 1), 57),
        ("international_organisation:council-of-europe", date(2024, 6, 1), 46),
        ("international_organisation:oecd", date(2024, 6, 1), 38),
        ("international_organisation:opec", date(2024, 6, 1), 12),
        ("international_organisation:apec", date(2024, 6, 1), 21),
        ("group_of_states:brics", date(2009, 12, 1), 4),
        ("group_of_states:brics", date(2024, 6, 1), 9),
        ("group_of_states:g7", date(2024, 6, 1), 7),
        ("group_of_states:g20", date(2024, 6, 1), 21),
        ("group_of_states:eurozone", date(2024, 6, 1), 20),
    ],
)
def test_groups_have_as_many_members_as_they_had_then(group: str, day: date, count: int) -> None:
    assert len(members(group, day)) == count


def test_members_leave() -> None:
    assert "state:gbr" in members("international_organisation:eu", date(2020, 1, 31))
    assert "state:gbr" not in members("international_organisation:eu", date(2020, 2, 1))


def test_nobody_takes_an_office_before_it_is_free() -> None:
    offices: dict[tuple[str, str | None], list[EntityRole]] = {}
    for role in REGISTRY.roles:
        office = (role.role, role.organisation_id)
        if role.role in ONE_AT_A_TIME and role.valid_from and office not in DISPUTED:
            offices.setdefault(office, []).append(role)
    assert len(offices) > 100
    overlaps = [
        (first.entity_id, second.entity_id)
        for held in offices.values()
        for first, second in pairwise(sorted(held, key=lambda r: r.valid_from or date.min))
        if first.valid_to
        and second.valid_from
        and first.valid_to > second.valid_from + timedelta(days=1)
    ]
    assert overlaps == []


@pytest.mark.parametrize(
    ("role", "organisation_id", "day", "person"),
    [
        ("president", "state:usa", date(2019, 5, 1), "person:donald-trump"),
        ("president", "state:usa", date(2021, 5, 1), "person:joe-biden"),
        ("secretary of state", "state:usa", date(2003, 2, 5), "person:colin-powell"),
        ("prime minister", "state:gbr", date(2022, 10, 1), "person:liz-truss"),
        ("prime minister", "state:pak", date(2016, 1, 1), "person:nawaz-sharif"),
        ("president", "state:ukr", date(2014, 1, 1), "person:viktor-yanukovych"),
        ("foreign minister", "state:irn", date(2015, 7, 14), "person:mohammad-javad-zarif"),
    ],
)
def test_who_held_an_office(role: str, organisation_id: str, day: date, person: str) -> None:
    held = {
        r.entity_id
        for r in REGISTRY.roles
        if r.role == role
        and r.organisation_id == organisation_id
        and r.valid_from is not None
        and r.valid_from <= day <= (r.valid_to or date.max)
    }
    assert held == {person}


def test_generated_files_are_as_the_script_writes_them(tmp_path: Path) -> None:
    pytest.importorskip("pycountry", reason="needs the extra `seeds`")
    from seeds.generate import generate

    (tmp_path / "generated").mkdir()
    for name in ("entities.csv", "entity_aliases.csv"):
        copy(seeds.folder() / name, tmp_path)
    generate(tmp_path)
    for name in ("entities.csv", "entity_aliases.csv"):
        shipped = seeds.folder() / "generated" / name
        assert (tmp_path / "generated" / name).read_bytes() == shipped.read_bytes()
