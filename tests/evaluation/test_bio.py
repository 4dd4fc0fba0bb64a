from pathlib import Path

import pytest

from flows.evaluation.bio import Tagged, read_bio, spans
from flows.evaluation.errors import EvaluationError


def read(tmp_path: Path, text: str) -> list[Tagged]:
    path = tmp_path / "a.conll"
    path.write_text(text, encoding="utf-8")
    return list(read_bio(path))


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ("O B-PER I-PER O", [(1, 3, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER I-ORG", [(0, 1, "PER"), (1, 2, "ORG")]),
        ("I-PER I-PER O I-LOC", [(0, 2, "PER"), (3, 4, "LOC")]),  # IOB1
        ("I-PER B-PER I-PER", [(0, 1, "PER"), (1, 3, "PER")]),
        ("B-PER I-PER E-PER S-PER U-LOC", [(0, 3, "PER"), (3, 4, "PER"), (4, 5, "LOC")]),
        ("B-LAW-COURT I-LAW-COURT", [(0, 2, "LAW-COURT")]),
        ("O O", []),
    ],
)
def test_every_dialect_of_tags_gives_its_names(
    tags: str, names: list[tuple[int, int, str]]
) -> None:
    assert spans(tags.split()) == tuple(names)


def test_two_and_four_columns_parted_by_spaces(tmp_path: Path) -> None:
    found = read(tmp_path, "-DOCSTART- O\n\nOslo B-LOC\nis O\n\nRiga NNP B-NP I-LOC\n\n\n")
    assert found == [
        Tagged(("Oslo", "is"), ((0, 1, "LOC"),)),
        Tagged(("Riga",), ((0, 1, "LOC"),), goes_on=True),
    ]


def test_numbered_rows_with_comments_and_text(tmp_path: Path) -> None:
    text = "# sent_id = 1\n# text = Oslo, O\n1\tOslo\tB-LOC\t-\tann\n2\t,\tO\t-\t-\n3\tO\tO\t-\t-\n"
    assert read(tmp_path, text) == [Tagged(("Oslo", ",", "O"), ((0, 1, "LOC"),), "Oslo, O")]


def test_a_text_belongs_to_its_sentence_only(tmp_path: Path) -> None:
    found = read(tmp_path, "# text = No\nNo\tO\n\nSo\tO\n")
    assert [one.text for one in found] == ["No", None]


def test_a_hash_that_is_a_token_is_no_comment(tmp_path: Path) -> None:
    found = read(tmp_path, "# written by hand\nNo O\n# O\n1 I-MISC\n")
    assert found == [Tagged(("No", "#", "1"), ((2, 3, "MISC"),))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Oslo B-LOC\nis X\n", "line 2: 'X' is no BIO tag"),
        ("Oslo B-\n", "line 1: 'B-' is no BIO tag"),
        ("Oslo\n", "line 1: '' is no BIO tag"),
        ("Oslo B-LOC\n\tO\n", "line 2: no token"),
    ],
)
def test_what_is_not_bio_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read(tmp_path, text)


def test_sentences_go_on_where_documents_are_marked(tmp_path: Path) -> None:
    text = "# newdoc id = a\nRiga\tB-LOC\n\nIt\tO\n\n# newdoc id = b\nOslo\tB-LOC\n"
    assert [one.goes_on for one in read(tmp_path, text)] == [False, True, False]
    assert [one.goes_on for one in read(tmp_path, "Riga\tB-LOC\n\nIt\tO\n")] == [False, False]
