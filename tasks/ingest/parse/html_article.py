"""HTML pages: main text by trafilatura, head from JSON-LD, meta tags and links."""

import re
from urllib.parse import urljoin, urlsplit

from courlan import extract_domain
from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types
from trafilatura import extract_metadata
from trafilatura.utils import load_html

from tasks.ingest.parse.draft import Draft
from tasks.ingest.parse.html_body import main_lines
from tasks.ingest.parse.html_captions import take_captions, with_captions
from tasks.ingest.parse.html_dates import page_dates
from tasks.ingest.parse.html_pieces import join_pieces
from tasks.ingest.parse.identity import canonical_url
from tasks.ingest.parse.jsonld import Node, article_nodes, declared_authors, declared_name
from tasks.records import Refusal

NO_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+$|https?:|copyright|\u00a9", re.I)
ENCODING_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
NO_DATE_SEARCH = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""trafilatura always asks for a date; its guess is not used, so it shall not search for one."""

LONG_TAG = re.compile(r"<[^<>]{20000,}")
MAX_ATTRIBUTES = 2_000
MAX_ELEMENTS = 20_000
"""The largest of the 60 pages of the extraction benchmark (2019) has 1,584; the time that
trafilatura takes grows with the square: two or three seconds at this limit."""

SEPARATORS = "-|\u2013\u2014\u2022\u00b7:"
MIN_TITLE = 10
"""A shorter beginning of a title may be a kicker, 'Opinion: ...', instead of the title."""

SOURCE_METAS = ("article:source", "dc.source", "original-source", "syndication-source", "source")
AMP_CACHE = ".cdn.ampproject.org"


def page_draft(html: str, *, url: str | None) -> Draft | Refusal:
    """Return the draft of the page `html`, found at `url` where that is known."""
    html = LONG_TAG.sub(_shorter, ENCODING_PROLOGUE.sub("", html))
    if "html" not in html[:50].lower():  # where trafilatura looks; a fragment is welcome too
        html = "<html>" + html
    tree = load_html(html)
    if tree is None:
        return Refusal("no_text", "no page in it; deliver the article's own HTML")
    if (size := sum(1 for _ in tree.iter())) > MAX_ELEMENTS:
        return Refusal("too_large", f"page of {size} elements; at most {MAX_ELEMENTS} are read")
    nodes = article_nodes(tree)
    metadata = extract_metadata(tree, url, NO_DATE_SEARCH)
    site = _site(metadata.sitename) or _site(declared_name(nodes, "publisher"))
    titles = _titles(tree, nodes)
    byline, organisations = _authors(nodes, metadata.author)
    captions = take_captions(tree)
    join_pieces(tree)
    return Draft(
        lines=tuple(with_captions(main_lines(tree, titles=titles), captions)),
        title=_headline(metadata.title, titles, site),
        byline=byline,
        organisations=organisations,
        publisher=site,
        original_source=_source(tree, nodes, url),
        url=url,
        canonical=_canonical(tree, url),
        published=tuple(page_dates(tree, nodes)),
        language=tree.get("lang") or tree.get("xml:lang"),
        section=_meta(tree, "article:section"),
    )


def _shorter(tag: re.Match[str]) -> str:
    """Leave out the attributes of a tag with thousands: libxml2 compares each with each."""
    return tag[0] if len(tag[0].split()) <= MAX_ATTRIBUTES else tag[0].split()[0]


def _authors(nodes: list[Node], guessed: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the line of authors, and which of them are declared to be organisations."""
    declared = [author for author in declared_authors(nodes) if "://" not in author.name]
    if declared:
        bodies = tuple(author.name for author in declared if author.is_body)
        return "; ".join(author.name for author in declared), bodies
    return guessed, ()


def _site(name: str | None) -> str | None:
    """Return a site's name; trafilatura also gives its host, its address or a copyright line."""
    return None if name is None or NO_SITE.match(name) else name


def _headline(title: str | None, titles: list[str], site: str | None) -> str | None:
    """Return `title` without the site's name that templates put behind it.

    It ends where another of the page's `titles` does, or where the name of the `site` begins.
    """
    for shorter in titles:
        rest = title.removeprefix(shorter).lstrip() if title else ""
        if len(shorter) >= MIN_TITLE and rest != title and rest[:1] in tuple(SEPARATORS):
            return shorter
    if title and site and title.casefold().endswith(site.casefold()):
        head = title[: len(title) - len(site)].rstrip()
        return head.rstrip(SEPARATORS + " ") or title if head[-1:] in tuple(SEPARATORS) else title
    return title


def _titles(tree: HtmlElement, nodes: list[Node]) -> list[str]:
    """Return the headlines that the page declares: two may differ by a word."""
    first = tree.xpath("//h1")
    heads = [" ".join(first[0].text_content().split())] if len(first) == 1 else []
    metas = [_meta(tree, name) for name in ("og:title", "twitter:title", "title")]
    titles = [*heads, *metas, declared_name(nodes, "headline"), tree.findtext(".//title")]
    return [title for title in titles if title]


def _source(tree: HtmlElement, nodes: list[Node], url: str | None) -> str | None:
    """Return the outlet from which the page says that it took its article."""
    given = declared_name(nodes, "isBasedOn", "sourceOrganization")
    found = given or next((value for name in SOURCE_METAS if (value := _meta(tree, name))), None)
    if not found or not found.startswith(("http://", "https://")):
        return found
    host = (canonical_url(found) or "").removeprefix("https://").partition("/")[0]
    return host if host and not _is_same_site(found, url or _meta(tree, "og:url")) else None


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    """Return the address that the page declares as its own.

    A link to the front page, which careless templates put on every page, does not count; nor
    does one to another site than `url`'s, which would let any page pass for any other.
    """
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    own = _meta(tree, "og:url")
    for link in [*links, own]:
        try:
            found = link and urljoin(url or own or "", link.strip())
        except ValueError:
            continue
        if not found or (canonical_url(found) or "").count("/") <= 2:
            continue
        if url is None or _is_same_site(found, url):
            return str(found)
    return None


def _is_same_site(first: str, second: str | None) -> bool:
    """Tell whether two addresses have one registered domain, or one is an AMP copy."""
    hosts = [_host(first), _host(second or "")]
    if any(host.endswith(AMP_CACHE) for host in hosts) or hosts[0] == hosts[1]:
        return True
    return extract_domain(first) == extract_domain(second or "") is not None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _meta(tree: HtmlElement, name: str) -> str | None:
    values = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return next((str(value).strip() for value in values if value.strip()), None)
