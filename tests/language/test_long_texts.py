import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from tasks.language import loading, make_doc
from tasks.language.names import CONFIDENCE
from tasks.language.tokens import blank_english
from tests.language.given import analysis, check_sound, cpu_seconds, sentences, zigzag

CHUNK = 50_000
LINE = "Ann Lee met officials in Oslo. "


@pytest.fixture(scope="module")
def blank() -> Language:
    """A pipeline quick enough for a megabyte."""
    nlp = blank_english()
    nlp.add_pipe("sentencizer")
    nlp.max_length = loading.MAX_CHARS
    return nlp


def parts_read(nlp: Language, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Doc, list[Doc]]:
    """Return the analysis of `text`, and those of the parts in which it was read."""
    parts: list[Doc] = []
    read = Language.__call__

    def noted(self: Language, text: str) -> Doc:
        parts.append(read(self, text))
        return parts[-1]

    monkeypatch.setattr(Language, "__call__", noted)
    return make_doc(nlp, text), parts


TEXTS = {
    "paragraphs": (LINE * 20 + "\n\n") * 200,
    "wide blank lines": (LINE * 20 + "\n\n \n\n\n") * 200,
    "paragraphs of Windows": (LINE * 20 + "\r\n\r\n") * 200,
    "one paragraph": LINE * 4_000,
    "words far apart": ("word" + " " * 7_000) * 20,
    "hard spaces": LINE.replace(" ", "\u00a0") * 4_000,
    "no white space": "x" * 120_000,
    "no white space at first": "x" * 120_000 + " " + LINE * 1_000,
    "white space": " \n" * 60_000,
    "white space at first": "\n" * 60_000 + LINE * 1_000,
    "white space at last": LINE * 1_500 + "\n" * 60_000,
    "just too long": "x" * 30_000 + "\n\n" + "y" * (CHUNK - 30_001),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_long_text_keeps_every_character_in_its_place(
    blank: Language, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = TEXTS[name]
    doc, docs = parts_read(blank, text, monkeypatch)
    parts = [one.text for one in docs]
    assert doc.text == text
    assert [text[t.idx : t.idx + len(t)] for t in doc] == [t.text for t in doc]
    assert "".join(parts) == text
    assert all(not part[0].isspace() for part in parts[1:])
    assert all(part[-1].isspace() for part in parts[:-1])
    assert all(len(part.rstrip()) <= CHUNK or " " not in part.strip() for part in parts)


def test_a_text_that_fits_is_read_at_once(blank: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (LINE * 2_000)[:CHUNK]
    assert parts_read(blank, text, monkeypatch)[1][0].text == text


def test_a_long_text_is_parted_at_the_last_blank_line_that_fits(
    blank: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    paragraphs = [f"{LINE * 800}\n\n", f"{LINE * 800}\n\n", LINE * 800]  # of 24,802 characters
    _, docs = parts_read(blank, "".join(paragraphs), monkeypatch)
    assert [one.text for one in docs] == [paragraphs[0] + paragraphs[1], paragraphs[2]]


def test_the_time_is_linear(blank: Language) -> None:
    short, long = LINE * 8_000, LINE * 16_000
    assert cpu_seconds(lambda: make_doc(blank, long)) < 3 * cpu_seconds(
        lambda: make_doc(blank, short), times=2
    )


def test_a_long_text_is_read_as_its_parts_are(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 200)
    first = "Kabulov said that Moscow respects the Taliban. Ann Lee left Oslo.\n\n" * 2
    second = "- Officials denied it\n- the U.S.-led coalition left\nThe end, said Mr. Brandt.\n\n"
    text = first + second + " \n"
    parts = [nlp(first), nlp(second + " \n")]
    doc = make_doc(nlp, text)
    check_sound(doc, text)
    moved = [(start + len(first), end + len(first)) for start, end in sentences(parts[1])]
    assert sentences(doc) == sentences(parts[0]) + moved
    whole, one, other = analysis(doc), analysis(parts[0]), analysis(parts[1])
    for name in ("text", "tag_", "pos_", "morph", "lemma_", "dep_", "is_sent_start", "confidence"):
        assert whole[name] == one[name] + other[name]
    assert whole["heads"] == one["heads"] + [len(parts[0]) + head for head in other["heads"]]
    assert whole["names"] == one["names"] + [
        (start + len(first), end + len(first), label) for start, end, label in other["names"]
    ]
    assert len(doc.user_data[CONFIDENCE]) > 0


def test_sentences_of_a_long_text_stay_where_arcs_cross(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.language.parser.best_heads", zigzag)
    assert zigzag(np.zeros((5, 6))).tolist() == [5, 4, 0, 3, 2]
    monkeypatch.setattr(loading, "_CHUNK", 300)
    paragraph = "and so on " * 20 + "\n\n"
    doc = make_doc(nlp, paragraph * 4)
    check_sound(doc, paragraph * 4)
    assert [sentence.text for sentence in doc.sents] == [paragraph.strip(" ")] * 4


def test_a_part_that_is_cut_within_a_sentence_is_sound(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 100)
    text = (
        "Kabulov said on Monday that Moscow respects the Taliban and their envoys in Oslo and " * 4
    )
    check_sound(make_doc(nlp, text), text)


def test_the_vectors_of_a_long_text_are_those_of_its_parts(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 100)
    doc, parts = parts_read(nlp, LINE * 10, monkeypatch)
    assert len(parts) > 2
    assert doc.tensor.shape == (len(doc), 384)
    assert doc.tensor[len(parts[0]) :][: len(parts[1])].tolist() == parts[1].tensor.tolist()


def test_the_vectors_of_a_very_long_text_are_not_kept(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 100)
    monkeypatch.setattr(loading, "_KEPT", 300)
    doc, parts = parts_read(nlp, LINE * 10, monkeypatch)
    assert len(parts) > 2
    # a slice of no rows would hold on to all of them
    assert all(one.tensor.size == 0 and one.tensor.base is None for one in (*parts, doc))


def test_a_pipeline_without_confidence_gives_none_to_a_long_text(blank: Language) -> None:
    assert CONFIDENCE not in make_doc(blank, LINE * 4_000).user_data


def test_words_overlong_stay_whole_and_led_is_parted_from_its_state() -> None:
    words = ["U.S.", "-", "led", "x(" * 600, "ill", "-", "led"]
    nlp = blank_english()
    text = f"U.S.-led {'x(' * 600} ill-led"
    assert [token.text for token in nlp(text)] == words
    assert [token.text for token in spacy.blank("en")("U.S.-led")] == ["U.S.-led"]
