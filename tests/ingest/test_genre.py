import pytest

from tasks.ingest.parse.genre import genre_of
from tests.ingest.given import MORE, PROSE
from warehouse.tables import Genre


def genre(
    text: str,
    *,
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    section: str | None = None,
    has_date: bool = True,
) -> Genre:
    return genre_of(text, title=title, byline=byline, url=url, section=section, has_date=has_date)


JUDGING = (
    "That\u2019s why this piece will argue for more. Of course, much remains to be done, and "
    "obviously the talks ought to go on."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\n".join(["MR. CARNEY: Good morning.", "Q What is next?"] * 3), "transcript"),
        ("\n\n".join(["Q: What is next?", "Jane Doe: Nothing is."] * 3), "interview"),
        (f"FOR IMMEDIATE RELEASE\n\n{PROSE}", "press_release"),
        (PROSE, "news"),
    ],
)
def test_by_the_shape_of_the_text(text: str, expected: Genre) -> None:
    assert genre(text) == expected


def test_a_list_of_names_is_no_conversation() -> None:
    names = ("Jane Doe", "John Roe", "Mary Major", "Richard Miles", "Ann Poe")
    assert genre("\n\n".join(f"{name}: Held since Monday." for name in names)) == "news"


def test_without_a_date_only_a_dateline_makes_news() -> None:
    assert genre(PROSE, has_date=False) == "unknown"
    assert genre(f"VIENNA, June 3 (Wire) \u2014 {PROSE}", has_date=False) == "news"


def test_opinion_by_place_or_label() -> None:
    assert genre(PROSE, url="https://a.example/opinion/x") == "opinion"
    assert genre(PROSE, url="https://a.example/news/opinion-poll") == "news"
    assert genre(PROSE, section="Editorials") == "opinion"
    assert genre(PROSE, title="Opinion | Open the border") == "opinion"
    assert genre(f"{PROSE}\n\nThe views expressed here are the author's own.") == "opinion"


def test_opinion_by_an_author_who_judges() -> None:
    assert genre(f"{MORE} {JUDGING}") == "opinion"


def test_judgement_in_quotation_marks_is_the_speakers() -> None:
    assert genre(f"{MORE} \u201c{JUDGING}\u201d he said.", byline="Jane Doe") == "news"
