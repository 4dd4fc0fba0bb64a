"""The ends of what is said: no outer marks, no white space, no closing punctuation."""

_OPEN, _CLOSE = frozenset('"“«„‟‘‹'), frozenset('"”»“’›')  # noqa: RUF001
_DOUBLE = frozenset('"“”«»„')
_ROUNDS = 8
"""Most marks taken off at an end: more are no quotation."""
_LEAD = " \n\r\t\xa0,;:.—–-*•"  # noqa: RUF001
_TRAIL = " \n\r\t\xa0.,;:!?…—–-"  # noqa: RUF001


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without outer quotation marks, end punctuation and white space."""
    for _ in range(_ROUNDS):
        before = start, end
        while start < end and text[start] in _LEAD:
            start += 1
        while start < end and text[end - 1] in _TRAIL:
            end -= 1
        start, end = _unmarked(text, start, end)
        if (start, end) == before:
            break
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return start, end + (is_open and text[end : end + 1] == ")")


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without marks around the whole of it and without one left alone."""
    if end - start < 2:
        return start, end
    opens, closes = text[start] in _OPEN, text[end - 1] in _CLOSE
    inside = text[start + 1 : end - 1]
    if opens and closes and not any(c in _DOUBLE for c in inside):
        return start + 1, end - 1
    if text[start : start + 2] == "''" and text[end - 2 : end] == "''" and "''" not in inside[1:-1]:
        return start + 2, end - 2
    if text[end - 1] in _DOUBLE and not any(c in _DOUBLE for c in text[start : end - 1]):
        return start, end - 1
    if text[start] in _DOUBLE and not any(c in _DOUBLE for c in text[start + 1 : end]):
        return start + 1, end
    if text[end - 1] == ")" and "(" not in text[start:end]:
        return start, end - 1
    if text[end - 1] == ")" and (opened := text.rfind(" (", start + 1, end)) > start:
        return start, opened
    return start, end
