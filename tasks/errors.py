"""Errors that a person has to act on; bad items are `Rejection` rows, never errors.

DemarcheError
├── SourceError      a source does not exist, holds nothing readable, or is described wrongly
└── LanguageError    a language model is missing, damaged or lacks something; tasks/language
"""


class DemarcheError(Exception):
    """Base of all errors whose message is one line that names the thing and the remedy."""


class SourceError(DemarcheError):
    """A source does not exist, holds nothing readable, or is described wrongly."""
