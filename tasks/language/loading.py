"""Opening a language model: the one that ships, or any spaCy pipeline that does what it does."""

from collections.abc import Iterator
from hashlib import sha256

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import models
from tasks.language import encoder, lemmatizer, parser, senter, vectors  # noqa: F401  # factories
from tasks.language.antecedents import ANTECEDENTS, moved
from tasks.language.errors import LanguageError
from tasks.language.files import brief
from tasks.language.mapping import LABELS_PIPE
from tasks.language.names import CONFIDENCE
from tasks.language.words import sentence_firsts, set_sentences

MAX_CHARS = 6_000_000
"""Longest text taken, in characters: above the 5 MB at which ingest refuses an item."""
_CHUNK = 50_000
"""Characters analysed at once; a longer text is parted at a blank line, or at white space."""
_KEPT = 200_000
"""Characters up to which a text keeps the vectors of its words, 60 MB: they spare stances work."""
_BATCH = 32
"""Texts that `nlp.pipe` holds at once: each word has a vector of 1.5 KB."""
_PROBE = "Ann Lee met officials in Paris. They agreed."
_NEEDED = {
    "SENT_START": "sentence boundaries",
    "POS": "parts of speech",
    "LEMMA": "lemmas",
    "DEP": "dependencies",
    "ENT_IOB": "names",
}


def load_language(model: str | None = None, *, as_is: bool = False) -> Language:
    """Return the pipeline called `model`, a spaCy package or a folder; None: the one that ships.

    Raises LanguageError where it is not there, is damaged, or leaves out what demarche needs.
    With `as_is` it may leave out anything and keeps its own labels of names, to be measured.
    """
    path = models.folder() if model is None else model
    try:
        nlp = spacy.load(path)
        doc = None if as_is else nlp(_PROBE)
    except LanguageError:
        raise
    except Exception as error:  # spaCy and its parts raise many kinds, some only on a text
        remedy = "demarche again" if model is None else "it, or mend nlp.model in the settings"
        raise LanguageError(
            f"the language model '{path}' cannot be used ({brief(error)}); install {remedy}"
        ) from error
    nlp.max_length, nlp.batch_size = MAX_CHARS, _BATCH
    if doc is not None:
        _check(doc, str(path))
        if model is not None and LABELS_PIPE not in nlp.pipe_names:
            nlp.add_pipe(LABELS_PIPE)
    return nlp


def _check(doc: Doc, model: str) -> None:
    """Raise LanguageError that names what `model` did not set in `doc`."""
    lacking = [meaning for attr, meaning in _NEEDED.items() if not doc.has_annotation(attr)]
    if lacking:
        raise LanguageError(
            f"the language model '{model}' gives no {', '.join(lacking)}; "
            "name one in nlp.model that does"
        )


def language_version(nlp: Language) -> str:
    """Return name, version and the first 12 hex digits of the SHA-256 of all files of `nlp`."""
    digest = sha256()
    folder = nlp.path
    for file in sorted(one for one in folder.rglob("*") if one.is_file()) if folder else ():
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    name = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
    return f"{name}+{digest.hexdigest()[:12]}"


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the analysed `Doc` over `text`.

    A long text is read in parts, so that memory stays bounded; a very long one has no `tensor`.
    """
    if len(text) <= _CHUNK:
        return nlp(text)
    parts: list[Doc] = []
    for part in _parts(text):
        parts.append(nlp(part))
        if len(text) > _KEPT:
            parts[-1].tensor = np.zeros((0, 0), dtype=np.float32)
    doc = _joined(parts)
    if len(text) <= _KEPT:
        doc.tensor = np.concatenate([part.tensor for part in parts])
    return doc


def _joined(parts: list[Doc]) -> Doc:
    """Return `parts` as one `Doc`, with their sentences and how sure their names are."""
    doc = Doc.from_docs(  # type: ignore[call-arg]  # the stub lags behind
        parts, ensure_whitespace=False, exclude=["tensor", "user_data"]
    )
    before = np.cumsum([0, *map(len, parts)])
    firsts = [at + sentence_firsts(part) for at, part in zip(before, parts, strict=False)]
    set_sentences(doc, np.concatenate(firsts))
    if all(ANTECEDENTS in part.user_data for part in parts):
        doc.user_data[ANTECEDENTS] = [
            moved(one, int(at))
            for at, part in zip(before, parts, strict=False)
            for one in part.user_data[ANTECEDENTS]
        ]
    if all(CONFIDENCE in part.user_data for part in parts):
        doc.user_data[CONFIDENCE] = [one for part in parts for one in part.user_data[CONFIDENCE]]
    return doc


def _parts(text: str) -> Iterator[str]:
    """Yield `text` in parts of at most _CHUNK characters, or up to the next white space."""
    start = 0
    while len(text) - start > _CHUNK:
        end = text.rfind("\n\n", start + _CHUNK // 2, start + _CHUNK) + 2
        if end < 2:
            end = _space_before(text, start + _CHUNK // 2, start + _CHUNK)
        while end < len(text) and text[end].isspace():
            end += 1
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _space_before(text: str, low: int, high: int) -> int:
    """Return where the last word between `low` and `high` starts, or the first one after."""
    for at in range(high, low, -1):
        if text[at - 1].isspace():
            return at
    while high < len(text) and not text[high].isspace():
        high += 1
    return high
