"""What a registry's files may not hold: each is refused with file, line and column."""

from datetime import date
from pathlib import Path

import pytest

from tasks.registry import SeedError, common_words, load_registry
from tests.extract.given_registry import ALIASES, ENTITIES, FILES, registry, rows, write
from warehouse.tables import EntityMember

LONG = "x" * 200


def test_entities_names_roles_and_members_are_read(tmp_path: Path) -> None:
    found = registry(tmp_path)
    assert found.by_id["state:usa"].wikidata_id == "Q30"
    assert [(a.entity_id, a.kind) for a in found.by_alias["Moscow"]] == [
        ("city:moscow", "name"),
        ("state:rus", "metonym"),
    ]
    assert [r.valid_to for r in found.roles_of["person:ann-lee"]] == [date(2021, 1, 20)]
    assert found.members == (
        EntityMember(
            entity_id="international_organisation:un",
            member_id="state:usa",
            valid_from=date(1945, 10, 24),
        ),
    )
    assert found.decisions == ()


def test_what_a_script_generated_is_read_too(tmp_path: Path) -> None:
    generated = rows("entities.csv", "region:guam,Guam,region,GUM,,") | rows(
        "entity_aliases.csv", "region:guam,Guamanian,demonym"
    )
    write(tmp_path / "shipped" / "generated", generated)
    found = registry(tmp_path)
    assert found.by_id["region:guam"].country_iso3 == "GUM"
    assert found.by_alias["Guamanian"][0].entity_id == "region:guam"
    again = rows("entities.csv", "state:usa,America,state,USA,,")
    write(tmp_path / "shipped" / "generated", again)
    with pytest.raises(SeedError, match=r"shipped/entities.csv, line 2, column entity_id: .*twice"):
        registry(tmp_path)


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("entities.csv", "state:usa,America,state,USA,,", "line 12, column entity_id: .*twice"),
        ("entities.csv", "land:x,X,land,,,", "line 12, column entity_id: .*type of entity"),
        ("entities.csv", "state:x,X,city,,,", "line 12, column entity_id: .*open with 'city:'"),
        ("entities.csv", "city:x,X,town,,,", "line 12, column type: unknown value 'town'"),
        ("entities.csv", "City X,X,city,,,", "line 12, column entity_id: .*is not an id like"),
        ("entities.csv", "city:x,,city,,,", "line 12, column name: is empty"),
        ("entities.csv", "city:x,X,city,US,,", "line 12, column country_iso3: 'US' is not"),
        ("entities.csv", "city:x,X,city,U5A,,", "line 12, column country_iso3: 'U5A' is not"),
        ("entities.csv", "city:x,Moscow,city,,,", "line 12, column name: 'Moscow' is a name of"),
        ("entities.csv", "city:x,X,city,,", "line 12, column description: .*too few"),
        ("entities.csv", "city:x,X,city,,,,", "line 12, column description: .*too many"),
        ("entity_aliases.csv", "state:usa,Lee,name", "line 9, column alias: 'Lee' is a name of"),
        ("entity_aliases.csv", "state:usa,US,acronym", "line 9, column alias: 'US' stands there t"),
        ("entity_aliases.csv", "state:x,X,name", "line 9, column entity_id: 'state:x' is no ent"),
        ("entity_aliases.csv", "state:usa,X,nickname", "line 9, column kind: .*'nickname'; it t"),
        ("entity_aliases.csv", "state:usa,US,not", "line 9, column kind: unknown value 'not'"),
        ("entity_aliases.csv", "state:usa,a\u0007b,name", r"line 9, column alias: holds U\+0007"),
        ("entity_aliases.csv", 'state:usa,"a\nb",name', r"line 10, column alias: holds U\+000A"),
        ("entity_aliases.csv", "state:usa,a\u200bb,name", r"line 9, column alias: .*U\+200B"),
        ("entity_aliases.csv", "state:usa, States,name", "line 9, column alias: .*white space"),
        ("entity_aliases.csv", "state:usa,--,name", "line 9, column alias: .*neither letter nor"),
        ("entity_aliases.csv", f"state:usa,{LONG}x,name", "line 9, column alias: .*longer than"),
        ("entity_aliases.csv", 'state:usa,"US,name', "line 9: unexpected end"),
        ("entity_roles.csv", "person:x,boss,,,,", "line 4, column entity_id: 'person:x' is no"),
        ("entity_roles.csv", "person:ann-lee,boss,state:x,,,", "line 4, column organisation_id"),
        ("entity_roles.csv", "person:ann-lee,boss,,,2020-13-01,", "line 4, column valid_from: '2"),
        ("entity_roles.csv", "person:ann-lee,boss,,,20200101,", "line 4, column valid_from: '20"),
        (
            "entity_roles.csv",
            "person:ann-lee,boss,,,2020-01-02,2020-01-01",
            "line 4, column valid_to: 2020-01-01 is before 2020-01-02",
        ),
        ("entity_members.csv", "state:usa,state:x,,", "line 3, column member_id: 'state:x' is no"),
        ("entity_members.csv", "state:usa,state:usa,,", "line 3, column member_id: .*itself"),
        ("entity_members.csv", "state:usa,state:rus,2020,", "line 3, column valid_from: '2020'"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    tmp_path: Path, file: str, line: str, told: str
) -> None:
    with pytest.raises(SeedError, match=rf"{file}, {told}"):
        registry(tmp_path, {file: f"{FILES[file]}{line}\n"})


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("entity_id,alias", "line 1, column kind: is missing"),
        ("entity_id,alias,kind,kind", "line 1, column kind: stands there twice"),
        ("entity_id,alias,kind,note", "line 1, column 'note': is unknown"),
        ("", "line 1, column entity_id: is missing"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, header: str, told: str) -> None:
    with pytest.raises(SeedError, match=rf"entity_aliases.csv, {told}"):
        registry(tmp_path, {"entity_aliases.csv": f"{header}\n"})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (b"state:usa,Stat\xe9s,name", "line 9, column alias: holds the byte E9, which is no UTF-8"),
        (b"state:usa,\xed\xa0\x80,name", "line 9, column alias: holds the byte ED"),
    ],
)
def test_bytes_that_are_no_utf8_are_refused_with_their_column(
    tmp_path: Path, wrong: bytes, told: str
) -> None:
    registry(tmp_path)
    (tmp_path / "shipped" / "entity_aliases.csv").write_bytes(ALIASES.encode() + wrong + b"\n")
    with pytest.raises(SeedError, match=told):
        load_registry(shipped=tmp_path / "shipped")


