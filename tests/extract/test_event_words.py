"""The words of action and their classes: the files, and how a word is found in a sentence."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import seeds
from tasks.extract.events.quad import QUAD_CLASS
from tasks.extract.events.words import (
    LABELS,
    LIGHT,
    NO_OBJECT,
    NONE,
    Sense,
    event_nouns,
    event_words,
    read,
    senses,
)
from tests.extract.documents import document

HEADER = "lemma,pos,category,object,actor,target,note"


def rows(name: str) -> list[dict[str, str]]:
    with (seeds.folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path, row: str) -> Path:
    path = folder / "words.csv"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return path


def found(text: str, word: str) -> list[Sense]:
    return next(senses(token) for token in document(text).doc if token.text == word)


def test_no_sense_is_listed_twice() -> None:
    keys = ("lemma", "pos", "object", "target")
    counted = Counter(tuple(row[key] for key in keys) for row in rows("event_verbs.csv"))
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_category_has_verbs_and_nouns() -> None:
    listed = {(row["category"], row["pos"]) for row in rows("event_verbs.csv")}
    assert {(name, pos) for name in QUAD_CLASS for pos in ("verb", "noun")} <= listed


def test_every_class_is_asked_for() -> None:
    asked = {one for row in rows("event_verbs.csv") for one in row["object"].split("|")}
    in_code = {"PERSONS", "FORCES", "ATTACK", "ARMS", "FIGHTERS", "DISASTER"}
    assert set(event_nouns()) - asked - in_code == set()


def test_what_is_no_event_has_a_condition() -> None:
    none = [row for row in rows("event_verbs.csv") if row["category"] == NONE]
    assert [row["lemma"] for row in none if not row["object"] and " " not in row["lemma"]] == []


def test_nouns_are_in_order_and_listed_once() -> None:
    listed = [(row["class"], row["lemma"]) for row in rows("event_nouns.csv")]
    assert listed == sorted(set(listed))
    assert not {name for name, _ in listed} & LABELS


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("strike,verb,FIGHT,,,,", "'FIGHT' is none of"),
        ("strike,adverb,ASSAULT,,,,", "'adverb' is none of"),
        ("strike,verb,ASSAULT,NOWHERE,,,", "'NOWHERE' is none of"),
        ("strike,verb,ASSAULT,,,somewhere,", "'somewhere' is none of"),
        (",verb,ASSAULT,,,,", "a row without a lemma"),
    ],
)
def test_wrong_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"words.csv, line 2: {message}"):
        read(written(tmp_path, row), {"ARMS": frozenset({"gun"})})


def test_classes_stand_for_their_nouns(tmp_path: Path) -> None:
    path = written(tmp_path, "send,verb,AID,ARMS|grain|GPE|-,,to,")
    (sense,) = read(path, {"ARMS": frozenset({"gun", "tank"})})["verb", "send"]
    assert sense.objects == {"gun", "tank", "grain", "GPE", NO_OBJECT}
    assert (sense.actors, sense.targets) == (("subject",), ("to",))


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("The army blew up a bridge.", "blew", ("blow", "up")),
        ("Workers went on hunger strike.", "strike", ("hunger", "strike")),
        ("The guards took him hostage.", "took", ("take", "hostage")),
        ("The rebels swore to fight.", "swore", ("swear",)),
        ("The court condemned the man.", "condemned", ("condemn",)),
        ("Clashes went on.", "Clashes", ("clash",)),
    ],
)
def test_word_is_found(text: str, word: str, lemma: tuple[str, ...]) -> None:
    assert lemma in {sense.words for sense in found(text, word)}


def test_longest_words_come_first() -> None:
    lengths = [len(sense.words) for sense in found("Workers went on hunger strike.", "strike")]
    assert lengths == sorted(lengths, reverse=True)


def test_particle_makes_another_word() -> None:
    assert {s.words for s in found("They broke off talks.", "broke")} == {("break", "off")}


def test_words_of_another_clause_are_not_taken() -> None:
    words = {s.words for s in found("They took a rest, and he held her hostage.", "took")}
    assert ("take", "hostage") not in words


def test_light_verbs_say_no_category() -> None:
    light = [s for senses_ in event_words().values() for s in senses_ if s.category == LIGHT]
    assert light
    assert all(sense.is_light and sense.category not in QUAD_CLASS for sense in light)
