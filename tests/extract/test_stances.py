from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tasks.extract.quotes import find_quotes
from tasks.extract.stances import find_stances
from tasks.extract.statements import find_statements
from tests.extract.documents import document, mention, mentions
from warehouse.tables import Stance


def read(text: str, *, published_on: date | None = None, **fields: Any) -> list[Stance]:
    doc = document(text, published_on=published_on)
    doc = replace(doc, article=replace(doc.article, **fields))
    found = mentions(doc)
    return find_stances(doc, found, find_statements(doc, found, find_quotes(text))).rows


def triples(text: str) -> list[tuple[str | None, str, str | None]]:
    rows = [row for row in read(text) if row.polarity != "neutral"]
    return [(row.holder_id, row.polarity, row.target_id) for row in rows]


ARD, BOR, CES = "state:ard", "state:bor", "state:ces"
FRONT, LEAGUE, HOLM = "armed_group:front", "io:league", "person:anna-holm"


@pytest.mark.parametrize(
    ("text", "holder", "polarity", "target"),
    [
        ("Ardenia condemned Borland over the shelling.", ARD, "oppose", BOR),
        ("Ardenian officials praised Borland.", ARD, "support", BOR),
        ("The government of Ardenia backed Borland.", ARD, "support", BOR),
        ("Borland was condemned by Ardenia.", ARD, "oppose", BOR),
        ("Ardenia does not support Borland.", ARD, "oppose", BOR),
        ("Ardenia refused to recognise Borland.", ARD, "oppose", BOR),
        ("Neither Ardenia supports Borland.", ARD, "oppose", BOR),
        ("Ardenia is against all efforts to weaken Borland.", ARD, "support", BOR),
        ("Ardenia opposes sanctions against Borland.", ARD, "support", BOR),
        ("Ardenia supports sanctions on Borland.", ARD, "oppose", BOR),
        ("Ardenia condemned Borland's aggression.", ARD, "oppose", BOR),
        ("Ardenia denounced the decision by Borland.", ARD, "oppose", BOR),
        ("Ardenia's support for Borland has not changed.", ARD, "support", BOR),
        ("Ardenia is critical of Borland.", ARD, "oppose", BOR),
        ("Ardenia designated the Front as terrorists.", ARD, "oppose", FRONT),
        ("The town fears the Front, which is banned in Ardenia.", ARD, "oppose", FRONT),
        ("Ardenia's anti-Borland campaign went on.", ARD, "oppose", BOR),
        ("A letter named the Ardenia-backed Borland.", ARD, "support", BOR),
        ("Ardenia imposed sanctions on Borland.", ARD, "oppose", BOR),
        ("Borland can count on Ardenia.", ARD, "support", BOR),
    ],
)
def test_positions(text: str, holder: str, polarity: str, target: str) -> None:
    assert triples(text) == [(holder, polarity, target)]


@pytest.mark.parametrize(
    "text",
    [
        "Ardenia will not render any assistance to Borland.",
        "Ardenia did not condemn Borland.",
        "Protests in Ardenia condemned Borland.",
        "Ardenia opposed ending the war in Borland.",
        "Anna Holm denied that Ardenia supports Borland.",
        "Does Ardenia support Borland?",
        "Portville supports Borland.",
        "Ardenia condemned Ardenia.",
        "Ardenia talked about Borland.",
    ],
)
def test_what_is_no_position(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    ("text", "holder", "polarity", "target"),
    [
        ("Ardenia criticised the agreement.", ARD, "oppose", "the agreement"),
        (
            "Ardenia condemned the opposition in Borland.",
            ARD,
            "oppose",
            "the opposition in Borland",
        ),
        ("Ardenia condemned Borland's critics.", ARD, "oppose", "Borland's critics"),
        ("Ardenia backed Borlandic dissidents.", ARD, "support", "Borlandic dissidents"),
        ("The deal was praised by Ardenia.", ARD, "support", "The deal"),
        ("Ardenia called for an immediate ceasefire.", ARD, "support", "an immediate ceasefire"),
        ("Ardenia voiced opposition to the plan.", ARD, "oppose", "the plan"),
        ("Ardenia is critical of the plan.", ARD, "oppose", "the plan"),
    ],
)
def test_thing_that_no_entity_names(text: str, holder: str, polarity: str, target: str) -> None:
    (row,) = read(text)
    assert (row.holder_id, row.polarity, row.target_id, row.target) == (
        holder,
        polarity,
        None,
        target,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ardenia called for Borland to resign.",
        "Ardenia called for the minister to resign.",
        "Ardenia criticised it.",
        "Ardenia welcomed them last week.",
        "The town criticised the agreement.",
    ],
)
def test_what_is_no_thing(text: str) -> None:
    assert triples(text) == []


