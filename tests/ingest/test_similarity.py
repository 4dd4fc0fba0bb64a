"""What covers what, and which texts find each other. Texts are of our own making."""

from random import Random

import pytest

from tasks.ingest import similarity as module
from tasks.ingest.similarity import PASSAGE, bands, may_repeat, similarity, wording

WORDS = [f"{a}{b}" for a in ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki") for b in "lmnprstvxz"]
"""80 invented words without digits."""

FIRST_KEYS = (-7402749247373126012, -7190403211908193380)


def text(count: int, *, seed: int = 1) -> str:
    rng = Random(seed)
    return " ".join(rng.choice(WORDS) + rng.choice(WORDS) for _ in range(count))


def covered(copy: str, original: str) -> float | None:
    return similarity(wording(copy), wording(original))


def test_the_measure_is_the_share_of_the_copy_that_the_original_has() -> None:
    whole = text(100)
    words = whole.split()
    assert covered(whole, whole) == 1.0
    assert covered(" ".join(words[:70]), whole) == 1.0
    ending = " ".join([*words[:85], *text(15, seed=2).split()])
    assert covered(ending, whole) == 0.85
    # A run of three words between two edits is too short to count.
    edited = " ".join("anew" if n in (20, 24) else word for n, word in enumerate(words))
    assert covered(edited, whole) == 0.95


def test_a_fifth_of_its_own_words_makes_an_article() -> None:
    whole = text(100)
    own = text(25, seed=2).split()
    assert covered(" ".join([*whole.split()[:80], *own[:20]]), whole) == 0.8
    assert covered(" ".join([*whole.split()[:79], *own[:21]]), whole) is None


def test_what_the_original_lacks_makes_an_article_of_its_own() -> None:
    brief, other = text(100), text(100, seed=2)
    round_up = f"{brief}\n\n{other}"
    assert covered(brief, round_up) == 1.0
    assert covered(round_up, brief) is None


def test_case_punctuation_and_space_do_not_count() -> None:
    plain = text(80)
    dressed = "“" + plain.upper().replace(" ", " -\n\n", 5) + "!”"
    assert covered(dressed, plain) == 1.0
    assert bands(dressed) == bands(plain)


def test_a_template_with_other_figures_is_another_report() -> None:
    frame = text(120).split()
    days = [
        " ".join(f"{w} {day}{n}" if n % 15 == 0 else w for n, w in enumerate(frame))
        for day in (3, 4)
    ]
    # 8 of 128 words are figures, and only these differ.
    assert covered(days[1], days[0]) is None
    without = [day.translate(str.maketrans("0123456789", "abcdefghij")) for day in days]
    # Lost are these and the first word, which stands alone before the first of them.
    assert covered(without[1], without[0]) == round(119 / 128, 4)


def test_a_short_item_must_be_covered_in_full() -> None:
    words = text(40).split()
    assert covered(" ".join(words[:30]), " ".join(words)) == 1.0
    assert covered(" ".join([*words[:20], "Geneva", *words[21:]]), " ".join(words)) is None
    long = text(90).split()
    assert covered(" ".join([*long[:20], "Geneva", *long[21:]]), " ".join(long)) == 0.9889


def test_texts_without_words_repeat_nothing() -> None:
    for empty in ("", "…", "one two three"):
        assert covered(empty, text(80)) is None
        assert covered(text(80), empty) is None
        assert bands(empty) == ()


def test_keys_are_signed_64_bit_integers_and_always_the_same() -> None:
    keys = bands(text(400))
    assert len(set(keys)) == len(keys)
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert min(keys) < 0 < max(keys)
    assert 25 <= len(keys) <= 60
    assert keys == bands(text(400))
    # Written down, so that a change of library or parameters that alters keys is noticed: it
    # needs no more than a new VERSION, but the lake's old keys find nothing from then on.
    assert bands("the quick brown fox jumps over the lazy dog")[:2] == FIRST_KEYS


def test_keys_of_another_version_never_match(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = bands(text(400))
    monkeypatch.setattr(module, "VERSION", b"another")
    assert set(keys).isdisjoint(bands(text(400)))


def test_a_part_of_a_text_finds_the_whole_wherever_it_stands() -> None:
    for seed in range(20):
        brief = text(45, seed=seed)
        around = [text(200, seed=seed + n) for n in (100, 200)]
        assert not set(bands(brief)).isdisjoint(bands(f"{around[0]}\n{brief}\n{around[1]}"))


def test_a_text_edited_all_over_finds_its_original() -> None:
    found = 0
    for seed in range(50):
        words = text(150, seed=seed).split()
        edited = " ".join("anew" if n % 20 == 9 else word for n, word in enumerate(words))
        found += not set(bands(edited)).isdisjoint(bands(" ".join(words)))
    assert found >= 49


def test_texts_without_a_passage_in_common_share_no_key() -> None:
    keys = [set(bands(text(300, seed=seed))) for seed in range(30)]
    assert sum(map(len, keys)) == len(set().union(*keys))


def test_a_very_long_text_has_a_bounded_number_of_keys() -> None:
    rng = Random(1)
    long = " ".join(rng.choice(WORDS) + rng.choice(WORDS) for _ in range(200_000))
    assert len(bands(long)) < 2_000
    assert bands("same " * 100_000) == bands("same " * 90_000)


def test_the_fewest_words_that_get_keys() -> None:
    assert bands(" ".join(WORDS[: PASSAGE - 1])) == ()
    assert len(bands(" ".join(WORDS[:PASSAGE]))) == 13


def test_a_passage_under_every_article_of_an_outlet_brings_none_near() -> None:
    about = text(45, seed=99)
    one, other = (f"{text(400, seed=seed)}\n\n{about}" for seed in (1, 2))
    assert not set(bands(one)).isdisjoint(bands(other))
    assert not may_repeat(bands(one), bands(other))
    assert may_repeat(bands(about), bands(one))
    assert may_repeat(bands(one), bands(about))


def test_one_even_key_is_enough_of_the_odd_ones_it_takes_a_share() -> None:
    assert may_repeat([2, 3, 5], [2, 7, 9])
    assert not may_repeat([3, 5, 7, 9, 11], [3, 13, 15, 17, 19])
    assert may_repeat([3, 5, 7, 9, 11], [3, 13, 15, 17])
    assert not may_repeat([4, 3], [6, 5])
    assert not may_repeat([], [])
