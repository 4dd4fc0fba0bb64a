"""Texts that are hardly news: what the rules promise holds on them, in time that grows evenly."""

from time import process_time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from tasks.extract.document import Document
from tasks.extract.quotes import find_quotes
from tasks.extract.statements import find_statements
from tasks.extract.turns import find_turns
from tests.extract.documents import article, document, mentions, nlp
from warehouse.tables import Statement

LONG = " ".join(["The sea is salt."] * 1250)
"""5,000 words."""

UNBALANCED = {
    "only closed": "The ferry is late.” Nobody said why.” Anna Holm said so.”",
    "only opened": "“The ferry is late. “Anna Holm said it “was full. “He waved.",
    "crossed": "“Anna Holm said «the ferry” is late», Karl Brandt said.",
    "turned round": "”The ferry is late,“ said Anna Holm.",
    "deep": "“He said “she said “they said “it is late” said he” said she” said Anna Holm.",
    "empty": "“” said Anna Holm. Karl Brandt said “ ”. '' said “...”",
    "mixed kinds": '"The ferry\' is late," said \'Anna Holm", „he“ added» .',
    "marks alone": "“ ” « » ‘ ’ \" ' „ “ ``  ''",  # noqa: RUF001
    "cue in a quote alone": "“said” “said” Anna Holm “said that” “said”.",
    "paragraphs left open": "“One.\n\n“Two.\n\n“Three, said Anna Holm.\n\nFour.”\n\n“Five.",
}
ODD = {
    "nothing": "",
    "white space": " \n\n \t\n",
    "one cue": "said",
    "colon": ":",
    "cues alone": "Said. Told. According to. He said that. She, he said, said.",
    "labels alone": "MR. VALE:\n\nQ\n\nMR. VALE:\n\nQ\n\nMS. ORR:\n\nQ:\n\nA:",
    "label at the end": "MR. VALE:  Yes.\n\nQ  No?\n\nMR. VALE:  Yes.\n\nMS. ORR:",
    "opened at the end": "Anna Holm said: “",
    "block announced at the end": "Anna Holm wrote:\n\n",
    "Windows lines": "Anna Holm said:\r\n\r\n“It is late.”\r\n\r\nMR. VALE:  Yes.\r\n",
    "no spaces": "AnnaHolmsaid:“Itislate.”KarlBrandtsaidthatitisfull." * 20,
    "other scripts": "Анна сказала: «Поздно». 安娜说:“晚了。” Anna Holm said “🙂🙂”.",
    "hidden spaces": "\u200bAnna Holm said\u00a0that\u00adit was “late\u2060”.",
    "control": "Anna Holm said\x00 that\x1b “it\u2028is\u2029late”\ufeff.",
}
POEM = (
    "The tide went out, the tide came in,\nthe gulls sat on the wall;\n"
    "the lamp went green, the lamp went red,\nand then no lamp at all."
)
LYRICS = (
    "[Chorus]\nOh she said, she said, she said,\nhold the lamp (hold the lamp!)\n"
    "“Hey,” they said, “hey, hey”\n\n[Verse 2]\nAnna Holm: la la la\nBoth: hold the lamp\n"
)
CODE = (
    "def say(text: str) -> None:\n    print(f\"said: '{text}'\")\n\n\n"
    'if who == "Anna Holm":\n    say(\'it is\' + " late")  # "x" and \'y\'\n\n'
    '<p class="said">&quot;no&quot;</p> {"said": ["a", \'b\'], "told": null}\n'
)


def read(text: str) -> list[Statement]:
    doc = document(text)
    return find_statements(doc, mentions(doc), find_quotes(text), find_turns(text))


def check(text: str, rows: list[Statement]) -> None:
    """Assert what holds of every statement of any text."""
    ids = [row.statement_id for row in rows]
    assert len(set(ids)) == len(ids)
    for row in rows:
        assert 0 <= row.start_char < row.end_char <= len(text)
        assert text[row.start_char : row.end_char] == row.content == row.content.strip() != ""
        assert row.speaker
        assert row.speaker.strip()
        assert text[row.speaker_start : row.speaker_end] == row.speaker
        assert row.cue is None or text[row.cue_start : row.cue_end] == row.cue != ""
        assert (row.cue is None) == (row.cue_start is None) == (row.cue_end is None)
        assert row.via_statement_id is None or row.via_statement_id in ids
        assert row.via_statement_id != row.statement_id
        assert 0 <= row.confidence <= 1


@pytest.mark.parametrize("text", [*UNBALANCED.values(), *ODD.values()], ids=[*UNBALANCED, *ODD])
def test_odd_texts_keep_the_promises(text: str) -> None:
    check(text, read(text))


