"""Statements carried on without a cue of their own: quotes alone, and free indirect speech."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.document import Document, SentenceSpan
from tasks.extract.grammar import words
from tasks.extract.quotes import Quote
from tasks.extract.statements.putting import content_manner
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.tidying import tidy
from tasks.ids import row_id
from warehouse.tables import Statement

NEXT_QUOTE = 0.6
"""Confidence of a quote that goes on after an attributed one."""
RUN = 0.4
"""Confidence of a sentence that goes on in the manner of the reported one before it."""
_FEWEST_WORDS = 4
_TELLING = words("say tell explain add argue insist warn claim report")


def carried_on(document: Document, rows: Sequence[Statement], quotes: Quotes) -> list[Statement]:
    """Return the statements that carry on one of `rows`, with its speaker and cue."""
    return [*_next_quotes(document, rows, quotes), *_runs(document, rows, quotes)]


def _next_quotes(
    document: Document, rows: Sequence[Statement], quotes: Quotes
) -> Iterator[Statement]:
    """Yield the sentences and paragraphs that are all quote, after a quote of somebody's."""
    text = document.article.text
    taken = sorted((r.start_char, r.end_char) for r in rows)
    last_of = {
        r.sentence_id: r for r in rows if not r.is_attitude and r.method not in {"turn", "signed"}
    }
    at = 0
    for quote in quotes.quotes:
        start, end = tidy(text, quote.start, quote.end)
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        is_taken = at < len(taken) and taken[at][0] < end
        if is_taken or text[start:end].count(" ") < _FEWEST_WORDS - 1:
            continue
        row = _before(document, quote, last_of)
        if row is not None:
            follow = _follow(document, row, (start, end), "next_quote", NEXT_QUOTE)
            if "\n" in text[row.end_char : quote.outer_start]:
                follow = replace(follow, cue=None, cue_lemma=None, cue_start=None, cue_end=None)
                follow = replace(follow, part=0)
            last_of[follow.sentence_id] = follow
            last_of[document.sentence_at(quote.end - 1).sentence_id] = follow
            yield follow


def _before(document: Document, quote: Quote, last_of: dict[str, Statement]) -> Statement | None:
    """Return the quoted statement in the sentence before, where only marks stand between."""
    text = document.article.text
    sentence = document.sentence_at(quote.start)
    if any(c.isalnum() for c in text[sentence.start_char : quote.start]):
        return None
    if not _ends_its_paragraph_or_sentence(text, quote):
        return None
    before = document.sentence_at(max(sentence.start_char - 1, 0))
    row = None if before == sentence else last_of.get(before.sentence_id)
    if row is None:
        return None
    is_new_paragraph = "\n" in text[before.end_char : sentence.start_char]
    if not is_new_paragraph or quote.continues:
        return row
    return row if row.kind == "direct" and _stands_alone(text, quote) else None


def _stands_alone(text: str, quote: Quote) -> bool:
    """Tell whether the quote is all of its paragraph."""
    before, after = (
        text[max(quote.outer_start - 1, 0) : quote.outer_start],
        text[quote.outer_end : quote.outer_end + 1],
    )
    return before in {"", "\n"} and after in {"", "\n"}


def _ends_its_paragraph_or_sentence(text: str, quote: Quote) -> bool:
    rest = text[quote.end : quote.end + 3].lstrip("\"”“»'’ ")  # noqa: RUF001
    return text[quote.end - 1] in ".!?…" or not rest or rest[0] in ".!?\n"


def _runs(document: Document, rows: Sequence[Statement], quotes: Quotes) -> Iterator[Statement]:
    """Yield sentences in free indirect speech: 'It would cost more.' after 'X said ...'.

    The sentence follows in the same paragraph, has no cue of its own, and its verb keeps the
    backshift of the report (would, had): the author tells it in the speaker's words.
    """
    text = document.article.text
    told = {r.sentence_id: r for r in rows if r.kind != "direct" and _opens_run(r)}
    spoken = {r.sentence_id for r in rows}
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        row = told.get(before.sentence_id)
        if row is None or sentence.sentence_id in spoken:
            continue
        gap = text[before.end_char : sentence.start_char]
        is_told = text[row.end_char : before.end_char].strip(" .!?") == ""
        if "\n" in gap or not is_told or quotes.around(sentence.start_char) is not None:
            continue
        if _is_backshifted(document, sentence):
            span = tidy(text, sentence.start_char, sentence.end_char)
            follow = _follow(document, row, span, "run", RUN)
            told[sentence.sentence_id] = follow
            yield follow


def _opens_run(row: Statement) -> bool:
    """Tell whether a report may go on: of somebody known, itself shifted back (would, had)."""
    is_shifted = row.content_modality == "possible" or " had " in row.content
    is_told = row.method == "run" or (row.method == "clause" and row.cue_lemma in _TELLING)
    return is_told and is_shifted and row.speaker_id is not None


def _is_backshifted(document: Document, sentence: SentenceSpan) -> bool:
    span = document.doc.char_span(sentence.start_char, sentence.end_char, alignment_mode="expand")
    if span is None or "?" in span.text[-2:]:
        return False
    root = span.root
    is_shifted = any(c.lower_ in {"would", "had"} and c.dep_ == "aux" for c in root.lefts)
    return is_shifted and span[0].lower_ in {"he", "she", "they", "it", "the", "this", "that"}


def _follow(
    document: Document, row: Statement, span: tuple[int, int], method: str, confidence: float
) -> Statement:
    start, end = span
    article_id = document.article.article_id
    content = document.doc.char_span(start, end, alignment_mode="expand")
    manner = None if content is None else content_manner(content)
    return replace(
        row,
        statement_id=row_id("statements", article_id, start, end, method),
        sentence_id=document.sentence_at(start).sentence_id,
        kind="direct" if method == "next_quote" else "indirect",
        content=document.article.text[start:end],
        start_char=start,
        end_char=end,
        part=row.part + 1,
        is_content_negated=manner is not None and manner.is_negated,
        content_modality="asserted" if manner is None else manner.modality,
        method=method,
        confidence=min(confidence, row.confidence),
    )
