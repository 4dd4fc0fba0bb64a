from pathlib import Path

import pytest

import seeds
from tasks.registry import SeedError, load_registry
from tests.extract.given_articles import REGISTRY

UN_MEMBERS = 193


def test_states_have_unique_codes() -> None:
    states = [e for e in REGISTRY.entities if e.type == "state"]
    codes = [e.country_iso3 for e in states if e.country_iso3]
    assert len(codes) == len(set(codes))
    assert all(e.entity_id == f"state:{e.country_iso3.lower()}" for e in states if e.country_iso3)
    members = [e for e in states if e.description == "Member state of the United Nations"]
    assert len(members) == UN_MEMBERS


def test_ids_tell_the_type() -> None:
    assert [e.entity_id for e in REGISTRY.entities if e.entity_id.split(":")[0] != e.type] == []


def test_no_alias_of_one_kind_has_two_entities() -> None:
    doubled = [
        alias
        for alias, rows in REGISTRY.by_alias.items()
        if len({r.kind for r in rows}) < len(rows)
    ]
    assert doubled == []


def test_roles_end_after_they_begin() -> None:
    dated = [r for r in REGISTRY.roles if r.valid_from and r.valid_to]
    assert dated
    assert [r for r in dated if r.valid_from >= r.valid_to] == []


def copied(tmp_path: Path, file: str, old: str, new: str) -> Path:
    for name in ("entities.csv", "entity_aliases.csv", "entity_roles.csv"):
        text = (seeds.folder() / name).read_text(encoding="utf-8")
        if name == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "entities.csv",
            "state:afg,Afghanistan,state",
            "state:afg,Afghanistan,land",
            "line 2.*type",
        ),
        ("entities.csv", ",AFG,Q889", ",afg,Q889", "line 2.*country_iso3"),
        ("entity_aliases.csv", "state:afg,", "state:nowhere,", "line 2.*entity_id"),
        ("entity_roles.csv", "2000-05-07", "2000-13-07", "line 2.*valid_from"),
        ("entity_aliases.csv", "alias,kind", "alias,sort", "line 1.*kind.*missing"),
    ],
)
def test_bad_row_is_named(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(SeedError, match=rf"{file}, {message}"):
        load_registry(copied(tmp_path, file, old, new))
