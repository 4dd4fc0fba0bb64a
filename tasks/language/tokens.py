"""spaCy's English tokeniser, with what news and hostile texts ask for."""

import re
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_LONGEST_WORD = 1_000
"""Characters without white space from which a run is left whole: spaCy strips affixes one by one,
in quadratic time, and no English word comes near."""

_RUNS = [*(rf"\{mark}{{2,}}" for mark in "=*_~#+!?<>|^"), "-{3,}"]
"""The same mark again and again is one token, as in the treebanks: '!!!', '======'."""


def blank_english() -> Language:
    """Return a pipeline of the tokeniser alone."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    return nlp


def adapt_tokenizer(nlp: Language) -> None:
    """Make the tokeniser of `nlp` part 'U.S.-led' at its hyphen, and keep runs of one mark, and
    overlong runs of anything, whole."""
    defaults = nlp.Defaults
    infixes = [*_RUNS, *(defaults.infixes or []), r"(?<=[A-Z]\.)-(?=[A-Za-z])"]
    tokenizer: Any = nlp.tokenizer  # declared as a plain callable
    rules, tokenizer.rules = tokenizer.rules, {}  # else each line below reads all of them anew
    tokenizer.prefix_search = compile_prefix_regex([*_RUNS, *(defaults.prefixes or [])]).search
    tokenizer.suffix_search = compile_suffix_regex([*_RUNS, *(defaults.suffixes or [])]).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = re.compile(rf"\S{{{_LONGEST_WORD},}}").match
    tokenizer.rules = rules
