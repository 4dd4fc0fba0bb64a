"""What can go wrong with a language model that a person can mend."""

from tasks.errors import DemarcheError


class LanguageError(DemarcheError):
    """A language model is missing, damaged or lacks what demarche needs."""
