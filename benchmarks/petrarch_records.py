"""The validation records of PETRARCH, and which of them can be asked of plain text.

The codes are those of WEIS (McClelland 1976), as in the suite of TABARI that the records are from.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from flows.evaluation.plover import Record
from tasks.registry import Registry

ACTORS = Path(__file__).with_name("petrarch_actors.csv")
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "01": ("CONCEDE", "RETREAT"),
    "03": ("CONSULT", "AGREE"),
    "04": ("SUPPORT",),
    "05": ("AGREE",),
    "06": ("CONCEDE", "SUPPORT", "AID", "COOPERATE", "AGREE"),
    "07": ("AID", "AGREE"),
    "08": ("AGREE", "SUPPORT", "COOPERATE"),
    "09": ("REQUEST",),
    "10": ("REQUEST",),
    "11": ("REJECT",),
    "12": ("ACCUSE",),
    "13": ("ACCUSE", "PROTEST"),
    "15": ("REQUEST",),
    "16": ("THREATEN",),
    "17": ("THREATEN",),
    "18": ("PROTEST", "MOBILIZE"),
    "19": ("SANCTION",),
    "20": ("SANCTION", "COERCE"),
    "21": ("COERCE", "ASSAULT"),
    "22": ("ASSAULT",),
    "194": ("ASSAULT",),
}
"""Categories of PLOVER by code or by its first two digits; AGREE also where it is yet to happen.

Comments (02) and denials (14) are none of PLOVER's. 194 is CAMEO's code for artillery, which later
records of the suite have.
"""
OWN_CODES = frozenset({"DATE", "PATTERN", "SYNSET", "VERB"})
"""Kinds whose codes only tell which line of a dictionary made for the test has matched."""
NOT_ASKED = {
    "switched off": "the record itself says that it is not to be run",
    "of a dictionary": "patterns, synonym sets and periods of a dictionary made for the test",
    "of a parse": "what a given parse tree does to the program, or what it discards",
    "no event": "nothing is coded, since the dictionaries lack the words or leave the sentence out",
    "no category": "a comment, a denial, or a code of no meaning",
    "no actor": "an actor that is not named, or one of the test's dictionary alone",
}
"""Why a record is not asked, and what that means."""


class Coding(NamedTuple):
    """One event as it is coded: who (the first three letters), whom, what."""

    source: str
    target: str
    event: str


@dataclass(frozen=True, slots=True)
class Case:
    """One record; `kind` is its category."""

    case_id: str
    kind: str
    text: str
    record: Record
    codings: tuple[Coding, ...]
    not_asked: str | None


Names = Mapping[str, tuple[str, ...]]
"""What an actor is called, by its code."""


def read(path: Path, names: Names) -> list[Case]:
    """Return the records in the file at `path`; `names` tell which actors can be asked for."""
    return [_case(one, names) for one in ElementTree.parse(path).getroot().iter("Sentence")]


def _case(sentence: ElementTree.Element, names: Names) -> Case:
    kind = sentence.attrib["category"].upper().replace("AGENTS", "AGENT")
    text = " ".join(sentence.findtext("Text", "").split())
    day = datetime.strptime(sentence.attrib["date"], "%Y%m%d").date()  # noqa: DTZ007  # only a day
    codings = tuple(
        Coding(*(one.attrib[key] for key in ("sourcecode", "targetcode", "eventcode")))
        for one in sentence.iter("EventCoding")
        if "eventcode" in one.attrib
    )
    asked = tuple(one._replace(source=one.source[:3], target=one.target[:3]) for one in codings)
    reason = _not_asked(sentence, kind, asked, named(text, names))
    record = Record(sentence.attrib["id"], text, day, (), (), "AGREE", False)
    return Case(record.record_id, kind, text, record, asked, reason)


def _not_asked(
    sentence: ElementTree.Element, kind: str, codings: Sequence[Coding], there: frozenset[str]
) -> str | None:
    if sentence.attrib.get("sentence") != "true":
        return "switched off"
    if kind in OWN_CODES:
        return "of a dictionary"
    if kind in {"PARSING", "ERROR"} or any("error" in one.attrib for one in sentence):
        return "of a parse"
    if not codings:
        return "no event"
    if not all(categories(one.event) for one in codings):
        return "no category"
    if not there.issuperset(code for one in codings for code in one[:2]):
        return "no actor"
    return None


def categories(code: str) -> tuple[str, ...]:
    """Return the categories that an event with `code` may be of."""
    found = CATEGORIES.get(code) or CATEGORIES.get(code[:2], ())
    return found if len(code) == 3 else ()


def named(text: str, names: Names) -> frozenset[str]:
    """Return the codes of the actors that `text` names."""
    lowered = text.lower()
    return frozenset(
        code for code, those in names.items() if any(name.lower() in lowered for name in those)
    )


def known_names(registry: Registry) -> Names:
    """Return the names of the invented actors, and of the states of `registry` by their codes."""
    with ACTORS.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(lines)]
    made = {code for code, _ in rows}
    for state in registry.entities:
        code = state.country_iso3
        if state.type == "state" and code is not None and code not in made:
            rows += [
                (code, one.alias) for one in registry.aliases if one.entity_id == state.entity_id
            ]
    return {
        code: tuple(name for other, name in rows if other == code)
        for code in dict.fromkeys(code for code, _ in rows)
    }


def write_registry(folder: Path) -> Path:
    """Write the invented actors into `folder`, as the files of somebody's own entities."""
    with ACTORS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    entities = ["entity_id,name,type,country_iso3,wikidata_id,description"]
    aliases = ["entity_id,alias,kind"]
    seen: set[str] = set()
    for row in rows:
        entity_id = f"state:petrarch-{row['code'].lower()}"
        if row["code"] not in seen:
            seen.add(row["code"])
            entities.append(f"{entity_id},{row['name']},state,,,")
        else:
            aliases.append(f"{entity_id},{row['name']},{row['kind']}")
    for name, content in (("entities.csv", entities), ("entity_aliases.csv", aliases)):
        (folder / name).write_text("\n".join(content) + "\n", encoding="utf-8")
    return folder
