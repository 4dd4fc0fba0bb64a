"""What breaks in a growing lake, when, and what to do about it."""

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.growth.model import (
    HOUR,
    HOURS,
    YEAR,
    Costs,
    Plan,
    State,
    conclude_s,
    settled,
)

NIGHT_S = 6 * HOUR
"""Time that nightly work may take."""
UNFILLED = 250_000
"""Articles in data files below DuckLake's 512 MB, which each night writes anew: some ten tables of
9 KB an article, each with a last file that is half full."""


class Limit(NamedTuple):
    """Something that can break: how full it is (1: it breaks), and what to do about it."""

    name: str
    share: Callable[[Costs, Plan, State], float]
    remedy: str


def commit_share(costs: Costs, plan: Plan, state: State) -> float:
    """Return the share of a mean hour that its commits take, were there nothing else to do."""
    return plan.per_day / HOURS / costs.batch * costs.commit_s.at(state.committed) / HOUR


def _catalogue_gb(costs: Costs, plan: Plan, state: State) -> float:
    """Return the catalogue's size in GB with the commits of 30 days."""
    commits = min(state.committed, 30 * plan.per_day) / costs.batch
    return commits * costs.catalogue_bytes_per_commit / 1e9


LIMITS = (
    Limit(
        "utterances and stories do not fit in memory",
        lambda costs, plan, state: (
            costs.settle_gb.at(settled(plan, state.committed)) / costs.memory_gb
        ),
        "settle them over the latest articles alone",
    ),
    Limit(
        "to settle, check and publish takes longer than from one publication to the next",
        lambda costs, plan, state: (
            conclude_s(costs, plan, state.committed) * plan.publications_a_day / HOURS / HOUR
        ),
        "publish once a night, or the marts alone; check what changed",
    ),
    Limit(
        "one writer cannot commit what comes",
        commit_share,
        "larger batches; several lakes, by outlet or month; an index of texts outside the lake",
    ),
    Limit(
        "compaction takes more than a night",
        lambda costs, plan, state: (
            costs.compact_s.at(plan.per_day + min(state.committed, UNFILLED)) / NIGHT_S
        ),
        "larger batches, so that there is less to merge; more cores",
    ),
    Limit(
        "the disk is full",
        lambda costs, plan, state: stored_tb(costs, plan, state.committed) / costs.disk_tb,
        "keep fewer publications; publish the marts alone; an object store",
    ),
    Limit(
        "the catalogue in SQLite is over 10 GB",
        lambda costs, plan, state: _catalogue_gb(costs, plan, state) / 10,
        "a catalogue in PostgreSQL, larger batches, snapshots kept for fewer days",
    ),
)
"""What can break, each on its own; whichever comes first is told first."""


def stored_tb(costs: Costs, plan: Plan, articles: float) -> float:
    """Return the terabytes of lake, raw store and publications with `articles`."""
    published = plan.publications_kept * costs.publication_bytes
    return articles * (costs.lake_bytes + costs.raw_bytes + published) / 1e12


def first_breaks(costs: Costs, plan: Plan) -> list[tuple[int, Limit]]:
    """Return the first hour of a year (from 1) in which each limit is passed, were others not."""
    found = []
    for limit in LIMITS:
        for hour in range(1, YEAR * HOURS + 1):
            state = State(committed=plan.per_day * hour // HOURS)
            if limit.share(costs, plan, state) > 1:
                found.append((hour, limit))
                break
    return sorted(found, key=lambda pair: pair[0])
