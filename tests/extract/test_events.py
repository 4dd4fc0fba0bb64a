from datetime import date

import pytest

from tasks.extract.events import find_events
from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.statements.said import dated
from tests.extract.documents import document, mentions
from warehouse.tables import Event, TimeExpression

ARD, BOR = "state:ard", "state:bor"


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
    return find_events(doc, found, dated(doc, statements, expressions), expressions)


def facts(text: str) -> list[Event]:
    """Return the events of `text` that are told as facts."""
    return [r for r in read(text) if r.modality == "asserted" and not r.is_negated]


@pytest.mark.parametrize(
    ("text", "actor", "action", "code", "target"),
    [
        ("Ardenia attacked Borland.", ARD, "attacked", "ASSAULT", BOR),
        ("Borland was attacked by Ardenia.", ARD, "attacked", "ASSAULT", BOR),
        ("Ardenian troops invaded Borland.", ARD, "invaded", "ASSAULT", BOR),
        ("Anna Holm was arrested.", None, "arrested", "COERCE", "person:anna-holm"),
        ("Anna Holm met with Karl Brandt.", "person:anna-holm", "met with", "CONSULT",
         "person:karl-brandt"),
        ("Talks between Ardenia and Borland resumed.", ARD, "Talks", "CONSULT", BOR),
        ("The world condemned the invasion of Borland by Ardenia.", ARD, "invasion of", "ASSAULT",
         BOR),
        ("Ardenia imposed sanctions on Borland.", ARD, "imposed sanctions on", "SANCTION", BOR),
        ("Ardenia launched an attack on Borland.", ARD, "launched an attack on", "ASSAULT", BOR),
        ("Ardenia signed a treaty with Borland.", ARD, "signed a treaty with", "AGREE", BOR),
        ("Ardenia and Borland signed a treaty.", ARD, "signed a treaty", "AGREE", BOR),
        ("Ardenia rejected a Borlandic proposal.", ARD, "rejected", "REJECT", BOR),
        ("Ardenia threatened to invade Borland.", ARD, "threatened", "THREATEN", BOR),
        ("Ardenia demanded that Borland withdraw.", ARD, "demanded", "REQUEST", BOR),
        ("Anna Holm said that Borland must withdraw.", "person:anna-holm", "must withdraw",
         "REQUEST", BOR),
        ("Ardenia, which Borland had attacked, asked Cestia for help.", BOR, "attacked",
         "ASSAULT", ARD),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(
    text: str, actor: str | None, action: str, code: str, target: str | None
) -> None:
    found = {(r.actor_id, r.action, r.action_code, r.target_id) for r in facts(text)}
    assert (actor, action, code, target) in found


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Three masked gunmen killed Anna Holm.", "Three masked gunmen", "Anna Holm"),
        ("Ardenian warplanes bombed two hospitals on Monday.", "Ardenian warplanes",
         "two hospitals"),
        ("A group of Borlandic rebels attacked Portville.", "Borlandic rebels", "Portville"),
        ("Ardenia's army killed dozens of civilians.", "Ardenia's army", "civilians"),
    ],
)  # fmt: skip
def test_parties_are_given_in_their_own_words(text: str, actor: str, target: str) -> None:
    (row,) = facts(text)
    assert (row.actor, row.target) == (actor, target)


def test_persons_of_a_state_are_no_state_that_acts() -> None:
    (row,) = facts("Borlandic prisoners attacked Anna Holm.")
    assert (row.actor, row.actor_id) == ("Borlandic prisoners", None)


def test_whose_people_are_hit_is_known() -> None:
    (row,) = facts("Ardenia killed two Borlandic civilians.")
    assert row.target_id == BOR


@pytest.mark.parametrize(
    "text",
    [
        "Ardenia said Borland was late.",
        "Ardenia supports Borland.",
        "Ardenia hopes that Borland will be happy.",
        "The lecture met Anna Holm's requirements.",
        "Did Ardenia attack Borland?",
        "Ardenia visited itself.",
        "They attacked them.",
        "The storm hit Borland.",
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
        ("Ardenia tried to attack Borland.", "possible", False),
        ("Ardenia was accused of attacking Borland.", "possible", False),
        ("Ardenia allegedly attacked Borland.", "possible", False),
        ("Ardenia wants Cestia to attack Borland.", "desired", False),
        ("Ardenia must attack Borland.", "desired", False),
        ("Ardenia never attacked Borland.", "asserted", True),
        ("Ardenia failed to attack Borland.", "asserted", True),
        ("Ardenia fled without attacking Borland.", "asserted", True),
        ("Ardenia did not fail to attack Borland.", "asserted", False),
        ("Ardenia does not plan to attack Borland.", "planned", True),
        ("The pact ends if Ardenia attacks Borland.", "hypothetical", False),
        ("Ardenia would attack Borland if Cestia fell.", "hypothetical", False),
        ("Anna Holm denied that Ardenia attacked Borland.", "denied", False),
        ("Anna Holm said that Ardenia would attack Borland.", "planned", False),
        ("Ardenia began to attack Borland.", "asserted", False),
        ("Cestia helped Ardenia to attack Borland.", "asserted", False),
        ("Cestia mourned after Ardenia attacked Borland.", "asserted", False),
        ("Anna Holm spoke of a possible attack on Borland by Ardenia.", "possible", False),
        ("Anna Holm called for an attack on Borland by Ardenia.", "desired", False),
    ],
)
def test_modality_and_negation(text: str, modality: str, negated: bool) -> None:
    found = [row for row in read(text) if row.action_code == "ASSAULT"]
    assert [(row.modality, row.is_negated) for row in found] == [(modality, negated)]


