import pytest
from spacy.tokens import Span

from tasks.extract.document import Document
from tasks.extract.mentions import find_mentions
from tasks.language.names import CONFIDENCE
from tasks.language.tokens import blank_english
from tests.extract.given_articles import REGISTRY, article
from warehouse.tables import Mention

NLP = blank_english()


def mentions(text: str, *names: tuple[str, str], confidence: float = 0.9) -> list[Mention]:
    """Return the mentions of `text`, in which a model found `names`, each with its label."""
    doc = NLP.make_doc(text)
    spans: list[Span] = []
    for surface, label in names:
        start = text.index(surface)
        span = doc.char_span(start, start + len(surface), label=label)
        assert span is not None
        spans.append(span)
    doc.set_ents(spans)
    for token in doc:
        token.is_sent_start = token.i == 0
    doc.user_data[CONFIDENCE] = [confidence] * len(spans)
    return find_mentions(Document.of(article(text), doc), REGISTRY, [])


def found(text: str, *names: tuple[str, str]) -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity_id) for m in mentions(text, *names)]


@pytest.mark.parametrize(
    ("name", "label", "entity_id"),
    [
        ("Ana Lopez", "PERSON", "person:ana-lopez"),
        ("Nordic Herring Board", "ORG", "organisation:nordic-herring-board"),
        ("Lower Brannock", "GPE", "region:lower-brannock"),
        ("Brannock Sea", "LOC", "region:brannock-sea"),
        ("Brannockers", "NORP", "people:brannockers"),
        ("Brannock Cup", "EVENT", "event:brannock-cup"),
        ("Brannock Prize", "MISC", "other:brannock-prize"),
    ],
)
def test_a_name_unknown_to_the_registry_is_an_entity_of_its_label(
    name: str, label: str, entity_id: str
) -> None:
    [one] = mentions(f"They spoke of {name} again.", (name, label))
    assert (one.surface, one.label, one.entity_id) == (name, label, entity_id)
    assert (one.kind, one.method, one.confidence) == ("name", "model", 0.9)


def test_a_name_that_the_registry_knows_stays_as_it_knows_it() -> None:
    [one] = mentions("They spoke of Russia again.", ("Russia", "ORG"))
    assert (one.entity_id, one.label, one.method) == ("state:rus", "GPE", "registry")


def test_a_longer_name_wins_over_a_known_one_inside_it() -> None:
    name = "Russia Analysts Network"
    assert found(f"The {name} spoke.", (name, "ORG")) == [
        (name, "organisation:russia-analysts-network")
    ]


def test_known_names_joined_by_a_hyphen_stay() -> None:
    assert found("the Biden-Putin Summit", ("Biden-Putin Summit", "EVENT")) == [
        ("Biden", "person:joe-biden"),
        ("Putin", "person:vladimir-putin"),
    ]


def test_a_body_of_a_known_state_stays_a_mention_of_the_state() -> None:
    name = "Latvian Herring Ministry"
    assert found(f"The {name} spoke.", (name, "ORG")) == [("Latvian", "state:lva")]


def test_a_persons_single_name_has_no_entity_until_the_full_name_stands_before_it() -> None:
    assert found("Later Doeful left.", ("Doeful", "PERSON")) == [("Doeful", None)]
    text = "Jane Doeful spoke. Doeful left."
    doc_names = (("Jane Doeful", "PERSON"),)
    assert found(text, *doc_names) == [
        ("Jane Doeful", "person:jane-doeful"),
        ("Doeful", "person:jane-doeful"),
    ]


def test_a_doubtful_name_is_left_out() -> None:
    assert mentions("They spoke of Yeah again.", ("Yeah", "MISC"), confidence=0.49) == []
