from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ingest.deduplicate import Decision, Head, Known, article_digest, decide
from tasks.records import RawItem
from tests.ingest.given import article
from warehouse.tables import Article

NOTHING = Known(heads={}, by_text={}, old_revisions=frozenset(), previous={})


def stored(known: Known, decisions: Sequence[Decision]) -> Known:
    """Return what a store would know after writing `decisions`, told from its tables alone."""
    heads, old = dict(known.heads), set(known.old_revisions)
    previous = dict(known.previous)
    for raw, made, state in decisions:
        key = (raw.source_id, raw.item_ref)
        previous[key] = made.article_id
        if state == "unchanged":
            continue
        if made.article_id in heads:
            old.add((made.article_id, heads[made.article_id].digest))
        heads[made.article_id] = Head(
            article_id=made.article_id,
            revision=made.revision,
            title=made.title,
            text_sha256=made.text_sha256,
            digest=article_digest(made),
            cluster_id=made.cluster_id,
            duplicate_of=made.duplicate_of,
            canonical_url=made.canonical_url,
            delivered_by=key,
        )
    by_text: dict[str, str] = {}
    for head in heads.values():
        if head.duplicate_of is None:
            by_text.setdefault(head.text_sha256, head.article_id)
    return Known(heads=heads, by_text=by_text, old_revisions=old, previous=previous)


def run(known: Known, *items: tuple[RawItem, Article]) -> tuple[list[Decision], Known]:
    decisions = decide(items, known)
    return decisions, stored(known, decisions)


def brief(decisions: Sequence[Decision]) -> list[tuple[str, str, int, str | None]]:
    return [
        (d.state, d.article.article_id, d.article.revision, d.article.duplicate_of)
        for d in decisions
    ]


def test_new_then_unchanged() -> None:
    first, known = run(NOTHING, article("t", url="u"))
    again, _ = run(known, article("t", url="u"))
    assert brief(first) == [("processed", "u", 1, None)]
    assert brief(again) == [("unchanged", "u", 1, None)]


def test_a_changed_text_or_head_is_a_revision() -> None:
    _, known = run(NOTHING, article("t", url="u"))
    text, known = run(known, article("t2", url="u"))
    title, _ = run(known, article("t2", url="u", title="Other"))
    assert brief(text) == [("revised", "u", 2, None)]
    assert brief(title) == [("revised", "u", 3, None)]


def test_going_back_is_a_revision_for_the_item_itself_and_nothing_for_a_stale_copy() -> None:
    _, known = run(NOTHING, article("t", url="u", item_ref="a"))
    _, known = run(known, article("t2", url="u", item_ref="a"))
    copy, _ = run(known, article("t", url="u", item_ref="b"))
    back, _ = run(known, article("t", url="u", item_ref="a"))
    assert brief(copy) == [("unchanged", "u", 2, None)]
    assert brief(back) == [("revised", "u", 3, None)]


def test_without_a_known_deliverer_the_previous_article_of_the_item_counts() -> None:
    _, known = run(NOTHING, article("t", url="u", item_ref="a"))
    _, known = run(known, article("t2", url="u", item_ref="a"))
    nobody = {k: replace(h, delivered_by=None) for k, h in known.heads.items()}
    known = replace(known, heads=nobody)
    copy, _ = run(known, article("t", url="u", item_ref="b"))
    back, _ = run(known, article("t", url="u", item_ref="a"))
    assert (copy[0].state, back[0].state) == ("unchanged", "revised")


def test_a_known_text_is_a_duplicate_of_the_original_never_a_chain() -> None:
    decisions, known = run(
        NOTHING,
        article("t", url="u1", item_ref="a"),
        article("t", url="u2", item_ref="b"),
        article("t", url="u3", item_ref="c"),
    )
    later, _ = run(known, article("t", url="u4", item_ref="d"))
    assert brief(decisions) == [
        ("processed", "u1", 1, None),
        ("duplicate", "u2", 1, "u1"),
        ("duplicate", "u3", 1, "u1"),
    ]
    assert brief(later) == [("duplicate", "u4", 1, "u1")]
    assert later[0].article.cluster_id == "u1"


