"""Closed lists of words, written as one string."""


def words(text: str) -> frozenset[str]:
    """Return the white-space separated words of `text`."""
    return frozenset(text.split())
