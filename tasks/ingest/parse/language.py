"""The language of a text."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 1_500
"""Characters looked at; the cost grows with them. On 356 news texts, six of them not English, 600
to 2,000 characters give the answers of 10,000, and 300 are wrong about three."""

SHORT_WORDS = 60
"""Up to this length a declared language outdoes the guess, which a few names can mislead."""

MIN_CONFIDENCE = 0.5
"""Below, the guess says nothing and the language stays open."""

NAMES = {"english": "en", "eng": "en"}
CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", re.IGNORECASE)


def language_of(text: str, *, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, or None where it stays open.

    Detection is py3langid (naive Bayes over byte n-grams, after langid.py, Lui and Baldwin
    2012).
    """
    given = _code(declared)
    if given and len(text[:SAMPLE].split()) <= SHORT_WORDS:
        return given
    found, confidence = _identifier().classify(text[:SAMPLE])
    return str(found) if confidence >= MIN_CONFIDENCE else given


def _code(declared: str | None) -> str | None:
    name = (declared or "").strip().casefold()
    match = CODE.fullmatch(name)
    return NAMES.get(name) or (match[1] if match and len(match[1]) == 2 else None)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
