"""Who held an office on a day, in registries made by hand."""

from datetime import date
from pathlib import Path

import pytest

from tasks.registry import Registry
from tests.extract.given_registry import registry, rows

OFFICES = rows(
    "entity_roles.csv",
    "person:ann-lee,president,state:usa,USA,2017-01-20,2021-01-20",
    "person:bo-lee,president,state:usa,USA,2021-01-20,",
    "person:ann-lee,secretary of state,state:usa,USA,2009-01-21,2013-02-01",
    "person:bo-lee,vice president,state:usa,USA,2017-01-20,2021-01-20",
    "person:bo-lee,director of the Central Intelligence Agency,institution:cia,USA,2014-01-01,",
    "person:cy-roe,national security adviser,state:usa,USA,2015-01-01,2016-01-01",
    "person:cy-roe,minister of foreign affairs,state:rus,RUS,2004-03-09,",
    "person:ann-lee,acting defence minister,state:afg,AFG,2021-09-07,",
    "person:bo-lee,defence minister,state:rus,RUS,2012-11-06,",
    "person:ann-lee,defence minister,state:rus,RUS,2016-05-01,2018-05-01",
    "person:cy-roe,secretary-general,international_organisation:un,,2017-01-01,",
    "person:ann-lee,special envoy for Afghanistan,state:usa,USA,,",
    "person:ann-lee,deputy prime minister,state:afg,AFG,2010-01-01,",
    "person:bo-lee,deputy prime minister,state:afg,AFG,2011-01-01,",
)


@pytest.fixture
def offices(tmp_path: Path) -> Registry:
    return registry(tmp_path, OFFICES)


@pytest.mark.parametrize(
    ("role", "day", "person"),
    [
        ("US president", "2019-05-01", "person:ann-lee"),
        ("US president", "2022-05-01", "person:bo-lee"),
        ("President of the United States", "2022-05-01", "person:bo-lee"),
        ("American President", "2019-05-01", "person:ann-lee"),
        ("then US president", "2019-05-01", "person:ann-lee"),
        ("the United States' president", "2019-05-01", "person:ann-lee"),
        ("US president", "2021-01-20", None),  # the day of the handover
        ("US president", "2009-05-01", None),
        ("former US president", "2019-05-01", None),
        ("US president-elect", "2019-05-01", None),
        ("ex-president of the US", "2019-05-01", None),
        ("president", "2019-05-01", None),
        ("US vice president", "2019-05-01", "person:bo-lee"),
        ("US Secretary of State", "2010-01-01", "person:ann-lee"),
        ("Russian foreign minister", "2010-01-01", "person:cy-roe"),
        ("foreign minister of the Russian Federation", "2010-01-01", "person:cy-roe"),
        ("Russia's minister for foreign affairs", "2010-01-01", "person:cy-roe"),
        ("Moscow's foreign minister", "2010-01-01", "person:cy-roe"),
        ("Afghan foreign minister", "2010-01-01", None),
        ("defence minister of Afghanistan", "2022-01-01", "person:ann-lee"),
        ("acting defense minister of Afghanistan", "2022-01-01", "person:ann-lee"),
        ("Russian defence minister", "2013-01-01", "person:bo-lee"),
        ("Russian defence minister", "2017-01-01", "person:ann-lee"),
        ("Russian defence minister", "2019-01-01", None),  # the next but one is not known
        ("acting Russian defence minister", "2017-01-01", None),
        ("UN Secretary-General", "2019-01-01", "person:cy-roe"),
        ("secretary general of the United Nations", "2019-01-01", "person:cy-roe"),
        ("Central Intelligence Agency director", "2019-01-01", "person:bo-lee"),
        ("US director", "2019-01-01", None),
        ("US national security advisor", "2015-06-01", "person:cy-roe"),
        ("White House national security adviser", "2015-06-01", "person:cy-roe"),
        ("US special envoy for Afghanistan", "2019-01-01", None),  # nobody knows since when
        ("deputy prime minister of Afghanistan", "2012-01-01", None),  # there are several
        ("", "2012-01-01", None),
    ],
)
def test_an_office_is_read_and_its_holder_found(
    offices: Registry, role: str, day: str, person: str | None
) -> None:
    assert offices.holder(role, None, None, date.fromisoformat(day)) == person


def test_state_and_organisation_may_be_given_apart(offices: Registry) -> None:
    day = date(2019, 5, 1)
    assert offices.holder("president", "USA", None, day) == "person:ann-lee"
    assert offices.holder("president", None, "state:usa", day) == "person:ann-lee"
    assert offices.holder("president", "USA", "state:usa", day) == "person:ann-lee"
    assert offices.holder("director", "USA", "institution:cia", day) == "person:bo-lee"
    assert offices.holder("president", "RUS", None, day) is None
    assert offices.holder("president", None, "institution:nobody-knows", day) is None


def test_without_a_day_only_an_office_with_one_holder_ever_is_answered(offices: Registry) -> None:
    assert offices.holder("US president", None, None, None) is None
    assert offices.holder("UN secretary-general", None, None, None) == "person:cy-roe"
    assert offices.holder("US special envoy for Afghanistan", None, None, None) == "person:ann-lee"


def test_offices_on_a_day_leave_out_those_that_it_rules_out(offices: Registry) -> None:
    def on(day: date | None) -> list[str]:
        return [role.role for role in offices.offices("person:ann-lee", day)]

    assert on(date(2010, 1, 1)) == [
        "secretary of state",
        "special envoy for Afghanistan",
        "deputy prime minister",
    ]
    assert len(on(None)) == 6
    assert offices.offices("person:nobody") == ()
