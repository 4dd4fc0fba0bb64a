"""The rows of `seeds/stance_words.csv` themselves: shape, order, and senses settled by hand."""

import csv
import re
from collections import Counter

import pytest

import seeds
from tasks.extract.grammar import words

PATH = seeds.folder() / "stance_words.csv"
with PATH.open(encoding="utf-8", newline="") as file:
    READER = csv.DictReader(file, strict=True)
    ROWS = list(READER)

COLUMNS = ["lemma", "pos", "kind", "polarity", "strength", "holder", "target", "if_negated", "note"]
POS = {"verb", "noun", "adjective", "preposition"}
JUDGING = {"attitude", "act", "effect", "feeling", "quality", "relation"}
PASSING = {"reverser", "naming", "light"}
"""Kinds without a polarity of their own; a wish or a cause has one or none."""
HOLDERS = {"subject", "object", "owner", "voice"}
PLACES = {"object", "clause", "subject", "owner"}
PREPOSITIONS = words(
    "about against around as at behind between by for from in into of on over regarding to "
    "toward towards with"
)
STRENGTHS = {f"0.{n}" for n in range(2, 10)} | {"1.0"}
VOICED = {"quality", "cause"}


def named(row: dict[str, str]) -> str:
    return f"{row['lemma']}, {row['pos']}, {row['kind']}, {row['target']}"


def targets(row: dict[str, str]) -> list[str]:
    return row["target"].split("|")


def wrong(rows: list[dict[str, str]]) -> list[str]:
    return [named(row) for row in rows]


def senses(lemma: str, pos: str) -> set[tuple[str, str, str, str]]:
    """Return kind, polarity, holder and polarity of the denial of each row of a word."""
    return {
        (row["kind"], row["polarity"], row["holder"], row["if_negated"])
        for row in ROWS
        if (row["lemma"], row["pos"]) == (lemma, pos)
    }


def test_every_row_has_the_columns_and_no_more() -> None:
    assert READER.fieldnames == COLUMNS
    assert [named(row) for row in ROWS if None in row or None in row.values()] == []


def test_lemmas_are_lower_case_words_with_single_blanks() -> None:
    shape = re.compile(r"[a-z]+( [a-z]+){0,3}")
    assert wrong([row for row in ROWS if not shape.fullmatch(row["lemma"])]) == []


def test_parts_of_speech_and_kinds_are_known() -> None:
    kinds = JUDGING | PASSING | {"wish", "cause"}
    assert wrong([r for r in ROWS if r["pos"] not in POS or r["kind"] not in kinds]) == []


def test_polarity_stands_where_the_kind_asks_for_it() -> None:
    sides = {"support", "oppose"}
    assert wrong([r for r in ROWS if r["polarity"] not in sides | {""}]) == []
    assert wrong([r for r in ROWS if r["kind"] in JUDGING and r["polarity"] not in sides]) == []
    assert wrong([r for r in ROWS if r["kind"] in PASSING and r["polarity"]]) == []


def test_strength_stands_beside_a_polarity_in_steps_of_a_tenth() -> None:
    steps = [r for r in ROWS if r["strength"] and r["strength"] not in STRENGTHS]
    assert wrong(steps) == []
    assert wrong([r for r in ROWS if bool(r["strength"]) != bool(r["polarity"])]) == []


def test_a_denial_turns_the_polarity_or_says_nothing() -> None:
    turned = {"support": "oppose", "oppose": "support"}
    odd = [r for r in ROWS if r["if_negated"] not in {"", turned.get(r["polarity"])}]
    assert wrong(odd) == []


def test_effects_have_no_denial_of_their_own() -> None:
    assert wrong([r for r in ROWS if r["kind"] == "effect" and r["if_negated"]]) == []


def test_holders_fit_the_kind_and_the_part_of_speech() -> None:
    assert wrong([r for r in ROWS if r["holder"] not in HOLDERS | PREPOSITIONS]) == []
    assert wrong([r for r in ROWS if (r["holder"] == "voice") != (r["kind"] in VOICED)]) == []
    owned = [r for r in ROWS if r["holder"] == "owner" and r["pos"] != "noun"]
    assert wrong(owned) == []
    of_verbs = {"object"} | PREPOSITIONS
    assert wrong([r for r in ROWS if r["holder"] in of_verbs and r["pos"] != "verb"]) == []


