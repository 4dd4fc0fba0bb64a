"""Groups of entities that are one, from the pairs that agree and the pairs that may be one."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

Pair = tuple[str, str]
"""Two ids in order."""

LARGEST = 100
"""Members above which a group is no longer one person's names."""


def ordered(one: str, other: str) -> Pair:
    """Return the two ids in order."""
    return (one, other) if one < other else (other, one)


def clusters(agreed: Collection[Pair], compatible: Collection[Pair]) -> Iterator[set[str]]:
    """Yield groups that agree, and of which any two may be one; their order is that of ids.

    Whoever agrees with two that cannot be one may be either, and is left out.
    """
    beside = _beside(agreed)
    unsure = {one for one, others in beside.items() if not _fit(others, compatible)}
    sure = _beside(pair for pair in agreed if unsure.isdisjoint(pair))
    left = set(sure)
    for start in sorted(sure):
        if start in left:
            group = _reached(start, sure)
            left -= group
            if _fit(group, compatible):
                yield group


def tree(root: str, group: Collection[str], agreed: Collection[Pair]) -> Iterator[Pair]:
    """Yield each member but `root` with a neighbour that is nearer to it, the nearest first."""
    beside = _beside(pair for pair in agreed if pair[0] in group and pair[1] in group)
    done, edge = {root}, [root]
    while edge:
        following = []
        for near in edge:
            for one in sorted(beside[near] - done):
                done.add(one)
                following.append(one)
                yield one, near
        edge = following


def _beside(pairs: Collection[Pair] | Iterator[Pair]) -> dict[str, set[str]]:
    beside: dict[str, set[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    return beside


def _fit(group: Collection[str], compatible: Collection[Pair]) -> bool:
    if len(group) > LARGEST:
        return False
    return all(pair in compatible for pair in combinations(sorted(group), 2))


def _reached(start: str, beside: Mapping[str, Collection[str]]) -> set[str]:
    group, edge = {start}, [start]
    while edge:
        for entity_id in beside[edge.pop()]:
            if entity_id not in group:
                group.add(entity_id)
                edge.append(entity_id)
    return group
