"""Heads of noun phrases, and which pairs of them are weighed."""

import numpy as np
from spacy.tokens import Doc, Span

from tasks.language.antecedents import WINDOW, Choice, moved, pairs
from tasks.language.phrase_heads import Determiner, Kind, Number, phrase_heads
from tasks.language.tokens import blank_english


def envoy() -> Doc:
    """Return 'Russian envoy Zamir Kabulov met the leaders. He praised their plan.'"""
    rows = [
        ("Russian", "ADJ", 1, "amod", ""),
        ("envoy", "NOUN", 2, "nmod:desc", "Number=Sing"),
        ("Zamir", "PROPN", 4, "nsubj", "Number=Sing"),
        ("Kabulov", "PROPN", 2, "flat", "Number=Sing"),
        ("met", "VERB", 4, "root", ""),
        ("the", "DET", 6, "det", ""),
        ("leaders", "NOUN", 4, "obj", "Number=Plur"),
        (".", "PUNCT", 4, "punct", ""),
        ("He", "PRON", 9, "nsubj", "Number=Sing"),
        ("praised", "VERB", 9, "root", ""),
        ("their", "PRON", 11, "nmod:poss", ""),
        ("plan", "NOUN", 9, "obj", "Number=Sing"),
        (".", "PUNCT", 9, "punct", ""),
    ]
    words, pos, heads, deps, morphs = map(list, zip(*rows, strict=True))
    starts = [at in (0, 8) for at in range(len(rows))]
    doc = Doc(
        blank_english().vocab,
        words=words,
        pos=pos,
        heads=heads,
        deps=deps,
        morphs=morphs,
        sent_starts=starts,
    )
    doc.set_ents([Span(doc, 2, 4, label="PERSON")])
    return doc


def test_one_head_a_phrase() -> None:
    heads = phrase_heads(envoy())
    assert heads.token.tolist() == [2, 6, 8, 10, 11]
    assert heads.kind.tolist() == [Kind.NAME, Kind.NOUN, Kind.HE, Kind.THEY, Kind.NOUN]
    assert heads.sentence.tolist() == [1, 1, 2, 2, 2]
    assert heads.number.tolist() == [
        Number.SINGULAR,
        Number.PLURAL,
        Number.SINGULAR,
        Number.PLURAL,
        Number.SINGULAR,
    ]
    assert heads.determiner[1] == Determiner.THE
    assert heads.determiner[4] == Determiner.POSSESSIVE


def test_anaphors_and_their_candidates() -> None:
    found = pairs(phrase_heads(envoy()))
    assert found.anaphors.tolist() == [1, 2, 3, 4]
    # 'He' is not 'the leaders', and 'their' is not 'He'.
    assert found.firsts.tolist() == [0, 1, 2, 4, 8]
    assert found.before.tolist() == [0, 0, 0, 1, 0, 1, 2, 3]


def test_names_beyond_the_window_count_once() -> None:
    size = WINDOW + 10
    words = ["Anna", "Anna", *["stone"] * size, "she"]
    doc = Doc(
        blank_english().vocab,
        words=words,
        pos=["PROPN", "PROPN", *["NOUN"] * size, "PRON"],
        heads=[0] * len(words),
        deps=["root", *["obj"] * (len(words) - 1)],
    )
    found = pairs(phrase_heads(doc))
    assert found.anaphors.tolist() == [size + 2]
    assert found.before.tolist() == [1, *range(12, size + 2)]


def test_a_document_without_phrases() -> None:
    vocab = blank_english().vocab
    doc = Doc(vocab, words=["Go", "!"], pos=["VERB", "PUNCT"], heads=[0, 0], deps=["root", "punct"])
    found = pairs(phrase_heads(doc))
    assert found.anaphors.tolist() == found.before.tolist() == []
    assert found.firsts.tolist() == [0]
    assert found.after.dtype == np.int64


def test_moved() -> None:
    assert moved(Choice(8, (2, 6), (0.7, 0.1)), 100) == Choice(108, (102, 106), (0.7, 0.1))
