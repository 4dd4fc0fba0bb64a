"""The same event across articles: which tellings are of one story, and which comes first.

Tellings, in order of appearance, join the story that they are most like, or start their own. What
they are compared with are a few tellings of each story that share category, a party and a month.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import fmean

from tasks.stories.likeness import JOIN, MOST, points
from tasks.stories.tellings import Telling, Told, Weights, tellings
from warehouse.tables import StoryLink

FEW = 8
"""Tellings of a story that others are compared with: the first ones."""
LATEST = 200
"""Tellings looked at under one key: the latest ones, of different stories mostly."""

Key = tuple[str, str, int | None]
"""Category, party and month."""


@dataclass(slots=True, eq=False)
class Story:
    """Tellings of one event so far, how like the first each is, and when it must have been."""

    first: Telling
    first_day: int
    last_day: int
    members: list[tuple[Telling, float]] = field(default_factory=list)

    def points(self, one: Telling, weights: Weights) -> float | None:
        """Return the mean of the points of `one` with the tellings; None where one speaks against.

        The mean as in average linkage (Sokal and Michener, 1958).
        """
        if not one.days.meets(self.first_day, self.last_day):
            return None
        found = [points(one, other, weights) for other, _ in self.members[:FEW]]
        known = [value for value in found if value is not None]
        return fmean(known) if len(known) == len(found) else None

    def add(self, one: Telling, similarity: float) -> None:
        """Take a telling in; what it says of the days narrows them down."""
        self.members.append((one, similarity))
        self.first_day = max(self.first_day, one.days.first)
        self.last_day = min(self.last_day, one.days.last)


Known = dict[Key, list[tuple[Telling, Story]]]
"""Tellings that others are compared with, each with its story."""


def story_links(events: Iterable[Told]) -> list[StoryLink]:
    """Return a row for each event of a story that has several, in order of their ids.

    The result follows from the events alone, not from their order. A story has the id of its
    first event, by day of publication, article and place.
    """
    told, weights = tellings(events)
    return sorted(
        (row for story in _stories(told, weights) for row in _rows(story)),
        key=lambda row: row.event_id,
    )


def _stories(told: Iterable[Telling], weights: Weights) -> list[Story]:
    stories: list[Story] = []
    known: Known = {}
    for one in told:
        keys = _keys(one)
        story, similarity = _best(one, keys, known, weights)
        if story is None:
            story = Story(one, one.days.first, one.days.last)
            stories.append(story)
        story.add(one, similarity)
        if len(story.members) <= FEW:
            for key in keys:
                known.setdefault(key, []).append((one, story))
    return stories


def _best(
    one: Telling, keys: Iterable[Key], known: Known, weights: Weights
) -> tuple[Story | None, float]:
    """Return the story that `one` is most like, and how like its first telling; None: of none."""
    best: dict[int, tuple[float, Story]] = {}
    for other, story in _near(keys, known):
        found = points(one, other, weights)
        if found is not None and found >= JOIN:
            so_far = best.get(id(story), (found, story))[0]
            best[id(story)] = max(found, so_far), story
    for _, story in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].first.order)):
        mean = story.points(one, weights)
        if mean is not None and mean >= JOIN:
            return story, _similarity(points(one, story.first, weights))
    return None, 1.0


def _near(keys: Iterable[Key], known: Known) -> Iterator[tuple[Telling, Story]]:
    """Yield the tellings under `keys`, each once."""
    seen: set[str] = set()
    for key in keys:
        for other, story in known.get(key, [])[-LATEST:]:
            if other.event_id not in seen:
                seen.add(other.event_id)
                yield other, story


def _similarity(found: float | None) -> float:
    return 0.0 if found is None else min(max(found / MOST, 0.0), 1.0)


def _keys(one: Telling) -> list[Key]:
    parties = dict.fromkeys(party.key for party in (one.actor, one.target) if party)
    return [(one.code, party, month) for party in parties for month in one.days.months()]


def _rows(story: Story) -> Iterator[StoryLink]:
    if len(story.members) == 1:
        return
    for one, similarity in story.members:
        yield StoryLink(
            event_id=one.event_id,
            story_id=story.first.event_id,
            is_first=one is story.first,
            similarity=round(similarity, 4),
        )
