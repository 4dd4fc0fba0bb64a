"""Minimal pairs for events: one word changed, and the event is another's, not yet, or none at all.

A line of `event_cases.jsonl` is a case, written without a look at the rules; the texts are made up.
`events` lists what must be found, and no other event may be found as a fact: asserted, not negated,
and told by the article itself. Of a listed event `actor`, `target` and `place` are names of
entities, or the words of what is no entity; null compares nothing, a list holds names that are as
good, and so do lists of `category` and `modality`. `from` and `to` are compared where they are
given, `reported` (a statement carries it) too; what is `optional` may be found or not. Who meets,
agrees or works together may stand on either side. `known: true` marks what the rules do not yet
get, with a reason in `why`.

`python -m tests.extract.test_event_cases` counts what passes, phenomenon by phenomenon.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from tasks.extract.annotate import Annotator
from tests.extract.given_articles import REGISTRY, article
from warehouse.tables import Event, Modality

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("event_cases.jsonl").read_text("utf-8").splitlines()
]
FOUND_FROM = 0.5
"""Confidence from which a row counts as found."""
PHENOMENA = {
    *("active", "passive", "nominal", "joint", "coordination", "relative_clause", "infinitive"),
    *("modal", "negation", "denial", "hypothetical", "desired", "reported", "question", "stance"),
    *("look_alike", "date_in_clause", "date_neighbour", "date_weekday", "date_two_verbs"),
    *("date_range", "date_future", "place", "pronoun", "body", "whose_object", "light_verb"),
    *("ends", "headline"),
}
CATEGORIES = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""Categories of PLOVER (Halterman et al. 2023)."""
MUTUAL = {"AGREE", "CONSULT", "COOPERATE"}
"""Categories of what two do together: who is named first says nothing."""
KEYS = {"actor", "target", "category", "modality", "negated", "from", "to"}
MORE_KEYS = {"optional", "reported", "place"}
NAMES = {entity.name: entity.entity_id for entity in REGISTRY.entities}
Wanted = dict[str, Any]


@cache
def found() -> dict[str, list[Event]]:
    """Return the events of each case, by its id; all cases are read in one go."""
    articles = [
        article(
            case["text"],
            published_on=date.fromisoformat(case["published"]),
            article_id=f"{number:016x}",
        )
        for number, case in enumerate(CASES)
    ]
    done = Annotator(REGISTRY).annotate_batch(articles)
    return {case["id"]: rows.events for case, (_, rows) in zip(CASES, done, strict=True)}


