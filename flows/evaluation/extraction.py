"""Main text against the text that people marked on pages, by shared runs of four words.

The measure is that of Scrapinghub's article extraction benchmark (2019): for each page,
precision and recall over the multisets of its runs of four `\\w+` tokens; their means over the
pages; F1 of the two means. The marked text, `articleBody`, holds no headline.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from flows.evaluation.errors import EvaluationError
from tasks.ingest.parse import parse
from tasks.records import Parsed, RawItem

TOKEN = re.compile(r"\w+")
RUN = 4
FOLDER = Path("articles", "html-extraction")
TRUTH = "ground-truth.json"
READ_AT = datetime(2100, 1, 1, tzinfo=UTC)
"""Later than any page, so that no date on one is in the future; the text does not depend on it."""


class Page(NamedTuple):
    """A page as it was fetched, and the text that people marked on it."""

    name: str
    html: bytes
    marked: str


def read_pages(data: Path) -> list[Page]:
    """Return the pages below `data`, by name.

    `data` holds `ground-truth.json` and `html/NAME.html.gz`, or is a folder above it that holds
    these in `articles/html-extraction`. Raises EvaluationError.
    """
    folders = (data, data / FOLDER, data / FOLDER.name)
    folder = next((one for one in folders if (one / TRUTH).is_file()), None)
    if folder is None:
        raise EvaluationError(f"{data}: no {TRUTH} in it; give --data the folder that holds it")
    try:
        truth = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
        return [
            Page(
                name,
                gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
                page["articleBody"],
            )
            for name, page in sorted(truth.items())
        ]
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, gzip.BadGzipFile) as error:
        raise EvaluationError(
            f"{folder}: not as expected ({type(error).__name__}: {error}); see {TRUTH}"
        ) from None


def main_text(page: Page) -> str:
    """Return the text that demarche reads on a page, in whatever language; empty: none."""
    raw = RawItem(
        source_id="evaluation",
        item_ref=page.name,
        media_type="text/html",
        raw_ref="0" * 64,
        fetched_at=READ_AT,
        seen_at=READ_AT,
    )
    found = parse(raw, page.html, languages=None)
    return found.article.text if isinstance(found, Parsed) else ""


def evaluate(data: Path) -> tuple[int, dict[str, float]]:
    """Return how many pages `data` has, and precision, recall and F1 on them in per cent."""
    pages = read_pages(data)
    return len(pages), scores((page.marked, main_text(page)) for page in pages)


def scores(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Return precision, recall and F1, in per cent, over pairs of marked and found text.

    A page on which nothing was found, or nothing marked, has no precision, or no recall.
    """
    precisions, recalls = [], []
    for marked, found in pairs:
        wanted, given = runs(marked), runs(found)
        shared = (wanted & given).total()
        if given:
            precisions.append(shared / given.total())
        if wanted:
            recalls.append(shared / wanted.total())
    precision = fmean(precisions) if precisions else 0.0
    recall = fmean(recalls) if recalls else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(100 * f1, 2),
    }


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four tokens of `text`, each with its count; a shorter text is one run."""
    tokens = TOKEN.findall(text)
    starts = range(max(1, len(tokens) - RUN + 1))
    return Counter(run for start in starts if (run := tuple(tokens[start : start + RUN])))
