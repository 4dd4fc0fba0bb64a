"""Short names of organisations that stand for a full name in the same text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.extract.kinds import ORGANISATION
from tasks.extract.names import LABELS, Named
from tasks.extract.wordlist import words
from tasks.registry import Registry
from warehouse.tables import MentionKind

SUFFIXES = words("Inc Inc. Corp Corp. Co Co. Ltd Ltd. LLC PLC plc Company Corporation Group AG SA")
"""What a company's name ends with and its short name does not."""
_GENERIC = words(
    "National International United Royal New First General Central Federal American European "
    "African Asian World Global State Public People's Free Supreme High Social Democratic "
    "Republican Islamic Christian Northern Southern Eastern Western North South East West"
)


def short_organisations(text: str, named: Sequence[Named], registry: Registry) -> list[Named]:
    """Return `named` with short names of organisations as mentions of the full one.

    'Apple' is 'Apple Inc.', 'Brookings' the 'Brookings Institution' and 'GM' 'General Motors',
    where the text has one such full name; a full name that the registry knows without its ending
    is the registry's.
    """
    known = [_without_suffix(text, one, registry) for one in named]
    owners = _owners(text, known)
    found: list[Named] = []
    for one in known:
        surface = text[one.start : one.end]
        full = owners.get(surface) if _is_discovered(one) else None
        if full is not None:
            kind: MentionKind = "acronym" if surface.isupper() else "alias"
            one = replace(one, entity_id=full, kind=kind, method="organisation:short")
        found.append(one)
    return found


def _is_discovered(one: Named) -> bool:
    return one.label == "ORG" and one.method == "model" and one.entity_id is not None


def _without_suffix(text: str, one: Named, registry: Registry) -> Named:
    """Return a company as the registry's, where only 'Inc.' or the like parts the names."""
    parts = text[one.start : one.end].replace(",", "").split(" ")
    if not _is_discovered(one) or parts[-1] not in SUFFIXES:
        return one
    while len(parts) > 1 and parts[-1] in SUFFIXES:
        parts.pop()
    aliases = registry.by_alias.get(" ".join(parts), ())
    if len(aliases) != 1 or LABELS[registry.by_id[aliases[0].entity_id].type] != "ORG":
        return one
    return replace(one, entity_id=aliases[0].entity_id, method="registry:suffix")


def _owners(text: str, named: Sequence[Named]) -> Mapping[str, str]:
    """Return the entity of each beginning of a full name, where only one name begins so."""
    owners: dict[str, set[str]] = {}
    for one in named:
        if one.label != "ORG" or one.entity_id is None:
            continue
        parts = text[one.start : one.end].split(" ")
        short = [" ".join(parts[:n]) for n in range(1, len(parts)) if _may_stand_alone(parts[:n])]
        for name in (*short, *_initials(parts)):
            owners.setdefault(name, set()).add(one.entity_id)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}


def _initials(parts: Sequence[str]) -> Iterator[str]:
    """Yield the first letters of a name of two words or more, with and without its ending."""
    for end in range(len(parts), 1, -1):
        if all(part[:1].isupper() for part in parts[:end]):
            yield "".join(part[0] for part in parts[:end])
        if parts[end - 1] not in SUFFIXES:
            return


def _may_stand_alone(parts: Sequence[str]) -> bool:
    last = parts[-1]
    is_name = last[:1].isupper() and len(last) > 2
    return is_name and not (
        len(parts) == 1 and (last in _GENERIC or ORGANISATION.fullmatch(last) is not None)
    )
