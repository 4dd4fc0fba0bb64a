"""A file of the model that is missing or damaged is told in one line, with what to do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import models
from tasks.language import LanguageError, load_language
from tasks.language.encoder import Encoder
from tests.language.given import analysis

TEXT = "Kabulov said that Moscow respects the Taliban."
OPTIONAL = {
    "senter/cfg",
    "vocab/key2row",
    "vocab/lookups.bin",
    "vocab/vectors",
    "vocab/vectors.cfg",
}
"""spaCy goes on without these, which say nothing here: there are no word vectors."""
FOUND_IN_USE = {"morphologizer/cfg", "tagger/cfg"}
"""spaCy opens a model without these too, and fails at the first text; it does not say why."""
Damage = Callable[[str, bytes | None], Path]
FILES = sorted(
    str(file.relative_to(models.folder()))
    for file in models.folder().rglob("*")
    if file.is_file() and str(file.relative_to(models.folder())) not in OPTIONAL
)
OWN = [name for name in FILES if name.startswith(("encoder/", "ner/", "parser/"))]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the model, to be damaged and mended by each test."""
    folder = tmp_path_factory.mktemp("models") / "en_copy"
    shutil.copytree(models.folder(), folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def damage(copy: Path) -> Iterator[Damage]:
    """A function that gives a file of the copy other content, or none; returns its path."""
    kept: dict[Path, bytes] = {}

    def change(name: str, content: bytes | None) -> Path:
        path = copy / name
        kept[path] = path.read_bytes()
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        return path

    yield change
    for path, content in kept.items():
        path.write_bytes(content)


def refusal(copy: Path) -> str:
    """Return why the copy cannot be opened."""
    with pytest.raises(LanguageError) as caught:
        load_language(str(copy))
    message = str(caught.value)
    assert "\n" not in message
    assert str(copy) in message
    assert "; install " in message
    return message


def without_encoder(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Save the time to read the encoder where `name` is a file that is refused before it is run."""
    if not name.startswith("encoder/") and name not in FOUND_IN_USE:
        monkeypatch.setattr(Encoder, "from_disk", lambda self, _, exclude=(): self)  # noqa: ARG005
        monkeypatch.setattr(Encoder, "__call__", lambda _, doc: pytest.fail("it was run"))  # noqa: ARG005


def test_the_model_has_the_files_that_are_damaged_here() -> None:
    known = {
        "config.cfg",
        "encoder/embeddings.npz",
        "encoder/layers.onnx",
        "encoder/tokenizer.json",
        "meta.json",
        "ner/weights.npz",
        "parser/labels.json",
        "parser/weights.npz",
        "tagger/model",
    }
    assert known | FOUND_IN_USE <= set(FILES)
    assert len(OWN) == 6


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(
    copy: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    without_encoder(monkeypatch, name)
    path = damage(name, None)
    message = refusal(copy)
    if name in OWN or name.startswith("lemmatizer/"):
        assert message == f"{path} is missing; install demarche again"
    elif name not in FOUND_IN_USE:
        assert str(path) in message or f"{path.name} from {copy}" in message


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_off_is_refused(
    copy: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    without_encoder(monkeypatch, name)
    whole = (copy / name).read_bytes()
    path = damage(name, whole[: len(whole) // 2])
    message = refusal(copy)
    if name in OWN:
        assert f"{path} is damaged (" in message


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("content", [bytes(5_000), b"{}\n"])
def test_a_file_of_other_content_is_refused(
    copy: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    without_encoder(monkeypatch, name)
    path = damage(name, content)
    assert str(path) in refusal(copy)


def test_labels_of_another_model_are_refused(copy: Path, damage: Damage) -> None:
    path = damage("parser/labels.json", b'["root", "dep"]')
    assert f"{path} does not belong to weights.npz" in refusal(copy)


@pytest.mark.parametrize("name", ["parser/weights.npz", "encoder/embeddings.npz"])
def test_weights_of_another_component_are_refused(copy: Path, damage: Damage, name: str) -> None:
    path = damage(name, (copy / "ner" / "weights.npz").read_bytes())
    assert f"{path} lacks " in refusal(copy)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en_copy").mkdir()
    assert "meta.json" in refusal(tmp_path / "en_copy")


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(LanguageError, match=r"'en_nowhere_sm' cannot be used .*nlp\.model"):
        load_language("en_nowhere_sm")


def test_what_ships_is_mended_by_installing_demarche_again(
    copy: Path, damage: Damage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "folder", lambda: copy)
    damage("tagger/model", None)
    with pytest.raises(LanguageError, match=r"tagger/model.*; install demarche again$"):
        load_language()
    damage("meta.json", None)
    with pytest.raises(LanguageError, match=r"meta\.json.*; install demarche again$"):
        load_language()


def test_files_that_say_nothing_may_be_missing(copy: Path, damage: Damage, nlp: Language) -> None:
    for name in OPTIONAL:
        damage(name, None)
    assert analysis(load_language(str(copy))(TEXT)) == analysis(nlp(TEXT))
