"""HTML pages: main text by trafilatura, head from JSON-LD, meta tags and links."""

import logging
import re
from urllib.parse import urljoin

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types
from trafilatura import extract, extract_metadata
from trafilatura.settings import use_config
from trafilatura.utils import load_html

from tasks.ingest.parse.draft import Draft
from tasks.ingest.parse.encoding import decode
from tasks.ingest.parse.html_dates import page_dates
from tasks.ingest.parse.identity import canonical_url
from tasks.records import Refusal

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

CONFIG = use_config()
CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
CONFIG.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")

CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}|\?xml[^>]{0,99}enc)[^>]{0,9}?(?:charset|oding)\s*=\s*[\"']?([\w.:-]{2,40})",
    re.I,
)
NO_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+$|https?:|copyright|\u00a9", re.I)
HEAD_BYTES = 4096
ENCODING_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
NO_DATE_SEARCH = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""trafilatura always asks for a date; its guess is not used, so it shall not search for one."""


def html_draft(content: bytes) -> Draft | Refusal:
    """Return the draft of a page, or why none can be read."""
    match = CHARSET.search(content[:HEAD_BYTES])
    text = decode(content, declared=match[1].decode() if match else None)
    return text if isinstance(text, Refusal) else page_draft(text, url=None)


def page_draft(html: str, *, url: str | None) -> Draft | Refusal:
    """Return the draft of the page `html`, found at `url` where that is known."""
    html = ENCODING_PROLOGUE.sub("", html)
    if "html" not in html[:50].lower():  # where trafilatura looks; a fragment is welcome too
        html = "<html>" + html
    tree = load_html(html)
    if tree is None:
        return Refusal("no_text", "no page in it; deliver the article's own HTML")
    metadata = extract_metadata(tree, url, NO_DATE_SEARCH)
    site = _site(metadata.sitename)
    text = extract(tree, url=url, include_comments=False, include_tables=True, config=CONFIG) or ""
    return Draft(
        text="\n\n".join(text.split("\n")),
        title=_headline(metadata.title, site),
        byline=metadata.author and metadata.author.replace("; ", ", "),
        publisher=site,
        canonical=_canonical(tree, url),
        published=tuple(page_dates(tree)),
        language=tree.get("lang") or tree.get("xml:lang"),
        section=_meta(tree, "article:section"),
    )


def _site(name: str | None) -> str | None:
    """Return a site's name; trafilatura also gives its host, its address or a copyright line."""
    return None if name is None or NO_SITE.match(name) else name


def _headline(title: str | None, site: str | None) -> str | None:
    """Return `title` without the site's name that templates put behind it."""
    head, mark, tail = (title or "").rpartition(site) if title and site else ("", "", "")
    return head.rstrip(" -|\u2013\u2014\u2022\u00b7:") if head and mark and not tail else title


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    """Return the address that the page declares as its own.

    A link to the front page, which careless templates put on every page, does not count.
    """
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    own = _meta(tree, "og:url")
    for link in [*links, own]:
        try:
            found = link and urljoin(url or own or "", link.strip())
        except ValueError:
            continue
        if found and (canonical_url(found) or "").count("/") > 2:
            return str(found)
    return None


def _meta(tree: HtmlElement, name: str) -> str | None:
    values = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return next((str(value).strip() for value in values if value.strip()), None)
