"""Which wordings are compared at all."""

from tasks.utterances.candidates import NEAREST, candidates


def found(*wordings: tuple[int, ...]) -> set[tuple[int, int]]:
    return {(min(pair[:2]), max(pair[:2])) for pair in candidates(wordings)}


def test_those_that_share_three_words_in_a_row_are_compared() -> None:
    assert found((1, 2, 3, 4), (9, 1, 2, 3), (1, 2, 4, 3)) == {(0, 1)}
    assert found((1, 2, 3), (1, 2, 3)) == {(0, 1)}
    assert found((1, 2), (1, 2)) == set()
    assert found((), ()) == set()
    assert found() == set()


def test_runs_do_not_reach_from_one_wording_into_the_next() -> None:
    assert found((1, 2), (3, 4), (1, 2, 3, 4)) == set()
    assert found((1, 2, 3), (4, 5, 6), (2, 3, 4)) == set()


def test_the_shift_is_that_of_most_shared_runs() -> None:
    one, other = (1, 2, 3, 4, 5, 6, 7), (8, 3, 4, 5, 9, 1, 2, 3, 4, 5, 6, 7)
    shifts = {(pair.one, pair.other): pair.shift for pair in candidates([one, other])}
    assert shifts == {(0, 1): 5, (1, 0): -5}


def test_a_rare_run_shared_by_chance_hides_nothing() -> None:
    many = tuple(range(1, 10))
    wordings = ((*many, 10), (*many, 11), (*many, 12), (50, 8, 9, 10, 51), (60, 8, 9, 11, 61))
    assert found(*wordings) >= {(0, 1), (0, 3), (1, 4)}


def test_the_number_of_pairs_grows_with_that_of_wordings() -> None:
    alike = [(1, 2, 3, 4, 5, number) for number in range(6, 306)]
    pairs = list(candidates(alike))
    assert len(pairs) <= NEAREST * len(alike)
    assert {pair.one for pair in pairs} == set(range(300))
    assert {pair.other for pair in pairs} == set(range(NEAREST + 1))