def test_a_spreadsheets_mark_line_ends_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeff" + ENTITIES.replace("\n", "\r\n") + "\r\ncity:oslo,Oslo,city,NOR,,\r\n"
    assert registry(tmp_path, {"entities.csv": text}).by_id["city:oslo"].name == "Oslo"


def test_a_name_of_200_characters_is_one(tmp_path: Path) -> None:
    text = f"{ALIASES}state:usa,{LONG},name\n"
    assert LONG in registry(tmp_path, {"entity_aliases.csv": text}).by_alias


def test_what_ships_must_be_there(tmp_path: Path) -> None:
    registry(tmp_path)
    (tmp_path / "shipped" / "entity_roles.csv").unlink()
    with pytest.raises(SeedError, match=r"entity_roles.csv: is missing"):
        load_registry(shipped=tmp_path / "shipped")


def test_files_that_changed_are_read_again(tmp_path: Path) -> None:
    first = registry(tmp_path)
    assert load_registry(shipped=tmp_path / "shipped") is first
    text = f"{ALIASES}state:usa,the States,name\n"
    second = registry(tmp_path, {"entity_aliases.csv": text})
    assert "the States" in second.by_alias
    assert second.digest != first.digest


def test_names_that_are_common_words_are_listed(tmp_path: Path) -> None:
    names = ("May", "Quad", "IS", "who", "pla", "UN", "Mayor of X", "Maya")
    text = ALIASES + "".join(f"state:usa,{name},name\n" for name in names if name != "UN")
    found = common_words(registry(tmp_path, {"entity_aliases.csv": text}))
    assert found == ["IS", "May", "Quad", "pla", "who"]
