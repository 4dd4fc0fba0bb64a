"""What the encoder makes of words, with layers that give back what they get."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

import models
from tasks.language import encoder
from tasks.language.encoder import Encoder
from tasks.language.features import Case, Spacing

VOCAB = spacy.blank("en").vocab
PIECES = 30_522


class Layers:
    """Gives back its input and keeps it."""

    def __init__(self) -> None:
        self.seen: list[list[list[float]]] = []

    def run(self, _: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert list(inputs) == ["embedded"]
        assert inputs["embedded"].shape[::2] == (1, 3)
        self.seen.append(inputs["embedded"][0].tolist())
        return [inputs["embedded"]]


@pytest.fixture
def layers() -> Layers:
    return Layers()


@pytest.fixture
def plain(tmp_path: Path, layers: Layers, monkeypatch: pytest.MonkeyPatch) -> Encoder:
    """An encoder whose vectors are the number of a word piece, its case, and its spacing."""
    shutil.copy(models.folder() / "encoder" / encoder.TOKENIZER, tmp_path)
    (tmp_path / encoder.GRAPH).touch()
    none = np.zeros((8, 1), dtype=np.float32)
    numbers = np.arange(8, dtype=np.float32)[:, None]
    words = np.zeros((PIECES, 3), dtype=np.int8)
    words[:, 0] = 1
    np.savez(
        tmp_path / encoder.TABLES,
        words=words,
        scale=np.arange(PIECES, dtype=np.float32),
        case=np.hstack([none, numbers, none]),
        spacing=np.hstack([none, none, numbers]),
    )
    monkeypatch.setattr(encoder, "_session", lambda _: layers)
    return Encoder("encoder", width=3, window=6, overlap=2).from_disk(tmp_path)


def encoded(
    plain: Encoder, words: list[str], spaces: list[bool] | None = None
) -> list[list[float]]:
    found: list[list[float]] = plain(Doc(VOCAB, words=words, spaces=spaces)).tensor.tolist()
    return found


CLS, SEP = 101, 102
THE, CAT, SAT, STOP, US = 1996, 4937, 2938, 1012, 1057


def test_a_word_has_the_mean_of_its_pieces(plain: Encoder, layers: Layers) -> None:
    found = encoded(plain, ["The", "U.S", "cat"])  # of pieces the, u, ., s, cat
    s = 1055
    assert layers.seen == [
        [
            [CLS, Case.OTHER, Spacing.PARAGRAPH],
            [THE, Case.TITLE, Spacing.PARAGRAPH],
            [US, Case.UPPER, Spacing.SPACE],
            [STOP, Case.UPPER, Spacing.JOINED],
            [s, Case.UPPER, Spacing.JOINED],
            [CAT, Case.LOWER, Spacing.SPACE],
            [SEP, Case.OTHER, Spacing.PARAGRAPH],
        ]
    ]
    assert found[0] == [THE, Case.TITLE, Spacing.PARAGRAPH]
    assert found[1] == pytest.approx([(US + STOP + s) / 3, Case.UPPER, (2 + 1 + 1) / 3])
    assert found[2] == [CAT, Case.LOWER, Spacing.SPACE]


def test_white_space_parts_words_and_has_no_vector(plain: Encoder) -> None:
    words = ["\n\n", "the", "cat", "\n", "sat", ".", "\n\n", "sat"]
    spaces = [False, True, False, False, False, False, False, False]
    assert encoded(plain, words, spaces) == [
        [0, 0, 0],
        [THE, Case.LOWER, Spacing.PARAGRAPH],
        [CAT, Case.LOWER, Spacing.SPACE],
        [0, 0, 0],
        [SAT, Case.LOWER, Spacing.NEWLINE],
        [STOP, Case.OTHER, Spacing.JOINED],
        [0, 0, 0],
        [SAT, Case.LOWER, Spacing.PARAGRAPH],
    ]


def test_each_window_starts_like_a_paragraph_and_overlaps(plain: Encoder, layers: Layers) -> None:
    found = encoded(plain, ["the", "cat"] * 4)
    pieces = [[int(piece) for piece, _, _ in window] for window in layers.seen]
    assert pieces == [
        [CLS, THE, CAT, THE, CAT, THE, CAT, SEP],  # keeps four
        [CLS, THE, CAT, THE, CAT, THE, CAT, SEP],  # from the third word on; keeps the last four
    ]
    assert [window[1][2] for window in layers.seen] == [Spacing.PARAGRAPH] * 2
    assert [int(piece) for piece, _, _ in found] == [THE, CAT] * 4
    assert [spacing for _, _, spacing in found] == [Spacing.PARAGRAPH] + [Spacing.SPACE] * 7


def test_a_document_without_words_runs_nothing(plain: Encoder, layers: Layers) -> None:
    assert encoded(plain, []) == []
    assert encoded(plain, ["\n"]) == [[0, 0, 0]]
    assert layers.seen == []