def test_aspect_is_the_rest_of_the_phrase() -> None:
    (freeze,) = read("Ardenia criticised Borland's freezing of funds.")
    assert (freeze.target_id, freeze.aspect) == (BOR, "freezing of funds")
    (role,) = read("Ardenia supports a central role for the League.")
    assert (role.polarity, role.target_id, role.aspect) == ("support", LEAGUE, "a central role")


@pytest.mark.parametrize(
    "text",
    [
        "After Ardenia condemned Borland, the talks ended.",
        "Ardenia on Monday condemned Borland.",
        "Ardenia met the press and condemned Borland.",
        "Ardenia issued a statement, condemning Borland.",
        "The town met with the Ardenian ambassador, who condemned Borland.",
        "Ardenia agreed to condemn Borland.",
    ],
)
def test_subject_of_the_clause(text: str) -> None:
    assert triples(text) == [(ARD, "oppose", BOR)]


def test_office_holder_is_the_person() -> None:
    assert triples("Ardenian Minister of State Anna Holm condemned Borland.") == [
        (HOLM, "oppose", BOR)
    ]
    assert triples("Borland praised former Ardenian Minister Anna Holm.") == [
        (BOR, "support", HOLM)
    ]


def test_pronoun_speaker_holds_what_the_statement_says() -> None:
    (row,) = read("Anna Holm said the fair was open. She criticised Borland.")
    assert (row.holder_id, row.polarity, row.target_id) == (HOLM, "oppose", BOR)


OPINION = {"genre": "opinion", "byline": "Mira Dahl"}


@pytest.mark.parametrize(
    ("text", "polarity", "target", "aspect"),
    [
        ("Borland was wrong to close the port.", "oppose", BOR, None),
        ("Borland was not wrong to close the port.", "support", BOR, None),
        ("Anna Holm deserves credit for the truce.", "support", HOLM, None),
        ("Borland must be held to account.", "oppose", BOR, None),
        ("Borland's reckless decision cost the town its port.", "oppose", BOR, "reckless decision"),
    ],
)
def test_author_of_an_opinion(text: str, polarity: str, target: str, aspect: str | None) -> None:
    (row,) = read(text, **OPINION)
    assert (row.holder_id, row.holder, row.voice) == ("person:mira-dahl", "Mira Dahl", "author")
    assert (row.polarity, row.target_id, row.aspect) == (polarity, target, aspect)


def test_author_is_silent_in_news_and_in_the_words_of_others() -> None:
    assert read("Borland was wrong to close the port.", byline="Mira Dahl") == []
    (row,) = read("Anna Holm said that Borland was wrong to close the port.", **OPINION)
    assert (row.holder_id, row.voice) == (HOLM, "speaker")


def test_third_party() -> None:
    rows = read("Anna Holm praised Ardenia's struggle against the Front.")
    assert {(r.holder_id, r.polarity, r.target_id, r.aspect) for r in rows} == {
        (HOLM, "support", ARD, "struggle against the Front"),
        (HOLM, "oppose", FRONT, None),
        (ARD, "oppose", FRONT, None),
    }
    assert [r.evidence for r in rows][2] == "Ardenia's struggle against the Front"


