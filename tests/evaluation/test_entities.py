import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from flows.evaluation.entities import (
    Compared,
    claimed_links,
    clusters,
    evaluate,
    right_links,
    wanted_links,
)
from flows.evaluation.errors import EvaluationError
from flows.evaluation.mention_spans import MentionSpan, NameKind
from tests import rows
from tests.evaluation.given_mentions import TEXT, Marked, write_meantime
from warehouse.tables import Article, Mention

VELL, ORIN = "company:vell", "person:orin"
Found = tuple[str, int, str, str, str | None]
"""Surface, which of its places in the text, label, kind, entity."""
FOUND: tuple[Found, ...] = (
    ("Vell", 0, "ORG", "name", VELL),
    ("May", 0, "EVENT", "name", "event:may"),  # of a label that is not marked
    ("Vell", 1, "ORG", "name", VELL),
    ("it", 0, "ORG", "pronoun", VELL),
    ("mill", 1, "ORG", "name", "company:mill"),  # false
    ("Orin", 0, "PERSON", "name", ORIN),  # one word short
    ("the firm", 0, "ORG", "nominal", VELL),
    ("she", 0, "ORG", "pronoun", VELL),  # wrong: Orin
    ("Vell", 3, "ORG", "name", VELL),  # after the part that is marked
)


def finding(found: Sequence[Found]) -> Callable[[Article], list[Mention]]:
    def annotate(article: Article) -> list[Mention]:
        assert article.text == TEXT
        return [_mention(*one) for one in found]

    return annotate


def _mention(surface: str, place: int, label: str, kind: str, entity_id: str | None) -> Mention:
    start = [match.start() for match in re.finditer(rf"\b{surface}\b", TEXT)][place]
    return rows.mention(
        "a",
        start_char=start,
        end_char=start + len(surface),
        surface=surface,
        label=label,
        kind=kind,
        entity_id=entity_id,
    )


def test_mentions_links_and_clusters_of_an_article(tmp_path: Path) -> None:
    items, metrics = evaluate(write_meantime(tmp_path / "a.xml"), finding(FOUND))
    assert items == 1
    assert metrics == {
        # marked are Vell x 3, Steel maker, it, Lena Orin, firm, she; 7 count as found
        "mention_f1": 66.67,  # all found but mill and Orin
        "mention_precision": 71.43,
        "mention_recall": 62.5,
        "mention_head_f1": 80,  # Orin too
        "name_f1": 50,  # 2 of 4 and 4
        "name_precision": 50,
        "name_recall": 50,
        "name_head_f1": 75,
        # found: 5 of Vell, she among them; marked: 6 and 2
        "coref_conll_f1": 52.84,
        "muc_f1": 60,  # 3 of 6 links, 3 of 4
        "b_cubed_f1": 50.04,  # (16/6 + 1/2) / 8 and (16/5 + 1/5) / 5
        "ceaf_e_f1": 48.48,  # 2 x 4/11 x 2 / (2 + 1)
        "pronoun_f1": 50,
        "pronoun_precision": 50,
        "pronoun_recall": 50,
        "nominal_f1": 66.67,  # Steel maker is missed
        "nominal_precision": 100,
        "nominal_recall": 50,
    }


def test_all_found_as_marked_is_a_hundred(tmp_path: Path) -> None:
    right: list[Found] = [
        *(("Vell", place, "ORG", "name", VELL) for place in range(3)),
        ("Steel maker", 0, "ORG", "nominal", VELL),
        ("it", 0, "ORG", "pronoun", VELL),
        ("Lena Orin", 0, "PERSON", "name", ORIN),
        ("firm", 0, "ORG", "nominal", VELL),
        ("she", 0, "PERSON", "pronoun", ORIN),
    ]
    metrics = evaluate(write_meantime(tmp_path / "a.xml"), finding(right))[1]
    assert set(metrics.values()) == {100}


def spans(*given: tuple[NameKind, str | None]) -> list[MentionSpan]:
    """Mentions of one letter each."""
    return [MentionSpan(at, at + 1, at, kind, entity) for at, (kind, entity) in enumerate(given)]


def test_a_link_needs_a_name_of_the_same_entity_on_both_sides() -> None:
    marked = spans(("name", "1"), ("pronoun", "1"), ("name", "2"), ("pronoun", "3"))
    found = spans(("name", VELL), ("pronoun", ORIN), ("name", ORIN), ("pronoun", None))
    one = Compared(marked, found, {0: 0, 1: 1, 2: 2, 3: 3})
    assert right_links(one, "pronoun") == set()
    assert wanted_links(one, "pronoun") == {1}  # 3 is never named
    found = spans(("pronoun", VELL), ("pronoun", VELL), ("name", ORIN), ("pronoun", VELL))
    assert right_links(Compared(marked, found, one.pairs), "pronoun") == set()
    found = spans(("name", VELL), ("pronoun", VELL))
    assert right_links(Compared(marked, found, {0: 0, 1: 1}), "pronoun") == {1}
    assert right_links(Compared(marked, found, {0: 0}), "pronoun") == set()  # marks another span


def test_a_link_to_what_no_text_names_is_no_claim() -> None:
    marked = spans(("name", "1"), ("nominal", "1"), ("nominal", "2"), ("nominal", "2"))
    found = spans(("name", VELL), ("nominal", ORIN), ("nominal", ORIN), ("nominal", VELL))
    one = Compared(marked, found, {0: 0, 1: 1, 2: 2, 3: 3})
    # of the three, ORIN is named in neither text, but the first is marked to be who is named
    assert claimed_links(one, "nominal") == {1, 3}


def test_what_is_not_marked_is_a_mention_of_its_own() -> None:
    marked = spans(("name", "1"), ("pronoun", "1"))
    found = spans(("name", VELL), ("name", VELL), ("pronoun", VELL))
    wanted, got = clusters(Compared(marked, found, {1: 0}))
    assert wanted == [frozenset({0, 1})]
    [cluster] = got
    assert len(cluster) == 3
    assert cluster & {0, 1} == {0}


def test_a_link_of_another_kind_is_right_and_no_gain(tmp_path: Path) -> None:
    marks: list[Marked] = [("Vell", 0, 0, 1, "NAM"), ("Vell", 3, 3, 5, "NAM")]
    found: list[Found] = [
        ("Vell", 0, "ORG", "name", VELL),
        ("the firm", 0, "ORG", "nominal", VELL),
    ]
    metrics = evaluate(write_meantime(tmp_path / "a.xml", marks), finding(found))[1]
    assert (metrics["nominal_precision"], metrics["nominal_recall"]) == (100, 0)
    marks.append(("Vell", 2, 0, 2, "NOM"))
    metrics = evaluate(write_meantime(tmp_path / "a.xml", marks), finding(found))[1]
    assert (metrics["nominal_precision"], metrics["nominal_recall"]) == (100, 0)


def test_a_folder_is_searched_for_both_formats(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write_meantime(tmp_path / "below" / "a.xml")
    write_meantime(tmp_path / "b.xml")
    assert evaluate(tmp_path, finding(FOUND))[0] == 2
    (tmp_path / "c.conllu").write_text("1\tIt\tit\tPRON\tPRP\t_\t0\troot\t_\t_\n")
    with pytest.raises(EvaluationError, match=r"c\.conllu: no Entity="):
        evaluate(tmp_path, finding(FOUND))
