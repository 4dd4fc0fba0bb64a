import numpy as np
import pytest

from tasks.language.features import Case, Ints, Spacing, case_of
from tasks.language.windows import Window, likely_ends, windows
from tests.language.given import cpu_seconds

SIZE, OVERLAP = 160, 24


def numbers(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def drawn(seed: int) -> tuple[Ints, Ints]:
    """Return pieces by word, and likely ends that lie close, far apart, or do not exist."""
    rng = np.random.default_rng(seed)
    words = int(rng.integers(1, 700))
    counts = rng.integers(1, 1 + int(rng.choice([1, 4, 16])), size=words)
    ends = np.flatnonzero(rng.random(words) < rng.choice([0, 0.005, 0.02, 0.2, 1]))
    return counts, ends


@pytest.mark.parametrize("seed", range(60))
def test_each_word_is_kept_once_and_no_window_is_too_large(seed: int) -> None:
    counts, ends = drawn(seed)
    found = windows(counts, ends, SIZE, OVERLAP)
    kept = [word for one in found for word in range(one.start, one.end)]
    assert kept == list(range(len(counts)))
    for one in found:
        assert one.first <= one.start < one.end <= one.last
        assert counts[one.first : one.last].sum() <= SIZE


@pytest.mark.parametrize("seed", range(60))
def test_windows_overlap_only_where_a_sentence_is_cut(seed: int) -> None:
    counts, ends = drawn(seed)
    likely = {0, len(counts), *ends.tolist()}
    for one in windows(counts, ends, SIZE, OVERLAP):
        lead, trail = counts[one.first : one.start].sum(), counts[one.end : one.last].sum()
        if one.start in likely:
            assert lead == 0
        else:  # as many words as there is room for
            assert lead <= OVERLAP < lead + counts[one.first - 1]
        if one.end in likely:
            assert trail == 0
        else:
            assert trail <= OVERLAP
            assert one.last == len(counts) or trail + counts[one.last] > OVERLAP


def test_a_text_without_ends_is_cut_with_overlap() -> None:
    assert windows(np.ones(400, dtype=np.int64), numbers(0), 100, 10) == [
        Window(0, 0, 90, 100),
        Window(80, 90, 170, 180),
        Window(160, 170, 250, 260),
        Window(240, 250, 330, 340),
        Window(320, 330, 400, 400),
    ]


def test_a_window_takes_all_sentences_that_fit() -> None:
    ends = numbers(0, 40, 80, 120, 160)
    assert windows(np.ones(200, dtype=np.int64), ends, 100, 10) == [
        Window(0, 0, 80, 80),
        Window(80, 80, 160, 160),
        Window(160, 160, 200, 200),
    ]


def test_ends_beyond_the_window_do_not_stretch_it() -> None:
    assert windows(np.ones(50, dtype=np.int64), numbers(45), 20, 2) == [
        Window(0, 0, 18, 20),
        Window(16, 18, 34, 36),
        Window(32, 34, 50, 50),
    ]


def test_a_word_larger_than_a_window_has_one_to_itself() -> None:
    found = windows(numbers(3, 50, 3), numbers(0, 1, 2), 20, 2)
    assert [(one.start, one.end) for one in found] == [(0, 1), (1, 2), (2, 3)]


def test_no_words_make_no_window() -> None:
    assert windows(numbers(), numbers(), SIZE, OVERLAP) == []


@pytest.mark.parametrize("end_each", [20, 10**9])
def test_the_time_is_linear(end_each: int) -> None:
    def work(words: int) -> float:
        counts = np.full(words, 2)
        return cpu_seconds(
            lambda: windows(counts, np.arange(0, words, end_each), SIZE, OVERLAP), times=3
        )

    assert work(400_000) < 3 * work(200_000)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("He left . She stayed .", [0, 3]),
        ("“ Go ! ” She went ? ) Then 7 came .", [0, 4, 8]),
        ("the end . and so on", [0]),  # a small letter opens no sentence
        ("U.S. Army men left", [0]),  # nor does a stop that is part of a word close one
        ("he left … Then", [0, 3]),
    ],
)
def test_a_sentence_likely_ends_at_a_stop_before_a_word_that_can_open_one(
    text: str, ends: list[int]
) -> None:
    words = text.split()
    spacing = np.full(len(words), Spacing.SPACE)
    spacing[0] = Spacing.PARAGRAPH
    case = np.array([case_of(word) for word in words])
    assert likely_ends(words, case, spacing).tolist() == ends


def test_a_sentence_likely_ends_at_a_paragraph_but_not_inside_a_run() -> None:
    spacing = numbers(Spacing.PARAGRAPH, Spacing.JOINED, Spacing.JOINED, Spacing.PARAGRAPH)
    case = numbers(Case.TITLE, Case.OTHER, Case.TITLE, Case.LOWER)
    assert likely_ends(["Yahoo", "!", "News", "said"], case, spacing).tolist() == [0, 3]
