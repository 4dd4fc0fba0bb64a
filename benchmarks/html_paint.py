"""When a page is seen: Chromium's own figures for its first paint, and when all is drawn."""

import tempfile
from pathlib import Path

from tests.reporting.browser import browser, installed, new_page

TIMES = 5


def paints(path: Path, work: Path) -> list[tuple[float, float]]:
    """Return milliseconds to the first paint with content and until all is drawn, each time anew.

    Empty where there is no Chromium.
    """
    if installed() is None:
        return []
    seen = []
    with (
        tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as profile,
        browser(Path(profile)) as socket,
    ):
        for _ in range(TIMES):
            page = new_page(socket)
            page.open(path)
            drawn = page.run("performance.now()")
            page.wait("performance.getEntriesByName('first-contentful-paint').length > 0")
            first = page.run("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            seen.append((float(first), float(drawn)))
    return seen
