"""Mentions of entities in an article: who is named where, and how.

Each kind of mention has its own module and is one line of `_named`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.extract.document import Document
from tasks.extract.model_names import model_names
from tasks.extract.names import LABELS, MASKED, Named, longest, registry_names
from tasks.extract.nominals import nominal_mentions
from tasks.extract.people import authors, repeated_names
from tasks.extract.quotes import find_quotes
from tasks.ids import row_id
from tasks.registry import Registry
from warehouse.tables import Acronym, Mention, MentionLabel


def find_mentions(
    document: Document, registry: Registry, acronyms: Sequence[Acronym]
) -> list[Mention]:
    """Return one row a mention, in order and without overlaps; a leading 'the' of a name and a
    possessive ending stay outside."""
    article = document.article
    rows: list[Mention] = []
    for named in _named(document, registry, acronyms):
        rows.append(
            Mention(
                mention_id=row_id("mentions", article.article_id, named.start, named.end),
                article_id=article.article_id,
                sentence_id=document.sentence_at(named.start).sentence_id,
                start_char=named.start,
                end_char=named.end,
                surface=article.text[named.start : named.end],
                label=named.label,
                kind=named.kind,
                entity_id=named.entity_id,
                method=named.method,
                confidence=named.confidence,
            )
        )
    return rows


def _named(document: Document, registry: Registry, acronyms: Sequence[Acronym]) -> list[Named]:
    """Return all names, then what refers back to them; on equal spans the first source wins."""
    text = document.article.text
    known = _resolved(
        [*_acronym_names(text, acronyms, registry), *registry_names(document.doc, registry)]
    )
    named = [one for one in known if one.method != MASKED]
    named = _resolved([*named, *authors(text, document.article.byline)])
    named = _resolved([*named, *model_names(document.doc, named)])
    named = _without_shadowed(text, named)
    named = _resolved([*repeated_names(text, named, registry), *named])
    return _resolved([*named, *nominal_mentions(text, named, find_quotes(text), registry)])


def _resolved(named: Iterable[Named]) -> list[Named]:
    """Return the longest of overlapping names, in order."""
    first: dict[tuple[int, int], Named] = {}
    for one in named:
        first.setdefault((one.start, one.end), one)
    return [first[span] for span in longest(list(first))]


def _without_shadowed(text: str, named: Sequence[Named]) -> list[Named]:
    """Drop a registry person's bare surname where the text names others, and not that person.

    'Trump' in a text that names only 'Mary Trump' in full is not taken for the registry's.
    """
    owners: dict[str, set[str | None]] = {}
    for one in named:
        words = text[one.start : one.end].split()
        if one.label == "PERSON" and len(words) > 1:
            owners.setdefault(words[-1], set()).add(one.entity_id)
    kept: list[Named] = []
    for one in named:
        surface = text[one.start : one.end]
        rivals = owners.get(surface, set()) - {one.entity_id}
        if one.label == "PERSON" and one.method == "registry" and rivals:
            continue
        kept.append(one)
    return kept


def _acronym_names(text: str, acronyms: Sequence[Acronym], registry: Registry) -> list[Named]:
    """Return every place of the short and long forms that the article defines."""
    forms: dict[str, Named] = {}
    for acronym in acronyms:
        entity_id = acronym.entity_id
        if entity_id is None:
            continue
        entity = registry.by_id.get(entity_id)
        label: MentionLabel = "ORG" if entity_id.startswith("organisation:") else "MISC"
        label = LABELS[entity.type] if entity else label
        blank = Named(0, 0, entity_id, "acronym", label, "acronym:defined", 0.9)
        forms.setdefault(acronym.acronym, blank)
        if entity is None:
            forms.setdefault(acronym.expansion, replace(blank, kind="name"))
    if not forms:
        return []
    by_length = sorted(forms, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, by_length)) + r")(?!\w)")
    return [
        replace(forms[match.group()], start=match.start(), end=match.end())
        for match in pattern.finditer(text)
    ]
