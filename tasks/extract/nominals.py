"""Descriptions and pronouns that can only mean one entity named before them.

Conservative on purpose: where two readings are possible nothing is returned. A trained
coreference component may replace `nominal_mentions`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tasks.extract.names import LABELS, Named
from tasks.extract.quotes import Quote
from tasks.extract.roles import HEAD, role_after, role_before
from tasks.language.layout import paragraph_starts
from tasks.registry import Registry

_ROLE_NOUN = re.compile(
    r"\b[Tt]he (envoy|ambassador|minister|president|prime minister|secretary-general|premier|"
    r"chancellor|spokesman|spokeswoman|spokesperson|senator|governor|commander|diplomat)\b"
    r"(?! (?:of|for|to|at|in|from|on|[A-Z]))(?!-)"
)
_GROUP_NOUN = re.compile(r"\b[Tt]he (group|movement|militants|insurgents)\b(?! (?:of|for|[A-Z]))")
_TWO_CAPITALS = re.compile(r"\b(?!The |On |In |As |At )[A-Z][a-zà-ž]+ [A-Z][a-zà-ž]+")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he)\b(?!/)")


def nominal_mentions(
    text: str, known: Sequence[Named], quotes: Sequence[Quote], registry: Registry
) -> list[Named]:
    """Return descriptions and pronouns with a single antecedent.

    'the envoy': exactly one person of that role was named before. 'the group': exactly one armed
    group, and no other organisation, was named before. 'he': outside quotes, exactly one person
    and no unknown name of two words stands earlier in the paragraph, which has no 'she' (and the
    reverse).
    """
    roles = _role_words(text, known, registry)
    found = list(_by_role(text, roles)) + list(_by_group(text, known, registry))
    people = sorted([n for n in known if n.label == "PERSON"] + found, key=lambda n: n.start)
    return sorted([*found, *_pronouns(text, people, quotes)], key=lambda n: n.start)


def _role_words(
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


def _by_role(text: str, roles: dict[str, list[tuple[int, str]]]) -> Iterator[Named]:
    for match in _ROLE_NOUN.finditer(text):
        holders = {i for start, i in roles.get(match.group(1), ()) if start < match.start()}
        if len(holders) == 1:
            yield Named(
                *match.span(), holders.pop(), "nominal", "PERSON", "nominal:single_role", 0.7
            )


def _by_group(text: str, known: Sequence[Named], registry: Registry) -> Iterator[Named]:
    groups: list[tuple[int, str]] = []
    seen: set[str] = set()
    for named in known:
        if named.label == "ORG" and named.entity_id is not None and named.entity_id not in seen:
            seen.add(named.entity_id)
            groups.append((named.start, named.entity_id))
    for match in _GROUP_NOUN.finditer(text):
        before = [i for start, i in groups[:3] if start < match.start()]
        entity = registry.by_id.get(before[0]) if len(before) == 1 else None
        if entity is not None and entity.type == "armed_group":
            label = LABELS[entity.type]
            yield Named(
                *match.span(), entity.entity_id, "nominal", label, "nominal:single_group", 0.65
            )


def _pronouns(text: str, people: Sequence[Named], quotes: Sequence[Quote]) -> Iterator[Named]:
    paragraphs = paragraph_starts(text)
    quote_starts = [q.start for q in quotes]
    matches = list(_PRONOUN.finditer(text))
    used: dict[int, set[str]] = {}
    named_in: dict[int, list[Named]] = {}
    for match in matches:
        paragraph = bisect_right(paragraphs, match.start())
        used.setdefault(paragraph, set()).add(match.group().lower())
    for named in people:
        named_in.setdefault(bisect_right(paragraphs, named.start), []).append(named)
    unknown = _unknown_names(text, people, paragraphs)
    for match in matches:
        paragraph = bisect_right(paragraphs, match.start())
        if unknown.get(paragraph, len(text)) < match.start():
            continue
        inside = bisect_right(quote_starts, match.start()) - 1
        if inside >= 0 and match.start() < quotes[inside].end:
            continue
        before = {n.entity_id for n in named_in.get(paragraph, ()) if n.end <= match.start()}
        if len(before) == 1 and len(used[paragraph]) == 1:
            entity_id = before.pop()
            yield Named(*match.span(), entity_id, "pronoun", "PERSON", "pronoun:single_person", 0.6)


def _unknown_names(text: str, people: Sequence[Named], paragraphs: Sequence[int]) -> dict[int, int]:
    """Return, for each paragraph, where its first run of capitalised words stands that no person
    in `people` covers."""
    covered = {at for n in people for at in range(n.start, n.end)}
    first: dict[int, int] = {}
    for match in _TWO_CAPITALS.finditer(text):
        if covered.isdisjoint(range(*match.span())):
            first.setdefault(bisect_right(paragraphs, match.start()), match.start())
    return first
