"""The language model: tokens, sentences, parts of speech, lemmas, dependencies and names."""

import os

# ONNX Runtime from 1.29 reports to its maker from the moment of its import, unless told not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from tasks.language.errors import LanguageError  # must follow the line above
from tasks.language.loading import language_version, load_language, make_doc

__all__ = ["LanguageError", "language_version", "load_language", "make_doc"]
