"""What the page says: figures by hand, sentences behind them, and nothing that strangers run."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.cli.reading import Reader, open_publication
from flows.reporting import evidence as kept
from flows.reporting.company import company
from flows.reporting.content import LONGEST, Quote, Row, Section, Table
from flows.reporting.coverage import coverage
from flows.reporting.evidence import Evidence, Found, safe_url
from flows.reporting.page import page
from flows.reporting.positions import level, positions, signed
from flows.reporting.scope import Scope, prepare
from tests.reporting.given import (
    AGAINST,
    FOR,
    HARM,
    NAME,
    OUTLET,
    TITLE,
    Elements,
    Given,
    content_of,
    rows_of,
)


@pytest.fixture(scope="module")
def content(written: Path) -> dict[str, Any]:
    return content_of(written.read_text(encoding="utf-8"))


@pytest.fixture
def reader(given: Given) -> Any:
    file = given.data_dir / "publish" / "current" / "demarche.duckdb"
    with Reader(open_publication(file), is_lake=False) as reader:
        prepare(reader, Scope(None, None))
        yield reader


def behind(content: dict[str, Any], key: str) -> list[tuple[str, str]]:
    """The sentences of a mark, each with the words that are marked."""
    found = content["evidence"]
    texts = [(found["sentences"][place][0], a, b) for place, a, b in found["marks"][key]["rows"]]
    return [(text, text[a:b]) for text, a, b in texts]


def test_no_word_of_an_article_becomes_markup(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    elements = Elements(text)
    tags = [tag for tag, _ in elements.found]
    assert tags.count("script") == 3
    assert not {"img", "svg", "b", "iframe", "object", "base"} & set(tags)
    assert not [name for _, attrs in elements.found for name in attrs if name.startswith("on")]
    links = [str(attrs["href"]) for tag, attrs in elements.found if tag == "a"]
    assert links
    assert all(link.startswith(("#", "https://news.example/")) for link in links)
    assert NAME in "".join(elements.text)


def test_what_the_script_reads_cannot_end_its_element(
    written: Path, content: dict[str, Any]
) -> None:
    text = written.read_text(encoding="utf-8")
    start = text.index('id="content">') + len('id="content">')
    raw = text[start : text.index("</script>", start)]
    assert not set("<>&\u2028\u2029") & set(raw)
    heads = {tuple(head) for head in content["evidence"]["articles"]}
    assert (TITLE, OUTLET, "2024-09-17", None) in heads
    assert HARM in [text for text, _ in content["evidence"]["sentences"]]


def test_the_policy_lets_nothing_in(written: Path) -> None:
    elements = Elements(written.read_text(encoding="utf-8"))
    (policy,) = [
        str(attrs["content"])
        for tag, attrs in elements.found
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert not [attrs for tag, attrs in elements.found if tag == "script" and "src" in attrs]
    assert not [attrs for tag, attrs in elements.found if "stylesheet" in attrs.values()]


def test_only_web_addresses_are_links() -> None:
    assert safe_url("https://news.example/1") == "https://news.example/1"
    assert safe_url("HTTP://news.example/1") == "HTTP://news.example/1"
    for address in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "", None):
        assert safe_url(address) is None


def test_coverage_counts_each_article_once(content: dict[str, Any]) -> None:
    marks = rows_of(content, "coverage")
    labels = {mark["label"] for mark in marks}
    assert "Gazette, week of 2024-02-26: 2 articles" in labels  # 2 and 3 March
    assert "Courier, week of 2024-03-04: 3 articles" in labels  # 4, 7 and 10 March
    assert sum(content["evidence"]["marks"][mark["key"]]["total"] for mark in marks) == 13


def test_a_cell_of_the_matrix_leads_to_its_sentences(content: dict[str, Any]) -> None:
    marks = {mark["holder"]: mark for mark in rows_of(content, "stance")}
    assert set(marks) == {"Ruritania", NAME}
    # six scores from 0.80 to 0.75, six from -0.86 to -0.91: the mean is -0.055
    assert marks["Ruritania"]["label"] == "Ruritania on Freedonia: mean -0.06, 12 positions"
    sentences = behind(content, marks["Ruritania"]["key"])
    assert sentences == [(AGAINST, AGAINST)] * 6 + [(FOR, FOR)] * 6


def test_the_table_says_what_the_picture_shows(reader: Reader) -> None:
    (table,) = positions(reader, Scope(None, None), Evidence()).tables
    rows = {row.cells[0]: dict(zip(table.columns, row.cells, strict=True)) for row in table.rows}
    assert rows["Ruritania"]["mean score"] == "-0.06"
    assert rows["Ruritania"]["positions"] == "12"
    assert rows["Ruritania"]["days"] == "2024-03-01 to 2024-03-12"
    assert rows["Ruritania"]["latest evidence"] == f"{AGAINST} (Gazette)"
    assert rows[NAME]["days"] == "2024-09-17"


def test_places_are_in_characters_not_bytes(content: dict[str, Any]) -> None:
    (mark,) = [mark for mark in rows_of(content, "stance") if mark["holder"] == NAME]
    assert behind(content, mark["key"]) == [(HARM, "praised Freedonia")]


def test_the_change_is_marked_with_both_sides(content: dict[str, Any]) -> None:
    (shift,) = rows_of(content, "course0", "shifts")
    assert shift["day"] == "2024-03-07"
    assert shift["label"].startswith("Ruritania on Freedonia, 2024-03-07: mean from +0.78 to -0.89")
    assert [text for text, _ in behind(content, shift["key"])] == [FOR, AGAINST]
    assert len(rows_of(content, "course0", "points")) == 12
    assert [mean["score"] for mean in rows_of(content, "course0", "means")] == [0.775, -0.885]


def test_the_network_agrees_with_the_mart(reader: Reader, content: dict[str, Any]) -> None:
    (link,) = rows_of(content, "company", "links")
    assert link["label"] == "Freedonia and Ruritania: 13 sentences"
    pairs = reader.rows("SELECT name_a, name_b, sentences, articles FROM entity_pairs")
    section = company(reader, Scope(None, None), Evidence())
    shown = [tuple(row.cells) for table in section.tables for row in table.rows]
    assert shown == [tuple(str(value) for value in pair) for pair in pairs]


def test_every_mark_has_evidence(content: dict[str, Any]) -> None:
    marks = content["evidence"]["marks"]
    keys = [
        row["key"]
        for chart in content["charts"]
        for rows in chart["data"].values()
        for row in rows
        if "key" in row
    ]
    assert len(keys) > 40
    assert [key for key in keys if not (marks[key].get("rows") or marks[key].get("items"))] == []


def test_what_was_rejected_is_told(content: dict[str, Any]) -> None:
    (mark,) = rows_of(content, "rejected")
    assert mark["label"] == "wrong type: 1 item"
    ((head, detail, address),) = content["evidence"]["marks"][mark["key"]]["items"]
    assert head.endswith("(local)")
    assert detail.endswith("cannot be used")
    assert address is None


def test_too_much_is_cut_to_what_a_page_can_hold(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 1_500)
    found = Evidence()
    positions(reader, Scope(None, None), found)
    content = found.content(reader)
    assert found.per_mark < kept.PER_MARK
    assert len(json.dumps(content)) <= 1_600
    assert content["marks"]["s0"]["total"] == 12
    assert len(content["marks"]["s0"]["rows"]) == found.per_mark


def test_of_a_long_sentence_what_is_around_the_words_is_kept() -> None:
    row = {"text": "a" * 900 + "THESE" + "b" * 900, "start_char": 50}
    text, start, end, _ = kept._cut(row, Found("s", 950, 955))
    assert text[start:end] == "THESE"
    assert len(text) <= LONGEST + 2
    assert text[0] == text[-1] == "…"
    text, start, end, _ = kept._cut({"text": "short", "start_char": 50}, Found("s", 52, 400))
    assert (text, text[start:end]) == ("short", "ort")


def test_texts_without_end_are_cut_but_addresses_are_not() -> None:
    endless, address = "W" * 10_000, "https://news.example/" + "a" * 900
    found = Evidence()
    found.add("k", endless, [], 1, "demarche why k")
    assert len(found.marks["k"]["title"]) == LONGEST
    assert (
        kept._head({"title": endless, "outlet": endless, "day": None, "bound": True, "url": ""})[:2]
        == ["W" * (LONGEST - 1) + "…"] * 2
    )
    quote = Quote(endless, endless, endless, endless, "", "k", address)
    table = Table("t", ("c",), [Row([endless], None, address)])
    text = page(
        title="t",
        snapshot="1",
        published_at="",
        facts=[],
        sections=[Section("s", "s", "", tables=[table], quotes=[quote])],
        evidence={"marks": {}, "sentences": [], "articles": []},
        kept="",
    )
    assert "W" * LONGEST not in text
    assert text.count(f'href="{address}"') == 2


def test_without_articles_there_is_no_picture(reader: Reader) -> None:
    prepare(reader, Scope(None, date(2031, 1, 1)))
    section = coverage(reader, Evidence())
    assert section.charts == []


def test_steps_of_colour_are_alike_on_both_sides() -> None:
    assert [level(score) for score in (-1, -0.65, -0.5, -0.3, -0.1, 0.0)] == [1, 1, 2, 2, 3, 4]
    assert [level(score) for score in (1, 0.65, 0.5, 0.3, 0.1, 0.04)] == [7, 7, 6, 6, 5, 4]
    assert [signed(score) for score in (0.04, -0.04, 0.6, -0.25)] == ["0", "0", "+0.6", "-0.2"]


def test_a_page_without_sections_is_a_page() -> None:
    text = page(
        title="<i>\x1b\x00",
        snapshot="1",
        published_at="2024-01-01 00:00 UTC",
        facts=["a\x07b"],
        sections=[],
        evidence={"marks": {}, "sentences": [], "articles": []},
        kept="",
    )
    assert "<title>&lt;i&gt;\u241b\u2400 - demarche</title>" in text
    assert "a\u2407b" in text
