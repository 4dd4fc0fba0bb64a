"""Who speaks: the phrase before or after a reporting word."""

from dataclasses import dataclass

from tasks.extract import grammar, lexicon
from tasks.extract.clauses import View, is_plain
from tasks.extract.phrases import before
from warehouse.tables import Mention

SINGULAR = frozenset({"he", "she"})
ROLES = grammar.ROLES
MAX_WORDS = 12
"""Longest unnamed speaker, in tokens: 'a spokesman for the Ministry of Defence' has seven."""

_LINKS = grammar.words("of for from at in with to on")
_NEVER_HEAD = grammar.WEEKDAYS | grammar.words(
    "there here thing things one way what something nothing everything anything more less "
    "time year years day days week month lot part fact case"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Tokens `start` to `end` (exclusive) of a speaker, and the mention it rests on."""

    start: int
    end: int
    mention: Mention | None = None


def speaker_before(view: View, end: int, lo: int) -> Speaker | None:
    """Return the speaker whose phrase ends just before token `end`."""
    if end <= lo:
        return None
    parties = before(view, end, lo)
    if parties:
        start = parties[0].start
        if len(parties) > 1:
            return Speaker(start, parties[-1].end)
        only = parties[0]
        if only.head == "self":
            first, last = view.spans[view.mention_at[only.end - 1]]
            return Speaker(first, last, only.mention)
        return Speaker(start, only.end, only.mention)
    if view.words[end - 1] in grammar.PRONOUNS - {"who", "it", "you"}:
        return Speaker(end - 1, end)
    return _unnamed_before(view, end, lo)


def _unnamed_before(view: View, end: int, lo: int) -> Speaker | None:
    """Return a phrase such as 'a government source' or a name that no mention covers."""
    at = end
    limit = max(lo, end - MAX_WORDS)
    while at > limit and _may_stand_in_phrase(view, at - 1):
        at -= 1
    while at < end and view.words[at] in _LINKS | {"'s", "'", "-", "that"}:
        # A leading 'in March' belongs to no speaker: start after it, at a determiner.
        at += 1
        while at < end and view.words[at] not in grammar.DETERMINERS | _LINKS:
            at += 1
    if at < end and view.words[at] in lexicon.cues().forms:
        return None
    return _checked(view, at, end) if end - at < MAX_WORDS else None


def _may_stand_in_phrase(view: View, at: int) -> bool:
    word = view.words[at]
    return (
        is_plain(word)
        or view.mention_at[at] >= 0
        or word in grammar.DETERMINERS - {"this", "that"}
        or word in _LINKS
        or word in {"'s", "'", "-"}
    )


def _checked(view: View, start: int, end: int) -> Speaker | None:
    if start >= end:
        return None
    head = view.words[end - 1]
    if any(_is_inner_person(view, at, end) for at in range(start, end)):
        return None
    if not is_plain(head) or head in _NEVER_HEAD or head[0].isdigit() or head.endswith("ing"):
        return None
    return Speaker(start, end)


def _is_inner_person(view: View, at: int, end: int) -> bool:
    """Tell whether a person ends at `at` who does not own the rest: the rest is then no name."""
    number = view.ending_at(at)
    if number is None or at == end - 1 or view.mentions[number].label != "PERSON":
        return False
    return view.words[at + 1] not in {"'s", "'", "-"}


def speaker_after(view: View, start: int, hi: int) -> tuple[Speaker, int] | None:
    """Return the speaker that follows an inverted cue, and the token after the phrase."""
    if start >= hi or view.words[start] in grammar.PREPOSITIONS:
        return None
    if view.words[start] in grammar.PRONOUNS:
        return Speaker(start, start + 1), start + 1
    end = start
    while end < min(hi, start + MAX_WORDS) and (
        is_plain(view.words[end])
        or view.mention_at[end] >= 0
        or view.words[end] in grammar.DETERMINERS | {"of", "for", "'s", "'", "-"}
    ):
        if view.words[end] in grammar.WEEKDAYS:
            break
        end += 1
    if end == start:
        return None
    number = _name_in(view, start, end)
    if number is not None:
        first, last = view.spans[number]
        return Speaker(first, last, view.mentions[number]), end
    speaker = _checked(view, start, end)
    return None if speaker is None else (speaker, end)


def _name_in(view: View, start: int, end: int) -> int | None:
    """Return the mention that closes the phrase, where no 'of' or genitive makes it a part."""
    number = view.ending_at(end - 1)
    if number is None or view.mentions[number].kind == "demonym":
        return None
    lead = view.words[start : view.spans[number][0]]
    return None if {"of", "for"} & set(lead) else number
