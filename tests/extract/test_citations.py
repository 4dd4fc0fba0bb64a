from datetime import date

from tasks.extract.citations import find_citations
from tests.extract.given_articles import document

LIST = (
    "Readers may turn to the author\u2019s earlier studies, published at the Kabul Study Council "
    "(KSC):\n\n* 3 June 2020: “Trade And Transit\n\n"
    "* 24 June 2021: “What The \u2018Great Turn\u2019 Means\u2019\n\n"
    "* June 5, 2021: \"An 'Odd' Case\" https://example.org/odd\n\n* 6 June 2021: no title here\n"
)


def test_list_of_works() -> None:
    rows = find_citations(document(LIST, byline="Ann Bylander"))
    assert [(r.cited_on, r.title, r.url) for r in rows] == [
        (date(2020, 6, 3), "Trade And Transit", None),
        (date(2021, 6, 24), "What The \u2018Great Turn\u2019 Means\u2019", None),
        (date(2021, 6, 5), "An 'Odd' Case", "https://example.org/odd"),
    ]
    assert {(r.author, r.publisher) for r in rows[:2]} == {("Ann Bylander", "Kabul Study Council")}
    assert [LIST[r.start_char : r.end_char] for r in rows] == [r.title for r in rows]
