"""How alike two tellings of an event are, in points: who, when, where, and in which words.

Points and thresholds were chosen on the tuning half of `tests/stories/tellings.jsonl`, and by
reading which events of 290 articles of Wikinews they join, and which they nearly join.
"""

from math import fsum, sqrt

from tasks.stories.days import DAY, MONTH, WEEK
from tasks.stories.parties import Fit, Party, fit
from tasks.stories.tellings import Telling, Weights

JOIN = 3.8
"""Points from which two tellings are of one story; a telling needs them with one of the story's
and, so that no chain leads elsewhere, in the mean with all that are compared."""
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Categories in which each does the same to the other: who acts is a matter of wording."""
PARTY = {Fit.SAME: 1.0, Fit.RELATED: 0.75, Fit.OPEN: 0.0, Fit.OTHER: -1.3}
"""Points of a party, by how well the two fit; the same one has up to one more, the rarer it is."""
HERE = 0.5
"""Share of that within an article, which has its own names again and again."""
WORDS = 4.0
"""Points of words that are all the same."""
SOME, NO_WORD = 2, -0.5
"""Words of either sentence from which it tells something that none is common, and its points."""
ACTION, AT_ONCE, AGAIN = 0.5, 4.0, -0.5
"""Points of one predicate; of one in a sentence, which names several ('freed men and women'); and
of two in an article: it charges, convicts and accuses in turn."""
PLACE, ELSEWHERE = 1.0, -2.0
"""Points of one place, a city and its state included, and of two."""
SAME_DAY, NEXT_DAY, SAME_WEEK, SAME_MONTH, SAME_YEAR, VAGUE = 2.0, 1.0, 1.5, 1.2, 1.0, 0.3
"""Points of dates that articles name: of one day, of two that touch, of intervals that overlap or,
from a month on, are the same; of others that overlap."""
DATED_ONCE = 1.2
"""Points where one has no date but that of its publication, and the other is of those days."""
REPORTED = (1.2, 0.7, -0.3, -0.6)
"""Points where both have no other date, by the days between them: news is told at once, and what
is new two days later is mostly something else, unless the words say otherwise."""
MOST = 7.0
"""Points of two tellings that have all in common but the words."""


def points(one: Telling, other: Telling, weights: Weights) -> float | None:
    """Return what speaks for one story of two tellings of a category; None: they are of two."""
    if not one.days.meets(other.days.first, other.days.last):
        return None
    parties = parties_points(one, other, weights)
    if parties is None:
        return None
    days, place = _days(one, other), _place(one, other)
    return parties + _action(one, other) + days + place + _words(one, other, weights)


def parties_points(one: Telling, other: Telling, weights: Weights) -> float | None:
    """Return the points of who acts and is acted upon; None: somebody else, for certain."""
    ways = [((one.actor, other.actor), (one.target, other.target))]
    if one.code in MUTUAL:
        ways.append(((one.actor, other.target), (one.target, other.actor)))
    worth = HERE if one.article_id == other.article_id else 1.0
    found = []
    for way in ways:
        fits = [one_fit for pair in way if (one_fit := fit(*pair)) is not None]
        if len(fits) == len(way) and max(fits) > Fit.OPEN:
            told = zip(way, fits, strict=True)
            found.append(sum(_party(pair[0], how, weights, worth) for pair, how in told))
    return max(found, default=None)


def _party(party: Party | None, how: Fit, weights: Weights, worth: float) -> float:
    rarity = weights.parties[party.key] if party is not None and how is Fit.SAME else 0.0
    return PARTY[how] + worth * rarity


def _action(one: Telling, other: Telling) -> float:
    if not set(one.action).isdisjoint(other.action):
        return AT_ONCE if _is_one_sentence(one, other) else ACTION
    return AGAIN if one.article_id == other.article_id else 0.0


def _days(one: Telling, other: Telling) -> float:
    """Return the points of the days: the more, the fewer they are and the surer."""
    here, there = one.days, other.days
    if not (here.is_known and there.is_known):
        return 0.0
    length = max(here.length, there.length)
    is_one_time = max(here.first, there.first) <= min(here.last, there.last)
    if not (here.is_told or there.is_told):
        is_news = here.is_news and there.is_news and one.article_id != other.article_id
        gap = min(abs(here.last - there.last), len(REPORTED) - 1)
        return REPORTED[gap] if is_news else VAGUE
    if not (here.is_told and there.is_told):
        return VAGUE if length > WEEK else DATED_ONCE if is_one_time else NEXT_DAY
    if length <= DAY:
        return SAME_DAY if is_one_time else NEXT_DAY
    if length <= WEEK:
        return SAME_WEEK
    if here != there:
        return VAGUE
    return SAME_MONTH if length <= MONTH else SAME_YEAR


def _place(one: Telling, other: Telling) -> float:
    if one.place is None or other.place is None:
        return 0.0
    how = fit(one.place, other.place)
    return ELSEWHERE if how is None else PLACE if how > Fit.OPEN else 0.0


def _words(one: Telling, other: Telling, weights: Weights) -> float:
    """Return the points of common words: the cosine of the two sentences without names."""
    if not (one.weight and other.weight) or _is_one_sentence(one, other):
        return 0.0
    if min(len(one.words), len(other.words)) >= SOME and set(one.words).isdisjoint(other.words):
        return NO_WORD
    both = set(one.words).intersection(other.words)
    common = fsum(weights.words[word] for word in both.difference(one.names, other.names))
    return WORDS * common / sqrt(one.weight * other.weight)


def _is_one_sentence(one: Telling, other: Telling) -> bool:
    return one.sentence_id == other.sentence_id
