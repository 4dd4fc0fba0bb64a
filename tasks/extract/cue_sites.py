"""Reporting words as they stand in their sentences, and how far what they report may reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.extract import grammar, lexicon
from tasks.extract.clauses import VerbGroup, View, verb_group
from tasks.extract.contents import MARKS
from tasks.extract.lexicon import Cue
from tasks.extract.speakers import Speaker, speaker_before


@dataclass(frozen=True, slots=True)
class Site:
    """A cue in its sentence: tokens `first` to `last` of the cue, `lo` to `hi` of the sentence."""

    first: int
    last: int
    cue: Cue
    lo: int
    hi: int
    group: VerbGroup
    speaker: Speaker | None


def find_sites(view: View) -> Iterator[Site]:
    """Yield each cue that stands as a verb, with its sentence."""
    cues = lexicon.cues()
    for sentence in view.document.sentences:
        lo, hi = view.tokens(sentence.start_char, sentence.end_char)
        if lo >= hi:
            continue
        at = lo
        while at < hi:
            found = cues.at(view.words, at) if view.words[at] in cues.forms else []
            if not found or found[0][0] > hi or view.mention_at[at] >= 0:
                at += 1
                continue
            last, cue = _chosen(view, at, lo, found)
            group = verb_group(view, at, last, lo)
            speaker = speaker_before(view, group.start, lo)
            yield Site(at, last, cue, lo, hi, group, speaker)
            at = last


def _chosen(view: View, at: int, lo: int, found: list[tuple[int, Cue]]) -> tuple[int, Cue]:
    """Return the noun reading of a form after a genitive, else its verb reading if it has one."""
    has_owner = any(view.word(back, lo) in {"'s", "'"} for back in range(at - 3, at))
    fitting = [f for f in found if ("nominal" in f[1].patterns) == has_owner]
    return (fitting or found)[0]


def is_verb(view: View, site: Site) -> bool:
    """Tell whether the cue stands as the verb of a report: not a noun, not passive."""
    group = site.group
    word = view.words[site.first]
    before = view.word(group.start - 1, site.lo)
    if group.is_passive or group.is_infinitive or view.word(site.last) == "-":
        return False
    if not group.has_auxiliary and before in grammar.DETERMINERS | {"'s", "-"}:
        return False
    if word.endswith("ing") and not group.has_auxiliary:
        return before in {",", "by", "and", "in", "while"}
    return before not in grammar.PREPOSITIONS and (group.has_auxiliary or _agrees(view, site))


def _is_base(view: View, site: Site) -> bool:
    word = view.words[site.first]
    return word == site.cue.lemma.split()[0] and not word.endswith("ed")


def _agrees(view: View, site: Site) -> bool:
    """Tell whether a present form agrees in number with its speaker ('state', 'demands')."""
    word, lemma = view.words[site.first], site.cue.lemma.split()[0]
    if site.speaker is None or word not in {lemma, lemma + "s"}:
        return True
    subject = view.words[site.speaker.end - 1]
    is_plural = subject.endswith("s") and not subject.endswith("ss")
    if _is_base(view, site):
        is_joint = "and" in view.words[site.speaker.start : site.speaker.end]
        people = grammar.FIRST_PERSON | grammar.words("they you people police media many some")
        return is_plural or is_joint or subject in people
    return not is_plural or site.speaker.mention is not None


def limit_of(view: View, site: Site, later: Sequence[Site]) -> int:
    """Return the token where content after the cue ends: the sentence or a joined report."""
    end = _subordinate_end(view, site)
    for other in later:
        start = other.speaker.start if other.speaker else other.group.start
        shared = other.group.start - 1
        joint = view.word(shared, site.last)
        is_reporting = not _is_base(view, other) and other.cue.patterns & {
            "that",
            "clause",
            "quote",
            "told",
            "object",
        }
        is_joined = is_reporting and joint in {"and", "but"} and not other.group.is_passive
        if is_joined or (joint == "," and view.words[other.first].endswith("ing")):
            end = shared
        elif other.speaker and view.word(start - 2, site.last) == ",":
            if view.word(start - 1) not in {"but", "while", "and", "which"}:
                continue
            end = start - 2
        elif "source" in other.cue.patterns and view.word(other.first - 1) == ",":
            end = other.first
        elif (
            other.speaker and view.word(start - 1, site.last) == "," and closes_clause(view, other)
        ):
            end = start - 1
        else:
            continue
        break
    while end > site.last and view.words[end - 1] in {","}:
        end -= 1
    return end


def _subordinate_end(view: View, site: Site) -> int:
    """Return where 'When X said ..., ...' ends: at its comma, else with the sentence."""
    opens = view.words[site.lo] in {"when", "while", "as", "after", "although", "since", "if"}
    if opens and "," not in view.words[site.lo : site.first]:
        for at in range(site.last, site.hi):
            if view.words[at] == ",":
                return at
    return site.hi


def closes_clause(view: View, site: Site) -> bool:
    """Tell whether a cue ends its clause: '..., he said.' and '..., she told them on Monday.'"""
    at = site.last
    for _ in range(7):
        word = view.word(at, 0, site.hi)
        if word in {"", ",", ".", "”", '"', ";"}:
            return True
        if at == site.last and not (
            word in grammar.PREPOSITIONS | grammar.WEEKDAYS | {"yesterday", "today"}
            or "told" in site.cue.patterns
        ):
            return False
        if word in {"that", ":"} | MARKS:
            return False
        at += 1
    return False
