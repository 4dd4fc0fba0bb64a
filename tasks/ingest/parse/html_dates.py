"""Publication dates that a page declares: JSON-LD, meta tags, `<time>`.

Dates guessed from the text, a copyright line or the time of the download are not looked for.
"""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.draft import Published
from tasks.ingest.parse.jsonld import Node, declared_dates
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

ANY_TIME = (
    "//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::li or ancestor::nav)]"
)
TIME_PATHS = (
    "//time[@pubdate or @itemprop='datePublished']",
    "//article//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::li)]",
)


def page_dates(tree: HtmlElement, nodes: Sequence[Node]) -> Iterator[Published]:
    """Yield the declared publication dates of a page, the most trustworthy first.

    `nodes` are the JSON-LD nodes of its article.
    """
    yield from _read(declared_dates(nodes), "jsonld")
    yield from _read(_meta_dates(tree), "meta")
    for path in TIME_PATHS:
        times = tree.xpath(path)[:1]
        yield from _read((t.get("datetime") or t.text_content() for t in times), "meta")
    if len(only := {t.get("datetime") for t in tree.xpath(ANY_TIME)}) == 1:
        yield from _read(iter(only), "meta")


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
