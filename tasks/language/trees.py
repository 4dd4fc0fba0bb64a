"""The best tree over a sentence, a maximum spanning arborescence (Chu and Liu 1965)."""

import numpy as np
from numpy.typing import NDArray

from tasks.language.features import Ints

Scores = NDArray[np.float32]

_FAR = np.float32(1e6)
"""Taken from every arc of the root, so that the best tree has one child of the root only."""


def best_heads(scores: Scores) -> Ints:
    """Return the head of each word in the best tree: 0 is the root, `i` the `i`-th word.

    `scores` has shape (words, 1 + words): child by head, the root first. One word only is a child
    of the root, as Universal Dependencies asks.
    """
    greedy: Ints = scores.argmax(1)
    if _is_tree(greedy):
        return greedy
    size = len(scores)
    square = np.full((size + 1, size + 1), -np.inf, dtype=np.float64)
    square[1:] = scores
    square[1:, 0] -= _FAR
    np.fill_diagonal(square, -np.inf)
    return _arborescence(square)[1:]


def _is_tree(heads: Ints) -> bool:
    """Tell whether `heads` has one root and no cycle."""
    if np.count_nonzero(heads == 0) != 1:
        return False
    above = np.concatenate([[0], heads])
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return not above.any()


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Return the head of each node in the best tree rooted at node 0; that of 0 is 0.

    `scores` is square: child by head. Contracts one cycle at a time.
    """
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outer = np.flatnonzero(~inside)
    gain = scores[cycle][:, outer] - scores[cycle, heads[cycle]][:, None]
    entered = gain.argmax(0)
    left = scores[outer][:, cycle].argmax(1)
    size = len(outer) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outer, outer)]
    smaller[-1, :-1] = gain[entered, np.arange(len(outer))]
    smaller[:-1, -1] = scores[outer, cycle[left]]
    solved = _arborescence(smaller)
    found = heads.copy()
    for at, node in enumerate(outer.tolist()):
        head = solved[at]
        found[node] = cycle[left[at]] if head == size - 1 else outer[head]
    found[0] = 0
    found[cycle[entered[solved[-1]]]] = outer[solved[-1]]
    return found


def _cycle(heads: Ints) -> Ints | None:
    """Return the nodes of one cycle among `heads`, or None."""
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :])
        state[path] = 2
    return None
