"""A tiny lake with links: what readers, marts, checks and the publication make of them."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.rows import NOW, article, mention, sentence
from warehouse import linked, profiles
from warehouse.checks import run_checks
from warehouse.commit import replace_articles
from warehouse.lake import Lake, open_lake
from warehouse.publication import publish
from warehouse.settle import settle
from warehouse.sqlfiles import read_folder
from warehouse.tables import (
    TABLES,
    Acronym,
    Entity,
    EntityLink,
    EntityRole,
    Event,
    Stance,
    Statement,
)

JOE, SHORT = "person:joe-biden", "person:j-biden"
JOHN = "person:john-smith"
ENTITY_COLUMNS = {
    "mentions": ["entity_id"],
    "statements": ["speaker_id", "via_id"],
    "stances": ["holder_id", "target_id"],
    "events": ["actor_id", "target_id", "place_id"],
    "citations": ["author_id", "publisher_id"],
    "acronyms": ["entity_id"],
    "entity_roles": ["entity_id", "organisation_id"],
    "entity_members": ["entity_id", "member_id"],
    "entities": ["entity_id"],
    "entity_aliases": ["entity_id"],
    "entity_links": ["entity_id", "linked_id"],
}


def link(entity_id: str, linked_id: str, article_id: str | None = None) -> EntityLink:
    return EntityLink(
        entity_id=entity_id,
        article_id=article_id,
        linked_id=linked_id,
        method="test",
        score=0.9,
        evidence="because",
        decided_by="rule",
    )


def named(article_id: str, number: int, entity_id: str, surface: str) -> Any:
    return mention(
        article_id,
        mention_id=f"m-{article_id}-{number}",
        entity_id=entity_id,
        surface=surface,
        kind="name",
        label="PERSON",
        end_char=len(surface),
    )


@pytest.fixture
def filled(lake: Lake) -> Lake:
    """Two articles: a names Joe Biden and John Smith, b names J. Biden and another John Smith."""
    span = {"start_char": 0, "end_char": 6}
    rows: dict[str, list[Any]] = {
        "sentences": [sentence("a"), sentence("b")],
        "mentions": [
            named("a", 1, JOE, "Joe Biden"),
            named("a", 2, JOHN, "John Smith"),
            named("b", 1, SHORT, "J. Biden"),
            named("b", 2, JOHN, "John Smith"),
        ],
        "statements": [
            Statement(statement_id="q", article_id="b", sentence_id="s-b-0", kind="indirect",
                      speaker_id=SHORT, speaker="J. Biden", content="Moscow", confidence=1,
                      via_id=JOHN, speaker_type="named", method="m", **span)
        ],
        "stances": [
            Stance(stance_id="s", article_id="b", sentence_id="s-b-0", holder_id=SHORT,
                   holder="J. Biden", target_id=JOHN, target="John Smith", polarity="oppose",
                   score=-1, confidence=1, voice="author", evidence="Moscow", method="m", **span)
        ],
        "events": [
            Event(event_id="e", article_id="b", sentence_id="s-b-0", actor_id=JOHN,
                  target_id=SHORT, place_id="state:rus", action="met", action_code="CONSULT",
                  quad_class="verbal_cooperation",
                  evidence="Moscow", confidence=1, **span)
        ],
        "entity_roles": [
            EntityRole(entity_id=SHORT, role="Moscow", article_id="b", organisation_id="state:rus",
                       **span)
        ],
        "acronyms": [
            Acronym(acronym="JB", expansion="Joe Biden", entity_id=SHORT, article_id="b", **span)
        ],
    }  # fmt: skip
    articles = [article("a"), article("b", published_on=None)]
    with lake.write() as con:
        replace_articles(con, articles, [], rows, run_id="r1", now=NOW)
    settle_with(lake, link(SHORT, JOE), link(JOHN, f"{JOHN}.gbr", "b"))
    return lake


RUSSIA = Entity(entity_id="state:rus", name="Russia", type="state", origin="registry")


def settle_with(lake: Lake, *links: EntityLink) -> bool:
    return settle(lake, entities=[RUSSIA], aliases=[], roles=[], links=links)


def seen(lake: Lake, sql: str) -> list[tuple[Any, ...]]:
    """The answer that a reader of the lake gets."""
    with open_lake(lake.location, read_only=True) as reader:
        return reader.rows(sql)


def test_the_columns_that_hold_entities_follow_from_the_contract() -> None:
    found = {table: linked.entity_columns(table) for table in TABLES}
    assert {table: names for table, names in found.items() if names} == ENTITY_COLUMNS


def test_the_check_of_entities_looks_at_every_column() -> None:
    (check,) = [c for c in read_folder("checks/fail") if c.name == "entity_exists"]
    owned = {"entities.entity_id", "entity_links.entity_id"}
    columns = {f"{table}.{name}" for table, names in ENTITY_COLUMNS.items() for name in names}
    assert {name for name in columns - owned if f"'{name}'" not in check.body} == set()


def test_readers_see_linked_ids_and_the_lake_keeps_those_found(filled: Lake) -> None:
    mentions = "SELECT article_id, entity_id FROM mentions ORDER BY mention_id"
    assert seen(filled, mentions) == [
        ("a", JOE),
        ("a", JOHN),
        ("b", JOE),
        ("b", f"{JOHN}.gbr"),
    ]
    assert filled.rows(mentions) == [("a", JOE), ("a", JOHN), ("b", SHORT), ("b", JOHN)]
    assert seen(filled, "SELECT speaker_id, via_id FROM statements") == [(JOE, f"{JOHN}.gbr")]
    assert seen(filled, "SELECT holder_id, target_id FROM stances") == [(JOE, f"{JOHN}.gbr")]
    assert seen(filled, "SELECT actor_id, target_id, place_id FROM events") == [
        (f"{JOHN}.gbr", JOE, "state:rus")
    ]
    assert seen(filled, "SELECT entity_id, organisation_id FROM entity_roles") == [
        (JOE, "state:rus")
    ]
    assert seen(filled, "SELECT entity_id FROM acronyms") == [(JOE,)]


def test_merged_entities_go_split_ones_appear_and_names_stay(filled: Lake) -> None:
    assert seen(
        filled,
        """SELECT entity_id, name, type, country_iso3, origin, first_seen_on::VARCHAR
        FROM entities ORDER BY 1""",
    ) == [
        (JOE, "Joe Biden", "person", None, "discovered", "2021-08-15"),
        (JOHN, "John Smith", "person", None, "discovered", "2021-08-15"),
        (f"{JOHN}.gbr", "John Smith", "person", "GBR", "discovered", None),
        ("state:rus", "Russia", "state", None, "registry", None),
    ]
    assert seen(filled, "SELECT entity_id, alias, kind FROM entity_aliases ORDER BY 2") == [
        (JOE, "J. Biden", "name"),
        (JOE, "JB", "acronym"),
    ]
    for name in ("j. biden", SHORT):
        assert seen(filled, f"FROM entity_ids('{name}')") == [(JOE,)]
    assert seen(filled, "FROM entity_ids('John Smith') ORDER BY 1") == [(JOHN,), (f"{JOHN}.gbr",)]


def test_marts_count_what_is_linked_together(filled: Lake) -> None:
    profile = "SELECT entity_id, mentions, articles FROM entity_profile ORDER BY 1"
    assert seen(filled, profile) == [(JOE, 2, 2), (JOHN, 1, 1), (f"{JOHN}.gbr", 1, 1)]


def test_a_link_that_goes_leaves_nothing_behind(filled: Lake) -> None:
    settle_with(filled)
    assert seen(filled, "SELECT DISTINCT entity_id FROM mentions ORDER BY 1") == [
        (SHORT,),
        (JOE,),
        (JOHN,),
    ]
    assert seen(filled, "SELECT entity_id FROM entities WHERE entity_id LIKE '%.gbr'") == []
    assert seen(filled, "SELECT alias FROM entity_aliases") == [("JB",)]


def test_equal_links_are_left_untouched(filled: Lake) -> None:
    before = filled.snapshot_id()
    links = [link(JOHN, f"{JOHN}.gbr", "b"), link(SHORT, JOE)]
    assert not settle_with(filled, *links)
    assert filled.snapshot_id() == before
    assert settle_with(filled, *links[:1])


def test_the_publication_has_linked_ids_and_why(filled: Lake, tmp_path: Path) -> None:
    with open_lake(filled.location, as_of=filled.snapshot_id()) as frozen:
        assert [r for r in run_checks(frozen) if r.name == "entity_exists"] == []
        publish(frozen, tmp_path / "publish", keep=1, code_version="1")
    file = tmp_path / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        assert con.execute("SELECT DISTINCT entity_id FROM mentions ORDER BY 1").fetchall() == [
            (JOE,),
            (JOHN,),
            (f"{JOHN}.gbr",),
        ]
        assert con.execute("SELECT entity_id FROM entities ORDER BY 1").fetchall() == [
            (JOE,), (JOHN,), (f"{JOHN}.gbr",), ("state:rus",)
        ]  # fmt: skip
        assert con.execute("SELECT links FROM who_is('J. Biden')").fetchall() == [
            (f"{SHORT} (test, 0.9): because",)
        ]


def test_a_link_to_nowhere_is_found_by_the_check(filled: Lake) -> None:
    settle_with(filled, link("person:gone", "person:nobody"))
    with open_lake(filled.location, read_only=True) as reader:
        results = {result.name: result for result in run_checks(reader)}
    assert [row["row_id"] for row in results["entity_exists"].sample] == ["person:nobody"]


def test_an_id_whose_articles_all_mean_namesakes_goes(filled: Lake) -> None:
    settle_with(filled, link(JOHN, f"{JOHN}.gbr", "b"), link(JOHN, f"{JOHN}.usa", "a"))
    assert seen(
        filled, "SELECT entity_id, name FROM entities WHERE name LIKE 'John%' ORDER BY 1"
    ) == [
        (f"{JOHN}.gbr", "John Smith"),
        (f"{JOHN}.usa", "John Smith"),
    ]


def test_what_linking_is_told_of_the_lake(filled: Lake) -> None:
    with profiles.beside_registry(filled, [RUSSIA], []):
        listed = {row[0]: row[1:] for row in profiles.listed(filled)}
        assert listed[JOHN] == ("John Smith", "person", False, 2, 2)
        assert listed[SHORT] == ("Joe Biden", "person", False, 1, 1)
        assert listed["state:rus"] == ("Russia", "state", True, 0, 0)
        assert profiles.acronyms(filled) == [("JB", SHORT, 1)]
        assert profiles.roles(filled, [SHORT]) == [(SHORT, "Moscow", None)]
        assert profiles.roles_by_country(filled) == []


def test_company_is_the_registrys_entities_of_the_same_articles(filled: Lake) -> None:
    with filled.write() as con:
        con.execute(
            "UPDATE lake.main.mentions SET entity_id = 'state:rus' WHERE entity_id = ?", [JOE]
        )
    with profiles.beside_registry(filled, [RUSSIA], []):
        assert profiles.context(filled, [JOHN, SHORT]) == [(JOHN, "state:rus")]
