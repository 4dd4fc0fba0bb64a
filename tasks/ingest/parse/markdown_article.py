"""Markdown: optional front matter, one heading as title, markup reduced to text."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.draft import Draft, Published
from tasks.ingest.parse.lines import Line
from warehouse.tables import BlockKind

FENCE = "---"
FIELD = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:\s*(.*)")
KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "list_item": "list_item",
    "blockquote": "quote",
}
"""Kinds of block by the names of markdown-it's tokens."""

FRONT_NAMES = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical_url", "permalink"),
    "byline": ("byline", "author", "authors"),
    "publisher": ("publisher", "outlet", "publication"),
    "original_source": ("source", "original_source"),
    "published": ("published", "published_at", "published_on", "date"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
}
"""Names that front matter may use for each field."""


def markdown_draft(text: str, *, url: str | None = None) -> Draft:
    """Return the draft of a Markdown document, found at `url` where that is known."""
    front, source = _front_matter(text.replace("\r\n", "\n"))
    heading, tokens = _title(MarkdownIt("commonmark").enable("table").parse(source))
    fields = {
        field: next((front[name] for name in names if front.get(name)), None)
        for field, names in FRONT_NAMES.items()
    }
    day = parse_date(fields["published"] or "")
    return Draft(
        lines=tuple(_blocks(tokens)),
        title=fields["title"] or heading,
        byline=fields["byline"],
        publisher=fields["publisher"],
        original_source=fields["original_source"],
        url=fields["url"] or url,
        published=(Published(*day, "meta"),) if day else (),
        language=fields["language"],
        section=fields["section"],
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the `key: value` lines between two fences at the top, and the rest.

    A small part of YAML: values are plain or quoted strings, lists are joined by commas.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return {}, text
    fields: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in (FENCE, "..."):
            return fields, "\n".join(lines[number + 1 :])
        match = FIELD.fullmatch(line.rstrip())
        if match:
            key = match[1].casefold().replace("-", "_").replace(" ", "_")
            values = match[2].strip("[]").split(",") if match[2].startswith("[") else [match[2]]
        elif line.lstrip().startswith("- ") and key:
            values = [fields[key], line.lstrip()[2:]]
        else:
            continue
        fields[key] = ", ".join(bare for v in values if (bare := v.strip().strip("\"'")))
    return {}, text


def _title(tokens: Sequence[Token]) -> tuple[str | None, Sequence[Token]]:
    """Return the text of a first-level heading that opens the document, and the other tokens."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _inline(tokens[1]), tokens[3:]
    return None, tokens


def _blocks(tokens: Sequence[Token]) -> Iterator[Line]:
    """Yield the blocks; a paragraph in a list item or a quotation takes its kind."""
    around: list[BlockKind] = []
    rows: list[str] = []
    for token in tokens:
        kind = KINDS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if kind and token.nesting:
            around = [*around, kind] if token.nesting > 0 else around[:-1]
        if token.type == "tr_open":
            rows.append("")
        elif token.type == "table_close":
            yield Line("table", "\n".join(row.strip(" |") for row in rows))
            rows = []
        elif token.type == "inline" and rows:
            rows[-1] += f"{_inline(token)} | "
        elif token.type == "inline":
            yield Line(around[-1] if around else "paragraph", _inline(token))
        elif token.type in ("fence", "code_block"):
            yield Line("paragraph", token.content)


def _inline(token: Token) -> str:
    """Return the words of an inline token; images, HTML tags and link targets are left out."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
