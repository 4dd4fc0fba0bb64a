"""From raw bytes to an article, or to the reason why there is none."""

from tasks.ingest.parse.article import parse

__all__ = ["parse"]
