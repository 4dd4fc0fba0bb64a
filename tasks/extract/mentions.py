"""Mentions of entities in an article: who is named where, and how.

Each kind of mention has its own module and is one line of `_named`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from tasks.extract.document import Document
from tasks.extract.groups import MEMBERS, counted, former_and_latter, own_country
from tasks.extract.model_names import model_names
from tasks.extract.names import LABELS, MASKED, Named, longest, registry_names
from tasks.extract.nominals import office_nouns, role_nouns, role_words
from tasks.extract.organisations import short_organisations
from tasks.extract.people import authors, inner_names, repeated_names
from tasks.extract.references import references
from tasks.extract.roles import find_roles
from tasks.ids import row_id
from tasks.registry import Registry
from warehouse.tables import Acronym, EntityType, Mention


def find_mentions(
    document: Document, registry: Registry, acronyms: Sequence[Acronym]
) -> list[Mention]:
    """Return one row a mention, in order; a leading 'the' of a name and a possessive ending stay
    outside.

    Mentions do not overlap, but those of a counted group ('these four countries'): one row a
    member, all over the same words.
    """
    named = _named(document, registry, acronyms)
    refers = _referring(document, named, registry)
    everything = [*refers, *_counted(document, refers, registry)]
    return [_row(document, one) for one in sorted(everything, key=lambda one: one.start)]


def _row(document: Document, named: Named) -> Mention:
    article = document.article
    extra = (named.entity_id,) if named.method.startswith(MEMBERS) else ()
    return Mention(
        mention_id=row_id("mentions", article.article_id, named.start, named.end, *extra),
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


def _named(document: Document, registry: Registry, acronyms: Sequence[Acronym]) -> list[Named]:
    """Return all names, in order; on equal spans the first source wins."""
    text = document.article.text
    known = _resolved(
        [*_acronym_names(text, acronyms, registry), *registry_names(document.doc, registry)]
    )
    named = [one for one in known if one.method != MASKED]
    named = _resolved([*named, *authors(text, document.article.byline)])
    masks = {at: one for one in known if one.method == MASKED for at in range(one.start, one.end)}
    found = (m for m in model_names(document.doc, named) if not _is_part(m, masks))
    named = _resolved([*named, *found])
    named = _without_shadowed(text, short_organisations(text, named, registry))
    named = _resolved([*repeated_names(text, named, registry), *named])
    return inner_names(text, named)


def _is_part(named: Named, masks: Mapping[int, Named]) -> bool:
    """Tell whether a name is but a part of a mask: 'African' of 'African American'."""
    mask = masks.get(named.start)
    if mask is None:
        return False
    return named.end <= mask.end and named.end - named.start < mask.end - mask.start


def _referring(document: Document, named: Sequence[Named], registry: Registry) -> list[Named]:
    """Return `named` and what refers to it: roles, then pronouns and nouns, then what rests on
    those."""
    text, doc = document.article.text, document.doc
    day = document.article.published_on or document.article.published_not_before
    holders = role_words(text, named, registry, day)
    roles = [*office_nouns(document, named, registry), *role_nouns(text, holders)]
    found = _resolved([*named, *roles])
    found = _resolved([*found, *references(doc, found, registry, holders)])
    held = find_roles(document, [_row(document, one) for one in named])
    rest = [*own_country(doc, found, held, registry), *former_and_latter(doc, found)]
    return _resolved([*found, *rest])


def _counted(document: Document, named: Sequence[Named], registry: Registry) -> list[Named]:
    """Return the members of counted groups, where no other mention stands."""
    taken = {at for one in named for at in range(one.start, one.end)}
    return [
        one
        for one in counted(document.doc, named, registry)
        if taken.isdisjoint(range(one.start, one.end))
    ]


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
        named_so = owners.get(surface, set())
        is_other = bool(named_so) and one.entity_id not in named_so
        if one.label == "PERSON" and one.method == "registry" and is_other:
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
        kind = entity.type if entity else cast(EntityType, entity_id.partition(":")[0])
        label = LABELS[kind]
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
