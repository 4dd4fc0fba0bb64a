"""Reporting words read in place: which words are speaker and content, by the first rule that fits.

Each rule covers one shape: the quote before its speaker ('"...", said X'), the clause before
('..., he said'), the clause after ('X said that ...'), 'according to X', "X's claim that ...".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract import grammar
from tasks.extract.clauses import REACH, VerbGroup, View, is_plain
from tasks.extract.contents import MARKS, Content, Quotes, QuoteSpan, content_after
from tasks.extract.cue_sites import Site, closes_clause, find_sites, is_verb, limit_of
from tasks.extract.lexicon import Cue
from tasks.extract.speakers import ROLES, SINGULAR, Speaker, speaker_after

_OWNED = grammar.words("its his her their our my your")
_STOPS = grammar.words(". ; ! ? ) : — --") | MARKS


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue read in place, before its speaker is resolved."""

    first: int
    last: int
    cue: Cue
    group: VerbGroup
    speaker: Speaker | None
    content: Content
    inherits: bool = False


def find_readings(view: View, quotes: Quotes) -> list[Reading]:
    """Return what each reporting word of the article reports, in order of the words."""
    by_sentence: dict[int, list[Site]] = {}
    for site in find_sites(view):
        by_sentence.setdefault(site.lo, []).append(site)
    found = []
    for sites in by_sentence.values():
        done: list[Reading] = []
        for index, site in enumerate(sites):
            reading = _read(view, site, sites[index + 1 : index + 8], done, quotes)
            if reading is not None and not _is_own(view, reading):
                done.append(reading)
        found += done
    return found


def _is_own(view: View, reading: Reading) -> bool:
    """Tell whether somebody reports their own words ('I think'): that is no report."""
    speaker = reading.speaker
    return speaker is not None and view.words[speaker.end - 1] in grammar.FIRST_PERSON


def _read(
    view: View, site: Site, later: Sequence[Site], done: Sequence[Reading], quotes: Quotes
) -> Reading | None:
    """Return what the cue at `site` reports, by the first rule that fits."""
    patterns = site.cue.patterns
    inside = quotes.around(view.starts[site.first])
    if (
        inside is None
        and view.is_question(site.lo, site.hi)
        and not quotes.opening(view.starts[site.lo] - 1, view.ends[site.hi - 1])
    ):
        return None
    if "source" in patterns:
        return _according_to(view, site)
    if "nominal" in patterns:
        return _nominal(view, site, later)
    if not is_verb(view, site):
        return None
    limit = limit_of(view, site, later)
    if inside is not None:
        limit = min(limit, view.tokens(0, inside.end)[1])
    else:
        reading = _inverted(view, site, quotes) or _postposed(view, site, quotes)
        if reading is not None:
            return reading
    speaker, inherits = site.speaker, False
    if speaker is None:
        speaker, inherits = _inherited(view, site, done), True
    if speaker is None or view.word(speaker.start - 1, site.lo) == "what":
        return None
    content = content_after(view, site.cue, site.last, site.hi, limit, quotes)
    if content is None or (content.rule == "object" and _is_bare(view, speaker)):
        return None
    return Reading(site.first, site.last, site.cue, site.group, speaker, content, inherits)


def _is_bare(view: View, speaker: Speaker) -> bool:
    """Tell whether the speaker is neither a mention nor a person by pronoun or role."""
    words = set(view.words[speaker.start : speaker.end])
    people = grammar.STATE_HEADS | ROLES | SINGULAR | {"they", "i", "we"}
    return speaker.mention is None and not words & people


def _inverted(view: View, site: Site, quotes: Quotes) -> Reading | None:
    """Read '"...", said X' and '..., says X.'"""
    if site.group.start != site.first or not site.cue.patterns & {"that", "clause", "quote"}:
        return None
    found = speaker_after(view, site.last, site.hi)
    if found is None:
        return None
    quote = quotes.closing(view.starts[site.first])
    if quote is not None:
        return _quoted(site, found[0], quote)
    at_end = view.word(found[1], 0, site.hi) in {"", ".", ","}
    if view.word(site.first - 1, site.lo) != "," or not at_end or site.cue.lemma != "say":
        return None
    return _clause_before(view, site, found[0], site.first)