def test_joint_holders_and_targets() -> None:
    assert set(triples("Ardenia and Borland condemned Cestia and the Front.")) == {
        (ARD, "oppose", CES),
        (ARD, "oppose", FRONT),
        (BOR, "oppose", CES),
        (BOR, "oppose", FRONT),
    }


def test_next_clause_is_no_target() -> None:
    assert triples("Ardenia condemned Borland, and Cestia praised the League.") == [
        (ARD, "oppose", BOR),
        (CES, "support", LEAGUE),
    ]


def test_voice() -> None:
    (own,) = read("Anna Holm praised Ardenia.")
    assert own.voice == "speaker"
    assert own.statement_id is not None
    (described,) = read("Anna Holm said that Ardenia supports Borland.")
    assert described.voice == "actor"
    assert described.statement_id is not None
    (plain,) = read("Ardenia supports Borland.")
    assert (plain.voice, plain.statement_id) == ("actor", None)


def test_first_person_in_a_quote_is_the_speaker() -> None:
    (row,) = read("“We condemn Borland,” said Anna Holm.")
    assert (row.holder_id, row.polarity, row.target_id) == (HOLM, "oppose", BOR)
    assert row.voice == "speaker"


def test_sign_evidence_and_day() -> None:
    (row,) = read("On Monday, Ardenia condemned Borland.", published_on=date(2024, 3, 5))
    assert row.score < 0
    assert row.evidence == "Ardenia condemned Borland"
    assert row.as_of_on == date(2024, 3, 5)
    assert row.method == "attitude-verb:condemn"


def test_modality_lowers_confidence() -> None:
    (sure,) = read("Ardenia supports Borland.")
    (unsure,) = read("Ardenia may support Borland.")
    assert (sure.modality, unsure.modality) == ("asserted", "possible")
    assert unsure.confidence < sure.confidence
    (condition,) = read("The pact ends if Ardenia supports Borland.")
    assert condition.modality == "hypothetical"


def test_possessive_pronoun_that_is_resolved() -> None:
    text = "Ardenia is against all efforts to weaken its capacities."
    doc = document(text)
    found = mentions(doc)
    start = text.index("its")
    found.append(mention(doc, start, start + 3, FRONT, "ORG", "pronoun"))
    (row,) = find_stances(doc, found, []).rows
    assert (row.holder_id, row.polarity, row.target_id) == (ARD, "support", FRONT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Holm welcomed the end of Ardenia and Borland.",
            {(HOLM, "oppose", ARD), (HOLM, "oppose", BOR)},
        ),
        ("Anna Holm praised the removal of Borlandic officials.", {(HOLM, "oppose", BOR)}),
        ("Ardenia denied supporting Borland.", set()),
    ],
)
def test_one_reading_of_a_target(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert set(triples(text)) == expected


@pytest.mark.parametrize(
    "text", ["Ardenia is not better than Borland.", "Ardenia is no better than Borland."]
)
def test_comparison_that_is_denied_is_none(text: str) -> None:
    assert read(text, **OPINION) == []


def test_relation_is_put_as_its_clause_is() -> None:
    (row,) = read("Ardenia could be a rival of Borland.")
    assert (row.polarity, row.modality) == ("oppose", "possible")


def test_passive_without_agent_is_nobodys() -> None:
    rows = read("Anna Holm said the talks were good. Borland was called a liar.")
    assert rows == []


def test_ids_differ() -> None:
    text = "Ardenia praised and condemned Borland and Cestia, and Anna Holm praised Borland. " * 3
    ids = [row.stance_id for row in read(text)]
    assert len(ids) == len(set(ids)) > 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Holm explained how angry Ardenia was with Borland.",
            (ARD, "oppose", BOR),
        ),
        (
            "Anna Holm said the talks were good. Borland was also described as a reliable partner.",
            (HOLM, "support", BOR),
        ),
        ("Cestia can count on Borland to defend it.", (BOR, "support", CES)),
        ("Anna Holm is relieved that Borland has failed.", (HOLM, "oppose", BOR)),
    ],
)
def test_rarer_constructions(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(text)
