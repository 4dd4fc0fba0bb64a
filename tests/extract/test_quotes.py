import pytest

from tasks.extract.quotes import find_quotes


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "we agree" twice.', ["we agree"]),
        ("He said “we agree” twice.", ["we agree"]),
        ("Il dit « oui » encore.", ["oui"]),
        ("Er sagte „nein“ dazu.", ["nein"]),
        ("He said \u2018we don\u2019t agree\u2019 twice.", ["we don\u2019t agree"]),
        ("It's the states' right, isn't it?", []),
        ("All sides\u2019 concerns and Russia\u2019s view", []),
        ("“The \u2018Ummah Pivot\u2019 and more”", ["The \u2018Ummah Pivot\u2019 and more"]),
        ("“left open\n\nNext paragraph.", ["left open"]),
        ("* 1 May: “One\n* 2 May: “Two", ["One", "Two"]),
        ("back in the \u201990s and \u201880s", []),
    ],
)
def test_insides(text: str, inside: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == inside


def test_quote_carried_over_paragraphs() -> None:
    quotes = find_quotes("“First part.\n\n“Second part.”\n\n“Other.”")
    assert [q.continues for q in quotes] == [False, True, False]
    assert {q.mark for q in quotes} == {"curly"}
