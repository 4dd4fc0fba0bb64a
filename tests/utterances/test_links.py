"""What the rows say: which statement is first, wordings, pieces; and that no order matters."""

from random import Random

from tasks.utterances import utterance_links
from tests.utterances.given import linked, said, utterances

ANN = {"speaker_id": "person:ann"}
BRIDGE = "the old bridge has to be closed before the winter begins"
NEARLY = "the old bridge has to close before the winter begins"


def test_the_first_is_that_of_the_first_day_then_article_then_place() -> None:
    later = said(BRIDGE, day="2024-03-02", article_id="a", start_char=1)
    third = said(BRIDGE, day="2024-03-01", article_id="c", start_char=2)
    second = said(BRIDGE, day="2024-03-01", article_id="b", start_char=90)
    first = said(BRIDGE, day="2024-03-01", article_id="b", start_char=9)
    undated = said(BRIDGE, day=None, article_id="0", start_char=0)
    rows = linked(undated, later, third, second, first)
    assert {row.utterance_id for row in rows.values()} == {first.statement_id}
    assert [key for key, row in rows.items() if row.is_first] == [first.statement_id]


def test_wordings_are_numbered_as_they_appear_and_compared_with_the_first() -> None:
    first = said(BRIDGE, day="2024-03-01")
    near = said(NEARLY, day="2024-03-02")
    again = said(BRIDGE.upper(), day="2024-03-03")
    rows = linked(again, near, first)
    # 9 of the 11 words of one and of the 10 of the other: 18 of 21.
    assert [(rows[s.statement_id].wording, rows[s.statement_id].similarity)
            for s in (first, near, again)] == [(1, 1.0), (2, 0.8571), (1, 1.0)]  # fmt: skip


def test_pieces_of_one_cue_are_one_saying() -> None:
    pieces = [
        said("the old bridge has to be", article_id="a", start_char=1, cue_end=30, **ANN),
        said("closed before the winter begins", article_id="a", start_char=50, cue_end=30, **ANN),
    ]
    whole = said(BRIDGE, day="2024-03-02")
    alone = linked(*pieces)
    assert [(row.utterance_id, row.is_first, row.wording) for row in alone.values()] == [
        (pieces[0].statement_id, True, 1)
    ] * 2
    rows = linked(whole, *reversed(pieces))
    assert {row.utterance_id for row in rows.values()} == {pieces[0].statement_id}
    assert [rows[s.statement_id].is_first for s in (*pieces, whole)] == [True, True, False]
    assert {row.similarity for row in rows.values()} == {1.0}


def test_statements_of_two_cues_are_two_sayings() -> None:
    given = {"article_id": "a"} | ANN
    one = said("the old bridge has to be", start_char=1, cue_end=30, **given)
    other = said("closed before the winter begins", start_char=50, cue_end=45, **given)
    assert linked(one, other) == {}


def test_statements_that_overlap_are_no_pieces() -> None:
    given = {"article_id": "a", "cue_end": 5, "kind": "indirect"} | ANN
    outer = said(f"to show us that {BRIDGE}", start_char=10, **given)
    inner = said(BRIDGE, start_char=26, **given)
    assert linked(outer, inner) == {}


def test_what_is_said_once_has_no_row() -> None:
    assert linked() == {}
    assert linked(said(BRIDGE), said("nobody asked me about the tunnel")) == {}
    assert linked(said(""), said(""), said("“”"), said("“”")) == {}


def test_rows_come_in_order_of_their_ids_whatever_the_order_of_arrival() -> None:
    rng = Random(5)
    words = ["amber", "birch", "cedar", "elder", "fir", "hazel", "juniper", "larch", "oak", "yew"]
    statements = []
    for _ in range(300):
        content = list(words)
        for _ in range(rng.randrange(3)):
            content[rng.randrange(10)] = rng.choice("pqr") * 3
        start = rng.randrange(3)
        statements.append(
            said(
                " ".join(content[start : 10 - rng.randrange(3)]),
                day=rng.choice(("2024-03-01", "2024-03-02", "2024-06-01", None)),
                speaker_id=rng.choice(("person:ann", "person:ben", None)),
                kind=rng.choice(("direct", "indirect")),
                article_id=f"a{rng.randrange(100)}",
                start_char=rng.randrange(1000),
            )
        )
    rows = utterance_links(statements)
    assert [row.statement_id for row in rows] == sorted(row.statement_id for row in rows)
    assert len({row.utterance_id for row in rows}) > 3
    for _ in range(3):
        rng.shuffle(statements)
        assert utterance_links(statements) == rows


def test_an_utterance_keeps_its_name_when_more_is_said() -> None:
    known = [said(BRIDGE), said(NEARLY, day="2024-03-02")]
    more = [said("nobody asked me about the tunnel under the hill"), said(BRIDGE, day="2024-04-01")]
    before, after = linked(*known), linked(*more, *known)
    assert before.items() <= after.items()
    assert utterances(*more, *known) == [
        sorted(one.statement_id for one in (*known, more[1]))
    ]  # fmt: skip