def test_targets_are_known_places_each_once() -> None:
    for row in ROWS:
        assert set(targets(row)) <= PLACES | PREPOSITIONS, named(row)
        assert len(set(targets(row))) == len(targets(row)), named(row)


def test_holder_and_target_never_share_a_place() -> None:
    assert wrong([r for r in ROWS if r["holder"] in targets(r) and r["kind"] != "effect"]) == []


def test_only_verbs_and_prepositions_have_objects() -> None:
    bare = [r for r in ROWS if r["pos"] in {"noun", "adjective"} and "object" in targets(r)]
    assert wrong(bare) == []


def test_qualities_judge_the_one_of_whom_they_are_said() -> None:
    bearers = {"subject", "owner"}
    told = [r for r in ROWS if r["kind"] == "quality" and not set(targets(r)) <= bearers]
    assert wrong([r for r in told if (r["pos"], r["target"]) != ("verb", "object")]) == []


def test_no_sense_stands_twice() -> None:
    keys = Counter((r["lemma"], r["pos"], r["kind"], r["target"]) for r in ROWS)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_frame_of_a_word_has_one_polarity() -> None:
    found: dict[tuple[str, str, str, str, str], set[str]] = {}
    for row in ROWS:
        for place in targets(row):
            key = row["lemma"], row["pos"], row["kind"], row["holder"], place
            found.setdefault(key, set()).add(row["polarity"])
    assert [key for key, sides in found.items() if len(sides) > 1] == []


def test_rows_are_sorted() -> None:
    keys = [(r["pos"], r["kind"], r["lemma"], r["target"]) for r in ROWS]
    assert keys == sorted(keys)


def test_both_spellings_have_the_same_senses() -> None:
    lemmas = {(row["lemma"], row["pos"]) for row in ROWS}
    for lemma, pos in lemmas:
        for ours, theirs in (("ise", "ize"), ("isation", "ization"), ("vour", "vor")):
            other = lemma.removesuffix(ours) + theirs
            if lemma.endswith(ours) and (other, pos) in lemmas:
                assert senses(lemma, pos) == senses(other, pos), lemma


@pytest.mark.parametrize(
    ("lemma", "pos", "kind", "polarity", "holder", "if_negated"),
    [
        ("condemn", "verb", "attitude", "oppose", "subject", ""),
        ("support", "verb", "attitude", "support", "subject", "oppose"),
        ("trust", "verb", "attitude", "support", "subject", "oppose"),
        ("recognise", "verb", "act", "support", "subject", "oppose"),
        ("attack", "verb", "act", "oppose", "subject", ""),
        ("weaken", "verb", "effect", "oppose", "subject", ""),
        ("lift", "verb", "reverser", "", "subject", ""),
        ("anger", "verb", "feeling", "oppose", "object", ""),
        ("call", "verb", "naming", "", "subject", ""),
        ("impose", "verb", "light", "", "subject", ""),
        ("sanction", "noun", "act", "oppose", "owner", ""),
        ("lifting", "noun", "reverser", "", "owner", ""),
        ("friend", "noun", "relation", "support", "subject", "oppose"),
        ("critic", "noun", "relation", "oppose", "subject", ""),
        ("hero", "noun", "quality", "support", "voice", "oppose"),
        ("relieved", "adjective", "feeling", "support", "subject", ""),
        ("reckless", "adjective", "quality", "oppose", "voice", ""),
        ("responsible", "adjective", "cause", "", "voice", ""),
        ("against", "preposition", "attitude", "oppose", "subject", ""),
        ("without", "preposition", "reverser", "", "subject", ""),
    ],
)
def test_senses_settled_by_hand(
    lemma: str, pos: str, kind: str, polarity: str, holder: str, if_negated: str
) -> None:
    assert (kind, polarity, holder, if_negated) in senses(lemma, pos)


@pytest.mark.parametrize("lemma", ["address", "beat", "face", "meet", "play", "respond", "win"])
def test_everyday_verbs_take_no_side(lemma: str) -> None:
    assert senses(lemma, "verb") == set()
