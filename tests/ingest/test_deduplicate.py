from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ingest.deduplicate import Decision, decide, head_of
from tasks.ingest.originals import Known
from tasks.ingest.similarity import bands, may_repeat
from tasks.records import RawItem
from tests.ingest.given import article
from warehouse.tables import Article

NOTHING = Known(heads={}, by_text={}, old_revisions=frozenset(), previous={})


def stored(known: Known, decisions: Sequence[Decision]) -> Known:
    """Return what a store would know after writing `decisions`, told from its tables alone."""
    heads, old = dict(known.heads), set(known.old_revisions)
    previous = dict(known.previous)
    for raw, made, state, moved in decisions:
        key = (raw.source_id, raw.item_ref)
        previous[key] = made.article_id
        if state != "unchanged":
            if made.article_id in heads:
                old.add((made.article_id, heads[made.article_id].digest))
            heads[made.article_id] = head_of(made, key)
        heads |= {head.article_id: head for head in moved}
    by_text: dict[str, str] = {}
    for head in heads.values():
        if head.duplicate_of is None:
            by_text.setdefault(head.text_sha256, head.article_id)
    return Known(heads=heads, by_text=by_text, old_revisions=old, previous=previous)


def looked_up(known: Known, articles: Sequence[Article]) -> Known:
    """Return `known` with what a store would find for `articles`."""
    texts = {a.text_sha256: a.text for a in articles}
    texts |= {h.text_sha256: h.text for h in known.heads.values()}
    keys = {text_sha256: bands(text) for text_sha256, text in texts.items()}
    originals = [head for head in known.heads.values() if head.duplicate_of is None]
    near = {
        text: [o.article_id for o in originals if may_repeat(keys[text], keys[o.text_sha256])]
        for text in keys
    }
    copies = {
        o.article_id: [h.article_id for h in known.heads.values() if h.duplicate_of == o.article_id]
        for o in originals
    }
    return replace(known, near=near, copies=copies, bands=keys)


def run(known: Known, *items: tuple[RawItem, Article]) -> tuple[list[Decision], Known]:
    decisions = decide(items, looked_up(known, [made for _, made in items]))
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
    revised = decide([article("o", url="u1", item_ref="a")], known)
    assert brief(revised) == [("revised", "u1", 2, None)]


def test_an_original_that_changes_lets_its_copies_go() -> None:
    _, known = run(
        NOTHING,
        article("t", url="u1", item_ref="a"),
        article("t", url="u2", item_ref="b"),
        article("t", url="u3", item_ref="c"),
        article("o", url="u4", item_ref="d"),
    )
    revised, known = run(known, article("o", url="u1", item_ref="a"))
    assert brief(revised) == [("revised", "u1", 2, "u4")]
    assert [h.article_id for h in revised[0].moved] == ["u2", "u3"]
    assert {h.article_id: h.duplicate_of for h in known.heads.values()} == {
        "u1": "u4",
        "u2": None,
        "u3": "u2",
        "u4": None,
    }


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
        again, _ = run(known, *items)
        assert {d.state for d in again} <= {"unchanged"}
        assert [d.article.article_id for d in again] == [d.article.article_id for d in decisions]


def story(seed: int, sentences: int = 20) -> str:
    """A text of 7 words a sentence; no two sentences share a run of four words."""
    names = ("".join("abcdefghij"[int(d)] for d in f"{n:02}{seed}") for n in range(sentences))
    return " ".join(f"Desk {n} told {n}s that {n}l {n}w." for n in names)


def dated(
    text: str, url: str, day: int | None, *, hour: int | None = None
) -> tuple[RawItem, Article]:
    raw, made = article(text, url=url, item_ref=url)
    on = date(2024, 3, day) if day else None
    at = datetime(2024, 3, day, hour, tzinfo=UTC) if day and hour else None
    return raw, replace(made, published_on=on, published_at=at)


def heads(known: Known) -> dict[str, str | None]:
    return {head.article_id: head.duplicate_of for head in known.heads.values()}


WHOLE = story(1)
"""140 words."""
CUT = " ".join(WHOLE.split()[:90])
CREDITED = f"GENEVA (Example Wire) - {WHOLE} Reporting by A. Lee."


def test_a_text_that_the_original_covers_is_its_copy_with_a_share() -> None:
    decisions, known = run(NOTHING, dated(WHOLE, "u1", 1), dated(CUT, "u2", 2))
    later, known = run(known, dated(CREDITED, "u3", 3), dated(story(2), "u4", 3))
    assert brief(decisions) == [("processed", "u1", 1, None), ("duplicate", "u2", 1, "u1")]
    assert brief(later) == [("duplicate", "u3", 1, "u1"), ("processed", "u4", 1, None)]
    assert decisions[1].article.similarity == 1.0
    # 20 sentences of 7 words, and 7 words of its own.
    assert later[0].article.similarity == round(140 / 147, 4)
    assert decisions[0].article.similarity is None
    assert later[0].article.cluster_id == "u1"


def test_a_longer_text_is_no_copy_of_the_part_that_came_before() -> None:
    decisions, _ = run(NOTHING, dated(CUT, "u1", 1), dated(f"{WHOLE} {story(2)}", "u2", 2))
    assert brief(decisions) == [("processed", "u1", 1, None), ("processed", "u2", 1, None)]
    assert decisions[1].moved == ()


@pytest.mark.parametrize("copy", [WHOLE, CUT])
def test_the_earliest_published_becomes_the_original_and_takes_the_copies(copy: str) -> None:
    _, known = run(NOTHING, dated(copy, "u1", 5), dated(copy, "u2", 6), dated(copy, "u3", 7))
    assert heads(known) == {"u1": None, "u2": "u1", "u3": "u1"}
    taken, known = run(known, dated(WHOLE, "u4", 2))
    assert brief(taken) == [("processed", "u4", 1, None)]
    assert [h.article_id for h in taken[0].moved] == ["u1", "u2", "u3"]
    assert heads(known) == {"u1": "u4", "u2": "u4", "u3": "u4", "u4": None}
    assert {h.cluster_id for h in known.heads.values()} == {"u4"}


