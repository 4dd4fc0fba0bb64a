import pytest

from flows.evaluation.assignment import best_total
from flows.evaluation.coreference import (
    Clusters,
    b_cubed,
    ceaf_e,
    coreference_scores,
    muc,
)


def clusters(*words: str) -> Clusters:
    """Clusters of mentions that have a letter each."""
    return [frozenset(map(ord, word)) for word in words]


# Pradhan et al. (2014), section 3: the response splits, joins and invents
KEY = clusters("abc", "defg")
RESPONSE = clusters("ab", "cd", "fghi")


def test_muc_counts_links_that_hold() -> None:
    # abc loses one of two links, defg two of three
    assert muc(KEY, RESPONSE) == (2, 5)
    # cd and the two of h and i hold in no marked cluster
    assert muc(RESPONSE, KEY) == (2, 5)


def test_b_cubed_counts_what_each_mention_shares() -> None:
    # (2 x 2/3 + 1/3) + (1/4 + 0 + 2 x 2/4)
    assert b_cubed(KEY, RESPONSE) == pytest.approx((35 / 12, 7))
    # (2 x 2/2) + (1/2 + 1/2) + (2 x 2/4 + 0 + 0)
    assert b_cubed(RESPONSE, KEY) == pytest.approx((4, 8))


def test_ceaf_pairs_each_cluster_once() -> None:
    # abc with ab: 2 x 2 / 5; defg with fghi: 2 x 2 / 8
    assert ceaf_e(KEY, RESPONSE) == pytest.approx((1.3, 2))
    assert ceaf_e(RESPONSE, KEY) == pytest.approx((1.3, 3))


def test_conll_is_the_mean_of_three_f1() -> None:
    assert coreference_scores([(KEY, RESPONSE)]) == {
        "coref_conll_f1": 45.82,
        "muc_f1": 40,
        "b_cubed_f1": 45.45,  # of 5/12 and 1/2
        "ceaf_e_f1": 52,  # 2 x 1.3 / (2 + 3)
    }


def test_joining_two_large_clusters_costs_more_than_a_large_and_a_small_one() -> None:
    # Bagga and Baldwin (1998): MUC does not tell these apart
    wanted = clusters("abcde", "fg", "hijkl")
    small = coreference_scores([(wanted, clusters("abcde", "fghijkl"))])
    large = coreference_scores([(wanted, clusters("abcdehijkl", "fg"))])
    assert small["muc_f1"] == large["muc_f1"] == 94.74  # 9 of 9 and 9 of 10
    # precision (5 + 2 x 2/7 + 5 x 5/7) / 12 = 0.762, and (10 x 1/2 + 2) / 12 = 0.583
    assert (small["b_cubed_f1"], large["b_cubed_f1"]) == (86.49, 73.68)
    # (1 + 10/12) x 2/5, and (1 + 10/15) x 2/5
    assert (small["ceaf_e_f1"], large["ceaf_e_f1"]) == (73.33, 66.67)


def test_clusters_of_one_count_for_neither_side() -> None:
    pair = (clusters("ab", "c"), clusters("ab", "d"))
    assert set(coreference_scores([pair]).values()) == {100}


def test_documents_are_summed_before_they_are_divided() -> None:
    # links: 3 of 3, and 0 of 1 with none found
    scores = coreference_scores([(clusters("abcd"),) * 2, (clusters("ab"), [])])
    assert scores["muc_f1"] == 85.71  # recall 3/4, precision 3/3


def test_nothing_found_is_zero() -> None:
    assert set(coreference_scores([(KEY, [])]).values()) == {0}


@pytest.mark.parametrize(
    ("gains", "total"),
    [
        ([], 0),
        ([[2.0]], 2),
        ([[3.0, 2.0], [2.0, 0.0]], 4),  # the greedy 3 would leave 0
        ([[1.0], [5.0], [2.0]], 5),
        ([[4.0, 1.0, 3.0], [2.0, 0.0, 5.0], [3.0, 2.0, 2.0]], 11),
        ([[5.0, 0.0, 2.0], [5.0, 1.0, 2.0], [5.0, 3.0, 4.0]], 10),
        ([[7.0, 5.0, 6.0], [7.0, 4.0, 1.0]], 13),
    ],
)
def test_the_best_pairing_is_not_the_greedy_one(gains: list[list[float]], total: float) -> None:
    assert best_total(gains) == total
