"""The report in a real browser: nothing asked of the network, every mark leads to its sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reporting.browser import Page, browser, installed, new_page
from tests.reporting.given import AGAINST, content_of, rows_of

pytestmark = pytest.mark.skipif(
    installed() is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
)

OPENED = """(() => {
    const empty = [], dialog = document.getElementById('evidence');
    for (const node of document.querySelectorAll('[data-mark]')) {
        node.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));
        const title = document.getElementById('evidence-title').textContent;
        const items = document.querySelectorAll('#evidence-list li').length;
        if (!dialog.open || !items || title !== node.getAttribute('aria-label')) {
            empty.push(node.getAttribute('aria-label'));
        }
        dialog.close();
    }
    return empty;
})()"""
"""Opens every mark; returns those that lead nowhere or elsewhere."""
CELL = "document.querySelector('#chart-stance [data-mark][aria-label^=\"Ruritania on\"]')"
IS_OPEN = "document.getElementById('evidence').open"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as socket:
        yield new_page(socket)


@pytest.fixture(autouse=True)
def opened(page: Page, written: Path) -> Iterator[None]:
    """The report, opened anew; whatever a test does, nothing is asked for and nothing complains."""
    page.look(width=1280, height=900)
    page.requests.clear()
    page.complaints.clear()
    page.open(written)
    yield
    asked = [address for address in page.requests if not address.startswith("data:")]
    assert asked == [written.resolve().as_uri()]
    assert page.complaints == []
    assert page.run("window.harmed === undefined")


def test_each_row_is_a_mark_and_each_mark_opens_its_evidence(page: Page, written: Path) -> None:
    content = content_of(written.read_text(encoding="utf-8"))
    for chart in ("coverage", "stance", "timeline", "quotes", "rejected"):
        marks = page.run(f"document.querySelectorAll('#chart-{chart} [data-mark]').length")
        assert marks == len(rows_of(content, chart)), chart
    in_course = page.run("document.querySelectorAll('#chart-course0 [data-mark]').length")
    assert in_course == 13  # twelve positions and a change
    assert page.run(OPENED) == []


def test_a_click_leads_to_the_sentence_its_outlet_and_link(page: Page) -> None:
    page.click(CELL)
    assert page.run(IS_OPEN)
    assert page.run("document.querySelector('#evidence-list mark').textContent") == AGAINST
    assert page.run("document.querySelector('#evidence-list a').href") == (
        "https://news.example/11"
    )
    assert "Gazette, 2024-03-12" in page.run("document.querySelector('#evidence-list p').innerText")
    page.press("Escape")
    assert not page.run(IS_OPEN)


def test_a_button_of_a_table_leads_there_too(page: Page) -> None:
    page.run("document.querySelectorAll('details').forEach(node => node.open = true)")
    page.click("document.querySelector('td button[data-key^=s]')")
    assert page.run("document.querySelectorAll('#evidence-list li').length") >= 1


def test_all_is_reached_by_keyboard(page: Page) -> None:
    page.run("document.querySelector('#chart-timeline').parentNode.scrollIntoView()")
    stops = set()
    for _ in range(60):
        page.press("Tab")
        stops.add(page.run("document.activeElement.closest('.chart')?.id ?? ''"))
    assert {"chart-coverage", "chart-company", "chart-stance", "chart-timeline"} <= stops
    page.run("document.querySelector('#chart-coverage [tabindex=\"0\"]').focus()")
    first = page.run("document.activeElement.getAttribute('aria-label')")
    page.press("ArrowRight")
    assert page.run("document.activeElement.getAttribute('aria-label')") != first
    page.press("ArrowLeft")
    page.press("Enter")
    assert page.run("document.getElementById('evidence-title').textContent") == first
    page.press("Escape")
    assert page.run("document.activeElement.getAttribute('aria-label')") == first


def test_a_screen_reader_hears_what_a_mark_says(page: Page) -> None:
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    heard = {
        node["name"]["value"]
        for node in nodes
        if node.get("role", {}).get("value") == "button" and "name" in node
    }
    assert any(name.startswith("Ruritania on Freedonia: mean -0.0") for name in heard)
    assert "wrong type: 1 item" in heard


@pytest.mark.parametrize("width", [360, 768])
def test_the_page_is_not_wider_than_a_small_screen(page: Page, width: int) -> None:
    page.look(width=width, height=800)
    page.wait("document.querySelector('#chart-timeline svg').clientWidth <= innerWidth")
    page.run("document.querySelectorAll('details').forEach(node => node.open = true)")
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run(OPENED) == []


def test_colours_follow_the_theme(page: Page) -> None:
    colours = (
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('#chart-quotes [data-mark]')).fill]"
    )
    light = page.run(colours)
    page.look(width=1280, height=900, scheme="dark")
    dark = page.run(colours)
    assert light == ["rgb(255, 255, 255)", "rgb(31, 120, 180)"]
    assert dark == ["rgb(20, 23, 27)", "rgb(86, 168, 221)"]


def test_it_prints_with_its_tables(page: Page) -> None:
    page.run(
        "addEventListener('beforeprint', () => { window.unfolded = "
        "!document.querySelector('details:not([open])') })"
    )
    assert page.pdf().startswith(b"%PDF")
    assert page.run("window.unfolded")
    assert page.run("document.querySelectorAll('details:not([open])').length") > 0


def test_without_scripts_the_tables_are_there(page: Page) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Page.reload")
    try:
        page.wait("document.querySelector('noscript p')?.innerText.includes('JavaScript is off')")
    finally:
        page.call("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run("document.querySelectorAll('table').length") == 7
    page.requests.pop()
