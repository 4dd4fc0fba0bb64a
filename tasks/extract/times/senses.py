"""Whether a word of time is one: "May" the month or the verb, "fall" the season or the verb.

Decided by the words around it and by the language model's tags and names.
"""

from tasks.extract.grammar import words
from tasks.extract.times.scan import Scan
from tasks.extract.times.words import SHORT_MONTHS, UNITS, WEEKDAYS

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
_OF_YEAR = ("quarter", "season")
"""Units that the number of a year stands before: "the 1988 quarter"."""

_SHOWS = ("show", "program", "programme")
_TITLED = {*words("daily weekly monthly quarterly annual nightly"), *WEEKDAYS}
"""Words with which names of papers and houses are made."""


def is_in_name(scan: Scan, start: int, end: int) -> bool:
    """Tell whether words `start` to `end` belong to the name of a paper, show or house.

    "The Sunday Times", "Daily News", "USA Today"; "Reuters on Friday" is none.
    """
    if scan.word(start) == "today" and scan.is_capital(start):
        return scan.word(start - 1) == "usa" or scan.word(end) in _SHOWS
    if scan.word(start) not in _TITLED or not scan.is_capital(start) or not scan.is_capital(end):
        return False
    first, after = scan.token(start), scan.token(end)
    if first is None or after is None:
        return False
    return first.ent_type_ == after.ent_type_ == "ORG" and after.ent_iob_ == "I"


def is_other_sense(scan: Scan, start: int, end: int) -> bool:
    """Tell whether words `start` to `end` measure or name something that is no time.

    "Three quarters of the states", "some quarters", "light years", "Person of the Year".
    """
    last, before, after = scan.word(end - 1), scan.word(end - 2), scan.word(end)
    if last == "quarters":
        of_thing = after == "of" and scan.word(end + 1) in ("the", "its", "their", "his", "her")
        return of_thing or before == "some"
    if last in ("year", "years") and start >= end - 2:
        is_title = scan.word(start - 1) == "of" and scan.is_capital(end - 1)
        return is_title or scan.word(start - 1) == "light"
    return False


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
        if before not in _BEFORE_TIME and _begins_wish(scan, at):
            return False
        return before in _BEFORE_TIME or (token is not None and token.tag_ == "NNP" and at > 0)
    return token is None or token.tag_ in ("NNP", "NN", "CD") or before in _BEFORE_TIME


def _begins_wish(scan: Scan, at: int) -> bool:
    """Tell whether "May" begins a wish or a question: "May God protect them", "May I?"."""
    begins = at == 0 or not scan.word(at - 1).isalnum()
    return begins and (scan.is_capital(at + 1) or scan.tag(at + 1) in ("PRP", "PRP$", "DT", "NNS"))


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
    if after in _COUNTED or (after in UNITS and after not in _OF_YEAR) or before in _NUMBERED:
        return False
    if scan.is_glued(at) and not _may_follow(scan, at):
        return False
    if before.isdecimal() and scan.is_next(at):  # the last part of a telephone number
        return False
    if scan.is_glued(at + 1) and after == "-" and not _may_precede(scan, at, year):
        return False
    if after == "±":
        return False
    leads = _BEFORE_TIME - {"and", "or", "that"}
    if year < 1900 and before not in leads and scan.tag(at + 1)[:2] in ("VB", "MD"):
        return False  # "of these 1,846 were treated and 1720 had been sent home"
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
