from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from tasks.language.features import Ints
from tasks.language.labels import TAGS
from tasks.language.names import CONFIDENCE, NameTagger, best_tags
from tasks.language.weights import Weights

VOCAB = spacy.blank("en").vocab


def bounds(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def is_legal(tags: tuple[str, ...]) -> bool:
    """Tell whether each `I-` continues a name of its own label."""
    return all(
        not tag.startswith("I-") or (before != "O" and before[2:] == tag[2:])
        for before, tag in pairwise(("O", *tags))
    )


@cache
def legal(words: int) -> Ints:
    """Return all legal sequences over `words` words of one sentence, by the numbers of tags."""
    numbers = product(range(len(TAGS)), repeat=words)
    return np.array([one for one in numbers if is_legal(tuple(TAGS[at] for at in one))])


def test_legal_sequences_are_told_apart() -> None:
    assert is_legal(("B-ORG", "I-ORG", "O", "B-LOC", "B-LOC"))
    assert not is_legal(("I-ORG",))
    assert not is_legal(("B-ORG", "I-LOC"))
    assert not is_legal(("B-ORG", "O", "I-ORG"))
    assert len(legal(1)) == 8  # O and B- of seven labels
    assert len(legal(2)) == 8 * 8 + 7


@pytest.mark.parametrize("words", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(12))
def test_the_most_probable_of_all_legal_sequences_is_found(words: int, seed: int) -> None:
    logs = np.random.default_rng(seed).normal(size=(words, len(TAGS))).astype(np.float32)
    totals = logs[np.arange(words), legal(words)].sum(1)
    best = legal(words)[totals.argmax()]
    assert best_tags(logs, bounds(0, words)).tolist() == best.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_sentences_are_tagged_each_on_its_own(seed: int) -> None:
    logs = np.random.default_rng(seed).normal(size=(6, len(TAGS))).astype(np.float32)
    best: list[int] = []
    for start, end in pairwise((0, 1, 4, 6)):
        part = logs[start:end]
        totals = part[np.arange(end - start), legal(end - start)].sum(1)
        best += legal(end - start)[totals.argmax()].tolist()
    assert best_tags(logs, bounds(0, 1, 4, 6)).tolist() == best


def likely(*words: dict[str, float]) -> np.ndarray:
    """Return log probabilities of the tags given for each word; others are unlikely."""
    return np.array(
        [[word.get(tag, -9.0) for tag in TAGS] for word in words],
        dtype=np.float32,
    )


def named(found: Ints) -> list[str]:
    return [TAGS[at] for at in found.tolist()]


def test_a_name_that_goes_on_without_a_beginning_is_repaired() -> None:
    logs = likely({"O": -0.1}, {"I-ORG": -0.1, "B-ORG": -1}, {"I-ORG": -0.1})
    assert named(best_tags(logs, bounds(0, 3))) == ["O", "B-ORG", "I-ORG"]


def test_a_name_that_changes_its_label_is_repaired_where_it_costs_least() -> None:
    logs = likely({"B-ORG": -0.5, "B-LOC": -0.7}, {"I-LOC": -0.1, "I-ORG": -3})
    assert named(best_tags(logs, bounds(0, 2))) == ["B-LOC", "I-LOC"]


def test_a_name_does_not_go_on_in_the_next_sentence() -> None:
    logs = likely({"B-ORG": -0.1}, {"I-ORG": -0.1, "O": -2})
    assert named(best_tags(logs, bounds(0, 2))) == ["B-ORG", "I-ORG"]
    assert named(best_tags(logs, bounds(0, 1, 2))) == ["B-ORG", "O"]


def tagged(*tokens: tuple[str, str], starts: tuple[int, ...] = (0,)) -> Doc:
    """Return a document after a tagger to which the vector of a token is its tag.

    Of other tags each has a 14th of exp(-5) as much probability; white space has no vector.
    """
    words = [word for word, _ in tokens]
    doc = Doc(VOCAB, words=words, sent_starts=[at in starts for at in range(len(words))])
    doc.tensor = np.array([[tag == one for one in TAGS] for _, tag in tokens], dtype=np.float32)
    same = np.eye(len(TAGS), dtype=np.float32)
    none = np.zeros(len(TAGS), dtype=np.float32)
    likeliness = np.float32(10)  # so large that GELU leaves it as it is
    tagger = NameTagger("ner")
    tagger.learned(
        Weights(
            {
                "hidden.weight": same * likeliness,
                "hidden.bias": none,
                "tags.weight": same * np.float32(0.5 + np.log(14) / 10),
                "tags.bias": none,
            }
        )
    )
    return tagger(doc)


def ents(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_names_are_spans_of_words() -> None:
    doc = tagged(
        ("Ann", "B-PERSON"),
        ("Lee", "I-PERSON"),
        ("of", "O"),
        ("Oslo", "B-GPE"),
        ("Riga", "B-GPE"),
        ("FC", "I-GPE"),
    )
    assert ents(doc) == [("Ann Lee", "PERSON"), ("Oslo", "GPE"), ("Riga FC", "GPE")]
    sure = 1 / (1 + np.exp(-5))  # 14 others share exp(-5)
    assert doc.user_data[CONFIDENCE] == pytest.approx([sure] * 3, abs=2e-4)


def test_a_name_may_hold_white_space_but_neither_starts_nor_ends_with_it() -> None:
    doc = tagged(("\n", ""), ("Ann", "B-PERSON"), ("\n", ""), ("Lee", "I-PERSON"), ("\n", ""))
    assert [(ent.start, ent.end) for ent in doc.ents] == [(1, 4)]


def test_a_name_ends_with_its_sentence() -> None:
    words = (("Ann", "B-PERSON"), ("Lee", "I-PERSON"), ("Kim", "I-PERSON"))
    assert [(ent.start, ent.end) for ent in tagged(*words).ents] == [(0, 3)]
    parted = tagged(*words, starts=(0, 2))
    assert (parted.ents[0].start, parted.ents[0].end) == (0, 2)
    assert all(ent.sent.start <= ent.start < ent.end <= ent.sent.end for ent in parted.ents)


@pytest.mark.parametrize("words", [[], ["\n"], ["\n\n", " "]])
def test_white_space_has_no_names(words: list[str]) -> None:
    doc = tagged(*((word, "B-ORG") for word in words))
    assert ents(doc) == []
    assert doc.has_annotation("ENT_IOB")
    assert doc.user_data[CONFIDENCE] == []
