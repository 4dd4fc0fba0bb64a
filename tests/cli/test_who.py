import json

from tests.cli.conftest import Ask


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


def test_an_unknown_name_fails_with_close_ones(ask: Ask) -> None:
    status, out, err = ask("who", "Lavrof")
    assert (status, out) == (1, "")
    assert err == "demarche: error: no entity is called 'Lavrof'; did you mean Lavrov?\n"


def test_a_quote_in_a_name_is_no_sql(ask: Ask) -> None:
    status, _, err = ask("who", "O'Neill'); DROP TABLE articles; --")
    assert status == 1
    assert "no entity is called 'O'Neill'); DROP" in err