def test_where_no_order_is_known_the_one_that_came_first_stays() -> None:
    for first, second in (
        (dated(WHOLE, "u1", None), dated(WHOLE, "u2", 1)),
        (dated(WHOLE, "u1", 1), dated(WHOLE, "u2", None)),
        (dated(WHOLE, "u1", 1, hour=9), dated(WHOLE, "u2", 1)),
        (dated(WHOLE, "u1", 1, hour=9), dated(WHOLE, "u2", 1, hour=9)),
    ):
        assert heads(run(NOTHING, first, second)[1]) == {"u1": None, "u2": "u1"}
    by_hour = run(NOTHING, dated(WHOLE, "u1", 1, hour=9), dated(WHOLE, "u2", 1, hour=8))[1]
    assert heads(by_hour) == {"u1": "u2", "u2": None}


def test_a_lower_bound_is_no_date_of_publication() -> None:
    raw, made = dated(WHOLE, "u2", None)
    bounded = replace(made, published_method="lower_bound", published_not_before=date(2020, 1, 1))
    _, known = run(NOTHING, dated(WHOLE, "u1", 1), (raw, bounded))
    assert heads(known) == {"u1": None, "u2": "u1"}


def test_a_copy_that_the_new_original_does_not_cover_stands_alone() -> None:
    start, end = " ".join(WHOLE.split()[:120]), " ".join(WHOLE.split()[70:])
    _, known = run(NOTHING, dated(WHOLE, "u1", 5), dated(end, "u2", 6))
    assert heads(known) == {"u1": None, "u2": "u1"}
    _, known = run(known, dated(start, "u3", 2))
    assert heads(known) == {"u1": "u3", "u2": None, "u3": None}


def test_a_revised_original_keeps_what_it_still_covers() -> None:
    _, known = run(NOTHING, dated(WHOLE, "u1", 1), dated(CUT, "u2", 2), dated(WHOLE, "u3", 3))
    minor, known = run(known, dated(WHOLE + " One more line.", "u1", 1))
    assert heads(known) == {"u1": None, "u2": "u1", "u3": "u1"}
    assert minor[0].moved == ()
    _, known = run(known, dated(story(2), "u1", 1))
    assert heads(known) == {"u1": None, "u2": None, "u3": None}
    again, known = run(known, dated(WHOLE, "u4", 4))
    assert brief(again) == [("duplicate", "u4", 1, "u3")]


def test_a_revised_copy_stays_one_while_it_is_covered() -> None:
    _, known = run(NOTHING, dated(WHOLE, "u1", 1), dated(CUT, "u2", 2))
    _, known = run(known, dated(CUT + " End.", "u2", 2))
    assert heads(known) == {"u1": None, "u2": "u1"}
    _, known = run(known, dated(story(2), "u2", 2))
    assert heads(known) == {"u1": None, "u2": None}


TEXTS = [WHOLE, CUT, CREDITED, " ".join(WHOLE.split()[60:]), story(2), f"{story(2)} {CUT}", "t"]
STREAM = st.lists(
    st.builds(
        dated,
        st.sampled_from(TEXTS),
        st.sampled_from(["u1", "u2", "u3", "u4", "u5", "u6"]),
        st.sampled_from([None, 1, 2, 3, 4]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(STREAM, st.lists(st.booleans(), min_size=8, max_size=8))
def test_batches_do_not_matter(items: list[tuple[RawItem, Article]], cuts: list[bool]) -> None:
    together, whole = run(NOTHING, *items)
    known, batch, apart = NOTHING, [], []
    for item, is_cut in zip(items, cuts, strict=False):
        batch.append(item)
        if is_cut:
            decisions, known = run(known, *batch)
            apart += decisions
            batch = []
    decisions, known = run(known, *batch)
    assert brief([*apart, *decisions]) == brief(together)
    assert known.heads == whole.heads
    for head in known.heads.values():
        original = known.heads[head.duplicate_of] if head.duplicate_of else head
        assert original.duplicate_of is None
        assert head.cluster_id == original.article_id
        assert (head.similarity is None) == (head is original)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.permutations([1, 2, 3, 4]).map(lambda d: d[:2]),
)
def test_the_order_of_arrival_does_not_matter_for_two_with_dates(
    one: str, other: str, days: list[int]
) -> None:
    items = [dated(one, "u1", days[0]), dated(other, "u2", days[1])]
    assert heads(run(NOTHING, *items)[1]) == heads(run(NOTHING, *reversed(items))[1])


def test_many_versions_of_one_text_in_one_batch_leave_one_original() -> None:
    words = WHOLE.split()
    versions = []
    for number in range(30):
        changed = " ".join([*words[:number], "meanwhile", *words[number + 1 :]])
        versions.append(dated(changed, f"version {number}", 30 - number))
    _, known = run(NOTHING, *versions)
    assert [name for name, original in heads(known).items() if original is None] == ["version 29"]


def test_copies_of_one_day_follow_the_earlier_hour_when_their_original_changes() -> None:
    copies = dated(WHOLE, "a", 2, hour=12), dated(WHOLE, "b", 2, hour=10)
    _, known = run(NOTHING, dated(WHOLE, "first", 1), *copies)
    assert heads(known) == {"first": None, "a": "first", "b": "first"}
    _, known = run(known, dated(story(2), "first", 1))
    assert heads(known) == {"first": None, "a": "b", "b": None}
