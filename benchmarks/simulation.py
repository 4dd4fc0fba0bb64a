"""`python -m benchmarks.simulation`: a year of 1, 10 and 100 million articles a day, by the hour.

Prints the tables of `docs/scale.md`. The model is `growth/model.py`, what can break stands in
`growth/limits.py`, and costs in `results/costs.json`, from what `million` measured.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.growth.limits import commit_share, first_breaks, stored_tb
from benchmarks.growth.model import (
    HOUR,
    HOURS,
    YEAR,
    Costs,
    Plan,
    State,
    cores_needed,
    read_costs,
    simulate,
)

LOADS = (10_000, 1_000_000, 10_000_000, 100_000_000)
MENDED = {"publications_a_day": 1, "publications_kept": 1, "settled": 500_000}
"""After the first remedies: one publication a day is made and kept, and utterances are told of the
latest articles alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables of `docs/scale.md`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    costs = read_costs(Path(given[0])) if given else read_costs()
    for lines in (
        _needs(costs),
        *(_course(costs, load) for load in LOADS),
        _first(costs, [Plan(per_day=load) for load in LOADS]),
        _first(costs, [Plan(per_day=load, **MENDED) for load in LOADS]),
    ):
        print("\n".join(lines), end="\n\n")
    return 0


def _needs(costs: Costs) -> Iterator[str]:
    yield "| articles a day | cores to annotate | writer: share of its time on day 1 | TB a year |"
    yield "|---|---|---|---|"
    for load in LOADS:
        plan = Plan(per_day=load)
        share = commit_share(costs, plan, State())
        year = stored_tb(costs, plan, load * YEAR)
        yield f"| {load:,} | {cores_needed(costs, load):,} | {share:.2f} | {year:,.1f} |"


def _course(costs: Costs, load: int) -> Iterator[str]:
    """Yield how a year goes as the product is, had it memory and disk without end."""
    yield f"| {load:,} a day | in the lake | waiting | writer at work | hours since published |"
    yield "|---|---|---|---|---|"
    shown = {1, 7, 30, 90, YEAR}
    for state in simulate(costs, Plan(per_day=load), YEAR * HOURS):
        if state.hour % HOURS == 0 and state.hour // HOURS in shown:
            waiting = state.to_annotate + state.to_commit
            yield (
                f"| day {state.hour // HOURS} | {state.committed:,} | {waiting:,} "
                f"| {state.writer_s / HOUR:.0%} | {state.hour - state.published_hour} |"
            )


def _first(costs: Costs, plans: Sequence[Plan]) -> Iterator[str]:
    yield "| articles a day | breaks after | articles by then | what | what to do |"
    yield "|---|---|---|---|---|"
    for plan in plans:
        for hour, limit in first_breaks(costs, plan):
            millions = plan.per_day * hour / HOURS / 1e6
            after = f"{hour} h" if hour < 2 * HOURS else f"{hour // HOURS} days"
            yield (
                f"| {plan.per_day:,} | {after} | {millions:,.1f} million "
                f"| {limit.name} | {limit.remedy} |"
            )


if __name__ == "__main__":
    sys.exit(main())
