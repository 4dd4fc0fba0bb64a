"""Capitals and seats: the government where it acts, a place where somebody is."""

import pytest

from tasks.extract.mentions import find_mentions
from tests.extract.given_articles import REGISTRY, document


def kind_of(text: str, surface: str) -> tuple[str, str, str | None]:
    found = [m for m in find_mentions(document(text), REGISTRY, []) if m.surface == surface]
    assert len(found) == 1
    return found[0].kind, found[0].label, found[0].entity_id


@pytest.mark.parametrize(
    "text",
    [
        "Moscow has sent its envoys to three neighbours.",
        "The envoy said that Moscow would not wait.",
        "The president accused Moscow of breaking the treaty.",
        "Moscow was accused of breaking the treaty.",
        "The plan was drafted by Moscow and its allies.",
        "Relations between Moscow and the alliance are poor.",
        "Sanctions on Moscow will stay in place.",
        "They expect gas and a loan from Moscow.",
        "The opponents of Moscow left the hall.",
        "A Moscow-backed militia took the village.",
        "An anti-Moscow alliance is forming.",
        "He read a message to Moscow aloud.",
        "They sent a warning to Moscow.",
        "Moscow is unwilling to talk.",
    ],
)
def test_acts(text: str) -> None:
    assert kind_of(text, "Moscow") == ("metonym", "GPE", "state:rus")


@pytest.mark.parametrize(
    "text",
    [
        "The two ministers met in Moscow on Friday.",
        "The delegation flew to Moscow at dawn.",
        "A train from Moscow was late.",
        "He left Moscow in March.",
        "Moscow lies on a river of the same name.",
        "Moscow is a city of twelve million.",
        "Moscow was bombed in the first year of the war.",
        "The streets of Moscow were empty.",
        "Moscow's airports were closed because of fog.",
        "A Moscow court sentenced the blogger.",
        "A Moscow-based lawyer took the case.",
        "An attack on Moscow was feared.",
        "The police in Moscow and its suburbs were warned.",
        "The delegates returned to Moscow, where they rested.",
        "Thousands of troops were sent to Moscow.",
        "The Moscow-Kazan highway was closed.",
        "Moscow's Bolshoi reopened.",
    ],
)
def test_is_a_place(text: str) -> None:
    assert kind_of(text, "Moscow") == ("name", "GPE", "city:moscow")


def test_a_seat_is_itself_where_it_is_a_place() -> None:
    seat = "institution:russian-presidency"
    assert kind_of("The Kremlin denied it.", "Kremlin") == ("metonym", "ORG", seat)
    assert kind_of("They stood in front of the walls of the Kremlin.", "Kremlin")[0] == "name"
    assert kind_of("He was received in the Kremlin.", "Kremlin") == (
        "name",
        "LOC",
        "region:kremlin",
    )
