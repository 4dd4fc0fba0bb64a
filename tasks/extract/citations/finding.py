"""Works that an article cites, one row a work."""

from collections.abc import Sequence

from tasks.extract.citations.days import Dates
from tasks.extract.citations.lists import listed_works
from tasks.extract.citations.parties import Parties
from tasks.extract.citations.prose import Prose
from tasks.extract.citations.rows import citation_rows
from tasks.extract.citations.titles import Titles
from tasks.extract.document import Document
from tasks.extract.quotes import find_quotes
from warehouse.tables import Citation, Mention, Statement, TimeExpression


def find_citations(
    document: Document,
    mentions: Sequence[Mention] = (),
    statements: Sequence[Statement] = (),
    time_expressions: Sequence[TimeExpression] = (),
) -> list[Citation]:
    """Return one row a work that the article cites, in order of its words.

    A work is a text, a study, a poll or an interview with a title, or with a kind and somebody who
    wrote or published it; in lists a date, a title and what stands beside. Films, songs, laws and
    statements are none, nor is what has not yet appeared. `mentions`, `statements` and
    `time_expressions` are in order of their start; a date comes from the latter, in lists from the
    line itself.
    """
    quotes = find_quotes(document.article.text)
    spoken = [(q.start, q.end) for q in quotes if q.is_speech]
    parties = Parties(document, mentions, spoken)
    dates = Dates(document, time_expressions)
    prose = Prose(document, parties, dates, Titles(quotes, dates, parties), statements)
    return citation_rows(document, [*listed_works(document, parties), *prose.works()])
