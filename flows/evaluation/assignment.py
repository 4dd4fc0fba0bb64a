"""The best pairing of two sets, by the Hungarian method (Kuhn 1955, in the form of potentials)."""

from collections.abc import Sequence
from math import inf


def best_total(gains: Sequence[Sequence[float]]) -> float:
    """Return the largest sum of `gains` with at most one taken from each row and column.

    Gains are not negative. Takes time of the order of rows squared times columns.
    """
    return sum(gains[row][column] for row, column in best_pairs(gains))


def best_pairs(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the rows and columns of that sum, as many as the shorter side has."""
    if gains and len(gains) > len(gains[0]):
        turned = best_pairs(list(zip(*gains, strict=True)))
        return [(row, column) for column, row in turned]
    width = len(gains[0]) if gains else 0
    row_of = [-1] * width
    row_potential, column_potential = [0.0] * len(gains), [0.0] * width
    for row in range(len(gains)):
        _place(gains, row, row_of, row_potential, column_potential)
    return [(row, column) for column, row in enumerate(row_of) if row >= 0]


def _place(
    gains: Sequence[Sequence[float]],
    start: int,
    row_of: list[int],
    row_potential: list[float],
    column_potential: list[float],
) -> None:
    """Give the row `start` a column, by the cheapest chain of rows that each move to another."""
    width = len(row_of)
    slack, came_from = [inf] * width, [-1] * width
    seen: set[int] = set()
    row, column = start, -1
    while True:
        best, least = -1, inf
        for other in range(width):
            if other in seen:
                continue
            cost = -gains[row][other] - row_potential[row] - column_potential[other]
            if cost < slack[other]:
                slack[other], came_from[other] = cost, column
            if slack[other] < least:
                best, least = other, slack[other]
        row_potential[start] += least
        for other in range(width):
            if other in seen:
                row_potential[row_of[other]] += least
                column_potential[other] -= least
            else:
                slack[other] -= least
        seen.add(best)
        column, row = best, row_of[best]
        if row < 0:
            break
    while column >= 0:
        before = came_from[column]
        row_of[column] = row_of[before] if before >= 0 else start
        column = before
