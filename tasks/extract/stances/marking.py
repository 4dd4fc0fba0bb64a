"""Sentences as the classifier reads them: holder and target marked, the speaker put before."""

from tasks.extract.document import SentenceSpan
from tasks.language.stance import Marked
from warehouse.tables import Mention, Statement

LONGEST = 1_200
"""Characters of a sentence that are read around its parties."""
_LONGEST_NAME = 80


def mark(text: str, sentence: SentenceSpan, holder: Mention | None, target: Mention) -> Marked:
    """Return `sentence` with both parties marked; without `holder`, whoever writes judges."""
    parties = [target] if holder is None else [holder, target]
    first, last = _window(sentence, parties)
    spans = [(m.start_char - first, m.end_char - first) for m in parties]
    return Marked(text[first:last], spans[-1], spans[0] if holder is not None else None)


def mark_said(text: str, sentence: SentenceSpan, statement: Statement, target: Mention) -> Marked:
    """Return `sentence` with its speaker marked, put before it where not in it."""
    first, last = _window(sentence, [target])
    span = target.start_char - first, target.end_char - first
    start, end = statement.speaker_start, statement.speaker_end
    if start is not None and end is not None and first <= start and end <= last:
        return Marked(text[first:last], span, (start - first, end - first))
    return _led(text[first:last], span, statement.speaker or "The speaker")


def _led(text: str, span: tuple[int, int], speaker: str) -> Marked:
    name = " ".join(speaker.split())[:_LONGEST_NAME]
    lead = f"{name} said: "
    return Marked(lead + text, (span[0] + len(lead), span[1] + len(lead)), (0, len(name)))


def mark_any(
    text: str, sentence: SentenceSpan, holder: Mention, target: Mention, *, is_author: bool
) -> Marked | None:
    """Return `sentence` with a rule's parties marked, wherever the holder stands."""
    if not _is_in(sentence, target):
        return None
    if is_author:
        return mark(text, sentence, None, target)
    overlaps = holder.start_char < target.end_char and target.start_char < holder.end_char
    if _is_in(sentence, holder) and not overlaps:
        return mark(text, sentence, holder, target)
    first, last = _window(sentence, [target])
    span = target.start_char - first, target.end_char - first
    return _led(text[first:last], span, holder.surface)


def _is_in(sentence: SentenceSpan, one: Mention) -> bool:
    return sentence.start_char <= one.start_char < one.end_char <= sentence.end_char


def _window(sentence: SentenceSpan, parties: list[Mention]) -> tuple[int, int]:
    """Return the sentence, or where it is very long what lies around the parties."""
    start, end = sentence.start_char, sentence.end_char
    if end - start <= LONGEST:
        return start, end
    low, high = min(m.start_char for m in parties), max(m.end_char for m in parties)
    spare = max(0, LONGEST - (high - low)) // 2
    return max(start, low - spare), min(end, high + spare)
