import json

from tests.cli.conftest import Ask, World


def test_a_row_is_traced_to_words_article_raw_bytes_and_run(ask: Ask, world: World) -> None:
    status, out, _ = ask("why", "57a0ce0000000001")
    assert status == 0
    assert "Sergei Lavrov said that [[Russia supports the Taliban]]. Pakistan" in out
    assert "Talks in Moscow; The Gazette; 2021-10-20; aaaa000000000001" in out
    assert world.gazette_raw in out
    assert "not there" not in out
    assert "run-1, demarche 1.0, model rules-7" in out
    assert "\x1b" not in out


def test_json_holds_the_row_and_the_raw_file(ask: Ask, world: World) -> None:
    (found,) = json.loads(ask("why", "57a0ce0000000001", "--json").out)
    assert found["table_name"] == "stances"
    assert found["row"]["score"] == 0.8
    raw = world.gazette_raw
    assert found["raw_path"] == str(world.data_dir / "raw" / raw[:2] / f"{raw}.zst")
    assert found["has_raw"] is True
    assert "\x1b[31m" in found["context"]


def test_the_start_of_an_id_is_enough_where_one_row_has_it(ask: Ask) -> None:
    assert "in articles" in ask("why", "AAAA00").out
    status, _, err = ask("why", "57a0ce")
    assert status == 1
    assert "several rows start with 57a0ce: 57a0ce0000000001 (stances), " in err


def test_articles_and_rejections_show_the_items_behind_them(ask: Ask) -> None:
    article = ask("why", "aaaa000000000001").out
    assert "local: a.txt (processed in run-1)" in article
    assert "Talks in Moscow" in article
    rejection = ask("why", "4e4ec70000000001").out
    assert "c.txt cannot be used" in rejection
    assert "local: c.txt (rejected in run-1)" in rejection


def test_raw_bytes_that_are_gone_are_told(ask: Ask) -> None:
    (found,) = json.loads(ask("why", "4e4ec70000000002", "--json").out)
    assert (found["raw_path"], found["has_raw"]) == (None, False)


def test_what_is_no_id_is_wrong_usage_and_what_is_not_there_an_error(ask: Ask) -> None:
    assert ask("why", "57a0c").status == 2
    assert ask("why", "state:rus").status == 2
    assert ask("why", "ffffff") == (1, "", "demarche: error: no row has the id ffffff\n")


def test_a_stance_is_told_with_its_voice_its_method_and_who_said_it(ask: Ask) -> None:
    lines = [" ".join(line.split()) for line in ask("why", "57a0ce0000000001").out.splitlines()]
    assert (
        "stance Russia: support of the Taliban, in the speaker's voice; method verb, confidence 0.9"
    ) in lines
    assert "said Sergei Lavrov (said): Russia supports the Taliban [7a7a7a0000000001]" in lines
    (found,) = json.loads(ask("why", "57a0ce0000000001", "--json").out)
    assert [one["statement_id"] for one in found["said_by"]] == ["7a7a7a0000000001"]
    assert found["follows_from"] is None


def test_what_no_statement_carries_has_none(ask: Ask) -> None:
    (found,) = json.loads(ask("why", "57a0ce0000000003", "--json").out)
    assert found["said_by"] == []
    (found,) = json.loads(ask("why", "3e3e3e0000000001", "--json").out)
    assert (found["said_by"], found["follows_from"]) == ([], None)
