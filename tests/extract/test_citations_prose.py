"""Works cited in running text; the expressions of time in the texts are given by hand."""

from datetime import date

import pytest

from tests.extract.cited_works import Days, cited, day, year

MONDAY = {"Monday": day(2021, 3, 8)}


@pytest.mark.parametrize(
    ("text", "times", "title", "author", "publisher"),
    [
        (
            "In a 2019 report titled Beyond the Harvest, the IMF warned of slow growth.",
            {"2019": year(2019)},
            "Beyond the Harvest",
            "international_organisation:imf",
            None,
        ),
        (
            'As the author argued on 14 July in "The Long Game", Russia wants more.',
            {"14 July": day(2020, 7, 14)},
            "The Long Game",
            "person:ann-bylander",
            None,
        ),
        (
            "I argued last year in \u2018A Narrow Road\u2019 that trade matters.",
            {"last year": year(2020)},
            "A Narrow Road",
            "person:ann-bylander",
            None,
        ),
        (
            "An article published by Reuters on 3 March said that the talks had failed.",
            {"3 March": day(2021, 3, 3)},
            "An article published by Reuters on 3 March",
            None,
            "media:reuters",
        ),
        (
            "The World Bank said in a report on Monday that growth would slow.",
            MONDAY,
            "a report on Monday",
            "international_organisation:world-bank",
            None,
        ),
        (
            "In an op-ed for the New York Times on Monday, Angela Merkel warned against a war.",
            MONDAY,
            "an op-ed for the New York Times on Monday",
            "person:angela-merkel",
            "media:new-york-times",
        ),
        (
            "Boris Johnson wrote in The Guardian in 2018 that Europe must act.",
            {"2018": year(2018)},
            "wrote in The Guardian in 2018",
            "person:boris-johnson",
            "media:the-guardian",
        ),
        (
            "In an interview with the Financial Times on Monday, Angela Merkel asked for calm.",
            MONDAY,
            "an interview with the Financial Times on Monday",
            "person:angela-merkel",
            "media:financial-times",
        ),
        (
            '"The Turn North", an essay by Angela Merkel in The Diplomat, appeared in 2014.',
            {"2014": year(2014)},
            "The Turn North",
            "person:angela-merkel",
            "media:the-diplomat",
        ),
        (
            'As Angela Merkel wrote in "Order in the World" (2014), balance matters.',
            {"2014": year(2014)},
            "Order in the World",
            "person:angela-merkel",
            None,
        ),
        (
            "Boris Johnson published a book, The House by the River, in 2016.",
            {"2016": year(2016)},
            "The House by the River",
            "person:boris-johnson",
            None,
        ),
        (
            "According to Amnesty International\u2019s report of 5 May 2020, violence rose.",
            {"5 May 2020": day(2020, 5, 5)},
            "Amnesty International\u2019s report of 5 May 2020",
            "organisation:amnesty-international",
            None,
        ),
    ],
)
def test_what_who_and_when(
    text: str, times: dict[str, Days], title: str, author: str | None, publisher: str | None
) -> None:
    (row,) = cited(text, times, byline="Ann Bylander")
    assert (row.title, row.author_id, row.publisher_id) == (title, author, publisher)
    ((first, last, granularity),) = times.values()
    assert (row.cited_from, row.cited_to, row.granularity) == (first, last, granularity)
    assert row.cited_on == (first if granularity == "day" else None)
    assert text[row.start_char : row.end_char] == title


@pytest.mark.parametrize(
    ("text", "author", "publisher"),
    [
        ("According to a study published in Nature, the ice is melting.", None, "Nature"),
        ("According to a Smallville University poll, most agree.", "Smallville University", None),
        (
            "A study written by a team from the World Bank tells why.",
            "team from the World Bank",
            None,
        ),
        ("The research was published in the journal Science.", None, "Science"),
        (
            "A study published in Nature by a team from the University of Leeds tells why.",
            "team from the University of Leeds",
            "Nature",
        ),
        ("The study was published in eLife by Angela Merkel.", "Angela Merkel", "eLife"),
        (
            "The report was published in London by Amnesty International.",
            None,
            "Amnesty International",
        ),
        (
            "Chemists from the University of Leeds published a study in Physical Letters.",
            "Chemists from the University of Leeds",
            "Physical Letters",
        ),
        ("Boris Johnson posted a report from The Guardian about trade.", None, "The Guardian"),
        (
            "In a report released in the Journal of Tides, chemists said that the sea rose.",
            None,
            "Journal of Tides",
        ),
    ],
)
def test_names_that_the_registry_lacks(
    text: str, author: str | None, publisher: str | None
) -> None:
    assert [(r.author, r.publisher) for r in cited(text)] == [(author, publisher)]


