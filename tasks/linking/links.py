"""The links made so far: each id leads to at most one other, and no way leads in a circle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from warehouse.tables import DecidedBy, EntityLink


@dataclass(frozen=True, slots=True)
class Why:
    """Why an id is linked: rule or decision, its score (0 to 1), a line for a reader."""

    method: str
    score: float
    evidence: str
    decided_by: DecidedBy = "rule"


class Links:
    """Links between entity ids everywhere; what the user keeps apart is never linked."""

    def __init__(self, apart: Iterable[tuple[str, str]] = (), split: Iterable[str] = ()) -> None:
        """Take the pairs that stay apart, and the ids that stand for several namesakes."""
        self._next: dict[str, tuple[str, Why]] = {}
        self._members: dict[str, set[str]] = {}
        self._split = frozenset(split)
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def add(self, source: str, target: str, why: Why) -> bool:
        """Link `source` to what `target` means; False where that cannot be."""
        root = self.root(target)
        if source in self._next or root == source or self._are_apart(source, root):
            return False
        if why.decided_by == "rule" and not self._split.isdisjoint((source, root)):
            return False
        self._next[source] = (target, why)
        moved = self._members.pop(source, {source})
        self._members.setdefault(root, {root}).update(moved)
        return True

    def root(self, entity_id: str) -> str:
        """Return what `entity_id` means in the end."""
        while entity_id in self._next:
            entity_id = self._next[entity_id][0]
        return entity_id

    def members(self, entity_id: str) -> set[str]:
        """Return all ids that mean what `entity_id` means, itself among them."""
        root = self.root(entity_id)
        return self._members.get(root, {root})

    def rows(self) -> Iterator[EntityLink]:
        """Yield a row for each link, with what its id means in the end."""
        for source in sorted(self._next):
            whys = list(self._path(source))
            yield EntityLink(
                entity_id=source,
                linked_id=self.root(source),
                method=whys[0].method,
                score=round(min(why.score for why in whys), 4),
                evidence="; then ".join(why.evidence for why in whys),
                decided_by=whys[0].decided_by,
            )

    def _path(self, entity_id: str) -> Iterator[Why]:
        while entity_id in self._next:
            entity_id, why = self._next[entity_id]
            yield why

    def _are_apart(self, one: str, other: str) -> bool:
        if not self._apart:
            return False
        others = self.members(other)
        return any(not others.isdisjoint(self._apart.get(m, ())) for m in self.members(one))
