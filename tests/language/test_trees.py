from functools import cache
from itertools import product

import numpy as np
import pytest

from tasks.language.trees import Scores, best_heads
from tests.language.given import cpu_seconds

Heads = tuple[int, ...]


def is_tree(heads: Heads) -> bool:
    """Tell whether one word hangs on the root, 0, and each word below it."""
    for word in range(1, len(heads) + 1):
        at = word
        for _ in heads:
            at = heads[at - 1] if at else 0
        if at:
            return False
    return heads.count(0) == 1


@cache
def all_trees(words: int) -> list[Heads]:
    return [heads for heads in product(range(words + 1), repeat=words) if is_tree(heads)]


def total(scores: Scores, heads: Heads) -> float:
    return float(sum(scores[child, head] for child, head in enumerate(heads)))


def test_there_are_as_many_trees_as_cayley_says() -> None:
    # n ** (n - 1) trees over n words with one root
    assert [len(all_trees(words)) for words in range(1, 6)] == [1, 2, 9, 64, 625]


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_the_best_of_all_trees_is_found(words: int) -> None:
    rng = np.random.default_rng(words)
    for _ in range(40):
        scores = rng.normal(size=(words, words + 1)).astype(np.float32)
        best = max(all_trees(words), key=lambda heads: total(scores, heads))
        assert tuple(best_heads(scores).tolist()) == best


def test_the_best_tree_is_found_where_hardly_a_word_likes_the_root() -> None:
    rng = np.random.default_rng(7)
    for _ in range(40):
        scores = rng.normal(size=(5, 6)).astype(np.float32)
        scores[:, 0] -= 20
        best = max(all_trees(5), key=lambda heads: total(scores, heads))
        assert tuple(best_heads(scores).tolist()) == best


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # each word likes the other best: 1 + 5 with the first as root, 0 + 5 with the second
    scores = np.array([[1, 0, 5], [0, 5, 0]], dtype=np.float32)
    assert best_heads(scores).tolist() == [0, 1]


def test_of_two_words_that_like_the_root_best_one_gives_way() -> None:
    # 9 + 1 with the first as root, 8 + 8.5 with the second: the better root is not in the best tree
    scores = np.array([[9, 0, 8.5], [8, 1, 0]], dtype=np.float32)
    assert best_heads(scores).tolist() == [2, 0]


def test_a_word_is_never_its_own_head() -> None:
    scores = np.array([[0, 50, 1], [2, 1, 50]], dtype=np.float32)
    # without the arcs to themselves: 0 + 1 against 1 + 2
    assert best_heads(scores).tolist() == [2, 0]


def test_the_longest_sentence_takes_little_time() -> None:
    scores = np.random.default_rng(0).normal(size=(256, 257)).astype(np.float32)
    assert is_tree(tuple(best_heads(scores).tolist()))
    assert cpu_seconds(lambda: best_heads(scores), times=3) < 0.5  # seen: 0.02


def test_cycles_within_cycles_take_little_time() -> None:
    # words like their neighbour in a pair best, then pairs their neighbour, and so on
    at = np.arange(256)
    scores = np.zeros((256, 257), dtype=np.float32)
    scores[:, 1:] = -np.log2(np.bitwise_xor(at[:, None], at) + 1)
    scores[:, 0] = -100
    assert is_tree(tuple(best_heads(scores).tolist()))
    assert cpu_seconds(lambda: best_heads(scores), times=3) < 2  # seen: 0.2
