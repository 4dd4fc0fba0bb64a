"""The rows of `seeds/cues.csv` themselves: shape, spelling, and readings settled by hand."""

import csv
from collections import Counter
from itertools import pairwise
from typing import get_args

import pytest

import seeds
from tasks.extract.grammar import words
from tasks.extract.statements import cues
from warehouse.tables import CueClass

PATH = seeds.folder() / "cues.csv"
with PATH.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

POS = ["verb", "noun", "adjective", "light", "preposition"]
FRAMES = words(
    "clause that question infinitive gerund object quote hearer urge naming document "
    "about of on for against to toward with over at in from into by"
)
OF_VERBS = {"gerund", "hearer", "urge", "naming"}
"""Frames that a noun or an adjective never has."""
BARE = {"light", "preposition"}


def frames(row: dict[str, str]) -> set[str]:
    return set(row["frames"].split("|")) - {""}


def readings(lemma: str, pos: str) -> dict[str, set[str]]:
    """Return the frames of each class of a word."""
    return {
        row["cue_class"]: frames(row)
        for row in ROWS
        if row["pos"] == pos and lemma in row["lemma"].split("|")
    }


def test_the_loader_takes_every_row() -> None:
    cues.read(PATH)


def test_values_are_of_the_sets_the_readme_names() -> None:
    assert list(ROWS[0]) == ["lemma", "pos", "act", "cue_class", "frames", "note"]
    assert [r for r in ROWS if r["pos"] not in POS] == []
    assert {r["act"] for r in ROWS if r["pos"] != "light"} == {"say", "hold"}
    assert [r for r in ROWS if r["cue_class"] not in get_args(CueClass)] == []
    assert [r for r in ROWS if frames(r) - FRAMES] == []
    assert [r for r in ROWS if r["lemma"] != r["lemma"].lower().strip()] == []


def test_only_light_verbs_and_prepositions_have_no_frame() -> None:
    assert [r for r in ROWS if bool(frames(r)) == (r["pos"] in BARE)] == []


def test_frames_fit_the_part_of_speech() -> None:
    assert [r for r in ROWS if r["pos"] in {"noun", "adjective"} and frames(r) & OF_VERBS] == []
    assert [r for r in ROWS if "document" in frames(r) and r["pos"] != "noun"] == []


def test_a_clause_without_that_includes_the_one_with_it() -> None:
    kinds = Counter(
        (lemma, row["pos"])
        for row in ROWS
        for lemma in row["lemma"].split("|")
        for _ in frames(row) & {"clause", "that"}
    )
    assert [key for key, count in kinds.items() if count > 1] == []


def test_a_frame_of_a_word_has_one_class() -> None:
    seen = Counter(
        (lemma, row["pos"], frame)
        for row in ROWS
        for lemma in row["lemma"].split("|")
        for frame in frames(row) or {""}
    )
    assert [key for key, count in seen.items() if count > 1] == []


def test_rows_are_in_order() -> None:
    keys = [(POS.index(r["pos"]), r["lemma"]) for r in ROWS]
    assert [b for a, b in pairwise(keys) if a > b] == []


def test_british_and_american_spellings_share_a_row() -> None:
    single = [row["lemma"] for row in ROWS if row["pos"] == "verb" and "|" not in row["lemma"]]
    endings = ("ise", "ize", "yse", "yze")
    alone = {word for lemma in single for word in lemma.split() if word.endswith(endings)}
    always = "advise apprise chastise despise praise promise raise seize surmise"
    assert alone == words(always)


@pytest.mark.parametrize(
    ("lemma", "pos", "cue_class", "wanted"),
    [
        ("say", "verb", "neutral", {"clause", "question", "quote"}),
        ("find", "verb", "neutral", {"that"}),
        ("tell", "verb", "neutral", {"hearer", "clause"}),
        ("ask", "verb", "ask", {"question", "hearer"}),
        ("ask", "verb", "demand", {"for", "urge"}),
        ("call", "verb", "neutral", {"naming"}),
        ("call for", "verb", "demand", {"object", "urge"}),
        ("call on", "verb", "demand", {"urge"}),
        ("describe", "verb", "neutral", {"naming"}),
        ("accuse", "verb", "claim", {"naming"}),
        ("criticize", "verb", "criticise", {"object", "naming"}),
        ("deny", "verb", "deny", {"clause", "gerund", "object"}),
        ("warn", "verb", "warn", {"clause", "against", "of"}),
        ("vow", "verb", "promise", {"infinitive"}),
        ("expect", "verb", "hope", {"infinitive"}),
        ("urge", "verb", "demand", {"urge"}),
        ("praise", "verb", "praise", {"object", "naming"}),
        ("thank", "verb", "thank", {"object"}),
        ("insist", "verb", "claim", {"clause"}),
        ("insist on", "verb", "demand", {"gerund", "object"}),
        ("agree", "verb", "promise", {"infinitive"}),
        ("agree", "verb", "admit", {"clause"}),
        ("criticism", "noun", "criticise", {"of"}),
        ("claim", "noun", "claim", {"that"}),
        ("poll", "noun", "neutral", {"document"}),
        ("concern", "noun", "hope", {"about", "over"}),
        ("critical", "adjective", "criticise", {"of"}),
        ("confident", "adjective", "claim", {"clause"}),
        ("in favour of", "adjective", "praise", {"object"}),
    ],
)
def test_reading_settled_by_hand(lemma: str, pos: str, cue_class: str, wanted: set[str]) -> None:
    assert wanted <= readings(lemma, pos)[cue_class]


@pytest.mark.parametrize(
    ("lemma", "frame"),
    [
        ("know", "object"),  # "knows the town"
        ("find", "object"),  # "found the keys"
        ("insist", "on"),  # a demand, under "insist on"
        ("need", "object"),
        ("release", "object"),
        ("draw", "object"),
    ],
)
def test_plain_actions_are_no_cues(lemma: str, frame: str) -> None:
    assert all(frame not in found for found in readings(lemma, "verb").values())


@pytest.mark.parametrize("lemma", ["draw", "receive", "face", "spark", "win"])
def test_a_light_verb_has_the_speaker_as_its_subject(lemma: str) -> None:
    assert readings(lemma, "light") == {}  # who "drew criticism" did not voice it


def test_light_verbs_that_carry_nouns() -> None:
    assert all(readings(lemma, "light") for lemma in ("express", "voice", "issue", "make"))
