"""Single cases written by hand: capitals and seats that act or are places, brackets that define.

`metonyms.csv`: what `surface` in `text` means, `government` or `place`; found to be a government
is what a mention of exactly that span leads to an entity other than a place. `acronyms.csv`: what
`text` says that `acronym` stands for; empty: it defines nothing.
"""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flows.evaluation.scores import percent
from flows.evaluation.text_article import text_article
from tasks.records import Annotations
from warehouse.tables import Article

FOLDER = Path(__file__).parent
PLACES = ("city:", "region:")
"""How ids of places begin; the capital's own city is one, the state is not."""

Annotate = Callable[[Article], Annotations]
Case = Mapping[str, str]


def measure(annotate: Annotate) -> dict[str, dict[str, Any]]:
    """Return by file how many cases there are, the right ones in per cent, and which are wrong."""
    return {
        name: _figures(name, is_right, annotate)
        for name, is_right in (("metonyms", is_meant), ("acronyms", is_defined))
    }


def _figures(
    name: str, is_right: Callable[[Case, Annotations], bool], annotate: Annotate
) -> dict[str, Any]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines))
    wrong = [
        case["case_id"]
        for case in cases
        if not is_right(case, annotate(text_article(case["text"])))
    ]
    return {
        "items": len(cases),
        "accuracy": percent(len(cases) - len(wrong), len(cases)),
        "wrong": wrong,
    }


def is_meant(case: Case, found: Annotations) -> bool:
    """Tell whether a capital or seat was taken as the case says."""
    start = case["text"].index(case["surface"])
    span = (start, start + len(case["surface"]))
    ids = [one.entity_id for one in found.mentions if (one.start_char, one.end_char) == span]
    is_government = any(one and not one.startswith(PLACES) for one in ids)
    return is_government == (case["meaning"] == "government")


def is_defined(case: Case, found: Annotations) -> bool:
    """Tell whether the acronym was given the case's expansion, or none where it has none."""
    given = {one.expansion for one in found.acronyms if one.acronym == case["acronym"]}
    return given == ({case["expansion"]} if case["expansion"] else set())
