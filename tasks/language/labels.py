"""The labels of names, and their tags: `O`, then `B-` and `I-` of each label."""

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "MISC")
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))


def opening(label: str) -> int:
    """Return the number of the tag that opens a name with `label`; the next one continues it."""
    return 1 + 2 * LABELS.index(label)