def test_a_duplicate_that_changes_stands_alone_and_an_article_may_become_one() -> None:
    _, known = run(NOTHING, article("t", url="u1", item_ref="a"), article("t", url="u2"))
    apart, known = run(known, article("t2", url="u2"))
    assert brief(apart) == [("revised", "u2", 2, None)]
    assert apart[0].article.cluster_id == "u2"
    together, _ = run(known, article("t", url="u2"))
    assert brief(together) == [("revised", "u2", 3, "u1")]
    assert together[0].article.cluster_id == "u1"


def test_a_changed_title_keeps_what_a_duplicate_repeats() -> None:
    _, known = run(NOTHING, article("t", url="u1", item_ref="a"), article("t", url="u2"))
    revised, _ = run(known, article("t", url="u2", title="Other"))
    assert brief(revised) == [("revised", "u2", 2, "u1")]


def test_an_original_that_others_repeat_never_becomes_a_duplicate() -> None:
    _, known = run(
        NOTHING,
        article("t", url="u1", item_ref="a"),
        article("t", url="u2", item_ref="b"),
        article("o", url="u3", item_ref="c"),
    )
    revised, _ = run(known, article("o", url="u1", item_ref="a"))
    assert brief(revised) == [("revised", "u1", 2, None)]


def test_an_edited_file_is_a_revision_of_the_article_it_held() -> None:
    _, known = run(NOTHING, article("t1"))
    edited, known = run(known, article("t2"))
    again, known = run(known, article("t2"))
    back, _ = run(known, article("t1"))
    assert brief(edited) == [("revised", "t1", 2, None)]
    assert edited[0].article.cluster_id == "t1"
    assert brief(again) == [("unchanged", "t1", 2, None)]
    assert brief(back) == [("revised", "t1", 3, None)]


def test_what_is_no_edit_of_a_file() -> None:
    _, known = run(NOTHING, article("t1"))
    assert decide([article("t2", title="Other")], known)[0].state == "processed"
    assert decide([article("t2", url="u")], known)[0].state == "processed"
    elsewhere = decide([article("t2"), article("t1", item_ref="moved.txt")], known)
    assert [d.state for d in elsewhere] == ["processed", "unchanged"]
    _, rows = run(NOTHING, article("t1", item_ref="a.csv#1"))
    assert decide([article("t2", item_ref="a.csv#1")], rows)[0].state == "processed"
    _, untitled = run(NOTHING, article("t1", title=None))
    assert decide([article("t2", title=None)], untitled)[0].state == "processed"


def test_an_edited_copy_is_an_article_of_its_own() -> None:
    _, known = run(NOTHING, article("t1", item_ref="a"), article("t1", item_ref="b"))
    edited, _ = run(known, article("t2", item_ref="b"))
    assert brief(edited) == [("processed", "t2", 1, None)]


ITEMS = st.builds(
    article,
    st.sampled_from(["t1", "t2", "t3"]),
    url=st.sampled_from([None, None, "u1", "u2", "u3"]),
    title=st.sampled_from(["A", "B", None]),
)
BATCHES = st.lists(
    st.lists(st.tuples(st.sampled_from("abcdef"), ITEMS), max_size=6, unique_by=lambda i: i[0]),
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(BATCHES)
def test_a_batch_read_again_is_unchanged_and_no_article_repeats_a_repeat(
    batches: list[list[tuple[str, tuple[RawItem, Article]]]],
) -> None:
    known = NOTHING
    for batch in batches:
        items = [(replace(raw, item_ref=ref), made) for ref, (raw, made) in batch]
        decisions, known = run(known, *items)
        assert [d.raw for d in decisions] == [raw for raw, _ in items]
        for head in known.heads.values():
            if head.duplicate_of is not None:
                assert known.heads[head.duplicate_of].duplicate_of is None
                assert head.duplicate_of != head.article_id
        again = decide(items, known)
        assert {d.state for d in again} <= {"unchanged"}
        assert [d.article.article_id for d in again] == [d.article.article_id for d in decisions]
