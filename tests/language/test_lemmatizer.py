from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tasks.language import vectors
from tasks.language.lemmatizer import Lemmatizer, known_key, lowered
from tasks.language.tokens import blank_english

MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "tok2vec": {"@architectures": vectors.NAME, "width": 3},
    "nO": 3,
    "normalize": False,
}


@pytest.fixture
def nlp() -> Language:
    """A lemmatizer of three labels, which takes each number of a vector as the score of one."""
    nlp = blank_english()
    pipe: Any = nlp.add_pipe("demarche_lemmatizer", name="lemmatizer", config={"model": MODEL})
    plural, same = pipe.trees.add("talks", "talk"), pipe.trees.add("of", "of")
    pipe.cfg["labels"] = [plural, same, lowered(plural)]
    pipe.model.initialize()
    pipe.model.get_ref("output_layer").set_param("W", np.eye(3, dtype="float32"))
    return nlp


def lemma(nlp: Language, word: str, *scores: float) -> str:
    doc = Doc(nlp.vocab, words=[word], pos=["NOUN"])
    doc.tensor = np.array([scores], dtype="float32")
    pipe: Any = nlp.get_pipe("lemmatizer")
    assert isinstance(pipe, Lemmatizer)
    return str(pipe(doc)[0].lemma_)


def test_the_likeliest_tree_applies_to_the_word_as_written_or_lower_cased(nlp: Language) -> None:
    assert lemma(nlp, "Talks", 2, 1, 0) == "Talk"
    assert lemma(nlp, "Talks", 1, 2, 0) == "Talks"
    assert lemma(nlp, "Talks", 1, 0, 2) == "talk"


def test_the_next_tree_is_tried_where_one_does_not_apply(nlp: Language) -> None:
    assert lemma(nlp, "Kabul", 2, 1, 0) == "Kabul"


def test_a_known_word_has_the_lemma_of_the_treebanks(nlp: Language) -> None:
    pipe: Any = nlp.get_pipe("lemmatizer")
    pipe.cfg["known"] = {known_key("men", "NOUN"): "man"}
    assert lemma(nlp, "men", 0, 2, 1) == "man"
