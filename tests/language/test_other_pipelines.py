import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import models
from tasks.language import LanguageError, language_version, load_language, loading, make_doc
from tests.language.given import analysis

TEXT = "Kabulov said that Moscow respects the Taliban.\n\n- Ann Lee left Oslo."

ONTONOTES = {"Ann": "PERSON", "Oslo": "FAC", "Act": "LAW", "Monday": "DATE", "two": "CARDINAL"}


@Language.component("test_grammar")
def set_grammar(doc: Doc) -> Doc:
    """Have each word hang on the first, a noun and its own lemma."""
    for token in doc:
        token.is_sent_start = token.i == 0
    for token in doc:
        token.pos_, token.lemma_, token.dep_ = "NOUN", token.text, "dep"
        token.head = doc[0]
    doc[0].dep_ = "ROOT"
    return doc


@Language.component("test_ontonotes")
def set_names(doc: Doc) -> Doc:
    doc.ents = [Span(doc, t.i, t.i + 1, ONTONOTES[t.text]) for t in doc if t.text in ONTONOTES]
    return doc


@Language.component("test_fails")
def fail(doc: Doc) -> Doc:
    raise ValueError(f"cannot read\n\n{len(doc)} tokens")


def saved(folder: Path, *components: str) -> str:
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component)
    nlp.to_disk(folder / "model")
    return str(folder / "model")


def names(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def test_a_pipeline_that_sets_nothing_is_told_all_that_it_lacks(tmp_path: Path) -> None:
    model = saved(tmp_path)
    with pytest.raises(LanguageError) as caught:
        load_language(model)
    assert str(caught.value) == (
        f"the language model '{model}' gives no sentence boundaries, parts of speech, lemmas, "
        "dependencies, names; name one in nlp.model that does"
    )


def test_a_pipeline_without_names_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match=r"gives no names; name one in nlp\.model"):
        load_language(saved(tmp_path, "test_grammar"))


@pytest.mark.parametrize("component", ["tagger", "test_fails"])
def test_a_pipeline_that_cannot_read_is_one_line(tmp_path: Path, component: str) -> None:
    model = saved(tmp_path, component)
    with pytest.raises(LanguageError) as caught:
        load_language(model)
    message = str(caught.value)
    assert message.startswith(f"the language model '{model}' cannot be used (ValueError: ")
    assert message.endswith("; install it, or mend nlp.model in the settings")
    assert "\n" not in message


def test_names_of_another_pipeline_get_our_labels_and_dates_are_none(tmp_path: Path) -> None:
    nlp = load_language(saved(tmp_path, "test_grammar", "test_ontonotes"))
    doc = nlp("Ann left Oslo on Monday after two Act")
    assert names(doc) == [("Ann", "PERSON"), ("Oslo", "LOC"), ("Act", "MISC")]
    assert [token.ent_iob_ for token in doc] == ["B", "O", "B", "O", "O", "O", "O", "B"]


def test_a_long_text_is_read_by_another_pipeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = load_language(saved(tmp_path, "test_grammar", "test_ontonotes"))
    monkeypatch.setattr(loading, "_CHUNK", 60)
    text = "Ann left Oslo on Monday.\n\n" * 6  # of 26 characters, so two fit a part
    doc = make_doc(nlp, text)
    assert doc.text == text
    assert len(list(doc.sents)) == 3  # one for each part
    assert names(doc) == [("Ann", "PERSON"), ("Oslo", "LOC")] * 6


def test_a_pipeline_opened_as_it_is_may_lack_anything_and_keeps_its_labels(tmp_path: Path) -> None:
    nlp = load_language(saved(tmp_path, "test_ontonotes"), as_is=True)
    assert names(nlp("Oslo on Monday")) == [("Oslo", "FAC"), ("Monday", "DATE")]


def test_a_pipeline_that_was_opened_can_be_saved_and_opened_again(tmp_path: Path) -> None:
    nlp = load_language(saved(tmp_path, "test_grammar", "test_ontonotes"))
    nlp.to_disk(tmp_path / "again")
    again = load_language(str(tmp_path / "again"))
    assert again.pipe_names == nlp.pipe_names
    assert names(again("Ann on Monday")) == [("Ann", "PERSON")]


def test_what_ships_is_the_same_by_its_folder(nlp: Language) -> None:
    own = load_language(str(models.folder()))
    assert analysis(own(TEXT)) == analysis(nlp(TEXT))
    assert language_version(own) == language_version(nlp)


def test_what_ships_is_the_same_when_saved_elsewhere(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "en_copy")
    copy = load_language(str(tmp_path / "en_copy"))
    own, found = nlp(TEXT), copy(TEXT)
    assert analysis(found) == analysis(own)
    assert found.tensor.tobytes() == own.tensor.tobytes()


def test_the_tokeniser_of_what_ships_is_ours(nlp: Language) -> None:
    long = "x(" * 600
    words = [token.text for token in nlp.make_doc(f"the U.S.-led {long}")]
    assert words == ["the", "U.S.", "-", "led", long]


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    model = saved(tmp_path, "test_ontonotes")
    before = language_version(load_language(model, as_is=True))
    assert before.startswith("en_pipeline-0.0.0+")
    assert language_version(load_language(model, as_is=True)) == before
    meta = Path(model) / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"author": "else"}))
    assert language_version(load_language(model, as_is=True)) != before
