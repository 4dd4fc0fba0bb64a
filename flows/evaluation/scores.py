"""Counts to figures in per cent."""


def percent(part: int, whole: int) -> float:
    """Return `part` of `whole` in per cent, to two decimals; 0 of nothing."""
    return round(100 * part / whole, 2) if whole else 0.0


def f1_scores(correct: int, found: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and F1 in per cent."""
    return {
        "precision": percent(correct, found),
        "recall": percent(correct, wanted),
        "f1": percent(2 * correct, found + wanted),
    }
