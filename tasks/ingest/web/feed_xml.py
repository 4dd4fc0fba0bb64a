"""Make a feed's XML well-formed, shallow and harmless before feedparser reads it.

feedparser reads well-formed XML in linear time. What is not well-formed it reads with regular
expressions, some of which take quadratic time, and it joins nested `xml:base` without limit. So
libxml2, which mends as it reads and is bounded in depth and in entities, goes first.
"""

import re
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.web.entries import MAX_ADDRESS
from tasks.ingest.web.xml_text import broken_off, mended_xml
from tasks.records import Refusal

MAX_TAGS = 500_000
"""Tags of a feed: 50,000 entries of five elements. A tree of so many takes some 80 MB."""

MAX_NAMESPACES = 100
"""Namespaces of a feed, through which feedparser looks for each element; feeds use up to 20."""

MAX_NAME = 200
"""Characters of an author; feedparser looks for e-mail addresses in them in quadratic time."""

NAMES = frozenset(
    {"author", "creator", "managingeditor", "webmaster", "publisher", "name", "email"}
)
UNREAD = frozenset({"category", "height", "image", "keywords", "license", "textinput", "width"})
UNREAD_SPACES = ("georss.org", "opengis.net/gml", "podlove.org", "creativecommons")
"""Elements not needed, on whose mistakes feedparser breaks off and so loses the whole feed."""

ENTRIES = frozenset({"item", "entry"})
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}
"""Namespaces of prefixes that are used without being declared."""

UNDECLARED = "urn:undeclared"

NAMESPACE = re.compile(r"""xmlns(?::[\w.-]{1,50})?\s?=\s?["']([^"'<>]{0,200})""")


class FeedXml(NamedTuple):
    """A feed as UTF-8 XML, and why its end is missing, where it is."""

    content: bytes
    broken_off: Refusal | None


def feed_xml(text: str, *, url: str, max_entries: int) -> FeedXml | Refusal:
    """Return the feed, mended and bounded, with `max_entries` + 1 entries at most."""
    if text.count("<") > MAX_TAGS:
        return Refusal("too_large", f"more than {MAX_TAGS:,} tags; read a shorter feed of the site")
    if len(set(NAMESPACE.findall(text))) > MAX_NAMESPACES:
        return Refusal("malformed", f"more than {MAX_NAMESPACES} namespaces; no feed needs them")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(mended_xml(text).encode(), parser, base_url=url)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Refusal("malformed", "no XML that could be mended; ask the outlet to mend it")
    _bound(root, max_entries)
    return FeedXml(etree.tostring(root, encoding="utf-8"), broken_off(parser))


def _bound(root: etree._Element, max_entries: int) -> None:
    """Bound what feedparser has no bound for; see the constants above."""
    entries = 0
    for element in list(root.iter(etree.Element)):
        _undeclared(element)
        _bound_attributes(element)
        space, _, name = str(element.tag).lower().rpartition("}")
        is_unread = name in UNREAD or any(part in space for part in UNREAD_SPACES)
        if name in NAMES:
            _keep_name(element)
        entries += name in ENTRIES
        if is_unread or (name in ENTRIES and entries > max_entries + 1):
            _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)  # with its tail, which in a feed is white space


def _keep_name(element: etree._Element) -> None:
    """Leave of `ana@news.example (Ana Belo)` the name, which feedparser does not always."""
    if len("".join(element.itertext())) > MAX_NAME:
        element.clear(keep_tail=True)
    elif element.text and "@" in element.text:
        words = [word for word in element.text.split() if "@" not in word]
        element.text = " ".join(words).strip("()<> ")


def _bound_attributes(element: etree._Element) -> None:
    """Drop overlong attributes; make `xml:base` absolute, so that bases do not grow in depth."""
    for name, value in element.attrib.items():
        is_undeclared = ":" in str(name).rpartition("}")[2]
        if len(value) > MAX_ADDRESS or is_undeclared:
            del element.attrib[name]
    base = element.attrib.pop("base", None)
    if base is not None:
        element.attrib.setdefault(XML_BASE, base)
    if XML_BASE in element.attrib:
        absolute = element.base or ""
        if len(absolute) > MAX_ADDRESS:
            del element.attrib[XML_BASE]
        else:
            element.set(XML_BASE, absolute)


def _undeclared(element: etree._Element) -> None:
    """Give an element whose prefix is declared nowhere a namespace."""
    prefix, colon, name = str(element.tag).partition(":")
    if colon and not prefix.startswith("{"):
        try:
            element.tag = f"{{{PREFIXES.get(prefix.lower(), UNDECLARED)}}}{name}"
        except ValueError:  # nothing after the colon, or nothing that is a name
            element.tag = f"{{{UNDECLARED}}}x"
