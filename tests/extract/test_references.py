"""Weighed candidates become entities. The weights are given by hand."""

from spacy.tokens import Doc

from tasks.extract.names import Named
from tasks.extract.references import references
from tasks.language.antecedents import ANTECEDENTS, Choice
from tasks.language.tokens import blank_english
from tests.extract.given_articles import REGISTRY

LAVROV, RUSSIA = "person:sergey-lavrov", "state:rus"


def doc(text: str, pos: str, *choices: Choice) -> Doc:
    words = text.split()
    given = Doc(
        blank_english().vocab,
        words=words,
        pos=pos.split(),
        lemmas=[word.lower() for word in words],
        heads=[0] * len(words),
        deps=["root", *["dep"] * (len(words) - 1)],
    )
    given.user_data[ANTECEDENTS] = list(choices)
    return given


def named(text: str, surface: str, entity_id: str | None, label: str = "PERSON") -> Named:
    start = text.index(surface)
    return Named(start, start + len(surface), entity_id, "name", label, "given", 0.9)  # type: ignore[arg-type]


def links(given: Doc, *names: Named) -> list[tuple[str, str | None, float]]:
    found = references(given, names, REGISTRY, {})
    return [(given.text[n.start : n.end], n.entity_id, n.confidence) for n in found]


def test_candidates_of_one_entity_add_up() -> None:
    text = "Lavrov came , Lavrov spoke , the guest waited , he left"
    given = doc(
        text,
        "PROPN VERB PUNCT PROPN VERB PUNCT DET NOUN VERB PUNCT PRON VERB",
        Choice(10, (0, 3, 7), (0.3, 0.25, 0.4)),
    )
    names = [
        named(text, "Lavrov", LAVROV),
        Named(14, 20, LAVROV, "name", "PERSON", "given", 0.9),
    ]
    assert links(given, *names) == [("he", LAVROV, 0.55)]


def test_an_unnamed_phrase_takes_the_pronoun() -> None:
    text = "Lavrov saw a lawyer , he left"
    given = doc(text, "PROPN VERB DET NOUN PUNCT PRON VERB", Choice(5, (0, 3), (0.35, 0.6)))
    assert links(given, named(text, "Lavrov", LAVROV)) == []


def test_a_chain_goes_to_the_name() -> None:
    text = "Lavrov came , he spoke and he left"
    given = doc(
        text,
        "PROPN VERB PUNCT PRON VERB CCONJ PRON VERB",
        Choice(3, (0,), (0.9,)),
        Choice(6, (0, 3), (0.1, 0.8)),
    )
    assert links(given, named(text, "Lavrov", LAVROV)) == [
        ("he", LAVROV, 0.9),
        ("he", LAVROV, 0.9),
    ]


def test_a_person_is_no_it_and_a_state_no_she() -> None:
    text = "Lavrov left Russia , it and she"
    given = doc(
        text,
        "PROPN VERB PROPN PUNCT PRON CCONJ PRON",
        Choice(4, (0, 2), (0.5, 0.3)),
        Choice(6, (0, 2), (0.3, 0.5)),
    )
    names = [named(text, "Lavrov", LAVROV), named(text, "Russia", RUSSIA, "GPE")]
    assert links(given, *names) == []


def test_none_of_them_wins() -> None:
    text = "Lavrov came , he left"
    given = doc(text, "PROPN VERB PUNCT PRON VERB", Choice(3, (0,), (0.45,)))
    assert links(given, named(text, "Lavrov", LAVROV)) == []


def test_a_noun_must_fit_the_entity() -> None:
    text = "Russia called Lavrov , the country and the company"
    given = doc(
        text,
        "PROPN VERB PROPN PUNCT DET NOUN CCONJ DET NOUN",
        Choice(5, (0, 2), (0.8, 0.1)),
        Choice(8, (0, 2), (0.8, 0.1)),
    )
    names = [named(text, "Lavrov", LAVROV), named(text, "Russia", RUSSIA, "GPE")]
    assert [row[:2] for row in links(given, *names)] == [("country", RUSSIA)]


def test_a_pipeline_without_weights_links_nothing() -> None:
    text = "Lavrov came , he left"
    given = doc(text, "PROPN VERB PUNCT PRON VERB")
    assert links(given, named(text, "Lavrov", LAVROV)) == []


def test_what_is_unsure_carries_no_other_link() -> None:
    text = "Lavrov came , he spoke and he left"
    given = doc(
        text,
        "PROPN VERB PUNCT PRON VERB CCONJ PRON VERB",
        Choice(3, (0,), (0.45,)),
        Choice(6, (3,), (0.9,)),
    )
    assert links(given, named(text, "Lavrov", LAVROV)) == []
