"""Rules for the past, the present and the future as such."""

from tasks.extract.times.meanings import Reading, Vague
from tasks.extract.times.patterns import Grammar, always

_PAST = """
the [recent|distant|near] past
those days
recent
lately
long ago
"""
_PRESENT = """
now
more|most|very recently
recently
right now
just now
currently
current
nowadays
these days
the moment
the present [day|time|moment]
present|modern [-] day
to date
the current time
this moment
the time being
presently
AT_PRESENT
"""
_FUTURE = """
the [near|foreseeable|immediate|distant] future
the not - too - distant future
future
very soon
someday
some day
soon
the long|short|medium [-] term
"""


def add_vague(grammar: Grammar) -> None:
    """Add the set VAGUE."""
    grammar.rule("VAGUE", _PAST, always(Reading(Vague("PAST_REF"), sure=0.8)))
    grammar.rule("VAGUE", _PRESENT, always(Reading(Vague("PRESENT_REF"), sure=0.8)))
    grammar.rule("VAGUE", _FUTURE, always(Reading(Vague("FUTURE_REF"), sure=0.8)))
