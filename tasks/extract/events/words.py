"""The words of action of `seeds/event_verbs.csv`, found by lemma and part of speech."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from spacy.tokens import Token

import seeds
from tasks.extract.events.quad import QUAD_CLASS
from tasks.extract.grammar import PREPOSITIONS
from tasks.extract.seed_rows import one_of, seed_rows
from tasks.extract.statements.cues import regular_forms
from tasks.extract.statements.syntax import phrases, relation

Pos = Literal["verb", "noun"]
LIGHT = "LIGHT"
"""Category of verbs that say only that what their object names is done: 'launch an attack'."""
NONE = "NONE"
"""Category of senses that are no event: 'strike a balance'."""
SLOTS = PREPOSITIONS | {"subject", "object", "owner", "clause", "-"}
_POS: dict[str, Pos] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}
NO_OBJECT = "-"
_OTHER_CLAUSES = frozenset({"conj", "advcl", "ccomp", "acl:relcl", "parataxis"})
_REACH = 9
"""Tokens after a verb among which its further words stand."""
_IRREGULAR = {
    "swore": "swear", "sworn": "swear", "undertook": "undertake", "withheld": "withhold",
    "upheld": "uphold", "forgave": "forgive", "forgiven": "forgive", "overrode": "override",
    "froze": "freeze", "frozen": "freeze", "unfroze": "unfreeze", "fled": "flee",
    "fought": "fight", "tore": "tear", "overthrew": "overthrow", "overthrown": "overthrow",
    "shook": "shake", "stole": "steal", "stolen": "steal", "beaten": "beat",
    "struck": "strike", "stricken": "strike", "shot": "shoot", "led": "lead", "met": "meet",
    "sent": "send", "held": "hold", "broke": "break", "broken": "break", "drove": "drive",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "sought": "seek",
}  # fmt: skip
"""Forms of verbs that our lemmatiser leaves as they are."""
LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP"})
"""Labels of mentions, as conditions on objects."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a word of action.

    `objects` are what its direct object must be one of: lemmas, labels of mentions, or `-` where
    it must have none; empty: no condition. `actors`
    and `targets` say where the parties may stand, in order of preference: a relation to the word,
    or a preposition; `-` as last target: none is needed. `classes` are those that `objects` come
    from.
    """

    words: tuple[str, ...]
    pos: Pos
    category: str
    objects: frozenset[str]
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    classes: frozenset[str] = frozenset()

    @property
    def is_light(self) -> bool:
        """Whether it lends its subject to the noun that is its object."""
        return self.category == LIGHT


Lexicon = dict[tuple[Pos, str], list[Sense]]


def read_classes(path: Path) -> dict[str, frozenset[str]]:
    """Read the classes of nouns that conditions name."""
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["class"], set()).add(row["lemma"])
    return {name: frozenset(lemmas) for name, lemmas in found.items()}


def read(path: Path, classes: Mapping[str, frozenset[str]]) -> Lexicon:
    """Read a file of words by part of speech and head: a verb's first word, a noun's last.

    The longest stand first, then those with a condition, in the order of the file. Raises
    ValueError that names file and line where a row is wrong.
    """
    found: Lexicon = {}
    for sense in seed_rows(path, lambda row: _sense(row, classes)):
        head = sense.words[0 if sense.pos == "verb" else -1]
        found.setdefault((sense.pos, head), []).append(sense)
    for senses_ in found.values():
        senses_.sort(key=lambda one: (-len(one.words), not one.objects))
    return found


def _sense(row: dict[str, str], classes: Mapping[str, frozenset[str]]) -> Sense:
    pos = one_of(row["pos"], get_args(Pos))
    words = tuple(row["lemma"].lower().split())
    if not words:
        raise ValueError("a row without a lemma")
    actors = _slots(row["actor"], "subject" if pos == "verb" else "owner")
    targets = _slots(row["target"], "object" if pos == "verb" else "on")
    category = one_of(row["category"], {*QUAD_CLASS, LIGHT, NONE})
    objects = frozenset(_objects(row["object"], classes))
    named = frozenset(one for one in row["object"].split("|") if one.isupper())
    return Sense(words, pos, category, objects, actors, targets, named)  # type: ignore[arg-type]


def _objects(value: str, classes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for one in value.split("|"):
        if one in LABELS:
            yield one
        elif one.isupper():
            yield from classes[one_of(one, classes)]
        elif one:
            yield one


def _slots(value: str, default: str) -> tuple[str, ...]:
    slots = tuple(one_of(one, SLOTS) for one in value.split("|") if one)
    return slots or (default,)


@cache
def event_nouns() -> dict[str, frozenset[str]]:
    """Return the classes of `seeds/event_nouns.csv`."""
    return read_classes(seeds.folder() / "event_nouns.csv")


@cache
def event_words() -> Lexicon:
    """Return the words of `seeds/event_verbs.csv`."""
    return read(seeds.folder() / "event_verbs.csv", event_nouns())


@cache
def _verbs() -> dict[str, str]:
    """Return the verbs by their regular forms, for what the lemmatiser gets wrong."""
    verbs = [word for pos, word in event_words() if pos == "verb"]
    return {form: verb for verb in verbs for form in (*regular_forms(verb), verb)} | _IRREGULAR


def senses(token: Token) -> list[Sense]:
    """Return the senses of `token` whose further words stand with it, those of most words first.

    Conditions on objects are not tried.
    """
    pos = _POS.get(token.pos_)
    if pos is None:
        return []
    lexicon, lemma = event_words(), token.lemma_.lower()
    if pos == "verb" and ("verb", lemma) not in lexicon:
        lemma = _verbs().get(token.lower_, lemma)
    for form in (lemma,) if pos == "verb" else noun_forms(token):
        found = [s for s in lexicon.get((pos, form), ()) if _stands(token, s)]
        if found:
            return found
    return []


def noun_forms(token: Token) -> list[str]:
    """Return the forms by which a noun may be listed: its lemma, as it stands, its singular where
    the lemmatiser has another, with what a hyphen joins to it."""
    forms = [token.lemma_.lower(), token.lower_]
    for ending, single in (("ies", "y"), ("es", ""), ("s", "")):
        if token.lower_.endswith(ending):
            forms.append(token.lower_.removesuffix(ending) + single)
    if token.i > 1 and token.nbor(-1).text == "-":
        before = token.nbor(-2).lower_
        whole = [f"{before}-{form}" for form in forms]
        forms = whole if before in {"in", "non", "off", "on"} else [*whole, *forms]
    return list(dict.fromkeys(forms))


def noun_words(noun: Token) -> set[str]:
    """Return the lemma and form of `noun`, and both with the words beside it: 'travel ban'."""
    found = set(noun_forms(noun))
    before = [c for c in noun.lefts if relation(c) in {"compound", "amod"} and c.i == noun.i - 1]
    found |= {f"{c.lower_} {word}" for c in before for word in tuple(found)}
    for phrase in phrases(noun):
        if phrase.preposition.lower_ == "of":
            found.add(f"{noun.lower_} of {phrase.head.lower_}")
    return found


def is_of_class(noun: Token, names: Iterable[str]) -> bool:
    """Tell whether `noun` is of one of the classes `names` of `seeds/event_nouns.csv`."""
    found = noun_words(noun)
    return any(found & event_nouns().get(name, frozenset()) for name in names)


def _stands(token: Token, sense: Sense) -> bool:
    """Tell whether the further words of `sense` stand with `token`.

    Those of a noun stand before it, those of a verb after it: a particle, or words that hang on
    it, with its object between them or not ('shot him dead').
    """
    if sense.pos == "noun":
        before = token.doc[max(0, token.i - len(sense.words) + 1) : token.i]
        return [t.lower_ for t in before] == list(sense.words[:-1])
    particles = {c.lower_ for c in token.rights if relation(c) == "compound:prt"}
    rest = sense.words[1:]
    if not rest:
        return not particles
    if particles and len(rest) == 1:
        return rest[0] in particles
    if len(rest) == 1 and rest[0] in _prepositions(token):
        return True
    after = iter(t.lower_ for t in _hanging(token))
    return all(word in after for word in rest)


def _hanging(verb: Token) -> list[Token]:
    """Return the words after `verb` at most three steps below it in its clause."""
    near = verb.doc[verb.i + 1 : verb.i + _REACH]
    return [token for token in near if _hangs(token, verb)]


def _hangs(token: Token, verb: Token) -> bool:
    for _ in range(3):
        if token.dep_ in _OTHER_CLAUSES:
            return False
        token = token.head
        if token == verb:
            return True
    return False


def _prepositions(token: Token) -> set[str]:
    return {p.preposition.lower_ for p in phrases(token) if p.head.i > token.i}
