import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, call
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle
from warehouse.tables import Entity, EntityAlias


@pytest.fixture
def namesakes(tmp_path: Path) -> str:
    """A lake whose registry has a city and a state that share a name, and two close names."""
    names = {
        "city:moscow": ("Moscow", "city"),
        "state:rus": ("Russia", "state"),
        "person:ivanov": ("Ivanov", "person"),
        "person:ivanova": ("Ivanova", "person"),
    }
    with open_lake(LakeLocation.in_folder(tmp_path / "lake")) as lake:
        settle(
            lake,
            entities=[
                Entity(entity_id=key, name=name, type=kind, origin="registry")  # type: ignore[arg-type]
                for key, (name, kind) in names.items()
            ],
            aliases=[
                EntityAlias(
                    entity_id="state:rus", alias="Moscow", kind="metonym", origin="registry"
                )
            ],
            roles=[],
        )
    return str(tmp_path)


def test_an_entity_is_found_by_alias_with_roles_partners_and_mentions(ask: Ask) -> None:
    status, out, _ = ask("who", "Lavrov", "--json")
    (found,) = json.loads(out)
    assert status == 0
    assert found["entity_id"] == "person:lavrov"
    assert found["roles"] == "foreign minister, Russia"
    assert found["statements"] == 1
    assert [partner["partner"] for partner in found["partners"]] == ["Russia", "Taliban"]
    assert found["latest_mentions"] == [
        {
            "day": "2021-10-20",
            "publisher": "The Gazette",
            "sentence": "Sergei Lavrov said that Russia supports the Taliban.",
            "article_id": "aaaa000000000001",
            "mention_id": "3e3e3e0000000001",
        }
    ]


def test_the_latest_mention_comes_first(ask: Ask) -> None:
    (found,) = json.loads(ask("who", "moscow", "--json").out)
    assert [m["publisher"] for m in found["latest_mentions"]] == ["Daily Post", "The Gazette"]
    (found,) = json.loads(ask("who", "moscow", "--json", "--limit", "1").out)
    assert len(found["latest_mentions"]) == 1


def test_the_profile_reads_as_text(ask: Ask) -> None:
    lines = ask("who", "state:rus").out.splitlines()
    assert lines[0] == "  entity       Russia (state)"
    assert "  seen         2 mentions in 2 articles of 2 outlets" in lines
    assert "  holds        2 positions: 1 support, 1 oppose" in lines
    assert "latest mentions" in lines


def test_an_entity_that_no_article_mentions_is_shown_all_the_same(ask: Ask) -> None:
    status, out, _ = ask("who", "Beijing")
    assert status == 0
    assert "China (state)" in out
    assert "0 mentions in 0 articles" in out


def test_csv_has_a_row_an_entity(ask: Ask) -> None:
    header, row = ask("who", "Lavrov", "--csv").out.splitlines()
    assert header.startswith("entity_id,name,type,")
    assert row.startswith("person:lavrov,Sergei Lavrov,person,")


def test_a_slip_in_a_name_is_forgiven_and_said(ask: Ask) -> None:
    status, out, err = ask("who", "Lavrof")
    assert status == 0
    assert "Sergei Lavrov (person)" in out
    assert err == (
        "demarche: no entity is called 'Lavrof'; this is Sergei Lavrov (person:lavrov, 1 article)\n"
    )


def test_a_name_too_far_from_any_fails_with_the_closest(ask: Ask) -> None:
    status, out, err = ask("who", "Lavarovich")
    assert (status, out) == (1, "")
    assert err == (
        "demarche: error: no entity is called 'Lavarovich'; "
        "did you mean Lavrov (person:lavrov, 1 article)?\n"
    )


def test_a_slip_that_fits_two_entities_gives_both(namesakes: str) -> None:
    status, out, err = call("who", "Ivanovo", "--data-dir", namesakes)
    assert (status, out) == (1, "")
    assert "Ivanova (person:ivanova, 0 articles)" in err
    assert "Ivanov (person:ivanov, 0 articles)" in err


def test_a_name_of_two_entities_lists_them(namesakes: str) -> None:
    status, out, err = call("who", "Moscow", "--data-dir", namesakes)
    assert status == 0
    header, *rows = (line.split() for line in out.splitlines())
    assert header[:3] == ["entity_id", "name", "type"]
    assert sorted(row[:3] for row in rows) == [
        ["city:moscow", "Moscow", "city"],
        ["state:rus", "Russia", "state"],
    ]
    assert err == "demarche: 2 entities are called 'Moscow'; give the id of one\n"
    found = json.loads(call("who", "Moscow", "--json", "--data-dir", namesakes).out)
    assert [one["entity_id"] for one in found] == ["city:moscow", "state:rus"]
    assert "Moscow (city)" in call("who", "city:moscow", "--data-dir", namesakes).out


def test_a_quote_in_a_name_is_no_sql(ask: Ask) -> None:
    status, _, err = ask("who", "O'Neill'); DROP TABLE articles; --")
    assert status == 1
    assert "no entity is called 'O'Neill'); DROP" in err
