from random import Random

import pytest

from tasks.linking import AcronymUse, RoleUse, World, link_entities
from tests.linking.given import by_article, decision, evidence, evidence_of, linked, listed

CENTER = listed("organisation:x-center", "X Policy Center", mentions=9)
CENTRE = listed("organisation:x-centre", "X Policy Centre")
ARTICLE = "aaaa000000000001"


def world(*decisions: object) -> World:
    other = listed("organisation:other", "Other House")
    return World(entities=[CENTER, CENTRE, other], decisions=decisions)  # type: ignore[arg-type]


def test_apart_undoes_a_rules_link() -> None:
    assert linked(world()) == {CENTRE.entity_id: CENTER.entity_id}
    for pair in ((CENTER, CENTRE), (CENTRE, CENTER)):
        assert linked(world(decision("apart", *(one.entity_id for one in pair)))) == {}


def test_a_merge_beats_the_rules_and_carries_on_what_they_linked() -> None:
    merged = decision("merge", CENTER.entity_id, "organisation:other")
    assert linked(world(merged)) == {
        CENTER.entity_id: "organisation:other",
        CENTRE.entity_id: "organisation:other",
    }
    (row, _) = link_entities(world(merged), evidence_of({}))
    assert (row.method, row.decided_by, row.score) == ("decision:merge", "user", 1.0)
    assert row.evidence == "decided by a user on 2024-05-06: read both"


def test_what_is_apart_is_not_linked_by_way_of_a_third() -> None:
    decided = [
        decision("merge", CENTER.entity_id, "organisation:other"),
        decision("apart", CENTRE.entity_id, "organisation:other"),
    ]
    assert linked(world(*decided)) == {CENTER.entity_id: "organisation:other"}


def test_a_split_holds_in_its_article_for_every_name_of_the_entity() -> None:
    split = decision("split", CENTER.entity_id, "organisation:x-center-2", ARTICLE)
    assert by_article(world(split)) == {
        (CENTER.entity_id, ARTICLE): "organisation:x-center-2",
        (CENTRE.entity_id, ARTICLE): "organisation:x-center-2",
    }
    assert linked(world(split)) == {CENTRE.entity_id: CENTER.entity_id}


def test_a_split_holds_where_a_rule_would_link_the_two() -> None:
    split = decision("split", CENTER.entity_id, CENTRE.entity_id, ARTICLE)
    assert by_article(world(split)) == {(CENTER.entity_id, ARTICLE): CENTRE.entity_id}
    assert linked(world(split)) == {}


def test_merges_in_a_circle_come_to_an_end() -> None:
    """The files refuse them; whoever calls otherwise must not hang."""
    one, other = CENTER.entity_id, "organisation:other"
    decided = [decision("merge", one, other), decision("merge", other, one)]
    assert linked(world(*decided))[other] == one


def test_a_decision_on_what_no_article_names_any_more_rests() -> None:
    decided = [
        decision("merge", "party:gone", "party:a"),
        decision("split", "party:gone", "party:b", ARTICLE),
    ]
    assert linked(world(*decided)) == {CENTRE.entity_id: CENTER.entity_id}
    assert by_article(world(*decided)) == {}


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_what_is_known_does_not_matter(seed: int) -> None:
    rng = Random(seed)
    names = [
        "Joe Biden",
        "Joseph Biden",
        "J. Biden",
        "Jill Biden",
        "Joseph R. Biden",
        "Joe R. Biden",
    ]
    people = [listed(f"person:{n}", name, mentions=1 + n % 2) for n, name in enumerate(names)]
    bodies = [
        CENTER,
        CENTRE,
        listed("organisation:x-policy-center-inc", "The X Policy Center Inc."),
        listed("organisation:xpc", "XPC"),
        listed("region:xpc", "XPC", mentions=9),
    ]
    found = {
        one.entity_id: evidence("president", "USA") for one in people if "Jill" not in one.name
    }
    acronyms = [AcronymUse("XPC", CENTRE.entity_id, 1), AcronymUse("XPC", CENTER.entity_id, 2)]
    roles = [RoleUse("person:3", f"a{n}", "mayor", c) for n, c in enumerate(("USA", "GBR", "GBR"))]
    decided = [
        decision("merge", "person:0", "person:3"),
        decision("apart", "person:1", "person:5"),
        decision("split", "person:4", "person:9", ARTICLE),
    ]
    parts = [people + bodies, acronyms, roles, decided]
    expected = link_entities(
        World(entities=parts[0], acronyms=acronyms, roles=roles, decisions=decided),
        evidence_of(found),
    )
    assert len(expected) > 5
    for part in parts:
        rng.shuffle(part)  # type: ignore[arg-type]
    assert expected == link_entities(
        World(entities=parts[0], acronyms=acronyms, roles=roles, decisions=decided),
        evidence_of(found),
    )
