"""Statements whose speaker stands beside them without a verb: turns, signatures, headlines."""

from tasks.extract.document import Document
from tasks.extract.statements.speakers import of_one_who_speaks
from tasks.ids import row_id
from warehouse.tables import SpeakerType, Statement, StatementKind

Span = tuple[int, int]


def beside(
    document: Document,
    content: Span,
    speaker: Span,
    entity_id: str | None,
    *,
    method: str,
    confidence: float,
    cue: Span | None = None,
    kind: StatementKind = "direct",
    speaker_type: SpeakerType = "named",
) -> Statement:
    """Return the row of `content`; `cue` is the mark between it and `speaker`, where there is one.

    All spans are characters of the article's text.
    """
    text, article_id = document.article.text, document.article.article_id
    return Statement(
        statement_id=row_id("statements", article_id, *content, method),
        article_id=article_id,
        sentence_id=document.sentence_at(content[0]).sentence_id,
        kind=kind,
        speaker_id=of_one_who_speaks(entity_id),
        speaker=text[slice(*speaker)],
        speaker_type=speaker_type,
        speaker_start=speaker[0],
        speaker_end=speaker[1],
        cue=None if cue is None else text[slice(*cue)],
        cue_start=None if cue is None else cue[0],
        cue_end=None if cue is None else cue[1],
        content=text[slice(*content)],
        start_char=content[0],
        end_char=content[1],
        method=method,
        confidence=confidence,
    )
