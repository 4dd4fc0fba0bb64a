from itertools import pairwise

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tests.language.given import analysis

TEXTS = (
    "Kabulov said that Moscow respects the Taliban.",
    "Yes",
    "",
    "Officials in Oslo, who asked not to be named, denied it on Monday; the Ministry of Foreign "
    "Affairs declined to comment. “We will see,” said Ann Lee, 43.\n\nThe U.S.-led coalition left.",
    " \n ",
    "- one thing\n- another thing\nThe end.",
    "no stop and no capital letter " * 60,
    "BREAKING: ALL IN CAPITALS, EVEN PARIS 😀",
)


@pytest.fixture(scope="module")
def alone(nlp: Language) -> list[Doc]:
    return [nlp(text) for text in TEXTS]


def check_same(found: Doc, doc: Doc) -> None:
    assert analysis(found) == analysis(doc)
    assert found.tensor.tobytes() == doc.tensor.tobytes()


def test_a_text_read_again_has_the_same_analysis(nlp: Language, alone: list[Doc]) -> None:
    for text, doc in zip(TEXTS, alone, strict=True):
        check_same(nlp(text), doc)


@pytest.mark.parametrize("batch_size", [1, 2, 100])
@pytest.mark.parametrize("seed", [0, 1])
def test_a_text_read_with_others_has_the_same_analysis(
    nlp: Language, alone: list[Doc], batch_size: int, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(TEXTS)).tolist()
    docs = list(nlp.pipe([TEXTS[at] for at in order], batch_size=batch_size))
    for at, doc in zip(order, docs, strict=True):
        check_same(doc, alone[at])


def test_words_have_vectors_and_white_space_has_none(alone: list[Doc]) -> None:
    for doc in alone:
        assert doc.tensor.shape == (len(doc), 384)
        assert doc.tensor.dtype == np.float32
        lengths = np.linalg.norm(doc.tensor, axis=1)
        assert [bool(length) for length in lengths] == [not token.is_space for token in doc]


def test_a_word_has_another_vector_in_another_place(nlp: Language) -> None:
    banks = [nlp(text)[1] for text in ("A bank lent money.", "A bank of the river.", "A BANK")]
    vectors = [token.doc.tensor[token.i] for token in banks]
    assert all(not np.allclose(one, other, atol=0.01) for one, other in pairwise(vectors))
