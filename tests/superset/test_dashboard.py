"""The dashboard in a real Superset: `make test-superset`, which installs one beside demarche."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flows.given import take_in, text_file
from tests.reporting.browser import Page, browser, installed, new_page
from tests.superset.bundle import ROOT
from tests.superset.server import Row, Superset, superset

pytestmark = pytest.mark.superset

IN_DUCKDB = {
    "Coverage by outlet and day": """
        SELECT coalesce(published_on, published_not_before) AS day,
            coalesce(publisher, source_id) AS outlet, count(*) AS articles
        FROM articles GROUP BY ALL""",
    "Who stands where": """
        WITH holders AS (
            SELECT holder FROM stance_matrix GROUP BY holder
            ORDER BY min(holder_id) IS NULL, sum(stances) DESC, holder LIMIT 25
        ), targets AS (
            SELECT target FROM stance_matrix GROUP BY target
            ORDER BY min(target_id) IS NULL, sum(stances) DESC, target LIMIT 25
        )
        SELECT target, holder, mean_score AS score FROM stance_matrix
        WHERE NOT is_represented
            AND holder IN (FROM holders) AND target IN (FROM targets)""",
    "Positions": """
        SELECT holder, target, mean_score, mean_low, mean_high, stances, articles, last_on
        FROM stance_matrix WHERE NOT is_represented""",
    "Timeline": """
        SELECT DISTINCT coalesce(happened_from, happened_to) AS day, dated, what, sureness, kind,
            outlets, publisher AS outlet, evidence
        FROM timeline
        WHERE kind <> 'statement' AND coalesce(happened_from, happened_to) IS NOT NULL""",
    "Quotes": """
        SELECT DISTINCT coalesce(published_on, published_not_before) AS day,
            publisher AS outlet, coalesce(speaker, 'unnamed') AS speaker, content, title
        FROM quotes WHERE confidence >= 0.6""",
}
MONTHS = "SELECT month, holder || ' on ' || target AS pair, mean_score AS score FROM stance_monthly"
ENTITY = {"col": "entity", "op": "IN", "val": ["Taliban"]}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, published."""
    folder = tmp_path_factory.mktemp("superset") / "data"
    take_in(folder, ROOT / "seeds" / "articles")
    return folder


@pytest.fixture(scope="module")
def file(data_dir: Path) -> Path:
    return data_dir / "publish" / "current" / "demarche.duckdb"


