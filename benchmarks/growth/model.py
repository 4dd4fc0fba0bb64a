"""A lake that grows by the hour: what comes, what waits, and what the writer is at.

Articles arrive by a daily curve, wait to be annotated by any number of cores, then to be committed
by one writer, who also settles, checks and publishes. Nothing but arrivals is drawn, by a seed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

COSTS = Path(__file__).parents[1] / "results" / "costs.json"
HOUR, HOURS, YEAR = 3_600, 24, 365
CURVE = (2, 1, 1, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5, 4, 4, 3, 3, 3)
"""Share of each hour of a day (UTC) in its articles: news is written by day. A guess."""
NOISE = 0.1
"""Standard deviation of an hour's arrivals, as a share of them. A guess."""
FILLED = 0.7
"""Share of their time for which cores are planned: the peak of the curve is 1.5 times its mean."""


class Line(NamedTuple):
    """A cost that is `fixed`, and grows by `slope` with each million articles in the lake."""

    fixed: float
    slope: float

    def at(self, articles: float) -> float:
        """Return the cost in a lake of `articles`."""
        return self.fixed + self.slope * articles / 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What was measured: seconds but for bytes; `_gb` is memory, `_bytes` what an article takes."""

    articles_per_core_s: float
    batch: int
    commit_s: Line
    settle_s: Line
    settle_gb: Line
    check_s: Line
    publish_s: Line
    compact_s: Line
    lake_bytes: float
    raw_bytes: float
    publication_bytes: float
    catalogue_bytes_per_commit: float
    memory_gb: float
    disk_tb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the work is set up.

    `cores` None: as many as `FILLED` asks for. `settled`: articles, the latest, over which
    utterances and stories are told; None: all.
    """

    per_day: int
    cores: int | None = None
    publications_a_day: int = HOURS
    publications_kept: int = 5
    settled: int | None = None


@dataclass(slots=True)
class State:
    """Articles by where they are; what a run has yet to conclude; publications so far.

    `writer_s` and `cores_s` are the seconds at work in the last hour.
    """

    arrived: int = 0
    to_annotate: int = 0
    to_commit: int = 0
    committed: int = 0
    concluding_s: float = 0.0
    published: int = 0
    hour: int = 0
    published_hour: int = 0
    writer_s: float = 0.0
    cores_s: float = 0.0


def read_costs(path: Path = COSTS) -> Costs:
    """Return the costs written in `path`."""
    given = json.loads(path.read_text(encoding="utf-8"))
    values: dict[str, Any] = {
        name: Line(*given[name]) if isinstance(given[name], list) else given[name]
        for name in Costs.__dataclass_fields__
    }
    return Costs(**values)


def cores_needed(costs: Costs, per_day: int) -> int:
    """Return the cores that annotate `per_day` articles when at work `FILLED` of the time."""
    return ceil(per_day / (costs.articles_per_core_s * HOUR * HOURS * FILLED))


def arrivals(per_day: int, seed: int) -> Iterator[int]:
    """Yield the articles of each hour, for ever."""
    rng = Random(seed)
    while True:
        for weight in CURVE:
            mean = per_day * weight / sum(CURVE)
            yield max(0, round(rng.gauss(mean, NOISE * mean)))


def simulate(costs: Costs, plan: Plan, hours: int, seed: int = 1) -> Iterator[State]:
    """Yield the state after each of `hours`. Arrived is always waiting or committed."""
    cores = plan.cores or cores_needed(costs, plan.per_day)
    state = State()
    for _, arrived in zip(range(hours), arrivals(plan.per_day, seed), strict=False):
        state = step(costs, plan, state, arrived, cores)
        yield state


def step(costs: Costs, plan: Plan, state: State, arrived: int, cores: int) -> State:
    """Return the state an hour later.

    The writer first goes on to conclude the last run; then it commits what is annotated; with
    nothing left to commit a run is over, and where a publication is due it is concluded.
    """
    waiting = state.to_annotate + arrived
    annotated = min(waiting, int(cores * costs.articles_per_core_s * HOUR))
    ready = state.to_commit + annotated
    concluded = min(HOUR, state.concluding_s)
    concluding, left = state.concluding_s - concluded, HOUR - concluded
    is_over = concluding <= 0 < state.concluding_s
    per_article = costs.commit_s.at(state.committed) / costs.batch
    committed = min(ready, int(left / per_article))
    left -= committed * per_article
    hour = state.hour + 1
    is_due = hour - state.published_hour >= HOURS / plan.publications_a_day
    if committed == ready and left > 0 and concluding <= 0 and (is_due or is_over):
        concluding = conclude_s(costs, plan, state.committed + committed)
        begun = min(left, concluding)
        concluding, left = concluding - begun, left - begun
        is_over = is_over or concluding <= 0
    return State(
        arrived=state.arrived + arrived,
        to_annotate=waiting - annotated,
        to_commit=ready - committed,
        committed=state.committed + committed,
        concluding_s=concluding,
        published=state.published + is_over,
        hour=hour,
        published_hour=hour if is_over else state.published_hour,
        writer_s=HOUR - left,
        cores_s=annotated / costs.articles_per_core_s,
    )


def conclude_s(costs: Costs, plan: Plan, articles: int) -> float:
    """Return the seconds in which a run settles, checks and publishes a lake of `articles`."""
    told = costs.settle_s.at(settled(plan, articles))
    return told + costs.check_s.at(articles) + costs.publish_s.at(articles)


def settled(plan: Plan, articles: int) -> int:
    """Return over how many of `articles` utterances and stories are told."""
    return articles if plan.settled is None else min(articles, plan.settled)
