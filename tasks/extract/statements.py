"""Who said what: direct, indirect and mixed speech, by reporting words (rules, no model).

The reporting words are in `seeds/cues.csv`. The split into speaker, cue and content follows
PARC 3 and PolNeAR (Newell et al. 2018).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.clauses import View
from tasks.extract.contents import (
    Content,
    Quotes,
    QuoteSpan,
    modality_of,
    tidy,
)
from tasks.extract.document import Document
from tasks.extract.phrases import opens_sentence
from tasks.extract.predicates import NOT_ACTORS
from tasks.extract.readings import Reading, find_readings
from tasks.extract.speakers import ROLES, SINGULAR, Speaker
from tasks.extract.turns import by_surname, find_turns, turn_speaker
from tasks.ids import row_id
from warehouse.tables import Mention, Modality, Statement, StatementKind

CONFIDENCE = {
    "quote": 0.9,
    "turn": 0.95,
    "that": 0.85,
    "against": 0.8,
    "after_clause": 0.8,
    "mixed": 0.8,
    "source": 0.8,
    "clause": 0.7,
    "object": 0.7,
    "ask": 0.7,
    "nominal": 0.6,
    "next_quote": 0.6,
}
"""How sure each rule is, from reading its rows on Wikinews; ordered, not calibrated."""
UNSURE = 0.2
"""Taken off where the speaker is a pronoun, an unnamed person or inherited."""
TAKEN_UP = 0.5
"""Most for a pronoun or role that takes up the last speaker."""
_CLASS_MODALITY: dict[str, Modality] = {
    "hope": "desired",
    "demand": "desired",
    "promise": "planned",
    "deny": "denied",
}


def find_statements(
    document: Document, mentions: Sequence[Mention], quotes: Sequence[QuoteSpan]
) -> list[Statement]:
    """Return the statements of `document`, in order of their content.

    `mentions` and `quotes` are in order and do not overlap.
    """
    view = View(document, mentions)
    marks = Quotes(view.text, quotes)
    rows = _turns(view)
    rows += _resolved(view, find_readings(view, marks))
    rows += _unattributed(view, rows, marks)
    unique = {row.statement_id: row for row in reversed(rows)}
    ordered = sorted(unique.values(), key=lambda r: (r.start_char, -r.end_char, r.cue_start or 0))
    return list(_with_via(ordered))


def _resolved(view: View, readings: Sequence[Reading]) -> list[Statement]:
    """Turn readings into rows; a pronoun or role takes the person who spoke just before."""
    rows: list[Statement] = []
    person: str | None = None
    heard_in = -2
    for reading in readings:
        row = _row(view, reading)
        if row is None or reading.speaker is None:
            continue
        mention, position = reading.speaker.mention, _sentence_number(view, reading.first)
        if row.speaker_id is None and _takes_up(view, reading.speaker):
            person = person if position - heard_in <= 1 else None
            person = person or _only_person(view, reading, rows)
            row = replace(row, speaker_id=person, confidence=min(row.confidence, TAKEN_UP))
        elif row.speaker_id is not None:
            is_person = mention is not None and mention.label == "PERSON"
            person = row.speaker_id if is_person else None
        heard_in = position
        rows.append(row)
    return rows


def _only_person(view: View, reading: Reading, rows: Sequence[Statement]) -> str | None:
    """Return the one person of the nearest sentence that names any, at most two back.

    The person must have spoken there or open the sentence.
    """
    assert reading.speaker is not None
    first = reading.speaker.start
    number = bisect_left(view.spans, (first, first)) - 1
    while number >= 0 and view.mentions[number].label != "PERSON":
        number -= 1
    if number < 0:
        return None
    lo, hi = view.sentence_of(view.spans[number][0])
    if hi > first or _sentence_number(view, first) - _sentence_number(view, lo) > 2:
        return None
    person = view.mentions[number].entity_id
    opens = False
    while number >= 0 and view.spans[number][0] >= lo:
        mention = view.mentions[number]
        if mention.label == "PERSON":
            if mention.entity_id != person:
                return None
            opens |= opens_sentence(view, number, lo)
        number -= 1
    start = view.starts[lo]
    spoke = any(r.speaker_id == person and (r.cue_start or 0) >= start for r in rows[-4:])
    return person if opens or spoke else None


def _sentence_number(view: View, token: int) -> int:
    sentences = view.document.sentences
    return bisect_right(sentences, view.starts[token], key=lambda s: s.start_char) - 1


def _takes_up(view: View, speaker: Speaker) -> bool:
    words = view.words[speaker.start : speaker.end]
    if len(words) == 1:
        return words[0] in SINGULAR
    return words[0] == "the" and len(words) <= 3 and words[-1] in ROLES


def _row(view: View, reading: Reading) -> Statement | None:
    speaker, content = reading.speaker, reading.content
    start, end = tidy(view.text, content.start, content.end)
    cue_start, cue_end = view.slice(reading.first, reading.last)
    if end - start < 3 or speaker is None or start <= cue_start < end:
        return None
    if content.rule == "quote" and " " not in view.text[start:end]:
        return None
    speaker_start, speaker_end = view.slice(speaker.start, speaker.end)
    mention = speaker.mention
    confidence = CONFIDENCE[content.rule]
    if mention is None or mention.kind == "pronoun" or reading.inherits:
        confidence -= UNSURE
    modality = _CLASS_MODALITY.get(reading.cue.cue_class) or modality_of(view, start, end)
    return Statement(
        statement_id=row_id("statements", view.document.article.article_id, start, end, cue_start),
        article_id=view.document.article.article_id,
        sentence_id=view.document.sentence_at(start).sentence_id,
        kind=_kind(view.text, start, end, content),
        speaker_id=_speaker_id(mention),
        speaker=view.text[speaker_start:speaker_end],
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        cue=view.text[cue_start:cue_end],
        cue_class=reading.cue.cue_class,
        cue_start=cue_start,
        cue_end=cue_end,
        content=view.text[start:end],
        start_char=start,
        end_char=end,
        is_negated=reading.group.is_negated,
        modality=modality,
        confidence=round(confidence, 2),
    )


def _speaker_id(mention: Mention | None) -> str | None:
    """Return who speaks; the police of a town are not the town."""
    if mention is None or (mention.entity_id or "").startswith(NOT_ACTORS):
        return None
    return mention.entity_id


def _kind(text: str, start: int, end: int, content: Content) -> StatementKind:
    if content.rule == "quote":
        return "direct"
    return "mixed" if set(text[start:end]) & set('“”"«»') else "indirect"


def _turns(view: View) -> list[Statement]:
    """Return each answer of a transcript as one direct statement; questions stay out."""
    text, article_id = view.text, view.document.article.article_id
    surnames = by_surname(view.mentions)
    return [
        Statement(
            statement_id=row_id("statements", article_id, turn.start, turn.end),
            article_id=article_id,
            sentence_id=view.document.sentence_at(turn.start).sentence_id,
            kind="direct",
            speaker_id=turn_speaker(text, turn, view.mentions, surnames),
            speaker=text[turn.label_start : turn.label_end],
            speaker_start=turn.label_start,
            speaker_end=turn.label_end,
            content=text[turn.start : turn.end],
            start_char=turn.start,
            end_char=turn.end,
            confidence=CONFIDENCE["turn"],
        )
        for turn in find_turns(text)
        if not turn.is_question
    ]


def _unattributed(view: View, rows: Sequence[Statement], quotes: Quotes) -> list[Statement]:
    """Attribute a sentence that is all quote to who is quoted just before it in the paragraph."""
    taken = {(r.start_char, r.end_char) for r in rows}
    ends = {r.sentence_id: r for r in rows if r.kind != "indirect" and r.cue is not None}
    found: list[Statement] = []
    for quote in quotes.quotes:
        start, end = tidy(view.text, quote.start, quote.end)
        if (start, end) in taken or view.text[start:end].count(" ") < 3:
            continue
        row = _speaker_just_before(view, quote, ends)
        if row is None:
            continue
        sentence = view.document.sentence_at(quote.start)
        article_id = view.document.article.article_id
        follow = replace(
            row,
            statement_id=row_id("statements", article_id, start, end, "next"),
            sentence_id=sentence.sentence_id,
            kind="direct",
            content=view.text[start:end],
            start_char=start,
            end_char=end,
            is_negated=False,
            modality=modality_of(view, start, end),
            confidence=CONFIDENCE["next_quote"],
        )
        found.append(follow)
        ends[sentence.sentence_id] = follow
    return found


def _speaker_just_before(
    view: View, quote: QuoteSpan, ends: dict[str, Statement]
) -> Statement | None:
    """Return the statement that `quote` continues, in its sentence or the one before."""
    sentence = view.document.sentence_at(quote.start)
    same = ends.get(sentence.sentence_id)
    if same is not None and same.kind == "direct" and same.cue_end is not None:
        gap = view.text[max(same.cue_end, same.speaker_end or 0) : quote.start - 1].rstrip()
        is_short = len(gap) < 60 and gap[-1:] in {",", ".", ";"} and not set(gap) & set('"“”')
        return same if same.cue_end < quote.start and is_short else None
    before = view.document.sentence_at(max(sentence.start_char - 1, 0))
    row = ends.get(before.sentence_id)
    if row is None or before == sentence or quote.start - 1 > sentence.start_char:
        return None
    gap = view.text[before.end_char : sentence.start_char]
    rest = view.text[quote.end : sentence.end_char]
    return None if "\n" in gap or any(c.isalnum() for c in rest) else row


def _with_via(rows: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rows, each with who reports it: the speaker of the content around it."""
    around: list[Statement] = []
    for row in rows:
        while around and around[-1].end_char < row.end_char:
            around.pop()
        outer = around[-1] if around else None
        if outer and outer.speaker_id not in {None, row.speaker_id}:
            row = replace(row, via_id=outer.speaker_id)
        yield row
        around.append(row)
