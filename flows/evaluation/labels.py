"""Labels of names, brought to a set that the marked file and the pipeline have in common.

One table a set says which labels, of files and of pipelines, count as which of the set; an empty
text drops them. Unless told, the set is taken that knows most labels of the file as its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.evaluation.errors import EvaluationError
from tasks.language.labels import LABELS
from tasks.language.mapping import MAPPED

Common = Mapping[str, str]
"""A label to that of the common set; a label that it lacks, or gives an empty text, is dropped."""


def _table(**labels: str) -> dict[str, str]:
    return {label: name for name, those in labels.items() for label in those.split()}


def _same(labels: str) -> dict[str, str]:
    return {label: label for label in labels.split()}


def _dropped(labels: str) -> dict[str, str]:
    return dict.fromkeys(labels.split(), "")


_AMOUNTS = "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL"
_OTHERS = "WORK_OF_ART LAW PRODUCT LANGUAGE"
_COARSE = _table(PER="PER PERSON", ORG="ORG", LOC="LOC GPE FAC") | _dropped(_AMOUNTS)
_WITH_MISC = _COARSE | _table(MISC=f"MISC NORP EVENT {_OTHERS}")


@dataclass(frozen=True, slots=True)
class LabelSet:
    """A common set: `own` are labels of the files it is for, `others` those of pipelines."""

    own: Common
    others: Common


LABEL_SETS: Mapping[str, LabelSet] = {
    "coarse": LabelSet(_same("PER ORG LOC"), _COARSE),
    "conll": LabelSet(_same("PER ORG LOC MISC"), _WITH_MISC),
    "crossner": LabelSet(
        _table(
            PER="person politician",
            ORG="organisation politicalparty",
            LOC="location country",
            MISC="misc election event",
        ),
        _WITH_MISC,
    ),
    "re3d": LabelSet(
        _table(PER="Person", ORG="Organisation", LOC="Location", NORP="Nationality")
        | _dropped("DocumentReference MilitaryPlatform Money Quantity Temporal Weapon"),
        _COARSE | _table(NORP="NORP"),
    ),
    "demarche": LabelSet(
        {label: label for label in LABELS},
        {**MAPPED, **_dropped(_AMOUNTS)},
    ),
    "ontonotes": LabelSet(_same(f"PERSON NORP FAC ORG GPE LOC EVENT {_OTHERS} {_AMOUNTS}"), {}),
}


def common_labels(given: Mapping[str, Path], options: Sequence[str] = ()) -> Common:
    """Return what the labels of files, and those of any pipeline, count as.

    `given` holds the labels of the files, each with a file that has it. Each of `options` names a
    set, or is `LABEL=COMMON` and goes before the table of the set. What no label of a file counts
    as is left out. Raises EvaluationError for a label of a file without a place, and for an
    unknown set.
    """
    names = [option for option in options if "=" not in option]
    pairs = dict(option.split("=", 1) for option in options if "=" in option)
    rest = sorted(set(given) - set(pairs))
    chosen = LABEL_SETS[_known(names[-1])] if names else _fitting(rest)
    table = {**chosen.own, **chosen.others, **pairs}
    unknown = [label for label in rest if label not in table]
    if unknown:
        raise EvaluationError(
            f"{given[unknown[0]]}: no common label for '{unknown[0]}'; say which with "
            f"--labels {unknown[0]}=COMMON, or leave it out with --labels {unknown[0]}="
        )
    wanted = {table[label] for label in (*chosen.own, *given)}
    return {label: name for label, name in table.items() if name in wanted}


def _known(name: str) -> str:
    if name not in LABEL_SETS:
        raise EvaluationError(f"no set of labels '{name}'; there are: {', '.join(LABEL_SETS)}")
    return name


def _fitting(labels: list[str]) -> LabelSet:
    """Return the first of the sets that know most of `labels` as their own."""
    return max(LABEL_SETS.values(), key=lambda one: sum(label in one.own for label in labels))
