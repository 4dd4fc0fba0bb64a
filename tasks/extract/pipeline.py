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


def blank_pipeline() -> Language:
    """Return a new blank English pipeline that parts 'U.S.-led' at its hyphen."""
    nlp = spacy.blank("en")
    nlp.max_length = MAX_CHARS
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    tokenizer: Any = nlp.tokenizer  # declared as a plain callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the `Doc` over `text` with sentence boundaries."""
    doc = nlp.make_doc(text)
    split_sentences(doc)
    return doc
