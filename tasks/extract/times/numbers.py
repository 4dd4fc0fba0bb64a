"""Quantities and ordinals, in figures and in words."""

from tasks.extract.times.scan import FIGURES, Scan

Quantity = float | None
"""None is an unknown number, as in "several"."""

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_GREAT = {"hundred": 100, "thousand": 1000}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
}  # fmt: skip
_VAGUE = (
    "several", "a few", "quite a few", "few", "many", "some", "a number of", "a handful of",
    "a couple of", "a couple", "dozens of", "scores of", "hundreds of", "thousands of",
    "countless", "numerous", "various", "a dozen", "half a", "half an", "a half", "several dozen",
)  # fmt: skip
_WORTH: dict[str, float] = {
    "a dozen": 12, "half a": 0.5, "half an": 0.5, "a half": 0.5, "a couple of": 2, "a couple": 2,
}  # fmt: skip
_PHRASES = sorted((tuple(phrase.split()) for phrase in _VAGUE), key=len, reverse=True)

NUMBER_STARTS = frozenset({FIGURES, "a", "an", *_SMALL, *_TENS, *(words[0] for words in _PHRASES)})
ORDINAL_STARTS = frozenset({FIGURES, *_ORDINALS, *_TENS})
"""First words of what is read here."""


def read_count(scan: Scan, at: int) -> tuple[tuple[Quantity], int] | None:
    """Read a quantity that is no bare article."""
    return None if scan.word(at) in ("a", "an") else read_number(scan, at)


def read_number(scan: Scan, at: int) -> tuple[tuple[Quantity], int] | None:
    """Read a quantity: "3", "1,200", "2.5", "twenty-five", "two and a half", "several", "an"."""
    for phrase in _PHRASES:
        if tuple(scan.lower[at : at + len(phrase)]) == phrase:
            return (_WORTH.get(" ".join(phrase)),), at + len(phrase)
    found = _figures(scan, at) or _in_words(scan, at)
    if found is None:
        return ((1.0,), at + 1) if scan.word(at) in ("a", "an") else None
    number, end = found
    for half in (("and", "a", "half"), ("and", "half")):
        if tuple(scan.lower[end : end + len(half)]) == half:
            return (number + 0.5,), end + len(half)
    return (number,), end


def _figures(scan: Scan, at: int) -> tuple[float, int] | None:
    word = scan.word(at)
    if not word.isdecimal() or len(word) > 6 or not scan.opens(at):
        return None
    number, end = float(word), at + 1
    while (
        scan.word(end) == ","
        and scan.is_glued(end)
        and scan.is_glued(end + 1)
        and scan.word(end + 1).isdecimal()
        and len(scan.word(end + 1)) == 3
        and number < 1e6
    ):
        number, end = number * 1000 + float(scan.word(end + 1)), end + 2
    if scan.word(end) == "½":
        return number + 0.5, end + 1
    if (
        scan.word(end) == "."
        and scan.is_glued(end)
        and scan.is_glued(end + 1)
        and scan.word(end + 1).isdecimal()
        and len(scan.word(end + 1)) <= 3
    ):
        return float(f"{number:.0f}.{scan.word(end + 1)}"), end + 2
    return (number, end) if not scan.is_glued(end) or scan.word(end) in "-.,)'\";:" else None


def _in_words(scan: Scan, at: int) -> tuple[float, int] | None:
    """Read "two", "twenty-five", "a hundred", "three hundred and sixty five"."""
    small = _below_hundred(scan, at)
    article = scan.word(at) in ("a", "one") and scan.word(at + 1) in _GREAT
    if article:
        small = 1, at + 1
    if small is None:
        return None
    number, end = small
    while scan.word(end) in _GREAT and number < 1e6:
        number, end = number * _GREAT[scan.word(end)], end + 1
        rest = end + (scan.word(end) == "and")
        more = _below_hundred(scan, rest)
        if more is not None:
            number, end = number + more[0], more[1]
    return number, end


def _below_hundred(scan: Scan, at: int) -> tuple[float, int] | None:
    word = scan.word(at)
    if word in _SMALL:
        return _SMALL[word], at + 1
    if word not in _TENS:
        return None
    unit = at + 1 + (scan.word(at + 1) == "-")
    if 0 < _SMALL.get(scan.word(unit), 0) < 10:
        return _TENS[word] + _SMALL[scan.word(unit)], unit + 1
    return _TENS[word], at + 1


def read_ordinal(scan: Scan, at: int) -> tuple[int, int] | None:
    """Read "third", "twenty-first", "21st"; return the number and the word after it."""
    word = scan.word(at)
    if word in _ORDINALS:
        return _ORDINALS[word], at + 1
    if word in _TENS:
        unit = at + 1 + (scan.word(at + 1) == "-")
        return (
            (_TENS[word] + _ORDINALS[scan.word(unit)], unit + 1)
            if 0 < _ORDINALS.get(scan.word(unit), 0) < 10
            else None
        )
    if word.isdecimal() and len(word) < 4 and scan.opens(at) and scan.is_glued(at + 1):
        return (int(word), at + 2) if scan.word(at + 1) in ("st", "nd", "rd", "th") else None
    return None
