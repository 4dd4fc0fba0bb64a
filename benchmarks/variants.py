"""Pairs of texts that are copies, and pairs that only look like it: seeded, labelled by kind.

Copies are made from a text by the edits of news desks. What only looks like a copy shares names,
quotes, background or a running template with another text and still says something of its own.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.generated import CITIES, FIRST, LAST, OUTLETS, TOPICS


class Pair(NamedTuple):
    """`later` repeats `earlier` where `is_copy`; else it must stay an article of its own."""

    kind: str
    earlier: str
    later: str
    is_copy: bool


REWORDED = {
    "said": "stated",
    "announced": "made known",
    "agreed": "reached an understanding",
    "met": "held a meeting with",
    "talks": "negotiations",
    "discuss": "talk over",
    "grew": "rose",
    "began": "started",
    "planned": "scheduled",
    "called": "described",
    "offered": "proposed",
    "people": "persons",
    "killed": "left dead",
    "during": "in the course of",
    "according": "going by reports, according",
    "government": "cabinet",
    "police": "officers",
    "after": "following",
    "before": "ahead of",
    "while": "as",
    "also": "in addition",
    "about": "around",
    "because": "since",
    "percent": "per cent",
    "than": "as compared with",
    "including": "among them",
    "reported": "wrote",
    "several": "a number of",
    "many": "numerous",
    "more": "further",
}
FILLERS = ("reportedly ", "however, ", "also ", "on the whole ", "meanwhile ", "now ")
LEADS = (
    "New details have come to light about {topic}, the subject of this report from {city}.",
    "It had been expected for days and on {weekday} it came: movement over {topic} in {city}.",
    "{city} was once more at the centre of attention on {weekday}, with {topic} in the headlines.",
)
CREDITS = (
    ("{city} ({outlet}) - ", "Reporting by {first} {last}; editing by {first} Tervo."),
    ("{city}, {weekday} ({outlet}): ", "Source: {outlet}. Reproduction only with permission."),
    (
        "",
        "This story was supplied by {outlet} and has not been edited by our staff except for "
        "the headline.",
    ),
    ("By {first} {last}, {outlet}, {city}\n\n", "{outlet} 2024. All rights reserved."),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _filled(rng: Random, text: str) -> str:
    return text.format(
        topic=rng.choice(TOPICS),
        city=rng.choice(CITIES),
        weekday=rng.choice(WEEKDAYS),
        outlet=rng.choice(OUTLETS),
        first=rng.choice(FIRST),
        last=rng.choice(LAST),
    )


def edited(rng: Random, text: str, share: float = 0.03) -> str:
    """Return `text` with about `share` of its words replaced, added or left out."""
    made = []
    for word in text.split(" "):
        if word in REWORDED and rng.random() < share * 12:
            made.append(REWORDED[word])
        elif rng.random() < share / 4:
            made.append(rng.choice(FILLERS) + word)
        elif not word[:1].islower() or rng.random() >= share / 4:
            made.append(word)
    return " ".join(made)


def reworded_lead(rng: Random, text: str) -> str:
    """Return `text` with another first sentence, and the rest of the first paragraph edited."""
    first, *rest = text.split("\n\n")
    _, dot, tail = first.partition(". ")
    lead = _filled(rng, rng.choice(LEADS))
    return "\n\n".join([f"{lead} {edited(rng, tail, 0.08)}" if dot else lead, *rest])


def cut_tail(rng: Random, text: str) -> str:
    """Return the first 30 to 85 percent of the words of `text`."""
    words = text.split(" ")
    return " ".join(words[: max(30, int(len(words) * rng.uniform(0.3, 0.85)))])


def credited(rng: Random, text: str) -> str:
    """Return `text` with a wire credit before and behind it."""
    before, behind = rng.choice(CREDITS)
    return f"{_filled(rng, before)}{text}\n\n{_filled(rng, behind)}"


def titled(rng: Random, text: str) -> str:
    """Return `text` under a headline and a byline of another outlet."""
    head = _filled(rng, "{city} and {topic}: what is known\n\n{first} {last}, {outlet}\n\n")
    return head + text


def worked_over(rng: Random, text: str) -> str:
    """Return `text` cut, edited and credited at once."""
    return credited(rng, edited(rng, cut_tail(rng, text), 0.02))


EDITS: dict[str, Callable[[Random, str], str]] = {
    "re-worded lead": reworded_lead,
    "cut tail": cut_tail,
    "wire credit": credited,
    "title and byline in the text": titled,
    "copy-editing": edited,
    "cut, edited and credited": worked_over,
}


def brief(rng: Random, text: str) -> str:
    """Return sentences of `text` in a row, 45 words or more where there are as many."""
    sentences = text.replace("\n\n", " ").split(". ")
    start = rng.randrange(max(1, len(sentences) - 4))
    taken = ""
    for sentence in sentences[start:]:
        taken += sentence.rstrip(".") + ". "
        if len(taken.split()) >= 45:
            break
    return taken.strip()


def copies(rng: Random, texts: Sequence[str]) -> list[Pair]:
    """Return a pair for each text, kind by kind; briefs are later than the round-up they are in."""
    kinds = [*EDITS, "brief out of a round-up"]
    pairs = []
    for number, text in enumerate(texts):
        kind = kinds[number % len(kinds)]
        if kind in EDITS:
            pairs.append(Pair(kind, text, EDITS[kind](rng, text), True))
        else:
            briefs = [brief(rng, other) for other in (text, *rng.sample(texts, 4))]
            pairs.append(Pair(kind, "\n\n".join(rng.sample(briefs, 5)), briefs[0], True))
    return pairs


def lookalikes(rng: Random, texts: Sequence[str]) -> list[Pair]:
    """Return a pair for each text that shares much with another and is no copy of it."""
    pairs = []
    for number, text in enumerate(texts):
        other = texts[number - 1]
        match number % 4:
            case 0:
                briefs = [brief(rng, one) for one in (text, *rng.sample(texts, 3))]
                pair = Pair("round-up after the brief", briefs[0], "\n\n".join(briefs), False)
            case 1:
                pair = Pair("follow-up", text, _follow_up(rng, text, other), False)
            case 2:
                about = " ".join(texts[number - 2].split(" ")[:70])
                one, two = (f"{body}\n\n{about}" for body in (text, other))
                pair = Pair("boilerplate of an outlet", one, two, False)
            case _:
                pair = Pair("nothing in common", text, other, False)
        pairs.append(pair)
    return pairs


def _follow_up(rng: Random, text: str, other: str) -> str:
    """Return news from `other` over background from `text`: 35 to 60 percent of the words."""
    old, new = text.split(" "), other.split(" ")
    size = min(len(old), len(new))
    kept = int(size * rng.uniform(0.35, 0.6))
    return " ".join([*new[: size - kept], *old[-kept:]])
