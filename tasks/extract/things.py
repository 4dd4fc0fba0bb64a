"""Things without a name that somebody acts upon or takes a side on: 'the deal', 'sanctions'."""

from tasks.extract import grammar
from tasks.extract.clauses import View, is_adverb, is_plain
from tasks.extract.phrases import Party
from tasks.extract.statements.cues import cues
from warehouse.tables import Mention

_EMPTY = grammar.words(
    "same more most thing things part way lot word kind one ones fact case number side rest "
    "something nothing anything everything people himself herself itself themselves each other "
    "up out back down off"
)
"""Heads that name nothing."""


def thing_after(view: View, start: int, hi: int, nouns: frozenset[str]) -> Party | None:
    """Return the thing that a verb ending before token `start` is about and no entity names.

    Its head must be one of `nouns`; `*` stands for any. Pronouns, clauses and persons are none.
    """
    end = head = start
    while view.word(end, 0, hi) in {"about", "some", "nearly", "over", "$"}:
        end += 1
    while end < min(hi, start + 10) and _may_follow(view, end):
        word = view.words[end]
        is_participle = word.endswith(("ed", "ing")) and head > start
        if is_participle or word in grammar.TIME_WORDS or is_adverb(word):
            break
        end += 1
        if is_plain(word) and view.mention_at[end - 1] < 0:
            head = end
    if head == start or view.words[head - 1] in _EMPTY or not (nouns & {"*", view.words[head - 1]}):
        return None
    if view.words[start].endswith("ing") or view.surfaces[head - 1][0].isupper():
        return None
    return unnamed(view, start, with_complement(view, head, hi))


def thing_before(view: View, end: int, lo: int, nouns: frozenset[str]) -> Party | None:
    """Return the thing that ends just before token `end` and that no entity names."""
    if view.word(end - 1, lo) in {"that", "which"}:
        end -= 2 if view.word(end - 2, lo) == "," else 1
    at = end
    while at > max(lo, end - 10) and (
        _may_follow(view, at - 1) or view.words[at - 1] in {"of", "for", "on"}
    ):
        at -= 1
        if view.words[at] in grammar.DETERMINERS and view.word(at - 1, lo) not in {"of", "for"}:
            break
        if view.words[at] in cues().verb_forms:  # a verb most likely
            at += 1
            break
    while at < end and not (view.words[at] in grammar.DETERMINERS or is_plain(view.words[at])):
        at += 1
    if (
        at == end
        or view.words[end - 1].endswith("ing")
        or not is_plain(view.words[end - 1])
        or view.mention_at[end - 1] >= 0
    ):
        return None
    if not nouns & {"*", *view.words[at:end]}:
        return None
    return unnamed(view, at, end)


def unnamed(view: View, first: int, last: int) -> Party:
    """Return tokens `first` to `last` as a party that is no entity known by name."""
    start, end = view.slice(first, last)
    mention = Mention(
        mention_id="",
        article_id=view.document.article.article_id,
        sentence_id="",
        start_char=start,
        end_char=end,
        surface=view.text[start:end],
        label="MISC",
        kind="nominal",
        entity_id=None,
        method="unnamed",
        confidence=0.5,
    )
    return Party(mention, first, last)


def with_complement(view: View, end: int, hi: int) -> int:
    """Return the end of a noun phrase with what 'of' adds: 'freezing of funds'."""
    if view.word(end, 0, hi) != "of":
        return end
    at = end + 1
    while (
        at < min(hi, end + 6) and _may_follow(view, at) and view.words[at] not in grammar.TIME_WORDS
    ):
        at += 1
    number = view.ending_at(at - 1)
    is_adjective = number is not None and view.mentions[number].kind == "demonym"
    return at if at > end + 1 and is_plain(view.words[at - 1]) and not is_adjective else end


def _may_follow(view: View, at: int) -> bool:
    word = view.words[at]
    return (
        is_plain(word)
        or word in grammar.DETERMINERS - {"that"} | {"-", "'s", "'"}
        or word[0].isdigit()
    )
