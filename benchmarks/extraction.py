"""How well is the main text of pages found, beside trafilatura as it comes?"""

import time
from collections.abc import Callable

from trafilatura import extract

from benchmarks.result import Options, Result, Row, given_file
from flows.evaluation.extraction import FOLDER, TRUTH, Page, main_text, read_pages, scores


def measure(options: Options) -> Result:
    """Score demarche and plain trafilatura on the same pages."""
    pages = read_pages(given_file(options, str(FOLDER / TRUTH)).parent)
    plain, plain_row = _scored("trafilatura", pages, lambda page: extract(page.html) or "")
    ours, our_row = _scored("demarche", pages, main_text)
    is_worse = ours["f1"] < plain["f1"]
    failures = ["main text is found less well than by plain trafilatura"] * is_worse
    return Result(rows=[plain_row, our_row], figures={"pages": len(pages)}, failures=failures)


def _scored(
    name: str, pages: list[Page], read: Callable[[Page], str]
) -> tuple[dict[str, float], Row]:
    begun = time.perf_counter()
    found = scores([(page.marked, read(page)) for page in pages])
    return found, {"reader": name, **found, "seconds": round(time.perf_counter() - begun, 2)}
