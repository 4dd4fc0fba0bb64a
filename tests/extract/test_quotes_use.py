import pytest

from tasks.extract.quotes import find_quotes


def uses(text: str) -> list[str]:
    return [q.use for q in find_quotes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will not leave,” the mayor said.",
        "The mayor said, “Never.”",
        "She shouted: “Stop!”",
        "“Never,” the mayor said.",
        "\u2018Never\u2019, the mayor said.",
        "“I would,” he said.",
        "They cheered and chanted “no more!” all night.",
        "He called it “a slap in the face of every farmer”.",
        "She said they “aren't welcome” there.",
        "“Yes We Can,” the crowd sang.",
        "The plan was “the worst thing that ever happened to this town and its people”.",
    ],
)
def test_speech(text: str) -> None:
    assert uses(text) == ["speech"]


@pytest.mark.parametrize(
    "text",
    [
        "They entered the “security” zone.",
        "His so-called “friends” left.",
        "It became the supreme “balancing” force.",
        "The group, known as the “quiet river people”, met.",
        'Set width="auto" in the page.',
        "He typed print('x') and left.",
        "Mayor Calls Harbour Plan ‘Utter Nonsense’ In Council",  # noqa: RUF001
    ],
)
def test_words_held_at_arms_length(text: str) -> None:
    assert uses(text) == ["words"]


@pytest.mark.parametrize(
    "text",
    [
        "* 3 June 2020: “A River and Its Banks",
        "* 3 June 2020: “Who Owns the River?”",
        "* June 3, 2020 – “A River Runs Backwards: Notes on a Flood”",  # noqa: RUF001
        "Her new book, “Rivers,” is out.",
        "He starred in the film “The Long Way Home”.",
        "She wrote “The Salt Road” (2011) and left.",
        "“Low Tide” by Ann Marsh opens today.",
        "He spoke on “Face the Town,” a show on Sunday.",
        "An article titled “How to Cross a River” appeared.",
    ],
)
def test_titles_of_works(text: str) -> None:
    assert uses(text) == ["title"]


def test_nicknames() -> None:
    assert uses('The mayor, John "Jack" Smith, left.') == ["name"]
    assert uses("Robert C. “Bob” Hill and Ann “the Hammer” spoke.") == ["name", "words"]


def test_only_speech_is_speech() -> None:
    quotes = find_quotes("“We agree,” said John “Jack” Smith of the “peace” camp.")
    assert [q.is_speech for q in quotes] == [True, False, False]
