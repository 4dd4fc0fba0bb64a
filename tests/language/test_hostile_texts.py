import random

import pytest
from spacy.language import Language

from tasks.language import make_doc
from tests.language.given import check_sound, cpu_seconds

NEWS = (
    "Kabulov said on Monday that Moscow respects the Taliban. Ann Lee, 43, left the U.S. for Oslo."
)


def drawn(letters: str, words: int, length: int) -> str:
    rng = random.Random(0)
    return " ".join("".join(rng.choices(letters, k=length)) for _ in range(words))


TEXTS = {
    "nothing": "",
    "a space": " ",
    "a line": "\n",
    "blank lines": "\n\n",
    "white space of all kinds": " \t\r\n\x0b\x0c\x1c\x85\u00a0\u2028\u3000",
    "capitals": NEWS.upper(),
    "small letters": NEWS.lower(),
    "emoji": "😀😀️ 👩‍👩‍👧 said 🇳🇴 is #1 ❤️\u200d🔥!!! 😀",
    "marks of direction": "\u200fAnn\u200e said\u202e that \u2066Moscow\u2069 left.\u200f \u200f",
    "right to left": "قال كابولوف إن موسكو. \u200fAnn Lee left.",
    "tabs": NEWS.replace(" ", "\t"),
    "null bytes": "\x00Ann\x00Lee\x00 left\x00. \x00 \x00\x00",
    "control characters": "".join(map(chr, range(1, 32))) + "Ann\x1bLee\x7f left.\x08",
    "lines of Windows": NEWS.replace(" ", "\r\n") + "\r\n\r\n" + NEWS,
    "lines of an old Mac": NEWS.replace(". ", ".\r\r"),
    "a line a word": NEWS.replace(" ", "\n"),
    "a paragraph a word": NEWS.replace(" ", "\n\n"),
    "white space around": f"  \n\n\t{NEWS}\n \n ",
    "wide gaps": NEWS.replace(" ", " " * 2_000),
    "hard spaces": NEWS.replace(" ", "\u00a0"),
    "no spaces": NEWS.replace(" ", ""),
    "a word of 100,000 letters": f"He said {'a' * 100_000} and left.",
    "a word of 999 brackets": f"He said {'(' * 999} and left.",
    "punctuation": ".,;:!?…-\u2013—'\"“”\u2018\u2019()[]{}<>/\\|@#$%^&*_+=~` " * 20,
    "full stops": ". " * 400,
    "full stops without spaces": "." * 900,
    "list marks": "- \n* \n1. \n• \n- a\n*\n" * 20,
    "one letter": "a",
    "accents without letters": "\u0301 \u0302\u0303 a\u0301",
    "lone surrogate half of a pair, replaced": "a \ufffd b",
    "marks of the vocabulary": "[CLS] [SEP] [MASK] [PAD] [UNK] ##s [unused1] left.",
    "numbers": drawn("0123456789", 300, 12),
    "keys": drawn("0123456789abcdefxyz", 150, 60),
    "other letters": drawn("中国的我αβγδжзи", 200, 5),
    "no full stop": "the old men of the sea went on and on " * 100,
    "one word again and again": "Oslo " * 600,
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_has_a_sound_analysis(nlp: Language, name: str) -> None:
    check_sound(make_doc(nlp, TEXTS[name]), TEXTS[name])


@pytest.mark.parametrize("seed", range(12))
def test_any_characters_have_a_sound_analysis(nlp: Language, seed: int) -> None:
    rng = random.Random(seed)
    letters = [
        *"aA1.,-' \n\t\r\x00\u00a0\u200f\u0301\ufe0f\u2028“”é中😀",
        *("\n\n", " - ", ". ", "Mr. ", "U.S. ", "said "),
    ]
    text = "".join(rng.choices(letters, k=400))
    check_sound(make_doc(nlp, text), text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Head\n\nBody", ["Head", "Body"]),
        ("One\n \t\nTwo\r\n\r\nThree", ["One", "Two", "Three"]),
        (
            "Seen:\n- one\n- two\n\n3. three\nThe end",
            ["Seen:", "- one", "- two", "3. three", "The end"],
        ),
        ("  \n\n Head", ["Head"]),
    ],
)
def test_paragraphs_and_list_items_are_sentences(
    nlp: Language, text: str, sentences: list[str]
) -> None:
    assert [sentence.text.strip() for sentence in nlp(text).sents] == sentences


@pytest.mark.parametrize("words", ["the old men of the sea went on and on ", "Oslo. "])
def test_the_time_is_linear(nlp: Language, words: str) -> None:
    short, long = (words * (size // len(words)) for size in (3_000, 12_000))
    make_doc(nlp, short)
    in_short = cpu_seconds(lambda: make_doc(nlp, short), times=2)
    assert cpu_seconds(lambda: make_doc(nlp, long)) < 8 * in_short  # 16 if it were quadratic
