"""Minimal pairs for stances: one word changed, and the stance is flipped, gone or another's.

A line of `stance_cases.jsonl` is a case, written without a look at the rules; the texts are made
up and nobody is quoted. `expect` lists stances that must be found, `forbid` such as must not, there
without `polarity` neither support nor opposition. `holder` and `target` are names of entities as
the registry gives them, bylines, or the words of what is no entity; a list holds names that are as
good. `modality`, where given, is compared too: a hope is no position that is held. `known: true`
marks what the rules do not yet get, with a reason in `why`.

`python -m tests.extract.test_stance_cases` counts what passes, phenomenon by phenomenon.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tasks.extract.annotate import Annotator
from tests.extract.given_articles import REGISTRY, article
from warehouse.tables import Article, Stance

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("stance_cases.jsonl").read_text("utf-8").splitlines()
]
FOUND_FROM = 0.5
"""Confidence from which a row counts as found."""
SAID_FROM = 0.6
"""Confidence from which a row must not be wrong: the default floor of readers."""
PHENOMENA = {
    *("negation", "double_negative", "negated_commitment", "concession", "comparison"),
    *("condition", "hope_or_demand", "third_party", "formal_act", "voice_author_vs_speaker"),
    *("ascribed", "passive", "relative_clause", "nominalisation", "reverser", "joint"),
    *("aspect", "naming", "feeling", "represents", "pronoun", "question"),
    *("neutral_contact", "inverse", "own_voice_judgement"),
}
KEYS = {"holder", "target", "polarity", "voice", "modality"}
NAMES = {entity.name for entity in REGISTRY.entities}
OPPOSITE = {"support": "oppose", "oppose": "support"}
Wanted = dict[str, Any]


def given(number: int, case: dict[str, Any]) -> Article:
    text = article(case["text"], byline=case["byline"], article_id=f"{number:016x}")
    return replace(text, genre=case["genre"]) if case["genre"] else text


@cache
def found() -> dict[str, list[Stance]]:
    """Return the stances of each case, by its id; all cases are read in one go."""
    articles = [given(number, case) for number, case in enumerate(CASES)]
    done = Annotator(REGISTRY).annotate_batch(articles)
    return {case["id"]: rows.stances for case, (_, rows) in zip(CASES, done, strict=True)}


def words(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def is_named(wanted: str | list[str], entity_id: str | None, surface: str) -> bool:
    """Tell whether an entity has the name wanted, or the words of what is none hold those."""
    if isinstance(wanted, list):
        return any(is_named(name, entity_id, surface) for name in wanted)
    entity = REGISTRY.by_id.get(entity_id or "")
    if entity or wanted in NAMES:
        return entity is not None and entity.name == wanted
    return words(wanted) in words(surface)


def is_meant(row: Stance, wanted: Wanted) -> bool:
    polarities = [wanted["polarity"]] if "polarity" in wanted else ["support", "oppose"]
    return (
        row.polarity in polarities
        and is_named(wanted["holder"], row.holder_id, row.holder)
        and is_named(wanted["target"], row.target_id, row.target)
        and all(getattr(row, key) == wanted[key] for key in ("voice", "modality") if key in wanted)
    )


def faults(case: dict[str, Any], rows: list[Stance]) -> Iterator[str]:
    """Yield what is missing from `rows` and what should not be there."""
    own = [
        row
        for row in rows
        if row.confidence >= FOUND_FROM
        and (case["phenomenon"] == "represents" or row.method != "represents")
    ]
    for wanted in case["expect"]:
        if not any(is_meant(row, wanted) for row in own):
            yield f"missing: {wanted}"
    for wrong in case["forbid"]:
        if any(is_meant(row, wrong) for row in rows if row.confidence >= SAID_FROM):
            yield f"forbidden: {wrong}"


def parameter(case: dict[str, Any]) -> Any:
    fails = pytest.mark.xfail(strict=True, reason=case.get("why", ""))
    return pytest.param(case, id=case["id"], marks=fails if case.get("known") else ())


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_who_stands_where(case: dict[str, Any]) -> None:
    rows = found()[case["id"]]
    told = [(r.holder_id or r.holder, r.polarity, r.target_id or r.target, r) for r in rows]
    assert not list(faults(case, rows)), (case["text"], told)


def contrasts(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a stance expected in one case is forbidden or turned round in the other."""
    return any(
        (wanted["holder"], wanted["target"]) == (wrong["holder"], wrong["target"])
        and wrong.get("polarity", wanted["polarity"]) == polarity
        for wanted in one["expect"]
        for wrongs, polarity in (
            (other["forbid"], wanted["polarity"]),
            (other["expect"], OPPOSITE[wanted["polarity"]]),
        )
        for wrong in wrongs
    )


def test_no_answer_fits_two_cases_of_a_pair() -> None:
    pairs: dict[str, list[dict[str, Any]]] = {}
    for case in CASES:
        pairs.setdefault(case["pair"], []).append(case)
    for pair, cases in pairs.items():
        assert len(cases) > 1, pair
        assert len({case["text"] for case in cases}) == len(cases), pair
        assert len({case["phenomenon"] for case in cases}) == 1, pair
        for case in cases:
            others = [other for other in cases if other is not case]
            assert any(contrasts(case, o) or contrasts(o, case) for o in others), case["id"]


def test_cases_are_told_apart_and_well_formed() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 130
    assert {case["phenomenon"] for case in CASES} == PHENOMENA
    assert all(case.get("why") for case in CASES if case.get("known"))
    for case in CASES:
        assert case["expect"] or case["forbid"], case["id"]
        assert all("polarity" in wanted for wanted in case["expect"]), case["id"]
        for wanted in case["expect"] + case["forbid"]:
            assert {"holder", "target"} <= set(wanted) <= KEYS, case["id"]
            for name in (wanted["holder"], wanted["target"]):
                for each in name if isinstance(name, list) else [name]:
                    known = each in NAMES or each == case["byline"]
                    assert known or (each in case["text"] and each not in REGISTRY.by_alias), each


ROW = Stance(
    stance_id="s",
    article_id="a" * 16,
    sentence_id="t",
    holder_id="state:fra",
    holder="Paris",
    target="the new ferry",
    polarity="support",
    score=1.0,
    confidence=0.7,
    voice="actor",
    evidence="Paris likes the new ferry",
    start_char=0,
    end_char=25,
    method="by hand",
)
CASE = {
    "phenomenon": "feeling",
    "expect": [{"holder": "France", "target": "ferry", "polarity": "support", "voice": "actor"}],
    "forbid": [{"holder": "France", "target": "new ferry", "polarity": "oppose"}],
}


@pytest.mark.parametrize(
    ("row", "count"),
    [
        (ROW, 0),
        (replace(ROW, confidence=0.5), 0),
        (replace(ROW, confidence=0.4), 1),
        (replace(ROW, polarity="oppose", confidence=0.5), 1),
        (replace(ROW, polarity="oppose"), 2),
        (replace(ROW, polarity="neutral"), 1),
        (replace(ROW, voice="speaker"), 1),
        (replace(ROW, method="represents"), 1),
        (replace(ROW, holder_id=None, holder="France"), 1),
        (replace(ROW, target_id="state:deu"), 1),
        (replace(ROW, target="the new ferryman"), 1),
    ],
)
def test_only_the_stance_that_is_meant_counts(row: Stance, count: int) -> None:
    assert len(list(faults(CASE, [row]))) == count


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
