"""What a page says of its article in JSON-LD, in the words of schema.org."""

import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lxml.html import HtmlElement  # type: ignore[import-untyped]  # ships no types

ARTICLE_TYPES = ("article", "posting", "report", "page")
"""Parts of the names of types, the surest first: NewsArticle, BlogPosting, Report, WebPage."""

MAX_NODES = 10_000
"""Parts of one JSON-LD script that are looked at."""

Node = dict[str, Any]


class Author(NamedTuple):
    """An author as declared; `is_body` says that it is declared to be an organisation."""

    name: str
    is_body: bool


def article_nodes(tree: HtmlElement) -> list[Node]:
    """Return the nodes that describe articles, then those that describe pages."""
    nodes = [node for script in _scripts(tree) for node in _objects(script)]
    return [
        node
        for kind in ARTICLE_TYPES
        for node in nodes
        if kind in str(node.get("@type", "")).lower()
    ]


def declared_dates(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the values of `datePublished`, the surest first."""
    return (value for node in nodes if isinstance(value := node.get("datePublished"), str))


def declared_authors(nodes: Sequence[Node]) -> list[Author]:
    """Return the authors of the first node that names any."""
    for node in nodes:
        given = node.get("author")
        found = [
            Author(name, "organization" in str(_field(one, "@type")).lower())
            for one in (given if isinstance(given, list) else [given])
            if (name := _name(one))
        ]
        if found:
            return found
    return []


def declared_name(nodes: Sequence[Node], *fields: str) -> str | None:
    """Return the first name or address that one of `fields` gives."""
    values = (node.get(field) for field in fields for node in nodes)
    return next((name for value in values if (name := _name(value))), None)


def _name(value: object) -> str | None:
    """Return the name in a text, an object or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    for found in (value, _field(value, "name"), _field(value, "url"), _field(value, "@id")):
        if isinstance(found, str) and found.strip():
            return found.strip()
    return None


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _scripts(tree: HtmlElement) -> Iterator[object]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue


def _objects(root: object) -> Iterator[Node]:
    pending, seen = deque([root]), 0
    while pending and seen < MAX_NODES:
        node = pending.popleft()
        seen += 1
        if isinstance(node, dict):
            yield node
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
