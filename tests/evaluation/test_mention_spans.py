import pytest

from flows.evaluation.mention_spans import (
    MentionSpan,
    likely_head,
    mention_span,
    same_mentions,
    same_spans,
    smallest,
    trimmed,
)


def span(text: str, mention: str) -> MentionSpan:
    start = text.index(mention)
    return mention_span(text, start, start + len(mention), "name", "1")


@pytest.mark.parametrize(
    ("mention", "core"),
    [
        ("the Taliban", "Taliban"),
        ("An envoy", "envoy"),
        ("Borland's", "Borland"),
        ("Borland \u2019s", "Borland"),
        ("the workers'", "workers"),
        ('a "New League"', "New League"),
        ("Theresa", "Theresa"),
        ("the", "the"),
    ],
)
def test_articles_quotes_and_possessives_are_no_part_of_a_span(mention: str, core: str) -> None:
    start, end = trimmed(f"of {mention} of", 3, 3 + len(mention))
    assert f"of {mention} of"[start:end] == core


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("steel baron Anna Holm", "Holm"),
        ("Bank of Borland", "Bank"),
        ("Anna Holm, the vice chairman of Vell", "Holm"),
        ("Vell Motors (VM", "Motors"),
        ("three members who left", "members"),
        ("company's vice president Karl Brandt", "Brandt"),
        ("Port City-based yard", "yard"),
        ("first woman to lead it", "woman"),
        ("which filed for it", "which"),
        ("one of its yards", "one"),
        ("Coast and Harbour Guild of Borland", "Guild"),
        ("it", "it"),
    ],
)
def test_the_head_stands_before_what_may_follow_one(phrase: str, head: str) -> None:
    start = likely_head(f"In {phrase}", 3, 3 + len(phrase))
    assert f"In {phrase}"[start:].startswith(head)


def test_a_name_is_the_mention_of_the_phrase_that_it_heads() -> None:
    text = "Steel baron Anna Holm met the government of Borland."
    marked = [span(text, "Steel baron Anna Holm"), span(text, "the government of Borland")]
    found = [span(text, "Anna Holm"), span(text, "Borland")]
    assert same_spans(marked, found) == {}
    assert same_mentions(marked, found) == {0: 0}


def test_spans_go_before_heads_and_each_is_paired_once() -> None:
    text = "The Vell Group"
    whole, name = span(text, "The Vell Group"), span(text, "Group")
    assert same_mentions([whole], [name, whole]) == {1: 0}
    assert same_mentions([whole], [name, name]) == {0: 0}


def test_phrases_that_only_overlap_are_different() -> None:
    text = "prime minister of state"
    assert same_mentions([span(text, "prime minister")], [span(text, "minister of state")]) == {}


def test_the_shortest_of_those_with_one_head_stands_for_them() -> None:
    text = "Anna Holm, 49, met Vell and the Bank of Borland."
    marked = [
        span(text, "Anna Holm, 49"),
        span(text, "Anna Holm"),
        span(text, "Vell and the Bank of Borland"),
        span(text, "Vell"),
        span(text, "the Bank of Borland"),
        span(text, "Borland"),
    ]
    kept = [text[one.start : one.end] for one in smallest(marked)]
    assert kept == ["Anna Holm", "Vell", "Bank of Borland", "Borland"]
