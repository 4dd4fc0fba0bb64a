from datetime import date

import pytest

from tasks.extract.events import find_events
from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tests.extract.documents import document, mentions
from warehouse.tables import Event, TimeExpression

ARD, BOR, CES = "state:ard", "state:bor", "state:ces"


def read(
    text: str, *, published_on: date | None = None, times: tuple[tuple[str, date, date], ...] = ()
) -> list[Event]:
    doc = document(text, published_on=published_on)
    found = mentions(doc)
    statements = find_statements(doc, found, find_quotes(text))
    expressions = [
        TimeExpression(
            timex_id=surface,
            article_id=doc.article.article_id,
            sentence_id=doc.sentence_at(text.index(surface)).sentence_id,
            surface=surface,
            start_char=text.index(surface),
            end_char=text.index(surface) + len(surface),
            type="DATE",
            value=None,
            from_on=first,
            to_on=last,
            granularity="day",
            method="explicit",
        )
        for surface, first, last in times
    ]
    return find_events(doc, found, statements, expressions)


@pytest.mark.parametrize(
    ("text", "actor", "action", "code", "target"),
    [
        ("Ardenia attacked Borland.", ARD, "attacked", "ASSAULT", BOR),
        ("Borland was attacked by Ardenia.", ARD, "attacked", "ASSAULT", BOR),
        ("Ardenian troops invaded Borland.", ARD, "invaded", "ASSAULT", BOR),
        ("Anna Holm was arrested.", None, "arrested", "COERCE", "person:anna-holm"),
        ("Anna Holm met with Karl Brandt.", "person:anna-holm", "met with", "CONSULT",
         "person:karl-brandt"),
        ("Talks between Ardenia and Borland resumed.", ARD, "Talks between", "CONSULT", BOR),
        ("The world saw Ardenia's invasion of Borland.", ARD, "invasion of", "ASSAULT", BOR),
        ("Ardenia withdrew from the League.", ARD, "withdrew from", "RETREAT", "io:league"),
        ("Ardenia imposed sanctions on Borland.", ARD, "imposed sanctions on", "SANCTION", BOR),
        ("Ardenia declared a state of emergency.", ARD, "declared a state of emergency",
         "MOBILIZE", None),
        ("Ardenia and Borland fought for a year.", ARD, "fought", "ASSAULT", BOR),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(
    text: str, actor: str | None, action: str, code: str, target: str | None
) -> None:
    (row,) = read(text)
    assert (row.actor_id, row.action, row.action_code, row.target_id) == (
        actor,
        action,
        code,
        target,
    )


@pytest.mark.parametrize(
    ("text", "actor", "action", "target_id", "target"),
    [
        ("Ardenia adopted the resolution.", ARD, "adopted", None, "the resolution"),
        ("The deal was signed by Anna Holm.", "person:anna-holm", "signed", None, "The deal"),
        ("Ardenia froze about 9 billion dollars.", ARD, "froze", None, "about 9 billion dollars"),
        ("Ardenia signed a new trade deal with Borland.", ARD, "signed a new trade deal with",
         BOR, "Borland"),
        ("Ardenia sent two warships to Borland.", ARD, "sent two warships to", BOR, "Borland"),
        ("Ardenia and Borland signed a treaty.", ARD, "signed a treaty", BOR, "Borland"),
        ("Ardenia entered Portville.", ARD, "entered", "city:portville", "Portville"),
        ("Anna Holm fled.", "person:anna-holm", "fled", None, None),
        ("Three gunmen killed Anna Holm.", None, "killed", "person:anna-holm", "Anna Holm"),
        ("Ardenia asked Borland to leave.", ARD, "asked", BOR, "Borland"),
    ],
)  # fmt: skip
def test_one_participant_is_enough(
    text: str, actor: str | None, action: str, target_id: str | None, target: str | None
) -> None:
    (row,) = read(text)
    assert (row.actor_id, row.action, row.target_id, row.target) == (
        actor,
        action,
        target_id,
        target,
    )


def test_actor_without_a_name_is_quoted() -> None:
    (row,) = read("Three gunmen killed Anna Holm.")
    assert row.actor == "Three gunmen"


@pytest.mark.parametrize(
    "text",
    [
        "Three gunmen killed two guards.",
        "Ardenia asked Borland why.",
        "Anna Holm was met with applause.",
        "The new Ardenia blockade measure failed.",
        "Critics attacked Anna Holm.",
        "Ardenia signed the visitors' book.",
        "Ardenia said Borland was late.",
        "Ardenia condemned Borland.",
        "The attack in Ardenia shook Borland.",
        "Did Ardenia attack Borland?",
        "Anna Holm attacked Karl Brandt over the budget.",
        "Ardenia visited itself.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "modality", "negated"),
    [
        ("Ardenia will attack Borland.", "planned", False),
        ("Ardenia plans to attack Borland.", "planned", False),
        ("Ardenia may attack Borland.", "possible", False),
        ("Ardenia never attacked Borland.", "asserted", True),
        ("The pact ends if Ardenia attacks Borland.", "hypothetical", False),
        ("Anna Holm denied that Ardenia attacked Borland.", "denied", False),
        ("The press awaits Anna Holm's planned trip to Borland.", "planned", False),
    ],
)
def test_modality_and_negation(text: str, modality: str, negated: bool) -> None:
    (row,) = read(text)
    assert (row.modality, row.is_negated) == (modality, negated)


def test_place_and_date_of_the_clause() -> None:
    (row,) = read(
        "On 3 May, Anna Holm met Karl Brandt in Portville.",
        published_on=date(2024, 5, 9),
        times=(("3 May", date(2024, 5, 3), date(2024, 5, 3)),),
    )
    assert (row.place, row.place_id) == ("Portville", "city:portville")
    assert (row.happened_from, row.happened_to) == (date(2024, 5, 3), date(2024, 5, 3))
    assert row.date_method == "clause"


def test_nearest_date_counts() -> None:
    (row,) = read(
        "After the vote of 1 May the capital calmed, and on 3 May Ardenia attacked Borland.",
        times=(
            ("1 May", date(2024, 5, 1), date(2024, 5, 1)),
            ("3 May", date(2024, 5, 3), date(2024, 5, 3)),
        ),
    )
    assert row.happened_to == date(2024, 5, 3)


def test_publication_is_the_upper_bound_of_what_happened() -> None:
    (row,) = read("Ardenia attacked Borland.", published_on=date(2024, 5, 9))
    assert (row.happened_from, row.happened_to) == (None, date(2024, 5, 9))
    assert row.date_method == "published"


def test_publication_bounds_nothing_that_is_planned() -> None:
    (row,) = read("Ardenia will attack Borland.", published_on=date(2024, 5, 9))
    assert (row.happened_to, row.date_method) == (None, "none")


def test_event_in_a_statement_carries_it() -> None:
    (row,) = read("Anna Holm said that Ardenia attacked Borland at dawn.")
    assert row.statement_id is not None
    assert row.evidence == "Ardenia attacked Borland at dawn"
