"""Blocks: what each is, in the order of the document, and where it stands in the text."""

from tasks.ingest.parse import parse
from tasks.records import Parsed
from tests.ingest.given import MORE, PROSE, raw_item
from warehouse.tables import MediaType

HEAD = "<html><head><title>Border opens</title></head><body>"


def blocks(content: str, media_type: MediaType = "text/plain") -> list[tuple[str, str]]:
    found = parse(raw_item(media_type), content.encode())
    assert isinstance(found, Parsed), found
    text = found.article.text
    spans = [block for block in found.blocks if block.start is not None]
    assert all(text[block.start : block.end] == block.text for block in spans)
    assert [block.start for block in spans] == sorted(block.start or 0 for block in spans)
    inside = {"paragraph", "heading", "list_item", "quote", "table"}
    assert all((block.start is not None) == (block.kind in inside) for block in found.blocks)
    covered = "".join(block.text for block in spans)
    assert "".join(covered.split()) == "".join(text.replace("\n\n* ", "\n\n").split())
    return [(block.kind, block.text) for block in found.blocks]


def test_a_plain_text() -> None:
    given = (
        f"Border opens\nBy Jane Doe\n3 June 2021\n\n{PROSE}\n\n* one\n* two\n\n"
        f"Read more: Minister resigns\n\n{MORE}\n\nSign up for our newsletter\n\n"
        "Source: The Wire\n\nSimilar Posts\n\nMinister resigns\n"
    )
    assert blocks(given) == [
        ("title", "Border opens"),
        ("byline", "By Jane Doe"),
        ("date", "3 June 2021"),
        ("paragraph", PROSE),
        ("list_item", "one"),
        ("list_item", "two"),
        ("teaser", "Read more: Minister resigns"),
        ("paragraph", MORE),
        ("sign_up", "Sign up for our newsletter"),
        ("source", "Source: The Wire"),
        ("teaser", "Similar Posts"),
        ("teaser", "Minister resigns"),
    ]


def test_a_page() -> None:
    given = (
        f"{HEAD}<article><h1>Border opens</h1><p>By Jane Doe</p>"
        "<figure><img src='a.jpg'><figcaption>The bridge at dawn</figcaption></figure>"
        f"<p>{PROSE}</p><h2>What comes next</h2><p>{MORE}</p>"
        "<figure><img src='b.jpg'><figcaption>The ministers in Vienna</figcaption></figure>"
        f"<blockquote><p>We are glad that it is open.</p></blockquote><p>{PROSE} Again.</p>"
        "<ul><li>first point of the list</li><li>second point of the list</li></ul>"
        "<table><tr><th>Day</th><th>Cars</th></tr><tr><td>Monday</td><td>12</td></tr></table>"
        "<p>See more: <a href='/x'>Minister resigns after long talks</a></p>"
        f"<p>{MORE} Later.</p><p>(Reporting by Jane Doe; editing by John Roe)</p></article>"
        "<aside><figure><figcaption>Of another article</figcaption></figure></aside>"
    )
    assert blocks(given, "text/html") == [
        ("title", "Border opens"),
        ("byline", "By Jane Doe"),
        ("caption", "The bridge at dawn"),
        ("paragraph", PROSE),
        ("heading", "What comes next"),
        ("paragraph", MORE),
        ("caption", "The ministers in Vienna"),
        ("quote", "We are glad that it is open."),
        ("paragraph", f"{PROSE} Again."),
        ("list_item", "first point of the list"),
        ("list_item", "second point of the list"),
        ("table", "Day | Cars\nMonday | 12"),
        ("teaser", "See more: Minister resigns after long talks"),
        ("paragraph", f"{MORE} Later."),
        ("byline", "(Reporting by Jane Doe; editing by John Roe)"),
    ]


def test_a_markdown_document() -> None:
    given = (
        f"# Border opens\n\n{PROSE}\n\n## Next\n\n> {MORE}\n\n- one\n\n"
        "| Day | Cars |\n|---|---|\n| Monday | 12 |\n"
    )
    assert blocks(given, "text/markdown") == [
        ("title", "Border opens"),
        ("paragraph", PROSE),
        ("heading", "Next"),
        ("quote", MORE),
        ("list_item", "one"),
        ("table", "Day | Cars\nMonday | 12"),
    ]


def test_a_declared_title_that_is_not_in_the_body_comes_first() -> None:
    assert blocks(f"{HEAD}<article><p>{PROSE}</p><p>{MORE}</p></article>", "text/html")[0] == (
        "title",
        "Border opens",
    )


def test_a_box_of_teasers_ends_where_the_text_goes_on() -> None:
    prose = "\n\n".join([PROSE, MORE, PROSE + " Again."])
    found = blocks(f"Title\n\n{prose}\n\nRead more\n\nMinister resigns\n\n{MORE} Later.")
    assert found[-3:] == [
        ("teaser", "Read more"),
        ("teaser", "Minister resigns"),
        ("paragraph", f"{MORE} Later."),
    ]


def test_a_layout_table_is_paragraphs() -> None:
    table = f"<table><tr><td><p>{PROSE}</p><p>{MORE}</p></td><td></td></tr></table>"
    kinds = [kind for kind, _ in blocks(f"{HEAD}{table}<p>{PROSE} Again.</p>", "text/html")]
    assert "table" not in kinds


def test_a_list_of_links_to_dated_works_stays() -> None:
    items = [f"{day} June 2020: A long title of an earlier work" for day in (3, 4, 5)]
    linked = "".join(
        f"<li><a href='/{number}'>{item}</a></li>" for number, item in enumerate(items)
    )
    given = f"{HEAD}<article><p>{PROSE}</p><p>{MORE}</p><ul>{linked}</ul><p>{PROSE} Again.</p>"
    found = blocks(f"{given}</article>", "text/html")
    assert [text for kind, text in found if kind == "list_item"] == items


def test_a_link_between_paragraphs_is_a_teaser() -> None:
    link = "<a href='/x'><span>Also here</span> <span>Minister resigns after talks</span></a>"
    given = f"{HEAD}<article><p>{PROSE}</p>{link}<p>{MORE}</p><p>{PROSE} Again.</p></article>"
    assert blocks(given, "text/html")[2] == ("teaser", "Also here Minister resigns after talks")


def test_an_article_in_pieces_is_read_whole() -> None:
    pieces = "<div class='ad'>Advertisement</div>".join(
        f"<div class='body'><p>{number} {PROSE}</p><p>{number} {MORE}</p></div>"
        for number in range(4)
    )
    found = blocks(f"{HEAD}<article><h1>Border opens</h1>{pieces}</article>", "text/html")
    assert [text[0] for kind, text in found if kind == "paragraph"] == list("00112233")
