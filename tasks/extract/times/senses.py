"""Whether a word of time is one: "May" the month or the verb, "fall" the season or the verb.

Decided by the words around it and by the language model's tags and names.
"""

from tasks.extract.grammar import words
from tasks.extract.times.scan import Scan
from tasks.extract.times.words import SHORT_MONTHS, UNITS

_BEFORE_TIME = words(
    "in since by until till from to during of for before after between through throughout "
    "around about late early mid last this next every each and or that"
)
"""Words after which a name of a month or a year is a time."""
_NUMBERED = words(
    "no number room page pages chapter article section resolution route flight channel "
    "model line bus gate highway paragraph verse windows office population"
)
"""Words whose number is no year."""
_COUNTED = words(
    "percent per million billion trillion km kilometres kilometers miles metres meters feet "
    "ft kg tons tonnes euros dollars pounds yen mph rpm hz mhz ghz mb gb bc utc gmt hrs "
    "local people men women troops soldiers others"
)
"""Words that follow a number that counts."""


def is_month(scan: Scan, at: int) -> bool:
    """Tell whether the name at word `at`, without day or year, is that of a month."""
    word, before = scan.word(at), scan.word(at - 1)
    token = scan.token(at)
    if word in SHORT_MONTHS and word != "sept":
        return scan.word(at + 1) == "." and before in _BEFORE_TIME
    if token is not None and token.ent_type_ == "PERSON":
        return False
    if word not in ("may", "march", "august", "april", "june"):
        return True
    if scan.is_capital(at - 1) and scan.is_next(at) and before not in _BEFORE_TIME:
        return False
    if word == "march":
        walks = scan.word(at + 1) in ("on", "for", "of", "to", "through", "against")
        is_named = before in ("the", "a") and not scan.tag(at + 1).startswith("NN")
        return before in _BEFORE_TIME or not (walks or is_named)
    if word == "may":
        return before in _BEFORE_TIME or (token is not None and token.tag_ == "NNP" and at > 0)
    return token is None or token.tag_ in ("NNP", "NN", "CD") or before in _BEFORE_TIME


def is_season(scan: Scan, at: int) -> bool:
    """Tell whether a word such as "spring" or "fall" at word `at` is a season."""
    word, before, after = scan.word(at), scan.word(at - 1), scan.word(at + 1)
    tag = scan.tag(at)
    if tag and not tag.startswith("NN"):
        return False
    if after in ("olympics", "games", "olympic", "break") or scan.is_glued(at):
        return False
    after_name = scan.is_capital(at - 1) and before not in (*_BEFORE_TIME, "the")
    if scan.is_capital(at) and after_name and not scan.is_capital(at + 1):
        return False
    if word == "fall":
        return (
            before in ("in", "by", "the", "last", "since")
            and after not in ("of", "in", "from")
            and (
                before != "the"
                or scan.word(at - 2) in ("in", "by", "during", "throughout", "until")
            )
        )
    if before in ("a", "an") and not scan.tag(at + 1).startswith("NN"):
        return False  # a spring in his step
    return word != "spring" or after not in ("water", "from", "up", "back", "forward")


def is_year(scan: Scan, at: int, year: int) -> bool:
    """Tell whether four figures at word `at` are a year rather than a number of things."""
    before, after = scan.word(at - 1), scan.word(at + 1)
    if after in _COUNTED or after in UNITS or before in _NUMBERED:
        return False
    if scan.is_glued(at) and not _may_follow(scan, at):
        return False
    if before.isdecimal() and scan.is_next(at):  # the last part of a telephone number
        return False
    if scan.is_glued(at + 1) and after == "-" and not _may_precede(scan, at, year):
        return False
    if year < 1500 and before not in _BEFORE_TIME and before != "(":
        return False
    if scan.tag(at + 1) not in ("NNS", "JJ") or scan.is_glued(at + 1):
        return True
    if scan.tag(at + 1) == "JJ" and scan.tag(at + 2) != "NNS":
        return True
    return before in (
        "the",
        "its",
        "their",
        "his",
        "her",
        "s",
        "'",
        "our",
        "in",
        "since",
        "by",
        "as",
    )


def _may_follow(scan: Scan, at: int) -> bool:
    """A hyphen before a year joins it to another, or to a word such as "mid"."""
    if scan.word(at - 1) != "-":
        return scan.word(at - 1) in ("(", "[", '"', "'", "“")
    first = scan.word(at - 2)
    return not first.isdecimal() or (len(first) == 4 and first < scan.word(at)) or len(first) < 3


def _may_precede(scan: Scan, at: int, year: int) -> bool:
    last = scan.word(at + 2)
    if not last.isdecimal() or not scan.is_glued(at + 2):
        return True
    if len(last) == 4:
        return int(last) > year
    ends = not scan.is_glued(at + 3) or scan.word(at + 3) in (",", ".", ")", ";")
    return len(last) == 2 and ends


def is_short_year(scan: Scan, at: int) -> bool:
    """Tell whether an apostrophe and two figures at word `at` are a year, not a name's number."""
    return scan.word(at - 1) in _BEFORE_TIME or scan.word(at - 1) in ("(", "-", "the")
