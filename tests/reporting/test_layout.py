import math

from flows.reporting.layout import places


def test_the_same_network_has_the_same_places_within_the_picture() -> None:
    links = [(0, 1, 5.0), (1, 2, 1.0), (3, 4, 2.0)]
    at = places(6, links)
    assert at == places(6, links)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in at)
    assert len(set(at)) == 6


def test_linked_nodes_are_closer_than_others() -> None:
    at = places(8, [(0, 4, 3.0), (1, 5, 3.0)])
    assert math.dist(at[0], at[4]) < math.dist(at[0], at[2])
    assert math.dist(at[1], at[5]) < math.dist(at[1], at[3])


def test_few_nodes_are_no_trouble() -> None:
    assert places(0, []) == []
    assert places(1, []) == [(0.5, 0.5)]
    assert len(set(places(2, [(0, 1, 1.0)]))) == 2
