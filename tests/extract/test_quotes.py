from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.quotes import find_quotes

MARKED = st.text(alphabet=st.sampled_from(list("ab S.,:\n\"'“”„«»‘’‚`s*—(?")), max_size=80)  # noqa: RUF001


def insides(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we agree" twice.', ["we agree"]),
        ("He said “we agree” twice.", ["we agree"]),
        ('He said “we agree" twice.', ["we agree"]),
        ('He said "we agree” twice.', ["we agree"]),
        ("He said ''we don't agree'' twice.", ["we don't agree"]),
        ("He said ``we agree'' twice.", ["we agree"]),
        ("He said ''he called it 'ours''' twice.", ["he called it 'ours'"]),
        ("Il dit « oui » encore.", ["oui"]),
        ("Il dit «oui» encore.", ["oui"]),
        ("Er sagte „nein“ dazu.", ["nein"]),
        ("Er sagte »nein«, dann »ja«.", ["nein", "ja"]),
        ("Er sagte ‚nein\u2018 dazu.", ["nein"]),  # noqa: RUF001
        ("Er sagte \u203anein\u2039 und \u2039ja\u203a.", ["nein", "ja"]),
        ("He said \u2018we don\u2019t agree\u2019 twice.", ["we don\u2019t agree"]),
        ("He said 'we don't agree' twice.", ["we don't agree"]),
        ("told the paper,“We agree.”", ["We agree."]),
        ("”We agree.” — Ann", ["We agree."]),
    ],
)
def test_kinds_of_marks(text: str, inside: list[str]) -> None:
    assert insides(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "It's the states' right, isn't it?",
        "All sides\u2019 concerns and Russia\u2019s view",
        "back in the \u201990s and \u201880s",
        "'Tis the season, and rock 'n' roll",
        'A 12" record, 5\'10" tall',
        "Home \u203a News \u203a World",
        '"" and " " and "—"',
    ],
)
def test_signs_that_are_no_quotes(text: str) -> None:
    assert insides(text) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“The \u2018Ummah Pivot\u2019 and more”", ["The \u2018Ummah Pivot\u2019 and more"]),
        ('"He said "no" to me," she said.', ['He said "no" to me,']),
        ("'He said \"no\" to me,' she said.", ['He said "no" to me,']),
        ("« Il a dit “non” hier », dit-il", ["Il a dit “non” hier"]),
        ("\"I thought, 'No.' \", he recalled.", ["I thought, 'No.'"]),
        (
            "'I'm goin' home to the workers' club,' he said",
            ["I'm goin' home to the workers' club,"],
        ),
    ],
)
def test_outermost_of_nested(text: str, inside: list[str]) -> None:
    assert insides(text) == inside


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“left open\n\nNext paragraph.", ["left open"]),
        ("* 1 May: “One\n* 2 May: “Two", ["One", "Two"]),
        ("* 1 May: “One's ‘Big’ Day\n* 2 May: “Two", ["One's ‘Big’ Day", "Two"]),  # noqa: RUF001
        ('He said "we agree. They said "no" twice.', ["we agree.", "no"]),
        ('He met "Mr. Smith and said "no" twice.', ["no"]),
        ("“One.”\n“Two left\n“Three.”", ["One.", "Two left", "Three."]),
        ('They agree," he said.', []),
    ],
)
def test_odd_numbers_of_marks(text: str, inside: list[str]) -> None:
    assert insides(text) == inside


def test_quote_carried_over_paragraphs() -> None:
    quotes = find_quotes("“First part.\n\n“Second part.”\n\n“Other.”")
    assert [q.continues for q in quotes] == [False, True, False]
    assert [q.is_closed for q in quotes] == [False, True, True]
    assert {q.mark for q in quotes} == {"curly"}


def test_single_quote_carried_over_paragraphs() -> None:
    text = "‘We\u2019ll go.\n\n‘And more,\u2019 he said."  # noqa: RUF001
    assert insides(text) == ["We\u2019ll go.", "And more,"]
    assert [q.continues for q in find_quotes(text)] == [False, True]


def test_left_open_quote_may_hold_another() -> None:
    text = "He said: “We told them “no” twice. They left.\n\n“Then we left.”"
    assert insides(text) == ["We told them “no” twice. They left.", "Then we left."]


def test_quote_closed_in_the_next_paragraph_without_a_second_opening() -> None:
    text = "“First part.\n\nSecond part,” he said. “Third.”"
    quotes = find_quotes(text)
    assert insides(text) == ["First part.", "Second part,", "Third."]
    assert [(q.continues, q.is_closed) for q in quotes] == [
        (False, False),
        (True, True),
        (False, True),
    ]


def test_other_kind_of_mark_does_not_carry_on() -> None:
    quotes = find_quotes('"Left open.\n\n“Another voice,” she said.')
    assert [q.continues for q in quotes] == [False, False]


def test_span_with_marks() -> None:
    text = "said ''we agree'' and « oui »"
    assert [text[q.outer_start : q.outer_end] for q in find_quotes(text)] == [
        "''we agree''",
        "« oui »",
    ]


def test_text_that_is_one_long_quote() -> None:
    words = "word " * 5000
    (quote,) = find_quotes(f"“{words}”")
    assert (quote.start, quote.end, quote.is_speech) == (1, len(words), True)


@settings(max_examples=300, deadline=None)
@given(MARKED)
def test_quotes_are_ordered_spans_of_the_text(text: str) -> None:
    last = 0
    for quote in find_quotes(text):
        assert last <= quote.outer_start <= quote.start < quote.end <= quote.outer_end <= len(text)
        assert text[quote.start : quote.end].strip() == text[quote.start : quote.end]
        last = quote.outer_end


@pytest.mark.parametrize("piece", ['"a. ', "“", "'as' b ", "“A.\n\n", "« ‘x "])  # noqa: RUF001
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = perf_counter()
        find_quotes(text)
        return perf_counter() - start

    seconds(1000)
    assert seconds(200_000) < 15 * max(seconds(40_000), 0.02)
