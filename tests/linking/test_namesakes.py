from tasks.linking import RoleUse, World
from tests.linking.given import by_article, decision, known, listed

JOHN = "person:john-smith"


def world(*uses: tuple[str | None, str, str], entity_id: str = JOHN, **given: object) -> World:
    """One person with roles: (article, role, country)."""
    person = (known if None in {article for article, _, _ in uses} else listed)(
        entity_id, "John Smith"
    )
    return World(
        entities=[person],
        roles=[RoleUse(entity_id, *use) for use in uses],
        **given,  # type: ignore[arg-type]
    )


def test_roles_of_two_countries_are_two_persons_where_articles_say_which() -> None:
    found = world(
        ("a1", "British senator", "GBR"),
        ("a2", "mayor", "USA"),
        ("a3", "governor", "USA"),
    )
    assert by_article(found) == {
        (JOHN, "a1"): f"{JOHN}.gbr",
        (JOHN, "a2"): f"{JOHN}.usa",
        (JOHN, "a3"): f"{JOHN}.usa",
    }


def test_one_country_is_one_person() -> None:
    assert by_article(world(("a1", "senator", "USA"), ("a2", "mayor", "USA"))) == {}


def test_two_countries_in_one_article_are_one_person() -> None:
    found = world(("a1", "minister", "GBR"), ("a1", "minister", "USA"), ("a2", "mayor", "USA"))
    assert by_article(found) == {}


def test_an_ambassadors_country_may_be_that_of_the_posting() -> None:
    found = world(
        ("a1", "ambassador", "GBR"), ("a2", "Special Envoy", "USA"), ("a3", "mayor", "FRA")
    )
    assert by_article(found) == {}


def test_one_country_in_twenty_articles_is_misread() -> None:
    many = [(f"a{n}", "mayor", "USA") for n in range(19)]
    assert by_article(world(*many, ("b", "mayor", "GBR"))) == {}
    assert len(by_article(world(*many[:9], ("b", "mayor", "GBR")))) == 10


def test_the_registrys_person_keeps_the_id_and_only_the_namesake_gets_one() -> None:
    known = (None, "", "GBR"), ("a1", "minister", "GBR"), ("a2", "senator", "CAN")
    assert by_article(world(*known)) == {}  # one article may misread a demonym
    found = world(*known, ("a3", "senator", "CAN"))
    assert by_article(found) == {(JOHN, "a2"): f"{JOHN}.can", (JOHN, "a3"): f"{JOHN}.can"}


def test_a_user_may_merge_what_the_rule_has_split() -> None:
    uses = (("a1", "senator", "GBR"), ("a2", "mayor", "USA"))
    decided = [decision("merge", f"{JOHN}.gbr", "person:lord-smith")]
    assert by_article(world(*uses, decisions=decided)) == {
        (JOHN, "a1"): "person:lord-smith",
        (JOHN, "a2"): f"{JOHN}.usa",
    }
    decided = [decision("merge", JOHN, "person:john-r-smith")]
    assert by_article(world(*uses, decisions=decided)) == {}