def choices(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def words(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


@cache
def names_of(name: str) -> tuple[set[str], list[str]]:
    """Return the ids of the entities called `name`, and all that they are called, as words."""
    ids = {alias.entity_id for alias in REGISTRY.by_alias.get(name, ())}
    ids |= {NAMES[name]} if name in NAMES else set()
    aliases = [a for a, rows in REGISTRY.by_alias.items() if any(r.entity_id in ids for r in rows)]
    return ids, [words(one) for one in {name, *aliases}]


def is_named(wanted: Any, entity_id: str | None, surface: str | None) -> bool:
    """Tell whether a party is one of those wanted: by its entity, or by the words of a name."""
    for name in choices(wanted):
        if name is None:
            return True
        ids, aliases = names_of(name)
        if entity_id in ids or any(one in words(surface or "") for one in aliases):
            return True
    return False


def has_parties(row: Event, wanted: Wanted) -> bool:
    """Tell whether actor and target are those wanted, on either side where both act."""
    actor, target = (row.actor_id, row.actor), (row.target_id, row.target)
    if is_named(wanted["actor"], *actor) and is_named(wanted["target"], *target):
        return True
    is_mutual = row.action_code in MUTUAL
    return is_mutual and is_named(wanted["actor"], *target) and is_named(wanted["target"], *actor)


def is_meant(row: Event, wanted: Wanted) -> bool:
    """Tell whether a row is the event wanted, its date and place aside."""
    return (
        row.action_code in choices(wanted["category"])
        and row.modality in choices(wanted["modality"])
        and row.is_negated == wanted["negated"]
        and has_parties(row, wanted)
    )


def is_right(row: Event, wanted: Wanted) -> bool:
    """Tell whether a row is the event wanted, on the days and in the place wanted."""
    days = str(row.happened_from), str(row.happened_to)
    return (
        is_meant(row, wanted)
        and (wanted["from"] is None or days == (wanted["from"], wanted["to"]))
        and ("place" not in wanted or is_named(wanted["place"], row.place_id, row.place))
        and (not wanted.get("reported") or row.statement_id is not None)
    )


def is_fact(row: Event) -> bool:
    return row.modality == "asserted" and not row.is_negated and row.statement_id is None


def faults(case: dict[str, Any], rows: list[Event]) -> Iterator[str]:
    """Yield what is missing from `rows` and what should not be there."""
    sure = [row for row in rows if row.confidence >= FOUND_FROM]
    for wanted in case["events"]:
        if not wanted.get("optional") and not any(is_right(row, wanted) for row in sure):
            yield f"missing: {wanted}"
    published = date.fromisoformat(case["published"])
    for row in sure:
        if is_fact(row) and not any(is_meant(row, wanted) for wanted in case["events"]):
            yield f"no fact: {row.actor} {row.action} ({row.action_code}) {row.target}"
        if is_fact(row) and row.happened_from is not None and row.happened_from > published:
            yield f"not yet: {row.action} {row.happened_from}"


def parameter(case: dict[str, Any]) -> Any:
    fails = pytest.mark.xfail(strict=True, reason=case.get("why", ""))
    return pytest.param(case, id=case["id"], marks=fails if case.get("known") else ())


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_what_happened(case: dict[str, Any]) -> None:
    rows = found()[case["id"]]
    assert not list(faults(case, rows)), (case["text"], rows)


def required(case: dict[str, Any]) -> list[Wanted]:
    return [wanted for wanted in case["events"] if not wanted.get("optional")]


def test_no_answer_fits_two_cases_of_a_pair() -> None:
    pairs: dict[str, list[dict[str, Any]]] = {}
    for case in CASES:
        pairs.setdefault(case["pair"], []).append(case)
    for pair, cases in pairs.items():
        assert len(cases) > 1, pair
        assert len({case["text"] for case in cases}) == len(cases), pair
        assert len({case["phenomenon"] for case in cases}) == 1, pair
        assert any(required(case) for case in cases), pair
        told = [json.dumps(required(case), sort_keys=True) for case in cases]
        assert len(set(told)) == len(cases), pair
    assert len(pairs) >= 100


def test_cases_are_well_formed() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 200
    assert {case["phenomenon"] for case in CASES} == PHENOMENA
    assert all(case.get("why") for case in CASES if case.get("known"))
    for case in CASES:
        published = date.fromisoformat(case["published"])
        for wanted in case["events"]:
            assert set(wanted) >= KEYS, case["id"]
            assert set(wanted) <= KEYS | MORE_KEYS, case["id"]
            assert CATEGORIES.issuperset(choices(wanted["category"])), case["id"]
            assert set(get_args(Modality)).issuperset(choices(wanted["modality"])), case["id"]
            if wanted["from"] is not None:
                first, last = (date.fromisoformat(wanted[key]) for key in ("from", "to"))
                assert first <= last, case["id"]
                assert first <= published or wanted["modality"] == "planned", case["id"]
            for name in (*choices(wanted["actor"]), *choices(wanted["target"])):
                known = name is None or any(one in words(case["text"]) for one in names_of(name)[1])
                assert known, (case["id"], name)


ROW = Event(
    event_id="e",
    article_id="a" * 16,
    sentence_id="s",
    actor_id="state:fra",
    actor="French soldiers",
    action="shelled",
    action_code="ASSAULT",
    quad_class="material_conflict",
    target_id=None,
    target="the rebels",
    happened_from=date(2021, 3, 8),
    happened_to=date(2021, 3, 8),
    evidence="French soldiers shelled the rebels on Monday",
    start_char=0,
    end_char=44,
    confidence=0.8,
)
CASE = {
    "published": "2021-03-10",
    "events": [
        {
            "actor": "France",
            "target": "rebels",
            "category": ["ASSAULT", "CONSULT"],
            "modality": "asserted",
            "negated": False,
            "from": "2021-03-08",
            "to": "2021-03-08",
        }
    ],
}
SWAPPED = {"actor_id": None, "actor": "the rebels", "target_id": "state:fra", "target": "France"}


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"confidence": 0.4}, 1),
        ({"actor_id": None}, 0),
        ({"actor_id": None, "actor": "soldiers"}, 2),
        ({"target": "the rebellion"}, 2),
        ({"action_code": "COERCE"}, 2),
        ({"action_code": "COERCE", "statement_id": "x"}, 1),
        ({"modality": "planned"}, 1),
        ({"is_negated": True}, 1),
        ({"happened_from": date(2021, 3, 7)}, 1),
        ({"happened_from": date(2021, 3, 12), "happened_to": date(2021, 3, 12)}, 2),
        (SWAPPED, 2),
        ({**SWAPPED, "action_code": "CONSULT"}, 0),
    ],
)
def test_only_the_event_that_is_meant_counts(changes: dict[str, Any], count: int) -> None:
    assert len(list(faults(CASE, [replace(ROW, **changes)]))) == count


def summary() -> str:
    """Return a line a phenomenon: how many of its cases, and of its pairs, pass."""
    failed = {case["id"] for case in CASES if list(faults(case, found()[case["id"]]))}
    lines = []
    for phenomenon in [*sorted(PHENOMENA), None]:
        cases = [case for case in CASES if phenomenon in (case["phenomenon"], None)]
        pairs = {case["pair"] for case in cases}
        broken = {case["pair"] for case in cases if case["id"] in failed}
        passed = sum(case["id"] not in failed for case in cases)
        lines.append(
            f"{phenomenon or 'all':26}{passed:4} of {len(cases):3} cases"
            f"{len(pairs - broken):5} of {len(pairs):3} pairs"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(summary())
