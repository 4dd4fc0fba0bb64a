"""Sitemaps and sitemap indexes (sitemaps.org, 0.9) with Google's extension for news.

Read as a stream of events, so that no tree is built, however large or deep the file. Elements are
told by their local names, since the namespace is given in many forms or not at all. Nothing
outside the file is ever read, and libxml2 ends entities that multiply.
"""

from collections.abc import Mapping

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from tasks.ingest.web.entries import (
    END,
    MAX_LINE,
    Child,
    Entry,
    Listing,
    absolute_address,
    language_tag,
    plain_line,
    published,
    too_many,
    updated,
)
from tasks.ingest.web.xml_text import broken_off, mended_xml
from tasks.records import Refusal

PIECE = 1 << 16
"""Characters given to the parser at a time; it is stopped between two pieces."""

WANTED: Mapping[tuple[str, str], str] = {
    ("url", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "loc"): "loc",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
    ("publication", "name"): "publisher",
    ("publication", "language"): "language",
}
"""What is kept of an entry, by parent and element; an `image:loc` is no address of an article."""


def read_sitemap(text: str, *, url: str, max_entries: int) -> Listing:
    """Return the entries of a sitemap, or the children of an index, as far as they can be read."""
    target = _Target(url, max_entries)
    parser = etree.XMLParser(
        target=target,
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    text = mended_xml(text)
    try:
        for start in range(0, len(text), PIECE):
            parser.feed(text[start : start + PIECE].encode())
            if target.is_full:
                break
        parser.close()
    except etree.XMLSyntaxError:  # past repair from here on; what was read before counts
        pass
    if broken := broken_off(parser):
        target.refused[url + END] = broken
    return Listing(
        kind="sitemap",
        entries=tuple(target.entries.values()),
        refused=tuple(target.refused.items()),
        children=tuple(target.children.values()),
    )


class _Target:
    """Takes the parser's events; keeps the fields of the entry that is open."""

    def __init__(self, url: str, max_entries: int) -> None:
        self.url, self.max_entries = url, max_entries
        self.entries: dict[str, Entry] = {}
        self.children: dict[str, Child] = {}
        self.refused: dict[str, Refusal] = {}
        self.position = 0
        self.is_full = False
        self._path: list[str] = [""]
        self._fields: dict[str, str] = {}
        self._text: list[str] | None = None
        self._length = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """Open an element."""
        name = _local(tag)
        if name in ("url", "sitemap"):
            self._fields = {}
        wanted = (self._path[-1], name) in WANTED
        self._text, self._length = ([] if wanted else None), 0
        self._path.append(name)

    def data(self, text: str) -> None:
        """Take characters; of a value that is far too long only the start is kept."""
        if self._text is not None and self._length <= 10 * MAX_LINE:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        """Close an element, and with the last one the entry."""
        name = self._path.pop() if len(self._path) > 1 else _local(tag)
        if self._text is not None:
            field = WANTED.get((self._path[-1], name))
            if field:
                self._fields.setdefault(field, "".join(self._text).strip())
            self._text = None
        if name in ("url", "sitemap") and not self.is_full:
            self._close(name)
            self._fields = {}

    def comment(self, text: str) -> None:
        """Pass over comments, which must not end the text around them."""

    def close(self) -> None:
        """End of the file; an entry that was cut off is none."""

    def _close(self, name: str) -> None:
        self.position += 1
        ref = f"{self.url}#{self.position}"
        if self.position > self.max_entries:
            self.is_full = True
            self.refused[ref] = too_many(self.max_entries)
            return
        address = self._address()
        if isinstance(address, Refusal):
            self.refused[ref] = address
        elif name == "sitemap":
            self.children.setdefault(address, Child(address, updated(self._fields.get("lastmod"))))
        else:
            self.entries.setdefault(address, _entry(address, self._fields))

    def _address(self) -> str | Refusal:
        link = self._fields.get("loc")
        if not link:
            return Refusal(
                "empty", f"entry {self.position:,} names no address; correct the sitemap"
            )
        return absolute_address(link, base=self.url)


def _entry(address: str, fields: Mapping[str, str]) -> Entry:
    day, moment = published(fields.get("published"))
    return Entry(
        url=address,
        ref=address,
        title=plain_line(fields.get("title"), is_html=True),
        publisher=plain_line(fields.get("publisher"), is_html=True),
        language=language_tag(fields.get("language")),
        published_on=day,
        published_at=moment,
        updated_at=updated(fields.get("lastmod")),
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()