MAY_3 = ("3 May", date(2024, 5, 3), date(2024, 5, 3))
MAY_1 = ("1 May", date(2024, 5, 1), date(2024, 5, 1))
MAY_9 = date(2024, 5, 9)


@pytest.mark.parametrize(
    ("text", "times", "interval", "method"),
    [
        ("On 3 May, Ardenia attacked Borland.", [MAY_3], (MAY_3[1], MAY_3[1]), "clause"),
        ("After the vote of 1 May the capital calmed, and on 3 May Ardenia attacked Borland.",
         [MAY_1, MAY_3], (MAY_3[1], MAY_3[1]), "clause"),
        ("Anna Holm said on 3 May that Ardenia had attacked Borland.", [MAY_3],
         (None, MAY_3[1]), "adjacent"),
        ("Ardenia attacked Borland and held it to 3 May.", [MAY_3], (None, MAY_9), "published"),
        ("Ardenia, which fell on 3 May, had attacked Borland.", [MAY_3], (None, MAY_9),
         "published"),
        ("Ardenia attacked Borland before 3 May.", [MAY_3], (None, date(2024, 5, 2)), "clause"),
        ("Ardenia has attacked Borland since 3 May.", [MAY_3], (MAY_3[1], MAY_9), "clause"),
        ("The capital fell on 3 May. Ardenia attacked Borland.", [MAY_3], (MAY_3[1], MAY_3[1]),
         "adjacent"),
        ("The capital fell on 3 May.\n\nArdenia attacked Borland.", [MAY_3], (None, MAY_9),
         "published"),
        ("The attack on Borland by Ardenia on 3 May was condemned.", [MAY_3],
         (MAY_3[1], MAY_3[1]), "clause"),
        ("Ardenia attacked Borland.", [], (None, MAY_9), "published"),
        ("Ardenia will attack Borland.", [], (MAY_9, None), "published"),
        ("Ardenia may attack Borland.", [], (None, None), "none"),
    ],
)  # fmt: skip
def test_when(
    text: str,
    times: list[tuple[str, date, date]],
    interval: tuple[date | None, date | None],
    method: str,
) -> None:
    rows = read(text, published_on=MAY_9, times=tuple(times))
    (row,) = [row for row in rows if row.action_code == "ASSAULT"]
    assert (row.happened_from, row.happened_to) == interval
    assert row.date_method == method


@pytest.mark.parametrize(
    "text",
    [
        "Ardenia held no talks with Borland on Monday.",
        "Ardenia launched no attack on Borland.",
        "No attack on Borland was launched by Ardenia.",
        "No talks between Ardenia and Borland were held.",
        "No soldiers of Borland were killed by Ardenia.",
        "Ardenia did not hold talks with Borland.",
    ],
)
def test_no_is_no_fact(text: str) -> None:
    assert facts(text) == []


def test_range_of_weekdays_is_never_reversed() -> None:
    times = (("Monday", date(2024, 5, 6), date(2024, 5, 6)),
             ("Sunday", date(2024, 5, 5), date(2024, 5, 5)))  # fmt: skip
    (row,) = read("Ardenia bombed Borland from Monday to Sunday.", published_on=MAY_9, times=times)
    assert (row.happened_from, row.happened_to) == (date(2024, 4, 29), date(2024, 5, 5))


def test_nothing_told_as_a_fact_happened_after_publication() -> None:
    late = ("next year", date(2025, 1, 1), date(2025, 12, 31))
    for text in ("Ardenia attacks Borland next year.", "Ardenia attacked Borland next year."):
        (row,) = read(text, published_on=MAY_9, times=(late,))
        is_fact = row.modality == "asserted"
        assert not is_fact or (row.happened_to is not None and row.happened_to <= MAY_9)


def test_interval_ends_with_publication() -> None:
    year = ("this year", date(2024, 1, 1), date(2024, 12, 31))
    (row,) = read("Ardenia attacked Borland this year.", published_on=MAY_9, times=(year,))
    assert (row.happened_from, row.happened_to) == (date(2024, 1, 1), MAY_9)


def test_place_is_named() -> None:
    (row,) = facts("Anna Holm met Karl Brandt in Portville.")
    assert (row.place, row.place_id) == ("Portville", "city:portville")


def test_event_in_a_statement_carries_it() -> None:
    (row,) = facts("Anna Holm said that Ardenia attacked Borland at dawn.")
    assert row.statement_id is not None
    assert row.evidence == "Ardenia attacked Borland"


def test_evidence_is_verbatim_and_covers_the_parties() -> None:
    text = "On Monday, Ardenia and, later, Cestia attacked the port of Borland with ships."
    for row in read(text):
        assert text[row.start_char : row.end_char] == row.evidence
        assert row.actor in row.evidence
        assert row.target in row.evidence
