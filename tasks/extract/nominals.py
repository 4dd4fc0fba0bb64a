"""Roles without a name: 'the envoy' named before, and 'the US president' by the date."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tasks.extract.document import Document
from tasks.extract.names import Named
from tasks.extract.roles import HEAD, role_after, role_before
from tasks.registry import Registry

Holders = Sequence[tuple[int, str]]
"""Where persons who hold a role are first named, and who they are, in order."""
_LESSER = re.compile(r"\b(?:vice|deputy|former|ex|assistant|under)[ -]*$")
_ROLE_NOUN = re.compile(
    r"\b[Tt]he ((?i:envoy|ambassador|minister|president|prime minister|secretary-general|premier|"
    r"chancellor|spokesman|spokeswoman|spokesperson|senator|governor|commander|diplomat))\b"
    r"(?! (?:of|for|to|at|in|from|on|[A-Z]))(?!-)"
)

_OFFICE = re.compile(
    r" (president|vice president|prime minister|foreign minister|defen[cs]e minister|"
    r"foreign secretary|secretary of state|secretary of defense|chancellor|premier|king)\b"
    r"(?! [A-Z]| (?:of|for|at)\b|-|\(|['\u2019]?s [A-Z])"
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
    text: str, known: Sequence[Named], registry: Registry, day: date | None
) -> dict[str, list[tuple[int, str]]]:
    """Return, for each role noun, where persons who hold it on `day` are first named, in order.

    A vice president is no president. Without a day, every role that the registry has counts.
    """
    words: dict[str, list[tuple[int, str]]] = {}
    seen: set[tuple[str, str]] = set()
    for named in known:
        if named.label != "PERSON" or named.entity_id is None:
            continue
        spans = (role_before(text, named.start), role_after(text, named.end))
        roles = [text[s:e].lower() for span in spans if span for s, e in [span]]
        roles += [r.role.lower() for r in registry.offices(named.entity_id, day)]
        for role in roles:
            for head in HEAD.finditer(role):
                if _LESSER.search(role[: head.start()]) or role.startswith("-elect", head.end()):
                    continue
                key = (head.group(), named.entity_id)
                if key not in seen:
                    seen.add(key)
                    words.setdefault(head.group(), []).append((named.start, named.entity_id))
    return words


def role_nouns(text: str, roles: Mapping[str, Holders]) -> Iterator[Named]:
    """Yield each role noun before which exactly one person of that role is named."""
    for match in _ROLE_NOUN.finditer(text):
        holders = roles.get(match.group(1).lower(), ())[:2]  # in order, and no one twice
        before = [entity_id for start, entity_id in holders if start < match.start()]
        if len(before) == 1:
            yield Named(*match.span(), before[0], "nominal", "PERSON", "nominal:single_role", 0.7)
