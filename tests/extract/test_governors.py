"""Both ways of writing dependencies give the same governor."""

from spacy.tokens import Doc

from tasks.extract.governors import governor
from tasks.language.tokens import blank_english


def doc(words: str, heads: list[int], deps: str, lemmas: str | None = None) -> Doc:
    parts = words.split()
    return Doc(
        blank_english().vocab,
        words=parts,
        heads=heads,
        deps=deps.split(),
        lemmas=(lemmas or words).split(),
        pos=["X"] * len(parts),
    )


def test_preposition_in_universal_dependencies() -> None:
    given = doc("they talked with Moscow", [1, 1, 3, 1], "nsubj root case obl")
    found = governor(given[3:4])
    assert (found.relation, found.word.text, found.preposition) == ("oblique", "talked", "with")


def test_preposition_in_spacys_labels() -> None:
    given = doc("they talked with Moscow", [1, 1, 1, 2], "nsubj ROOT prep pobj")
    found = governor(given[3:4])
    assert (found.relation, found.word.text, found.preposition) == ("oblique", "talked", "with")


def test_agent_in_both() -> None:
    ours = doc("led by Moscow", [0, 2, 0], "root case obl:agent")
    theirs = doc("led by Moscow", [0, 0, 1], "ROOT agent pobj")
    assert governor(ours[2:3]).relation == governor(theirs[2:3]).relation == "agent"


def test_a_conjunct_is_governed_as_the_first() -> None:
    given = doc("Kyiv and Moscow agreed", [3, 2, 0, 3], "nsubj cc conj root")
    found = governor(given[2:3])
    assert (found.relation, found.word.text) == ("subject", "agreed")


def test_a_copula_gives_way_to_what_it_says() -> None:
    ours = doc("Moscow is ready", [2, 2, 2], "nsubj cop root", "Moscow be ready")
    theirs = doc("Moscow is ready", [1, 1, 1], "nsubj ROOT acomp", "Moscow be ready")
    assert governor(ours[0:1]).lemma == governor(theirs[0:1]).lemma == "ready"