@pytest.fixture(scope="module")
def server(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    with superset(tmp_path_factory.mktemp("home"), file) as running:
        yield running


def published(file: Path, sql: str) -> set[tuple[Any, ...]]:
    """Return what the publication has, each row once."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return set(connection.execute(sql).fetchall())


def shown(rows: list[Row]) -> set[tuple[Any, ...]]:
    """Return the rows of a chart, each once; days come as milliseconds."""
    days = ("day", "month", "last_on")
    found = {tuple(_day(v) if key in days else v for key, v in row.items()) for row in rows}
    assert len(found) == len(rows)
    return found


def _day(value: float | None) -> date | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC).date()


@pytest.mark.parametrize("title", IN_DUCKDB)
def test_a_chart_shows_what_is_published(server: Superset, file: Path, title: str) -> None:
    expected = published(file, IN_DUCKDB[title])
    assert len(expected) > 15
    assert {row[: len(next(iter(expected)))] for row in shown(server.rows(title))} == expected


def test_the_course_shows_ten_pairs_as_published(server: Superset, file: Path) -> None:
    rows = shown(server.rows("Stance over time"))
    assert len({pair for _, pair, _ in rows}) == 10
    assert rows <= published(file, f"{MONTHS} WHERE NOT is_represented")
    assert (date(2021, 10, 1), "Pakistan on India", -0.3) in rows


def test_the_filter_of_entities_narrows_every_chart(server: Superset, file: Path) -> None:
    about = "('Taliban' IN (holder, target))"
    for title, where in (
        ("Positions", f"{IN_DUCKDB['Positions']} AND {about}"),
        (
            "Timeline",
            IN_DUCKDB["Timeline"]
            + " AND list_contains([actor, target, place, said_by], 'Taliban')",
        ),
        ("Quotes", f"{IN_DUCKDB['Quotes']} AND 'Taliban' IN (speaker, coalesce(via, ''))"),
    ):
        expected = published(file, where)
        assert expected, title
        assert shown(server.rows(title, ENTITY)) == expected, title
    named = """SELECT coalesce(published_on, published_not_before), coalesce(publisher, source_id),
            count(*) FROM articles
        WHERE cluster_id IN (
            SELECT article_id FROM mentions WHERE entity_id = 'armed_group:taliban'
        ) GROUP BY ALL"""
    assert shown(server.rows("Coverage by outlet and day", ENTITY)) == published(file, named)
    pairs = {pair for _, pair, _ in shown(server.rows("Stance over time", ENTITY))}
    assert pairs
    assert all("Taliban" in pair for pair in pairs)
    cells = server.rows("Who stands where", ENTITY)
    assert cells
    assert all("Taliban" in (cell["holder"], cell["target"]) for cell in cells)


def test_days_and_outlets_narrow_what_has_them(server: Superset, file: Path) -> None:
    day = {"col": "day", "op": "TEMPORAL_RANGE", "val": "2021-08-01 : 2021-09-01"}
    outlet = {"col": "outlet", "op": "IN", "val": ["Halyard Post"]}
    quotes = IN_DUCKDB["Quotes"] + " AND publisher = 'Halyard Post'"
    august = " AND published_on BETWEEN '2021-08-01' AND '2021-08-31'"
    expected = published(file, quotes + august)
    assert expected
    assert shown(server.rows("Quotes", outlet, day)) == expected


def test_nothing_is_written_and_no_other_file_is_read(server: Superset, data_dir: Path) -> None:
    databases = server.client.get("/api/v1/database/").json()["result"]
    ((number),) = [d["id"] for d in databases if d["database_name"] == "demarche"]
    catalogue = data_dir / "lake" / "catalog.sqlite"
    for sql, why in (
        ("DROP TABLE articles", "not authorized|read-only|DML"),
        (f"SELECT * FROM read_blob('{catalogue}')", "disabled by configuration"),
    ):
        asked = {"database_id": number, "sql": sql}
        answer = server.client.post("/api/v1/sqllab/execute/", json=asked)
        assert answer.status_code >= 400, sql
        assert re.search(why, answer.text), answer.text


def test_ten_publications_show_at_once_and_no_request_fails(
    server: Superset, data_dir: Path, file: Path, tmp_path: Path
) -> None:
    over = threading.Event()
    asked: list[int] = []
    failed: list[str] = []

    def keep_asking() -> None:
        while not over.is_set():
            for title in server.charts:
                try:
                    asked.append(len(server.rows(title)))
                except Exception as error:  # whatever it is, it is what is looked for
                    failed.append(repr(error)[:500])

    threads = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for number in range(10):
            before = file.resolve()
            take_in(
                data_dir, text_file(tmp_path, f"{number}.txt", f"Talks go on for {number} days")
            )
            assert file.resolve() != before
            titles = {row["title"] for row in server.rows("Quotes")}
            assert f"Talks go on for {number} days" in titles
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert failed == []
    assert len(asked) > 50
    for title, sql in IN_DUCKDB.items():
        assert len(server.rows(title)) == len(published(file, sql)), title


DRAWN = """(() => {
    const charts = [...document.querySelectorAll('[data-test-viz-type]')];
    return charts.length === 6 && charts.every(c => c.querySelector('canvas, tbody tr td'));
})()"""


@pytest.mark.skipif(installed() is None, reason="no Chromium is installed")
def test_every_chart_is_drawn_and_nothing_leaves_the_server(
    server: Superset, tmp_path: Path
) -> None:
    with browser(tmp_path / "profile") as socket:
        page = new_page(socket)
        page.look(width=1600, height=3600)
        page.call("Network.setCookie", name="session", value=server.cookie(), url=server.address)
        page.call("Page.navigate", url=f"{server.address}/superset/dashboard/demarche/")
        wait_for(page, DRAWN)
        text = page.run("document.body.innerText")
        (tmp_path / "dashboard.png").write_bytes(page.picture(is_whole=False))
    for title in server.charts:
        assert title in text
    for wrong in ("error", "No results", "No data", "went wrong"):
        assert wrong.lower() not in text.lower()
    elsewhere = [a for a in page.requests if not a.startswith((server.address, "data:", "blob:"))]
    refused = [c for c in page.complaints if "Content Security Policy" in c]
    assert len(elsewhere) == len(refused), (elsewhere, page.complaints)


def wait_for(page: Page, script: str) -> None:
    """Wait until `script` is true; the first page of a server takes a while."""
    for _ in range(3):
        try:
            return page.wait(script)
        except (AssertionError, TimeoutError):
            continue
    return page.wait(script)
