"""What the answer of a server means: content, another address to ask, or no content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx

from tasks.fetch.addresses import read_address, shown
from tasks.fetch.failures import OutageError, RefusedError
from tasks.fetch.headers import charset, media_type, retry_after, validator
from tasks.fetch.records import Request, Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = frozenset({404, 410})
PASSING = frozenset({408, 425, 429})
"""Statuses of the 400s that may pass; from 500 on all may."""

WITHOUT_BODY = frozenset({204, 205})
PARTIAL = 206
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers by lower-case name, and the decoded body where it is to be read."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    received_at: datetime


def has_content(status: int) -> bool:
    """Whether the body of an answer is worth reading."""
    return 200 <= status < 300 and status != PARTIAL and status not in WITHOUT_BODY


def judge(
    answer: Answer, url: httpx.URL, request: Request, *, was_conditional: bool
) -> Response | httpx.URL:
    """Return the content, or the address that the answer points to.

    Raises RefusedError and OutageError. A 304 where no validators were sent and a 206 where no
    range was asked for are errors of the server, and count as outages.
    """
    status = answer.status
    if status in REDIRECTS and answer.headers.get("location", "").strip():
        return _target(answer, url)
    if has_content(status) or status in WITHOUT_BODY:
        return _response(answer, url, request)
    if status == NOT_MODIFIED and was_conditional:
        return _response(answer, url, request)
    if status in GONE:
        raise RefusedError("gone", f"HTTP status {status}", status=status)
    if status in PASSING or status >= 500:
        wait = retry_after(answer.headers, now=answer.received_at)
        when = "" if wait is None else f", to be asked again after {wait:,.0f} s"
        raise OutageError(f"HTTP status {status}{when}", status=status, wait=wait)
    if 400 <= status < 500:
        what = f"HTTP status {status}; ask the outlet or read another source of it"
        raise RefusedError("denied", what, status=status)
    if 300 <= status < 400 and status != NOT_MODIFIED:
        what = f"HTTP status {status} without an address to go to; give the address it ends at"
        raise RefusedError("redirects", what, status=status)
    raise OutageError(f"HTTP status {status}, which answers nothing that was asked", status=status)


def _target(answer: Answer, url: httpx.URL) -> httpx.URL:
    """Return the Location, which many servers send as UTF-8, against RFC 9110."""
    location = answer.headers["location"].encode("latin-1").decode("utf-8", errors="replace")
    try:
        return read_address(location, base=url)
    except RefusedError as refused:
        what = f"it redirects to {shown(location)}: {refused.what}"
        raise RefusedError(refused.reason, what, status=answer.status) from None


def _response(answer: Answer, url: httpx.URL, request: Request) -> Response:
    headers = answer.headers
    is_held = answer.status == NOT_MODIFIED
    return Response(
        url=request.url,
        final_url=str(url),
        status=answer.status,
        content=answer.content,
        media_type=media_type(headers),
        charset=charset(headers),
        etag=validator(headers, "etag") or (request.etag if is_held else None),
        last_modified=validator(headers, "last-modified")
        or (request.last_modified if is_held else None),
        fetched_at=answer.received_at,
    )
