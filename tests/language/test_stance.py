import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import models
from tasks.language.errors import LanguageError
from tasks.language.stance import BETWEEN, TOWARDS, Marked, StanceModel, load_stance_model

ENCODER = models.folder() / "encoder"


def marked(text: str, target: str, holder: str | None = None) -> Marked:
    start = text.index(target)
    first = None if holder is None else text.index(holder)
    span = None if first is None else (first, first + len(holder or ""))
    return Marked(text, (start, start + len(target)), span)


def between(text: str, holder: str, target: str) -> str:
    (row,) = load_stance_model().between([marked(text, target, holder)])
    return BETWEEN[int(row.argmax())]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("France strongly condemned Iran on Monday.", "opposes"),
        ("France warmly praised Iran on Monday.", "supports"),
        ("France was strongly condemned by Iran on Monday.", "opposed"),
        ("France and Iran are countries.", "neutral"),
    ],
)
def test_who_is_for_or_against_whom(text: str, verdict: str) -> None:
    assert between(text, "France", "Iran") == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Holm is a liar who ruined the town.", "oppose"),
        ("Holm is an admirable, honest mayor.", "support"),
        ("Holm arrived at noon.", "neutral"),
    ],
)
def test_how_a_sentence_judges_one(text: str, verdict: str) -> None:
    (row,) = load_stance_model().towards([marked(text, "Holm")])
    assert TOWARDS[int(row.argmax())] == verdict


def test_probabilities_of_many_and_of_none() -> None:
    model = load_stance_model()
    items = [marked("Holm praised Brandt." + " Again." * n, "Brandt", "Holm") for n in range(40)]
    assert model.between(items).shape == (40, 5)
    assert np.allclose(model.between(items).sum(1), 1)
    assert model.between([]).shape == (0, 5)
    assert model.towards([]).shape == (0, 3)


def test_seeking_reads_on_only_where_there_may_be_something() -> None:
    model = load_stance_model()
    there, praised = (
        marked(text, "Brandt", "Holm")
        for text in ("Holm and Brandt live there.", "Holm warmly praised Brandt.")
    )
    sought, read = model.between([there, praised], is_seeking=True), model.between([there, praised])
    assert sought[0].argmax() == 0
    assert not np.allclose(sought[0], read[0])  # as the first network alone sees it
    assert np.allclose(sought[1], read[1], atol=0.05)
    liar, came = marked("Holm is a liar.", "Holm"), marked("Holm came at noon.", "Holm")
    kinds = model.towards([liar, came], is_seeking=True).argmax(1)
    assert [TOWARDS[kind] for kind in kinds] == ["oppose", "neutral"]


def test_sentence_of_1500_words_is_cut_around_its_parties() -> None:
    text = "word " * 700 + "Holm condemned Brandt " + "word " * 800
    (row,) = load_stance_model().between([marked(text, "Brandt", "Holm")])
    assert BETWEEN[int(row.argmax())] == "opposes"


@pytest.mark.parametrize("name", ["layers-1.onnx", "heads-1.npz", "screen.npz", "meta.json"])
def test_missing_and_damaged_files_are_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(models.stance_folder(), tmp_path / "stance")
    (tmp_path / "stance" / name).write_bytes(b"no model")
    with pytest.raises(LanguageError, match=rf"{name} is damaged"):
        StanceModel(tmp_path / "stance", ENCODER)
    (tmp_path / "stance" / name).unlink()
    with pytest.raises(LanguageError, match=rf"{name} is missing"):
        StanceModel(tmp_path / "stance", ENCODER)


def test_other_word_embeddings_are_refused(tmp_path: Path) -> None:
    shutil.copytree(models.stance_folder(), tmp_path / "stance")
    meta = tmp_path / "stance" / "meta.json"
    other = json.loads(meta.read_text()) | {"words_sha256": "0"}
    meta.write_text(json.dumps(other))
    with pytest.raises(LanguageError, match="trained on other word embeddings"):
        StanceModel(tmp_path / "stance", ENCODER)
