import pytest

from tasks.linking import AcronymUse, Alias, World
from tests.linking.given import evidence, known, linked, listed

RUSSIA = known("state:rus", "Russia")
USA = known("state:usa", "United States")
STATES = [RUSSIA, USA, known("state:sau", "Saudi Arabia")]
ALIASES = [
    Alias("state:rus", "Russian", "demonym"),
    Alias("state:usa", "US", "name"),
    Alias("state:sau", "Saudi", "demonym"),
]


def pair(one: str, other: str, kind: str = "organisation") -> dict[str, str]:
    """Links between two found names, the first of them the one mentioned more."""
    first = listed(f"{kind}:first", one, mentions=9)
    return linked(World(entities=[*STATES, first, listed(f"{kind}:other", other)], aliases=ALIASES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department of Defense", "the Department of Defence"),
        ("World Health Organization", "World Health Organisation"),
        ("Carter Center", "The Carter Centre"),
        ("Acme Holdings", "Acme Holdings Co., Ltd."),
        ("Marsh & McLennan", "Marsh and McLennan"),
        ("Doctors Without Borders", "Doctors without Borders"),
        ("Médecins Sans Frontières", "Medecins sans Frontieres"),
        ("Ministry of Foreign Affairs of Russia", "Russian Foreign Ministry"),
        ("Russian Ministry of Foreign Affairs", "Russia's Foreign Ministry"),
        ("Ministry of Defence of Saudi Arabia", "Saudi Defense Ministry"),
        ("US Department of Energy", "United States Energy Department"),
        ("Ministry of Internal Affairs of Russia", "Russian Interior Ministry"),
    ],
)
def test_two_spellings_of_one_body(one: str, other: str) -> None:
    assert pair(one, other) == {"organisation:other": "organisation:first"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Foreign Ministry", "Saudi Foreign Ministry"),
        ("Russian Foreign Ministry", "Russian Defence Ministry"),
        ("Foreign Ministry", "Ministry of Foreign Affairs"),
        ("World Bank", "World Bank Group"),
        ("Hindu", "The Hindu"),
        ("CC BY", "CC BY-SA"),
        ("Labor Party", "Labour Party"),
        ("Bank of America", "Bank of Canada"),
        ("Company", "Ltd"),
        ("Enterprise Institute", "Entreprise Institutes"),
        ("北京大学", "清华大学"),
    ],
)
def test_two_bodies(one: str, other: str) -> None:
    assert pair(one, other) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Organisation of Petroleum Exporters", "Organisation of Petrolium Exporters"),
        ("National Liberation Movement", "National Liberaton Movement"),
        ("International Commission of Jurists", "International Comission of Jurists"),
    ],
)
def test_a_slip_in_a_long_name(one: str, other: str) -> None:
    assert pair(one, other) == {"organisation:other": "organisation:first"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eastern Command Centre", "Western Command Centre"),
        ("Embassy of Austria", "Embassy of Australia"),
        ("Bank of Slovakia Branch", "Bank of Slovenia Branch"),
        ("Iran Trade Council", "Iraq Trade Council"),
        ("Resolution 1701 of Council", "Resolution 1702 of Council"),
        ("Army Group", "Army Grup"),
        ("Internal Affairs Committee", "External Affairs Committee"),
    ],
)
def test_another_word_is_no_slip(one: str, other: str) -> None:
    assert pair(one, other) == {}


def test_a_word_of_several_names_is_no_slip() -> None:
    words = [listed(f"organisation:m{n}", f"Persian {n}") for n in ("House", "Gulf", "Club")]
    twins = [
        listed("organisation:a", "Persian Cultural Institute"),
        listed("organisation:b", "Persien Cultural Institute", mentions=9),
    ]
    assert linked(World(entities=words + twins)) == {}
    assert linked(World(entities=twins)) == {"organisation:a": "organisation:b"}


def test_the_registry_comes_first_and_two_of_its_names_are_never_guessed() -> None:
    nato = known("international_organisation:nato", "North Atlantic Treaty Organisation")
    found = listed("organisation:nato-1", "North Atlantic Treaty Organization", mentions=50)
    short = listed("organisation:nato", "Nato", mentions=50)
    aliases = [Alias(nato.entity_id, "NATO", "acronym")]
    assert linked(World(entities=[found, nato, short], aliases=aliases)) == {
        "organisation:nato-1": nato.entity_id,
        "organisation:nato": nato.entity_id,
    }
    twin = known("organisation:other-nato", "North Atlantic Treaty Organization")
    assert linked(World(entities=[found, nato, twin])) == {}


