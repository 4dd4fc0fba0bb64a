"""From addresses to bytes: politely, within limits, and never from a private network."""

from tasks.fetch.fetcher import Fetcher
from tasks.fetch.iterate import iterate
from tasks.fetch.records import Failure, Limits, Request, Response

__all__ = ["Failure", "Fetcher", "Limits", "Request", "Response", "iterate"]
