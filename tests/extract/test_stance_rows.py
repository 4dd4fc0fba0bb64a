"""Around the rules of stance: pairs and their cap, the classifier, days, spokesmen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tasks.extract.quotes import find_quotes
from tasks.extract.stances import find_stances
from tasks.extract.stances.finding import Found
from tasks.extract.stances.pairs import MOST_PAIRS
from tasks.extract.statements import find_statements
from tasks.extract.times import find_time_expressions
from tasks.language.stance import Marked
from tests.extract.documents import document, mention, mentions
from warehouse.tables import EntityRole, Stance

ARD, BOR, HOLM = "state:ard", "state:bor", "person:anna-holm"


class Fixed:
    """A classifier that says the same of every pair, and remembers what it was given."""

    def __init__(self, between: Sequence[float], towards: Sequence[float] = (0, 1, 0)) -> None:
        self.answers = between, towards
        self.seen: list[Marked] = []
        self.sought: list[bool] = []

    def passes(self, vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
        return np.ones(len(vectors), dtype=np.bool_)

    def between(self, pairs: Sequence[Marked], *, is_seeking: bool = False) -> NDArray[np.float64]:
        self.seen += pairs
        self.sought += [is_seeking] * len(pairs)
        return np.array([self.answers[0]] * len(pairs), dtype=np.float64)

    def towards(self, items: Sequence[Marked], *, is_seeking: bool = False) -> NDArray[np.float64]:
        self.seen += items
        self.sought += [is_seeking] * len(items)
        return np.array([self.answers[1]] * len(items), dtype=np.float64)


NEUTRAL = Fixed([1, 0, 0, 0, 0])


def read(
    text: str,
    classifier: Fixed | None = None,
    *,
    published_on: date | None = None,
    roles: Sequence[EntityRole] = (),
    **fields: str,
) -> Found:
    doc = document(text, published_on=published_on)
    doc = replace(doc, article=replace(doc.article, **fields))  # type: ignore[arg-type]
    found = mentions(doc)
    statements = find_statements(doc, found, find_quotes(text))
    times = find_time_expressions(doc)
    return find_stances(doc, found, statements, times, roles, classifier=classifier)


def told(rows: Sequence[Stance]) -> list[tuple[str | None, str, str | None]]:
    return [(row.holder_id, row.polarity, row.target_id) for row in rows]


def test_classifier_finds_what_no_rule_reads() -> None:
    text = "Ardenia met Borland after the attack."
    assert read(text).rows == []
    fake = Fixed([0, 0, 1, 0, 0])
    (row,) = read(text, fake).rows
    assert fake.sought == [True]
    assert told([row]) == [(ARD, "oppose", BOR)]
    assert (row.method, row.evidence, row.score) == ("model", text, -1.0)
    (back,) = read(text, Fixed([0, 0, 0, 1, 0])).rows
    assert told([back]) == [(BOR, "support", ARD)]


def test_sentence_without_a_word_of_position_is_not_read() -> None:
    fake = Fixed([0, 0, 1, 0, 0])
    assert (read("Ardenia met Borland at noon.", fake).rows, fake.seen) == ([], [])


def test_unsure_classifier_adds_nothing() -> None:
    assert (
        read("Ardenia met Borland after the attack.", Fixed([0.3, 0.4, 0.1, 0.1, 0.1])).rows == []
    )


def test_classifier_makes_a_rule_surer_or_less_sure() -> None:
    text = "Ardenia condemned Borland."
    (plain,) = read(text).rows
    fake = Fixed([0, 0, 1, 0, 0])
    (same,) = read(text, fake).rows
    assert fake.sought == [False]  # what a rule found is read with care
    (other,) = read(text, Fixed([0, 1, 0, 0, 0])).rows
    assert same.polarity == other.polarity == "oppose"
    assert other.confidence < plain.confidence < same.confidence


def test_explicit_denial_is_neutral_whatever_the_classifier_says() -> None:
    (row,) = read("Ardenia did not condemn Borland.", Fixed([0, 0, 1, 0, 0])).rows
    assert (row.polarity, row.score) == ("neutral", 0)


def test_author_of_an_opinion_is_read_with_each_target() -> None:
    fake = Fixed([1, 0, 0, 0, 0], [0, 0, 1])
    (row,) = read(
        "Borland stood at the gate after the attack.", fake, genre="opinion", byline="Mira Dahl"
    ).rows
    assert (row.holder, row.voice, row.polarity) == ("Mira Dahl", "author", "support")
    assert [item.holder for item in fake.seen] == [None]


def test_speaker_outside_the_sentence_is_put_before_it() -> None:
    fake = Fixed([1, 0, 0, 0, 0])
    read("Anna Holm said: “The fair was full. Borland stood by after the attack.”", fake)
    marked = next(item for item in fake.seen if item.text[slice(*item.target)] == "Borland")
    assert marked.holder is not None
    assert marked.text[slice(*marked.holder)] == "Anna Holm"


def test_pairs_beyond_the_cap_are_counted_by_sentence() -> None:
    names = ", ".join(f"Land{n}" for n in range(50))
    text = f"After the attack, at the table sat {names}."
    doc = document(text)
    found = []
    for n in range(50):
        start = text.index(f"Land{n}" + ("." if n == 49 else ","))
        found.append(mention(doc, start, start + len(f"Land{n}"), f"state:l{n}", "GPE", "name"))
    fake = Fixed([1, 0, 0, 0, 0])
    result = find_stances(doc, found, [], classifier=fake)
    assert result.pairs == len(fake.seen) == MOST_PAIRS
    (sentence,) = doc.sentences
    assert result.left_out == {sentence.sentence_id: 50 * 49 // 2 - MOST_PAIRS}


def test_no_entity_and_a_sentence_of_1500_words() -> None:
    assert read("It rained all day, and nobody minded.", NEUTRAL).rows == []
    started = perf_counter()
    text = "Ardenia condemned Borland " + "and the long rain " * 400 + "."
    assert (ARD, "oppose", BOR) in told(read(text, NEUTRAL).rows)
    assert perf_counter() - started < 30


def test_day_of_the_act_the_statement_or_the_publication() -> None:
    day = date(2024, 3, 8)
    (act,) = read("On 5 March 2024 Ardenia sanctioned Borland.", published_on=day).rows
    assert (act.as_of_on, act.as_of_method) == (date(2024, 3, 5), "act")
    (said,) = read("On 5 March 2024 Anna Holm praised Borland.", published_on=day).rows
    assert (said.as_of_on, said.as_of_method) == (date(2024, 3, 5), "statement")
    (other,) = read("Ardenia sanctioned Borland.", published_on=day).rows
    assert (other.as_of_on, other.as_of_method) == (day, "publication")
    (unknown,) = read("Ardenia sanctioned Borland.").rows
    assert (unknown.as_of_on, unknown.as_of_method) == (None, None)
    (planned,) = read("Ardenia will sanction Borland on 12 March 2024.", published_on=day).rows
    assert planned.as_of_on == day


def role(words: str) -> EntityRole:
    return EntityRole(entity_id=HOLM, role=words, organisation_id=ARD)


def test_spokesman_speaks_for_a_state_in_a_row_of_its_own() -> None:
    own, other = sorted(
        read("Anna Holm praised Borland.", roles=[role("spokeswoman")]).rows,
        key=lambda row: row.method == "represents",
    )
    assert told([own, other]) == [(HOLM, "support", BOR), (ARD, "support", BOR)]
    assert (own.from_stance_id, other.from_stance_id) == (None, own.stance_id)
    assert other.confidence < own.confidence


def test_who_no_longer_speaks_for_it_does_not() -> None:
    for words in ("former spokeswoman", "gardener"):
        assert len(read("Anna Holm praised Borland.", roles=[role(words)]).rows) == 1


def test_what_others_tell_of_a_spokesman_is_not_said_for_the_state() -> None:
    rows = read("Anna Holm is hated by Borland.", roles=[role("spokeswoman")]).rows
    assert [row.method for row in rows if row.method == "represents"] == []
