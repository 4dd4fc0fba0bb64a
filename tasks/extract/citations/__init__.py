"""Works that an article cites: reports, studies, books, polls, articles, in lists and in prose."""

from tasks.extract.citations.finding import find_citations

__all__ = ["find_citations"]
