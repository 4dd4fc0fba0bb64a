"""Publication dates that a page declares: JSON-LD, meta tags, `<time>`.

Dates guessed from the text, a copyright line or the time of the download are not looked for.
"""

import json
from collections.abc import Iterator

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.draft import Published
from warehouse.tables import PublishedMethod

META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "date_published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "date",
)
"""Names of meta tags that give the first publication, the most explicit first."""

TIME_PATHS = (
    "//time[@pubdate or @itemprop='datePublished']",
    "//article//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::li)]",
)
MAX_NODES = 10_000
"""Parts of one JSON-LD script that are looked at."""


def page_dates(tree: HtmlElement) -> Iterator[Published]:
    """Yield the declared publication dates of a page, the most trustworthy first."""
    yield from _read(_jsonld_dates(tree), "jsonld")
    yield from _read(_meta_dates(tree), "meta")
    for path in TIME_PATHS:
        times = tree.xpath(path)[:1]
        yield from _read((t.get("datetime") or t.text_content() for t in times), "meta")


def _read(values: Iterator[str], method: PublishedMethod) -> Iterator[Published]:
    for value in values:
        found = parse_date(value)
        if found:
            yield Published(*found, method)


def _meta_dates(tree: HtmlElement) -> Iterator[str]:
    given: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            given.setdefault((tag.get(attribute) or "").lower(), tag.get("content"))
    return (given[name] for name in META_NAMES if name in given)


def _jsonld_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield `datePublished` of articles, then of pages, in document order."""
    nodes = [node for script in _scripts(tree) for node in _objects(script)]
    for kind in ("article", "posting", "report", "page"):
        for node in nodes:
            value = node.get("datePublished")
            if isinstance(value, str) and kind in str(node.get("@type", "")).lower():
                yield value


def _scripts(tree: HtmlElement) -> Iterator[object]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue


def _objects(root: object) -> Iterator[dict[str, object]]:
    pending, seen = [root], 0
    while pending and seen < MAX_NODES:
        node = pending.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
