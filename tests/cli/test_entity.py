"""`demarche entity`: what it writes, what it shows, and what it refuses."""

import json
from pathlib import Path

import pytest

from flows.settings import load_settings
from tests.cli.conftest import Outcome, World
from tests.flows.given import ask, command, text_file

ACME = ("company:acme", "Acme Corporation")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "demarche.toml"
    path.parent.mkdir()
    path.write_text('data_dir = "data"\n')
    return path


def entity(config: Path, *arguments: str) -> Outcome:
    return Outcome(*command("entity", *arguments, "--config", config))


def done(config: Path, *arguments: str) -> str:
    """Call a command that must end well, and return the line that it prints."""
    outcome = entity(config, *arguments)
    assert (outcome.status, outcome.err) == (0, ""), outcome
    return outcome.out


def lines(config: Path, name: str) -> list[str]:
    return (config.parent / "entities" / name).read_text(encoding="utf-8").splitlines()[1:]


def test_an_entity_is_added_with_its_names(config: Path) -> None:
    told = done(config, "add", *ACME, "--country", "USA", "--alias", "Acme", "--alias", "Acme, Inc")
    assert told.startswith("added 'company:acme' in ")
    assert "demarche annotate" in told
    assert lines(config, "entities.csv") == ["company:acme,Acme Corporation,company,USA,,"]
    assert lines(config, "entity_aliases.csv") == [
        "company:acme,Acme,name",
        'company:acme,"Acme, Inc",name',
    ]
    told = done(config, "add", "state:rus", "Russland", "--type", "state", "--country", "RUS")
    assert told.startswith("replaced 'state:rus'")


def test_a_name_is_added_taken_away_and_given_back(config: Path) -> None:
    done(config, "alias", "state:rus", "Rodina", "--kind", "metonym")
    assert lines(config, "entity_aliases.csv") == ["state:rus,Rodina,metonym"]
    done(config, "alias", "state:rus", "Rodina", "--remove")
    assert lines(config, "entity_aliases.csv") == []
    done(config, "alias", "state:rus", "Russian Federation", "--remove")
    assert lines(config, "entity_aliases.csv") == ["state:rus,Russian Federation,not"]
    outcome = entity(config, "alias", "state:rus", "Russian Federation", "--remove")
    assert outcome.status == 2
    assert "'Russian Federation' is no name of 'state:rus'" in outcome.err
    done(config, "alias", "state:rus", "Russian Federation")
    assert lines(config, "entity_aliases.csv") == []


def test_a_name_may_go_to_another_entity_once_it_is_taken_away(config: Path) -> None:
    done(config, "add", *ACME)
    outcome = entity(config, "alias", "company:acme", "Russian Federation")
    assert outcome.status == 1
    assert "entity_aliases.csv, line 2, column alias: 'Russian Federation' is a name" in outcome.err
    assert not (config.parent / "entities" / "entity_aliases.csv").exists()
    done(config, "alias", "state:rus", "Russian Federation", "--remove")
    done(config, "alias", "company:acme", "Russian Federation")
    done(config, "alias", "company:acme", "Russian Federation", "--remove")
    assert lines(config, "entity_aliases.csv") == ["state:rus,Russian Federation,not"]


def test_a_preferred_name_of_ones_own_is_withdrawn(config: Path) -> None:
    done(config, "add", *ACME)
    done(config, "alias", "company:acme", "Acme Corporation", "--remove")
    assert lines(config, "entity_aliases.csv") == ["company:acme,Acme Corporation,not"]


def test_entities_are_merged_and_kept_apart_again(config: Path) -> None:
    done(config, "add", *ACME)
    told = done(config, "merge", "company:acme", "state:rus", "--note", 'so "they" say')
    assert told.startswith("merged 'company:acme' into 'state:rus'")
    (row,) = lines(config, "entity_decisions.csv")
    assert row.startswith("merge,company:acme,state:rus,,20")
    assert row.endswith(',"so ""they"" say"')
    done(config, "apart", "state:rus", "company:acme")
    (row,) = lines(config, "entity_decisions.csv")
    assert row.startswith("apart,state:rus,company:acme,,20")
    done(config, "merge", "company:acme", "state:rus")
    assert [row[:5] for row in lines(config, "entity_decisions.csv")] == ["merge"]


def test_an_entity_is_split_in_some_articles(config: Path) -> None:
    done(config, "add", *ACME)
    articles = ("--article", "3f2a91c04d5e6b78", "--article", "3f2a91c04d5e6b79")
    done(config, "split", "company:acme", "company:acme.gbr", *articles)
    assert [row.split(",")[:4] for row in lines(config, "entity_decisions.csv")] == [
        ["split", "company:acme", "company:acme.gbr", "3f2a91c04d5e6b78"],
        ["split", "company:acme", "company:acme.gbr", "3f2a91c04d5e6b79"],
    ]


