"""Wordings joined so far: each group is one utterance, and has a way between any two of it."""

from collections.abc import Iterable, Iterator


class Groups:
    """Groups of the numbers 0 to `size`; those of a pair in `apart` never come together."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        """Start with each number by itself."""
        self._parents = list(range(size))
        self._ways: dict[int, list[tuple[int, float]]] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, number: int) -> int:
        """Return the number that stands for the group of `number`."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(self, one: int, other: int, similarity: float) -> bool:
        """Bring two groups together; False where they are one already, or must stay apart."""
        roots = sorted((self.root(one), self.root(other)))
        if roots[0] == roots[1] or self._are_apart(*roots):
            return False
        kept, gone = roots
        self._parents[gone] = kept
        if gone in self._apart:
            self._apart.setdefault(kept, set()).update(self._apart[gone])
        self._ways.setdefault(one, []).append((other, similarity))
        self._ways.setdefault(other, []).append((one, similarity))
        return True

    def groups(self) -> Iterator[dict[int, float]]:
        """Yield each group: its numbers, with their similarity to the first one.

        That is the least on the way there, since a part may have no word in common with another.
        """
        for first in range(len(self._parents)):
            if self.root(first) != first:
                continue
            found = {first: 1.0}
            waiting = [first]
            while waiting:
                number = waiting.pop()
                for other, similarity in self._ways.get(number, ()):
                    if other not in found:
                        found[other] = min(found[number], similarity)
                        waiting.append(other)
            yield dict(sorted(found.items()))

    def _are_apart(self, one: int, other: int) -> bool:
        few, root = (one, other) if len(self._of(one)) <= len(self._of(other)) else (other, one)
        return any(self.root(number) == root for number in self._of(few))

    def _of(self, root: int) -> set[int]:
        """Return what the group of `root` must stay apart from."""
        return self._apart.get(root, set())
