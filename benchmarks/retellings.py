"""Events told again in other words, names, dates and outlets; and others that look like them.

Made from rows of events: who, whom, which category, which day. Nothing is taken from their text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

PATTERNS: Mapping[str, tuple[str, ...]] = {
    "AGREE": (
        "{A} signed an agreement with {T} {day}.",
        "{Day}, {A} reached a deal with {T}.",
        "{A} struck a deal with {T} {day}.",
    ),
    "CONSULT": (
        "{A} met {T} {day}.",
        "{Day}, {A} held talks with {T}.",
        "Talks between {A} and {T} took place {day}.",
        "{A} spoke with {T} {day}.",
    ),
    "SUPPORT": (
        "{A} endorsed {T} {day}.",
        "{Day}, {A} backed {T}.",
        "{T} was backed by {A} {day}.",
    ),
    "COOPERATE": (
        "{A} cooperated with {T} {day}.",
        "{Day}, {A} held joint exercises with {T}.",
    ),
    "AID": (
        "{A} sent aid to {T} {day}.",
        "{Day}, {A} delivered aid to {T}.",
        "{A} provided humanitarian aid to {T} {day}.",
    ),
    "REQUEST": (
        "{A} urged {T} {day} to change course.",
        "{Day}, {A} called on {T} to act.",
        "{T} was urged by {A} {day} to act.",
    ),
    "ACCUSE": (
        "{A} accused {T} of bad faith {day}.",
        "{Day}, {A} condemned {T}.",
        "{T} was criticised by {A} {day}.",
        "{A} blamed {T} {day}.",
    ),
    "REJECT": (
        "{A} rejected a proposal of {T} {day}.",
        "{Day}, {A} refused a request by {T}.",
    ),
    "THREATEN": (
        "{A} threatened {T} {day}.",
        "{Day}, {A} threatened {T} with consequences.",
        "{T} was threatened by {A} {day}.",
    ),
    "SANCTION": (
        "{A} imposed sanctions on {T} {day}.",
        "{Day}, {A} sanctioned {T}.",
        "{T} was sanctioned by {A} {day}.",
    ),
    "COERCE": (
        "{A} arrested {T} {day}.",
        "{Day}, {A} detained {T}.",
        "{T} was arrested by {A} {day}.",
    ),
    "PROTEST": (
        "{A} protested against {T} {day}.",
        "{Day}, {A} demonstrated against {T}.",
    ),
    "ASSAULT": (
        "{A} attacked {T} {day}.",
        "{Day}, {T} was attacked by {A}.",
        "{A} carried out an attack on {T} {day}.",
    ),
}
"""Sentences for a category: active, passive, nominal."""
OUTLETS = ("Harbour Courier", "Meridian Wire", "Continental Post", "The Ledger", "Morning Gazette")
FILLERS = (
    "The {a} {x} beside the {b} {y} was painted {c} again.",
    "Nobody in the {a} {x} had seen the {b} {y} before the evening.",
    "A clerk carried the {a} {x} and a {b} {y} up the stairs.",
    "What this means for the {a} {x} and the {b} {y} is hard to tell.",
    "Readers asked about the {a} {y} and the {b} {x} in great numbers.",
    "Below the {a} {x} there was a {b} {y}, and nothing else.",
    "The {c} {y} of the {a} {x} was still {b} after midnight.",
    "An old map shows the {a} {x} behind the {b} {y}.",
)
"""Sentences in which nothing happens, filled so that no article is nearly another's copy."""
QUALITIES = ("amber", "broad", "cold", "dusty", "empty", "faint", "green", "hollow", "narrow",
             "quiet", "rusty", "silver", "tall", "uneven", "warm", "yellow")  # fmt: skip
THINGS = ("archive", "bridge", "clock", "corridor", "desk", "fence", "gate", "hall", "lamp",
          "ledger", "mill", "orchard", "roof", "shelf", "tower", "wall")  # fmt: skip
DELAY = 2
"""Days after the event up to which it is told."""
FAR = (12, 60)
"""Days by which another act of the same two is away."""


class Act(NamedTuple):
    """An event: who did what to whom on which day; `act_id` tells which one it is."""

    act_id: str
    actor_id: str
    target_id: str
    category: str
    day: date


@dataclass(frozen=True, slots=True)
class Retelling:
    """An article whose first sentence tells an act of that id and category.

    `kind` is 'retelling', or how the act differs from others.
    """

    act_id: str
    category: str
    kind: str
    record: Mapping[str, str]


def retellings(
    acts: Sequence[Act], names: Mapping[str, Sequence[str]], *, count: int, rng: Random
) -> Iterator[Retelling]:
    """Yield `count` articles that tell `acts` in turn, and half as many of other acts.

    `names` has the names of each entity. Another act is told twice, and differs from one of
    `acts` in day, target or category.
    """
    for number in range(count):
        yield _told(acts[number % len(acts)], "retelling", names, rng, number)
    for number in range(count // 4):
        kind = ("other day", "other target", "other act")[number % 3]
        act = _other(acts[number % len(acts)], kind, names, rng, number)
        for time in range(2):
            yield _told(act, kind, names, rng, count + 2 * number + time)


def _other(
    act: Act, kind: str, names: Mapping[str, Sequence[str]], rng: Random, number: int
) -> Act:
    """Return an act that differs from `act` in one thing."""
    changed = act._replace(act_id=f"{kind} {number}")
    if kind == "other day":
        return changed._replace(day=act.day + timedelta(days=rng.randint(*FAR)))
    if kind == "other target":
        states = sorted(n for n in names if n.startswith("state:") and n not in act[1:3])
        return changed._replace(target_id=rng.choice(states))
    return changed._replace(category=rng.choice(sorted(PATTERNS.keys() - {act.category})))


def _told(
    act: Act, kind: str, names: Mapping[str, Sequence[str]], rng: Random, number: int
) -> Retelling:
    published = act.day + timedelta(days=rng.randint(0, DELAY))
    day = _day(act.day, published, rng)
    actor, target = (rng.choice(names[one]) for one in (act.actor_id, act.target_id))
    sentence = rng.choice(PATTERNS[act.category]).format(
        A=actor, T=target, day=day, Day=day[0].upper() + day[1:]
    )
    text = padded(sentence[0].upper() + sentence[1:], rng)
    record = {
        "url": f"https://retold.example/{number}",
        "title": f"News in brief, {number}",
        "publisher": rng.choice(OUTLETS),
        "published_at": published.isoformat(),
        "text": text,
    }
    return Retelling(act.act_id, act.category, kind, record)


def padded(sentence: str, rng: Random) -> str:
    """Return an article that begins with `sentence`, and goes on about nothing."""
    fillers = (_filled(pattern, rng) for pattern in rng.sample(FILLERS, 3))
    return " ".join([sentence, *fillers])


def _filled(pattern: str, rng: Random) -> str:
    slots = dict(zip("abc", rng.sample(QUALITIES, 3), strict=True))
    return pattern.format(**slots | dict(zip("xy", rng.sample(THINGS, 2), strict=True)))


def _day(day: date, published: date, rng: Random) -> str:
    """Return one of the ways to write `day` in a text of the day `published`."""
    ways = [
        f"on {day.day} {day:%B}",
        f"on {day:%B} {day.day}, {day.year}",
        f"on {day:%A}",
    ]
    late = (published - day).days
    if late < DELAY:
        ways.append(("today", "yesterday")[late])
    return rng.choice(ways)
