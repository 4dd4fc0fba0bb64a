"""The user's folder: it adds, overrides and takes away."""

from pathlib import Path

import pytest

from tasks.registry import SeedError, load_registry
from tests.extract.given_registry import FILES, rows, with_own, write

ACME = "company:acme,Acme Corporation,company,USA,,"


def test_a_folder_that_is_not_there_or_empty_changes_nothing(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped", FILES)
    bare = load_registry(shipped=shipped)
    assert load_registry(tmp_path / "none", shipped=shipped).digest == bare.digest
    assert with_own(tmp_path, {}).entities == bare.entities


def test_entities_names_roles_and_members_add(tmp_path: Path) -> None:
    found = with_own(
        tmp_path,
        rows("entities.csv", ACME)
        | rows("entity_aliases.csv", "company:acme,Acme,name", "state:usa,Stateside,name")
        | rows("entity_roles.csv", "person:cy-roe,chairman,company:acme,,,")
        | rows("entity_members.csv", "international_organisation:un,state:rus,,"),
    )
    assert found.by_id["company:acme"].name == "Acme Corporation"
    assert found.by_alias["Stateside"][0].entity_id == "state:usa"
    assert found.roles_of["person:cy-roe"][0].organisation_id == "company:acme"
    assert [member.member_id for member in found.members] == ["state:usa", "state:rus"]


def test_a_row_with_a_known_id_overrides_and_the_old_name_still_counts(tmp_path: Path) -> None:
    found = with_own(tmp_path, rows("entities.csv", "state:rus,Russian State,state,RUS,Q159,Own"))
    assert found.by_id["state:rus"].name == "Russian State"
    assert found.by_id["state:rus"].description == "Own"
    assert [e.entity_id for e in found.entities].count("state:rus") == 1
    assert found.by_alias["Russia"][0].entity_id == "state:rus"


def test_a_withdrawn_name_is_gone_and_may_go_to_another(tmp_path: Path) -> None:
    own = rows("entity_aliases.csv", "person:ann-lee,Lee,not", "person:bo-lee,Lee,name")
    found = with_own(tmp_path, own)
    assert [a.entity_id for a in found.by_alias["Lee"]] == ["person:bo-lee"]
    found = with_own(tmp_path, rows("entity_aliases.csv", "city:moscow,Moscow,not"))
    assert [a.kind for a in found.by_alias["Moscow"]] == ["metonym"]
    found = with_own(tmp_path, rows("entity_aliases.csv", "state:usa,US,not", "state:usa,US,name"))
    assert [a.kind for a in found.by_alias["US"]] == ["name"]


def test_a_name_of_another_is_refused_with_the_remedy(tmp_path: Path) -> None:
    told = r"entities/entity_aliases.csv, line 2, column alias: 'Lee' is a name of 'person:ann-lee'"
    with pytest.raises(SeedError, match=told) as caught:
        with_own(tmp_path, rows("entity_aliases.csv", "person:bo-lee,Lee,name"))
    assert 'demarche entity alias person:ann-lee "Lee" --remove' in str(caught.value)


def test_a_row_that_ships_meanwhile_does_no_harm_but_twice_is_an_error(tmp_path: Path) -> None:
    own = rows("entity_aliases.csv", "person:ann-lee,Lee,name")
    assert len(with_own(tmp_path, own).by_alias["Lee"]) == 1
    own = rows("entity_aliases.csv", "state:usa,X,name", "state:usa,X,name")
    with pytest.raises(SeedError, match=r"line 3, column alias: 'X' stands there twice"):
        with_own(tmp_path, own)
    with pytest.raises(SeedError, match=r"line 3, column entity_id: .* stands there twice"):
        with_own(tmp_path, rows("entities.csv", ACME, ACME))


def test_decisions_do_not_bear_on_the_digest_but_names_do(tmp_path: Path) -> None:
    bare = with_own(tmp_path, {}).digest
    decision = "merge,person:c-roe,person:cy-roe,,2026-01-02,"
    found = with_own(tmp_path, rows("entity_decisions.csv", decision))
    assert len(found.decisions) == 1
    assert found.digest == bare
    assert with_own(tmp_path, rows("entity_aliases.csv", "state:usa,X,name")).digest != bare
