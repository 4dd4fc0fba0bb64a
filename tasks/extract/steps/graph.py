"""Steps in the order in which they are done, and questions to their graph."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

StepName = Literal[
    "language",
    "times",
    "names",
    "statements",
    "mentions",
    "stances",
    "sentences",
    "events",
    "citations",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the steps whose results it takes, the tables it fills, where its code begins."""

    needs: tuple[StepName, ...]
    tables: tuple[str, ...]
    modules: tuple[str, ...]


STEPS: Mapping[StepName, Step] = {
    "language": Step((), (), ("tasks.language", "tasks.extract.document")),
    "times": Step(("language",), ("time_expressions",), ("tasks.extract.times",)),
    "names": Step(
        ("language",),
        ("acronyms", "entity_roles"),
        ("tasks.extract.acronyms", "tasks.extract.mentions", "tasks.extract.roles"),
    ),
    "statements": Step(
        ("names", "times"),
        ("statements",),
        (
            "tasks.extract.statements",
            "tasks.extract.statements.said",
            "tasks.extract.quotes",
            "tasks.extract.turns",
        ),
    ),
    "mentions": Step(("names", "statements"), ("mentions",), ("tasks.extract.first_person",)),
    "stances": Step(
        ("mentions", "statements", "times"),
        ("stances",),
        ("tasks.extract.stances", "tasks.language.stance"),
    ),
    "sentences": Step(("statements", "stances"), ("sentences",), ("tasks.extract.sentences",)),
    "events": Step(("mentions", "statements", "times"), ("events",), ("tasks.extract.events",)),
    "citations": Step(
        ("mentions", "statements", "times"), ("citations",), ("tasks.extract.citations",)
    ),
}
"""Each step after those it needs. `names` finds the mentions that statements need; who speaks of
himself is known only from statements, so that the table of mentions comes after both."""

ALL: frozenset[StepName] = frozenset(STEPS)


def with_needs(names: Iterable[StepName]) -> frozenset[StepName]:
    """Return `names` and all steps whose results they take, near and far."""
    found: set[StepName] = set(names)
    for name in reversed(list(STEPS)):
        if name in found:
            found.update(STEPS[name].needs)
    return frozenset(found)


def resting_on(names: Collection[StepName]) -> frozenset[StepName]:
    """Return `names` and all steps that take their results, near and far."""
    found = set(names)
    for name, step in STEPS.items():
        if not found.isdisjoint(step.needs):
            found.add(name)
    return frozenset(found)


def to_redo(
    held: Mapping[str, str],
    current: Mapping[StepName, str],
    *,
    wanted: StepName | None = None,
    is_forced: bool = False,
) -> frozenset[StepName]:
    """Return the steps to do again for rows made with the keys `held`.

    With `wanted`, only that step where it is stale, what it needs where that is, and what rests
    on either: rows of one article must fit each other. `is_forced`: stale or not.
    """
    if is_forced:
        return resting_on({wanted} if wanted else ALL)
    looked_at = with_needs({wanted}) if wanted else ALL
    return resting_on({name for name in looked_at if held.get(name) != current[name]})


def step_of(table: str) -> StepName:
    """Return the step that fills `table`. Raises KeyError for a table that no step fills."""
    for name, step in STEPS.items():
        if table in step.tables:
            return name
    raise KeyError(table)


def keys_text(keys: Mapping[StepName, str]) -> str:
    """Return `keys` as they stand in `articles.step_versions`: 'language=3f2a91c0 times=...'."""
    return " ".join(f"{name}={keys[name]}" for name in STEPS)


def read_keys(text: str | None) -> dict[str, str]:
    """Return the keys that `text` holds, by step; what is no key of a step is left out."""
    pairs = (word.partition("=") for word in (text or "").split())
    return {name: key for name, _, key in pairs if name in get_args(StepName)}
