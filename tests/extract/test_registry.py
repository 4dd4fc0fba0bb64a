from tasks.registry import common_words, load_registry

REGISTRY = load_registry()
UN_MEMBERS = 193


def test_states_have_unique_codes() -> None:
    states = [e for e in REGISTRY.entities if e.type == "state"]
    codes = [e.country_iso3 for e in states if e.country_iso3]
    assert len(codes) == len(set(codes))
    assert all(e.entity_id == f"state:{e.country_iso3.lower()}" for e in states if e.country_iso3)
    members = [e for e in states if e.description == "Member state of the United Nations"]
    assert len(members) == UN_MEMBERS


def test_roles_end_after_they_begin() -> None:
    dated = [r for r in REGISTRY.roles if r.valid_from and r.valid_to]
    assert dated
    assert [r for r in dated if r.valid_from >= r.valid_to] == []


def test_no_name_is_a_common_word() -> None:
    assert common_words(REGISTRY) == []
