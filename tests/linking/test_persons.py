import pytest

from tasks.linking import Alias, Evidence, World, link_entities
from tests.linking.given import evidence, evidence_of, known, linked, listed

JOE = listed("person:joe-biden", "Joe Biden", mentions=9)
JOSEPH = listed("person:joseph-biden", "Joseph Biden")
INITIAL = listed("person:j-biden", "J. Biden")
COMPANY = "state:deu party:x"
PRESIDENT = evidence("president", "USA")


def test_two_full_names_are_linked_where_role_or_country_agrees() -> None:
    world = World(entities=[JOE, JOSEPH])
    for found in (evidence("president"), evidence("", "USA")):
        given = {JOE.entity_id: found, JOSEPH.entity_id: found}
        assert linked(world, given) == {"person:joseph-biden": "person:joe-biden"}


def test_names_alone_link_nobody() -> None:
    assert linked(World(entities=[JOE, JOSEPH])) == {}
    assert linked(World(entities=[JOE, JOSEPH]), {JOE.entity_id: PRESIDENT}) == {}


def test_company_counts_from_two_entities_on() -> None:
    world = World(entities=[JOE, JOSEPH])
    for company, expected in (
        (COMPANY, {"person:joseph-biden": "person:joe-biden"}),
        ("state:deu", {}),
    ):
        found = evidence(context=company)
        assert linked(world, {JOE.entity_id: found, JOSEPH.entity_id: found}) == expected


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        (evidence("president", "USA", COMPANY), evidence("president", "GBR", COMPANY)),
        (evidence("president", "", COMPANY), evidence("novelist", "", COMPANY)),
        (evidence("president", "USA", COMPANY), evidence("novelist", "", COMPANY)),
    ],
)
def test_another_country_or_another_role_keeps_persons_apart(
    mine: Evidence, other: Evidence
) -> None:
    found = {JOE.entity_id: mine, JOSEPH.entity_id: other}
    assert linked(World(entities=[JOE, JOSEPH]), found) == {}


def test_another_role_in_the_same_country_is_a_career() -> None:
    found = {
        JOE.entity_id: evidence("president", "USA"),
        JOSEPH.entity_id: evidence("senator", "USA"),
    }
    assert linked(World(entities=[JOE, JOSEPH]), found) == {JOSEPH.entity_id: JOE.entity_id}


def test_an_initial_needs_two_things_that_agree() -> None:
    world = World(entities=[JOE, INITIAL])
    for found, expected in (
        (evidence("", "USA"), {}),
        (PRESIDENT, {"person:j-biden": "person:joe-biden"}),
    ):
        assert linked(world, {JOE.entity_id: found, INITIAL.entity_id: found}) == expected


def test_an_initial_that_fits_two_persons_is_linked_to_neither() -> None:
    jill = listed("person:jill-biden", "Jill Biden")
    world = World(entities=[JOE, jill, INITIAL])
    assert linked(world, dict.fromkeys([e.entity_id for e in world.entities], PRESIDENT)) == {}


def test_all_names_of_a_person_lead_to_one() -> None:
    world = World(entities=[JOE, JOSEPH, INITIAL])
    given = dict.fromkeys([e.entity_id for e in world.entities], PRESIDENT)
    assert linked(world, given) == {
        "person:joseph-biden": "person:joe-biden",
        "person:j-biden": "person:joe-biden",
    }


def test_a_chain_whose_ends_contradict_is_not_made() -> None:
    """Two who agree with a third are linked only where they may be one themselves."""
    first = listed("person:ann-lee", "Ann Lee")
    middle = listed("person:ann-b-lee", "Ann B. Lee")
    last = listed("person:ann-c-lee", "Ann C. Lee")
    world = World(entities=[first, middle, last])
    given = dict.fromkeys([e.entity_id for e in world.entities], evidence("mayor"))
    assert linked(world, given) == {}


def test_the_registry_comes_first_under_any_of_its_full_names() -> None:
    lavrov = known("person:sergei-lavrov", "Sergei Lavrov", mentions=0)
    found = listed("person:sergey-viktorovich-lavrov", "Sergey Viktorovich Lavrov", mentions=50)
    alias = Alias(lavrov.entity_id, "Sergey Lavrov", "name")
    world = World(entities=[found, lavrov], aliases=[alias])
    given = {
        lavrov.entity_id: evidence("foreign minister", "RUS"),
        found.entity_id: evidence("foreign minister"),
    }
    assert linked(world, given) == {found.entity_id: lavrov.entity_id}


def test_two_persons_of_the_registry_are_never_linked() -> None:
    one, other = known("person:j-smith", "J. Smith"), known("person:john-smith", "John Smith")
    world = World(entities=[one, other])
    assert linked(world, {e.entity_id: PRESIDENT for e in (one, other)}) == {}


def test_a_surname_that_thousands_share_is_no_reason_to_compare_them_all() -> None:
    crowd = [listed(f"person:a{n}-khan", f"A{'bcdefghij'[n % 9]}{n} Khan") for n in range(2000)]
    ali = [listed("person:ali-khan", "Ali Khan"), listed("person:ali-r-khan", "Ali R. Khan")]
    asked: list[int] = []

    def of(entity_ids: object) -> dict[str, object]:
        asked.append(len(entity_ids))  # type: ignore[arg-type]
        return {one.entity_id: PRESIDENT for one in ali}

    rows = link_entities(World(entities=crowd + ali), of)  # type: ignore[arg-type]
    assert [(row.entity_id, row.linked_id) for row in rows] == [
        ("person:ali-khan", "person:ali-r-khan")
    ]
    assert max(asked) == 2


def test_the_line_for_a_reader_says_what_agreed() -> None:
    world = World(entities=[JOE, JOSEPH])
    given = dict.fromkeys([JOE.entity_id, JOSEPH.entity_id], PRESIDENT)
    (row,) = link_entities(world, evidence_of(given))
    assert row.method == "person:nickname"
    assert row.decided_by == "rule"
    assert 0.8 < row.score < 0.95
    assert row.evidence == (
        "'Joseph Biden' is 'Joe Biden' (another form of the given name): "
        "same role (president), same country (USA)"
    )
