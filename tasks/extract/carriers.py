"""Whose words a span of text is: the statement that carries it, its speaker, or the author."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tasks.extract.document import Document
from tasks.ids import slug
from warehouse.tables import Mention, Statement


def author_of(document: Document, mentions: Sequence[Mention]) -> Mention | None:
    """Return the one author of an opinion piece, as a person; None for other articles."""
    article = document.article
    name = (article.byline or "").strip()
    if article.genre != "opinion" or " " not in name or set(name) & set(",;&") or " and " in name:
        return None
    known = (m.entity_id for m in mentions if m.label == "PERSON" and m.surface == name)
    return _person(document, next(known, f"person:{slug(name)}"), name, (0, 0), "author", 0.8)


def _person(
    document: Document,
    entity_id: str | None,
    name: str,
    span: tuple[int, int],
    method: str,
    confidence: float,
) -> Mention:
    return Mention(
        mention_id="",
        article_id=document.article.article_id,
        sentence_id="",
        start_char=span[0],
        end_char=span[1],
        surface=name,
        label="PERSON",
        kind="pronoun",
        entity_id=entity_id,
        method=method,
        confidence=confidence,
    )


class Carriers:
    """The statements of an article, found by a span that they contain."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], statements: Sequence[Statement]
    ) -> None:
        """Index `statements`, which are ordered by their start."""
        self.document = document
        self.statements = statements
        self.author = author_of(document, mentions)
        self._starts = [s.start_char for s in statements]
        self._cues = sorted(
            (
                (s.cue_start, s.cue_end or s.cue_start, s)
                for s in statements
                if s.cue_start is not None and not s.is_attitude
            ),
            key=lambda cue: cue[:2],
        )

    def of(self, start: int, end: int) -> Statement | None:
        """Return the innermost statement whose content holds the span."""
        index = bisect_right(self._starts, start) - 1
        # Contents nest a few deep; a transcript's long turn is found by its start.
        for statement in reversed(self.statements[max(0, index - 60) : index + 1]):
            if statement.end_char >= end:
                return statement
        return None

    def with_cue(self, start: int, end: int) -> Statement | None:
        """Return the statement, not an attitude, whose cue holds the span."""
        index = bisect_right(self._cues, start, key=lambda cue: cue[0])
        for cue_start, cue_end, statement in reversed(self._cues[max(0, index - 4) : index]):
            if cue_start <= start and end <= cue_end:
                return statement
        return None

    def told_in(self, start: int, end: int) -> Statement | None:
        """Return the last statement whose cue stands within the span."""
        index = bisect_left(self._cues, end, key=lambda cue: cue[0]) - 1
        found = self._cues[index] if index >= 0 else None
        return found[2] if found is not None and found[0] >= start else None

    def speaker(self, statement: Statement | None, start: int, end: int) -> Mention | None:
        """Return the speaker of `statement` as a mention at the span, where resolved."""
        if statement is None or statement.speaker_id is None:
            return None
        name = statement.speaker or self.document.article.text[start:end]
        span = start, end
        return _person(
            self.document, statement.speaker_id, name, span, "speaker", statement.confidence
        )

    def voice(self, start: int, end: int) -> Mention | None:
        """Return who says the span: the speaker that is quoted, else the author of an opinion."""
        statement = self.of(start, end)
        return self.author if statement is None else self.speaker(statement, start, end)
