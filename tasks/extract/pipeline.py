"""The blank English pipeline: a tokeniser and sentence boundaries, no trained parts.

A trained pipeline takes its place here; everything after it reads the `Doc`.
"""

from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from tasks.extract.sentences import split_sentences

MAX_CHARS = 6_000_000
"""Longest text taken, in characters: above the 5 MB at which ingest refuses an item."""
_LONGEST_WORD = 1_000
"""Characters without white space from which a run is left whole; no English word comes near."""


def blank_pipeline() -> Language:
    """Return a new blank English pipeline that parts 'U.S.-led' at its hyphen."""
    nlp = spacy.blank("en")
    nlp.max_length = MAX_CHARS
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    tokenizer: Any = nlp.tokenizer  # declared as a plain callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = _is_overlong
    return nlp


def _is_overlong(word: str) -> bool:
    """Tell whether to leave a word whole: spaCy strips affixes one by one, in quadratic time."""
    return len(word) > _LONGEST_WORD


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the `Doc` over `text` with sentence boundaries."""
    doc = nlp.make_doc(text)
    split_sentences(doc)
    return doc