def test_entities_that_only_the_lake_knows_may_be_decided_on(config: Path, world: World) -> None:
    place = ("--data-dir", str(world.data_dir))
    done(config, "merge", "person:lavrov", "person:sergey-lavrov", *place)
    # As the undoing of a merge that the lake has forgotten, the id stays known.
    done(config, "apart", "person:lavrov", "person:sergey-lavrov")
    outcome = entity(config, "merge", "person:lavro", "person:sergey-lavrov", *place)
    assert outcome.status == 2
    assert "there is no entity 'person:lavro'; did you mean person:lavrov, " in outcome.err


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("add", "land:x", "X"), 1, "entities.csv, line 2, column entity_id: 'land:x' does not"),
        (("add", "city:x", "X", "--country", "NL"), 1, "line 2, column country_iso3: 'NL' is not"),
        (("add", "city:x", "X\x07"), 1, "line 2, column name: holds U+0007"),
        (("add", "city:x", "X\udcff"), 1, "column name: holds the byte"),
        (("alias", "state:rsu", "X"), 2, "there is no entity 'state:rsu'; did you mean state:rus"),
        (("alias", "state:rus", "X", "--kind", "not"), 2, "--kind: 'not' is none of name, acronym"),
        (("alias", "state:rus", "Russia"), 2, "'Russia' is a name already of 'state:rus'"),
        (("merge", "Vladimir Putin", "state:rus"), 2, "did you mean person:vladimir-putin?"),
        (("merge", "state:rus", "state:rus"), 1, "line 2, column other_id: 'state:rus' is enti"),
        (("split", "state:rus", "state:x", "--article", "12"), 1, "column article_id: '12' is not"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    config: Path, arguments: tuple[str, ...], status: int, told: str
) -> None:
    outcome = entity(config, *arguments)
    assert (outcome.status, outcome.out) == (status, "")
    assert told in outcome.err
    assert not (config.parent / "entities").exists()


def test_a_file_written_by_hand_keeps_its_ways(config: Path) -> None:
    folder = config.parent / "entities"
    folder.mkdir()
    text = "\ufeffkind,alias,entity_id\r\nname,Rodina,state:rus\r\n\r\nname,Rossiya,state:rus"
    (folder / "entity_aliases.csv").write_text(text, encoding="utf-8", newline="")
    done(config, "alias", "state:rus", "Matushka")
    done(config, "alias", "state:rus", "Rodina", "--remove")
    assert (folder / "entity_aliases.csv").read_bytes().decode() == (
        "\ufeffkind,alias,entity_id\r\n\r\nname,Rossiya,state:rus\nname,Matushka,state:rus\r\n"
    )


def test_what_is_ones_own_is_listed_and_checked(config: Path) -> None:
    assert entity(config, "list", "--json") == (0, "[]\n", "demarche: no rows\n")
    done(config, "add", *ACME, "--alias", "May")
    done(config, "merge", "company:acme", "state:rus", "--note", "test")
    rows = json.loads(done(config, "list", "--json"))
    assert [(row["row"], row["entity_id"], row["text"]) for row in rows] == [
        ("entity", "company:acme", "Acme Corporation, company"),
        ("name", "company:acme", "May, name"),
        ("merge", "company:acme", ""),
    ]
    assert (rows[2]["other_id"], rows[2]["note"]) == ("state:rus", "test")
    checked = json.loads(done(config, "check", "--json"))
    assert (checked["own_rows"], checked["decisions"], checked["common_words"]) == (3, 1, ["May"])
    assert checked["entities"] > 700
    assert "warning: 'May' (company:acme) is a common word" in done(config, "check")


def test_a_folder_that_does_not_load_is_told_by_every_command(config: Path) -> None:
    folder = config.parent / "entities"
    folder.mkdir()
    (folder / "entities.csv").write_text("entity_id,name\n")
    for arguments in (("check",), ("list",), ("add", *ACME)):
        outcome = entity(config, *arguments)
        assert (outcome.status, outcome.out) == (1, "")
        assert "entities.csv, line 1, column type: is missing" in outcome.err
    found = json.loads(command("doctor", "--config", config, "--json").out)
    (registry,) = [finding for finding in found if finding["check"] == "registry"]
    assert registry["status"] == "FAIL"


def test_the_folder_stands_beside_the_settings_and_bears_not_on_their_digest(config: Path) -> None:
    settings = load_settings(config=config, environment={})
    assert settings.entities_folder == config.parent / "entities"
    config.write_text('data_dir = "data"\nentities_folder = "who"\n')
    other = load_settings(config=config, environment={})
    assert other.entities_folder == config.parent / "who"
    assert other.digest == settings.digest


def test_names_are_found_and_decisions_applied_by_the_next_annotate(config: Path) -> None:
    body = (
        "The Zorbal Convocation said on Monday that it supports the talks in Doha. Russia and "
        "Pakistan praised the Zorbal Convocation, which had met for the first time in many years."
    )
    source = text_file(config.parent / "news", "a.txt", "A meeting of elders", body)
    assert command("run", source, "--config", config, "--no-prefect").status == 0
    settings = load_settings(config=config, environment={})
    mine = "SELECT count(*) FROM mentions WHERE entity_id = 'organisation:zorbal' AND kind = 'name'"
    assert ask(settings, mine) == [(0,)]
    done(config, "add", "organisation:zorbal", "Zorbal Convocation")
    annotated = command("annotate", "--config", config, "--no-prefect", "--json")
    assert json.loads(annotated.out)["annotated"] == 1
    assert ask(settings, mine) == [(2,)]
    done(config, "merge", "organisation:zorbal", "state:rus", "--note", "its elders")
    annotated = command("annotate", "--config", config, "--no-prefect", "--json")
    assert json.loads(annotated.out)["annotated"] == 0
    decided = "SELECT entity_id, linked_id FROM entity_links WHERE decided_by = 'user'"
    assert ask(settings, decided) == [("organisation:zorbal", "state:rus")]