def test_what_the_registry_left_to_another_is_not_given_back() -> None:
    georgia = known("state:geo", "Georgia", mentions=99)
    union = known("international_organisation:eu", "European Union", mentions=99)
    found = [
        listed("region:georgia", "Georgia"),
        listed("organisation:european-union", "European union"),
    ]
    assert linked(World(entities=[georgia, union, *found])) == {
        "organisation:european-union": union.entity_id
    }


def test_what_is_of_no_type_may_be_of_any() -> None:
    kingdom = known("state:gbr", "United Kingdom")
    found = [
        listed("other:united-kingdoms", "United Kingdom's"),
        listed("organisation:united-kingdoms-2", "United Kingdom's"),
    ]
    assert linked(World(entities=[kingdom, found[0]])) == {found[0].entity_id: "state:gbr"}
    assert linked(World(entities=[kingdom, found[1]])) == {}


def test_a_company_may_go_without_its_form_but_other_things_are_no_company() -> None:
    nike = known("company:nike", "Nike, Inc.")
    found = [listed("organisation:nike", "Nike"), listed("other:nike", "Nike")]
    assert linked(World(entities=[nike, *found])) == {"organisation:nike": nike.entity_id}
    letter = Alias("company:twitter", "X", "name")
    twitter = known("company:twitter", "Twitter")
    assert linked(World(entities=[twitter, listed("other:x", "X")], aliases=[letter])) == {}


def test_a_person_and_a_place_are_no_spelling_of_a_body() -> None:
    names = [
        listed("organisation:a", "The Acme Centre"),
        listed("person:a2", "Acme Center"),
        listed("region:a3", "Acme Center"),
    ]
    assert linked(World(entities=names)) == {}


def test_a_name_of_several_types_is_of_the_common_one() -> None:
    right = listed("organisation:hezbollah", "Hezbollah", mentions=12)
    wrong = listed("person:hezbollah", "Hezbollah", mentions=4)
    region = listed("region:hezbollah", "Hezbollah", mentions=1)
    assert linked(World(entities=[wrong, region, right])) == {
        "person:hezbollah": "organisation:hezbollah",
        "region:hezbollah": "organisation:hezbollah",
    }


def test_no_type_is_sure_without_three_times_the_mentions_of_any_other() -> None:
    for mentions, others in ((11, 4), (2, 0)):
        right = listed("organisation:jordan", "Jordan", mentions=mentions)
        wrong = listed("person:jordan", "Jordan", mentions=others)
        assert linked(World(entities=[wrong, right])) == {}


SHORT = listed("organisation:gep", "GEP")
LONG = listed("organisation:greater-eurasian-partnership", "Greater Eurasian Partnership")


def test_an_acronym_alone_is_what_articles_define_it_as() -> None:
    defined = [AcronymUse("GEP", LONG.entity_id, 2)]
    assert linked(World(entities=[SHORT, LONG], acronyms=defined)) == {
        SHORT.entity_id: LONG.entity_id
    }


@pytest.mark.parametrize(
    ("company", "expected"),
    [("state:rus state:chn", {SHORT.entity_id: LONG.entity_id}), ("state:rus state:fra", {})],
)
def test_one_article_defines_it_only_for_those_in_the_same_company(
    company: str, expected: dict[str, str]
) -> None:
    world = World(entities=[SHORT, LONG], acronyms=[AcronymUse("GEP", LONG.entity_id, 1)])
    found = {
        SHORT.entity_id: evidence(context=company),
        LONG.entity_id: evidence(context="state:rus state:chn"),
    }
    assert linked(world, found) == expected
    assert linked(world) == {}


def test_an_acronym_of_two_meanings_is_never_linked() -> None:
    rival = listed("organisation:global-energy-prize", "Global Energy Prize")
    uses = [AcronymUse("GEP", LONG.entity_id, 9), AcronymUse("GEP", rival.entity_id, 1)]
    assert linked(World(entities=[SHORT, LONG, rival], acronyms=uses)) == {}
    known_rival = known("party:gep", "Gepard Party")
    aliases = [Alias("party:gep", "GEP", "acronym")]
    world = World(entities=[SHORT, LONG, known_rival], acronyms=uses[:1], aliases=aliases)
    assert linked(world) == {}


def test_two_spellings_of_an_expansion_are_one_meaning() -> None:
    british = listed("organisation:defence-centre", "Joint Defence Centre")
    american = listed("organisation:defense-center", "Joint Defense Center", mentions=9)
    short = listed("organisation:jdc", "JDC")
    uses = [AcronymUse("JDC", british.entity_id, 1), AcronymUse("JDC", american.entity_id, 1)]
    assert linked(World(entities=[british, american, short], acronyms=uses)) == {
        british.entity_id: american.entity_id,
        short.entity_id: american.entity_id,
    }
