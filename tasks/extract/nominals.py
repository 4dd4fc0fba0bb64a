"""Roles without a name: 'the envoy' named before, and 'the US president' by the date."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.extract.names import Named
from tasks.extract.roles import HEAD, role_after, role_before
from tasks.registry import Registry

Holders = Sequence[tuple[int, str]]
"""Where persons who hold a role are first named, and who they are, in order."""
_ROLE_NOUN = re.compile(
    r"\b[Tt]he ((?i:envoy|ambassador|minister|president|prime minister|secretary-general|premier|"
    r"chancellor|spokesman|spokeswoman|spokesperson|senator|governor|commander|diplomat))\b"
    r"(?! (?:of|for|to|at|in|from|on|[A-Z]))(?!-)"
)

_OFFICE = re.compile(
    r" (president|vice president|prime minister|foreign minister|defen[cs]e minister|"
    r"foreign secretary|secretary of state|secretary of defense|chancellor|premier|king)\b"
    r"(?! [A-Z]|-|\(|['\u2019]?s [A-Z])"
)
_NOT_IN_OFFICE = re.compile(
    r"(?:-|\b(?:no|an?) |\b(?:former|past|previous|late|ex|next|future|first|any|every|each|"
    r"another|becom\w+|became|elect\w*|appoint\w*|succe\w+)\b[^.;]{0,40})$",
    re.IGNORECASE,
)
"""What speaks of another day's holder before 'US president'."""


def office_nouns(document: Document, known: Sequence[Named], registry: Registry) -> Iterator[Named]:
    """Yield 'president' of 'the US president': who held that office when the article appeared.

    Left out where the article is not dated, and where the office changed hands that day.
    """
    article = document.article
    day = article.published_on or article.published_not_before
    if day is None:
        return
    for one in known:
        found = _OFFICE.match(article.text, one.end, one.end + 40)
        entity = registry.by_id.get(one.entity_id or "")
        if found is None or entity is None or entity.type != "state":
            continue
        if _NOT_IN_OFFICE.search(article.text[max(one.start - 50, 0) : one.start]):
            continue
        holder = registry.holder(found.group(1), entity.country_iso3, None, day)
        if holder is not None:
            yield Named(*found.span(1), holder, "nominal", "PERSON", "nominal:office", 0.8)


def role_words(
    text: str, known: Sequence[Named], registry: Registry
) -> dict[str, list[tuple[int, str]]]:
    """Return, for each role noun, where persons of that role are first named, in order."""
    words: dict[str, list[tuple[int, str]]] = {}
    seen: set[tuple[str, str]] = set()
    for named in known:
        if named.label != "PERSON" or named.entity_id is None:
            continue
        spans = (role_before(text, named.start), role_after(text, named.end))
        roles = [text[s:e].lower() for span in spans if span for s, e in [span]]
        roles += [r.role.lower() for r in registry.roles_of.get(named.entity_id, ())]
        for role in roles:
            for head in HEAD.finditer(role):
                key = (head.group(), named.entity_id)
                if key not in seen:
                    seen.add(key)
                    words.setdefault(head.group(), []).append((named.start, named.entity_id))
    return words


def role_nouns(text: str, known: Sequence[Named], registry: Registry) -> Iterator[Named]:
    """Yield each role noun before which exactly one person of that role is named."""
    roles = role_words(text, known, registry)
    for match in _ROLE_NOUN.finditer(text):
        holders = {i for start, i in roles.get(match.group(1).lower(), ()) if start < match.start()}
        if len(holders) == 1:
            yield Named(
                *match.span(), holders.pop(), "nominal", "PERSON", "nominal:single_role", 0.7
            )