def _postposed(view: View, site: Site, quotes: Quotes) -> Reading | None:
    """Read '"...," X said', '..., he said.' and '..., he implied, ...'."""
    if site.speaker is None or not site.cue.patterns & {"that", "clause", "quote", "told"}:
        return None
    # A title or article before the name belongs to the phrase: 'Chancellor X said'.
    start = site.speaker.start
    while start > max(site.lo, site.speaker.start - 8) and _is_title(view, start - 1):
        start -= 1
    quote = quotes.closing(view.starts[start])
    if quote is not None:
        following = view.word(site.last, 0, site.hi)
        is_open = "," not in view.text[quote.end - 1 : quote.end + 2]
        if following == "that" or (is_open and following in {":"} | MARKS):
            return None
        return _quoted(site, site.speaker, quote)
    if view.word(start - 1, site.lo) != "," or not closes_clause(view, site):
        return None
    found = _clause_before(view, site, site.speaker, start)
    if found is None and view.word(site.last, 0, site.hi - 3) == ",":
        # 'Too often, he said, the debate ...': the lead is too short to be what is said.
        content = Content(*view.slice(site.last + 1, site.hi), "after_clause")
        return Reading(site.first, site.last, site.cue, site.group, site.speaker, content)
    return found


def _is_title(view: View, at: int) -> bool:
    word = view.words[at]
    return view.mention_at[at] < 0 and (is_plain(word) or word in grammar.DETERMINERS)


def _quoted(site: Site, speaker: Speaker, quote: QuoteSpan) -> Reading:
    content = Content(quote.start, quote.end, "quote")
    return Reading(site.first, site.last, site.cue, site.group, speaker, content)


def _clause_before(view: View, site: Site, speaker: Speaker, end: int) -> Reading | None:
    """Return the clause between the last hard stop and token `end` as content."""
    first = end - 1
    while first > max(site.lo, end - 8 * REACH) and view.words[first - 1] not in _STOPS - {")"}:
        first -= 1
    words = view.words[first : end - 1]
    if len(words) < 3 or (
        words[0] in grammar.PREPOSITIONS | grammar.CONJUNCTIONS and len(words) < 6
    ):
        return None
    start, stop = view.slice(first, end - 1)
    content = Content(start, stop, "after_clause")
    return Reading(site.first, site.last, site.cue, site.group, speaker, content)


def _inherited(view: View, site: Site, done: Sequence[Reading]) -> Speaker | None:
    """Return the speaker that a joined verb or a participle takes over."""
    joint = view.word(site.group.start - 1, site.lo)
    if joint in {"and", "but"}:
        return done[-1].speaker if done else _subject_of(view, site)
    if not view.words[site.first].endswith("ing") or joint not in {",", "by", "and", "while"}:
        return None
    if done:
        return done[-1].speaker
    number = view.starting_at(site.lo)
    if number is None or view.word(view.spans[number][1]) in {"'s", ",", "-"}:
        return None
    return Speaker(*view.spans[number], view.mentions[number])


def _subject_of(view: View, site: Site) -> Speaker | None:
    """Return the person that opens the clause before 'and' or 'but'."""
    for at in range(site.group.start - 2, max(site.lo, site.group.start - REACH) - 1, -1):
        number = view.starting_at(at)
        if number is None or view.mentions[number].label not in {"PERSON", "ORG"}:
            continue
        opens = at == site.lo or view.words[at - 1] == ","
        if opens and is_plain(view.word(view.spans[number][1])):
            return Speaker(*view.spans[number], view.mentions[number])
    return None


def _according_to(view: View, site: Site) -> Reading | None:
    """Read 'According to X, ...' and '..., according to X'."""
    found = speaker_after(view, site.last, site.hi)
    if found is None:
        return None
    speaker, after = found
    if view.words[speaker.start] in _OWNED:
        return None
    if site.first == site.lo:
        while after < site.hi and view.words[after] != ",":
            after += 1
        span = (after + 1, site.hi)
    else:
        span = (site.lo, site.first)
    if span[1] - span[0] < 3:
        return None
    start, end = view.slice(*span)
    content = Content(start, end, "source")
    return Reading(site.first, site.last, site.cue, site.group, speaker, content)


def _nominal(view: View, site: Site, later: Sequence[Site]) -> Reading | None:
    """Read "X's claim that ..."."""
    at = site.first - 1
    while view.word(at, site.lo).isalpha() and at > site.first - 3 and view.mention_at[at] < 0:
        at -= 1
    if view.word(at, site.lo) not in {"'s", "'"}:
        return None
    number = view.ending_at(at - 1)
    if number is None or view.word(site.last) in {"has", "is", "was"}:
        return None
    start, end = view.slice(site.last, max(limit_of(view, site, later), site.last + 1))
    speaker = Speaker(*view.spans[number], view.mentions[number])
    content = Content(start, end, "nominal")
    return Reading(site.first, site.last, site.cue, site.group, speaker, content)