@pytest.mark.parametrize(
    "text",
    [
        "Amnesty International will publish a report next week.",
        "Parliament ordered a report by the police.",
        "There was no report by the World Bank.",
        "The minister did not publish a report.",
        "The film \u201cGrey Harbour\u201d by Angela Merkel won in 2019.",
        "Angela Merkel released the song \u201cGrey Harbour\u201d in 2019.",
        "France and Russia signed the treaty titled \u201cPeace on the River\u201d in 2014.",
        "The United Nations said in a statement on Monday that it was worried.",
        "Angela Merkel told Reuters on Monday that talks had failed.",
        "Reports from Syria told of a battle.",
        "There was a report from Syria of a battle.",
        "In an interview with the Financial Times, Angela Merkel asked for calm.",
        "Police had a missing persons report on Monday.",
        "The report said that prices rose.",
        "Angela Merkel wrote in Berlin that Europe must act.",
        "Russia and France published a joint statement.",
        "Students study law and book rooms in Paris.",
        "Angela Merkel wrote in a message to Boris Johnson that she was tired.",
        "The World Bank is undertaking a review of trade.",
        "The World Bank was preparing a report on trade.",
        "The gate was shut when they came, by the Metropolitan Police\u2019s report.",
        "The storm was gone, with a Coast Guard survey finding no wind.",
    ],
)
def test_these_are_no_works(text: str) -> None:
    assert cited(text, MONDAY if "Monday" in text else None) == []


def test_the_author_in_a_quotation_is_who_speaks() -> None:
    text = "\u201cI wrote in The Guardian that this would fail,\u201d Boris Johnson said."
    (row,) = cited(text, byline="Ann Bylander")
    assert (row.author_id, row.author) == ("person:boris-johnson", "Boris Johnson")


def test_a_name_with_and_in_it_is_one_author() -> None:
    (row,) = cited("A report by the Department of Health and Human Services told of gaps.")
    assert row.author == "Department of Health and Human Services"
    assert row.author_id == "institution:department-of-health-and-human-services"


def test_his_memoir_is_of_the_one_whom_the_paragraph_names() -> None:
    told = "{} taught drawing. Later came his memoir The Weight of Paper."
    (row,) = cited("Boris Johnson called.\n\n" + told.format("Ambrose Quill"))
    assert (row.title, row.author) == ("The Weight of Paper", "Ambrose Quill")


def test_the_day_of_the_verb_that_tells_what_a_work_says() -> None:
    march: dict[str, Days] = {"March": (date(2021, 3, 1), date(2021, 3, 31), "month")}
    (row,) = cited("In March, a study by the World Bank reported that trade fell.", march)
    assert (row.cited_from, row.cited_to) == (date(2021, 3, 1), date(2021, 3, 31))
    (row,) = cited("In March, a study by the World Bank says, trade may fall.", march)
    assert row.cited_from is None


def test_a_service_that_publishes_is_an_author() -> None:
    (row,) = cited("The Metropolitan Police published a report on thefts.")
    assert row.author == "Metropolitan Police"


def test_a_topic_is_no_date() -> None:
    (row,) = cited("The World Bank published a report on 2008.", {"2008": year(2008)})
    assert (row.cited_from, row.cited_to, row.cited_on) == (None, None, None)


def test_no_date_after_the_article() -> None:
    text = "The World Bank said in a report on 14 July that growth would slow."
    (row,) = cited(text, {"14 July": day(2021, 7, 14)}, published_on=date(2021, 3, 10))
    assert row.cited_from is None
    (row,) = cited(text, {"14 July": day(2021, 7, 14)}, published_on=date(2021, 7, 20))
    assert row.cited_on == date(2021, 7, 14)


def test_one_row_a_work() -> None:
    text = (
        "In a 2019 report titled Beyond the Harvest, the IMF warned of slow growth. "
        "The report by the IMF, Beyond the Harvest, named ten states. "
        "A report by the World Bank agreed. Another report by the World Bank did not."
    )
    rows = cited(text, {"2019": year(2019)})
    assert [(r.title, r.cited_from) for r in rows] == [
        ("Beyond the Harvest", date(2019, 1, 1)),
        ("A report by the World Bank", None),
    ]
