"""Places for the nodes of a small network: the same network always gives the same picture."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

STEPS = 300
"""Rounds of movement; after 200 the pictures of 30 nodes hardly change."""
WIDTH, HEIGHT = 1.6, 1.0
"""Sides of the picture: labels need more room beside each other than above."""
LEAST, MORE = 0.2, 0.6
"""Pull of the weakest link, and what the strongest adds: stronger, and the middle is a clump."""
GRAVITY = 0.6
"""Pull to the middle; less, and nodes with one link take all the room."""

Points = npt.NDArray[np.float64]


def places(nodes: int, links: Sequence[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Return x and y from 0 to 1 for each node; linked ones, by weight, are closer together.

    Fruchterman and Reingold (1991), from a circle, with falling temperature and gravity.
    """
    if nodes < 2:
        return [(0.5, 0.5)] * nodes
    turns = np.arange(nodes) * (2 * math.pi / nodes)
    at: Points = np.stack([np.cos(turns) * WIDTH, np.sin(turns) * HEIGHT], axis=1) / 2
    pull = np.zeros((nodes, nodes))
    most = max((weight for *_, weight in links), default=1.0)
    for one, other, weight in links:
        pull[one, other] = pull[other, one] = LEAST + MORE * weight / most
    seek = math.sqrt(WIDTH * HEIGHT / nodes)
    for step in range(STEPS):
        at = at + _moved(at, pull, seek, 0.1 * (1 - step / STEPS))
    low, high = at.min(axis=0), at.max(axis=0)
    shown = (at - low) / np.maximum(high - low, 1e-9)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in shown]


def _moved(at: Points, pull: Points, seek: float, heat: float) -> Points:
    """Return how far each node moves, at most `heat`."""
    apart = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
    force = (seek**2 / distance**2 - pull * distance / seek)[:, :, None] * apart
    moved = np.asarray(force.sum(axis=1) - GRAVITY * at * [HEIGHT, WIDTH])
    length = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return np.asarray(moved / length * np.minimum(length, heat))
