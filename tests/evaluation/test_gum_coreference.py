from pathlib import Path

import pytest

from flows.evaluation.errors import EvaluationError
from flows.evaluation.gum_coreference import read_gum
from tests.evaluation.given import write_conllu

LINES = (
    "# newdoc",
    "# newpar",
    "1 The the DET DT 3 det Entity=(1-person-new-nnnnn-cf1-3,4-coref",
    "2 old old ADJ JJ 3 amod _",
    "3 Lord Lord PROPN NNP 5 nsubj _",
    "4 Orin Orin PROPN NNP 3 flat Entity=1)",
    "5 sold sell VERB VBD 0 root _",
    "6 his his PRON PRP$ 7 nmod Entity=(2-object-new-nnnnn-cf3-2-sgl(1-person-giv-nnnnn-cf1-1-ana)",
    "7 books book NOUN NNS 5 obj Entity=2)",
    "8 to to ADP IN 10 case _",
    "9 the the DET DT 10 det Entity=(3-organization-new-nnnnn-cf2-2,5-coref-Bank_of_Vell",
    "10 bank bank NOUN NN 5 obl _",
    "11 serving serve VERB VBG 10 acl _",
    "12 old old ADJ JJ 13 amod Entity=(4-place-new-nnnnn-cf4-2-sgl",
    "13 Vell Vell PROPN NNP 10 nmod SpaceAfter=No|Entity=4)3)",
    "14 . . PUNCT . 5 punct _",
)


def test_brackets_become_mentions_with_their_heads(tmp_path: Path) -> None:
    (article,) = read_gum(write_conllu(tmp_path / "a.conllu", *LINES))
    assert article.text.strip() == "The old Lord Orin sold his books to the bank serving old Vell."
    shown = [
        (article.text[m.start : m.end], article.text[m.head :].split()[0], m.kind, m.entity)
        for m in article.mentions
    ]
    assert shown == [
        ("old Lord Orin", "Orin", "name", "1"),
        ("his", "his", "pronoun", "1"),
        ("bank serving old Vell", "bank", "nominal", "3"),
        ("old Vell", "Vell.", "name", "4"),
    ]


def test_a_name_has_one_head_whatever_parts_its_smallest_span(tmp_path: Path) -> None:
    path = write_conllu(
        tmp_path / "a.conllu",
        "1 Coast Coast PROPN NNP 3 compound Entity=(1-organization-new-nnnnn-cf1-1,3-sgl",
        "2 and and CCONJ CC 3 cc _",
        "3 Guild Guild PROPN NNP 0 root Entity=1)",
    )
    (article,) = read_gum(path)
    (mention,) = article.mentions
    assert (mention.kind, article.text[mention.head :].strip()) == ("name", "Guild")


def test_a_treebank_without_entities_is_refused(tmp_path: Path) -> None:
    path = write_conllu(tmp_path / "a.conllu", "1 Vell Vell PROPN NNP 0 root")
    with pytest.raises(EvaluationError, match=r"a\.conllu: no Entity= in its last column"):
        list(read_gum(path))


@pytest.mark.parametrize("value", ["(1-person", "1)", "(1-person-new-nnnnn-cf1-9-coref)"])
def test_brackets_that_do_not_fit_are_named(tmp_path: Path, value: str) -> None:
    path = write_conllu(tmp_path / "a.conllu", f"1 Vell Vell PROPN NNP 0 root Entity={value}")
    with pytest.raises(EvaluationError, match=r"a\.conllu: entities are not as GUM has them"):
        list(read_gum(path))