@pytest.mark.parametrize("cut", range(0, 150, 7))
def test_a_text_cut_anywhere_keeps_the_promises(cut: int) -> None:
    text = (
        "Anna Holm wrote: “The bridge is old.\n\n“It must be closed,” and Karl Brandt, who "
        "‘never’ said so, told Daily Post that, according to the League, it was."  # noqa: RUF001
    )[:cut]
    check(text, read(text))


@pytest.mark.parametrize("text", [f"“{LONG}” said Anna Holm.", f"Anna Holm said: “{LONG}”"])
def test_a_quote_of_five_thousand_words_is_one_statement(text: str) -> None:
    rows = read(text)
    check(text, rows)
    assert [(row.speaker, row.content) for row in rows] == [("Anna Holm", LONG.rstrip("."))]


def test_a_quote_of_five_thousand_words_left_open_swallows_no_other_paragraph() -> None:
    text = f"Anna Holm said: “{LONG}\n\nThe town voted in May."
    rows = read(text)
    check(text, rows)
    assert all("voted" not in row.content for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is old. Nobody mends it.”",
        f"“{LONG}”",
        "“The bridge is old.”\n\n“Nobody mends it.”\n\n“It will fall.”",
        "- “The bridge is old”\n- “Nobody mends it”\n- “It will fall”",
        "1. 'Salt'\n2. 'Cold Harbour'\n3. 'The Last Ferry'",
        '"One," "two," "three."',
        POEM,
    ],
)
def test_words_that_nobody_is_named_for_are_no_statements(text: str) -> None:
    assert read(text) == []


def test_lyrics_keep_the_promises() -> None:
    check(LYRICS, read(LYRICS))


def test_code_says_nothing() -> None:
    assert read(CODE) == []


SAID = "Anna Holm said that the ferry was late. "
SHAPES = {
    "one paragraph": SAID,
    "paragraphs": f"{SAID}\n\n",
    "quotes": "“It is cold,” said Karl Brandt. “It is late.” He added that it was full.\n\n",
    "quotes left open": "“It is cold. Karl Brandt said so.\n\n",
    "turns": "MR. VALE:  It is cold.\n\nQ    Is it?\n\nMS. ORR:  It is.\n\n",
    "blocks": "Anna Holm wrote:\n\nIt is cold.\n\n",
    "chain": "he said that she said that ",
    "pronouns": "She said it was late. ",
}


def repeated(piece: str, length: int) -> Document:
    """Return a document of `piece` again and again, parsed once: the parser is not timed."""
    one = nlp()(piece)
    one.user_data.clear()
    one.tensor = np.zeros((0, 0), dtype=np.float32)
    times = max(length // len(piece), 1)
    doc = Doc.from_docs([one] * times, ensure_whitespace=False)
    return Document.of(article(doc.text), doc)


def seconds(piece: str, length: int) -> float:
    """Return the time that the statements of `length` characters take, the best of two."""
    doc = repeated(piece, length)
    known = mentions(doc)
    taken = []
    for _ in range(2 if length < 200_000 else 1):
        start = process_time()
        rows = find_statements(
            doc, known, find_quotes(doc.article.text), find_turns(doc.article.text)
        )
        taken.append(process_time() - start)
    check(doc.article.text, rows)
    return min(taken)


@pytest.mark.parametrize("piece", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_length_only(piece: str) -> None:
    assert seconds(piece, 200_000) < 20 * max(seconds(piece, 20_000), 0.02)


def test_a_megabyte_of_sentences_takes_ten_times_a_tenth() -> None:
    assert seconds(SAID, 1_000_000) < 20 * max(seconds(SAID, 100_000), 0.02)


MARKS = "“”„‘’«»\"',.:;?!-–()"  # noqa: RUF001
CUES = "said says told asked wrote added claimed denied citing praised not never will may"
SMALL = "that whether if who which and but as by he she I it they the a ferry late is was 's `` ''"
WORDS = [
    *[*MARKS, *CUES.split(), *SMALL.split(), "\n\n", "\n", " "],
    *["Anna Holm", "Karl Brandt", "Daily Post", "the League", "officials", "a source"],
    *["according to", "in the view of", "quoted as saying", "went on to explain", "called for"],
    *["\n\nMR. VALE:  ", "\n\nMS. ORR:  ", "\n\nQ    ", "\n\nQ: ", "\n\nA: "],
    *["\n\nAnna Holm: ", "\n\nHolm: ", "\n\n- ", "\n\n> "],
]


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=50), gap=st.sampled_from([" ", ""]))
@example(words=["“", "said", "“", "”", "Anna Holm", "”"], gap=" ")
@example(words=["\n\nMR. VALE:  ", "\n\nQ    ", "\n\nMR. VALE:  ", "“"], gap="")
def test_any_word_salad_keeps_the_promises(words: list[str], gap: str) -> None:
    text = gap.join(words)
    check(text, read(text))
