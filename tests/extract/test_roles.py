from tasks.extract.mentions import find_mentions
from tasks.extract.roles import find_roles
from tests.extract.given_articles import REGISTRY, document
from warehouse.tables import EntityRole


def roles(text: str) -> list[EntityRole]:
    given = document(text)
    return find_roles(given, find_mentions(given, REGISTRY, []))


def test_role_before_the_name() -> None:
    [role] = roles("Russian Special Presidential Envoy to Afghanistan Zamir Kabulov spoke.")
    assert role.role == "Russian Special Presidential Envoy to Afghanistan"
    assert (role.entity_id, role.country_iso3) == ("person:zamir-kabulov", "RUS")


def test_role_in_apposition() -> None:
    [role] = roles("Zabihullah Mujahid, a spokesman for the Taliban, spoke.")
    assert role.role == "spokesman for the Taliban"
    assert (role.organisation_id, role.country_iso3) == ("armed_group:taliban", None)


def test_role_of_the_inner_person_only() -> None:
    [role] = roles("a former adviser to U.S. President Donald Trump")
    assert (role.role, role.country_iso3) == ("U.S. President", "USA")
