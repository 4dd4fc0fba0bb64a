"""'I' and 'my' in somebody's direct speech: mentions of who speaks."""

import re
from collections.abc import Iterator, Sequence

from tasks.extract.document import Document
from tasks.ids import row_id
from warehouse.tables import Mention, Statement

_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself)\b(?![\w.])")


def first_persons(
    document: Document, mentions: Sequence[Mention], statements: Sequence[Statement]
) -> list[Mention]:
    """Return `mentions` with those of persons who say 'I' in a direct statement of theirs.

    A quotation inside another is its own speaker's.
    """
    taken = {at for one in mentions for at in range(one.start_char, one.end_char)}
    spoken: dict[int, Mention] = {}
    for statement in sorted(statements, key=lambda s: (s.start_char, -s.end_char)):
        if statement.kind != "direct":
            continue
        is_person = (statement.speaker_id or "").startswith("person:")
        for one in _within(document, statement):
            spoken.pop(one.start_char, None)
            if is_person and one.start_char not in taken:
                spoken[one.start_char] = one
    return sorted([*mentions, *spoken.values()], key=lambda one: one.start_char)


def _within(document: Document, statement: Statement) -> Iterator[Mention]:
    article = document.article
    for found in _FIRST_PERSON.finditer(article.text, statement.start_char, statement.end_char):
        yield Mention(
            mention_id=row_id("mentions", article.article_id, *found.span()),
            article_id=article.article_id,
            sentence_id=document.sentence_at(found.start()).sentence_id,
            start_char=found.start(),
            end_char=found.end(),
            surface=found.group(),
            label="PERSON",
            kind="pronoun",
            entity_id=statement.speaker_id,
            method="pronoun:speaker",
            confidence=round(0.95 * statement.confidence, 4),
        )
