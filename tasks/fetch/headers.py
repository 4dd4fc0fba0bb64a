"""What the headers of an answer say, read without trust in their form."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeGuard

MAX_CHARS = 1_000
"""Longer values of the headers read here are taken as none: no honest server sends them."""

MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE)

SENDABLE = re.compile(r"[!-~](?:[ -~]{0,998}[!-~])?")

REPEATABLE = "content-encoding"
"""The one header read here whose repeats form a list; of others the first counts."""


def read_headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by lower-case name; bytes as latin-1, so that they can be sent back."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == REPEATABLE and name in headers:
            headers[name] += f",{value}"
        else:
            headers.setdefault(name, value)
    return headers


def media_type(headers: Mapping[str, str]) -> str | None:
    """Return the media type in lower case, without parameters."""
    name = re.split("[;,]", _short(headers, "content-type"), maxsplit=1)[0].strip().lower()
    return name if MEDIA_TYPE.fullmatch(name) else None


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the charset that the media type declares, as written."""
    found = CHARSET.search(_short(headers, "content-type"))
    return found[1] if found else None


def validator(headers: Mapping[str, str], name: str) -> str | None:
    """Return an ETag or Last-Modified that can be sent back as it is."""
    value = _short(headers, name)
    return value if is_sendable(value) else None


def is_sendable(value: str | None) -> TypeGuard[str]:
    """Whether a validator is fit for a header: printable ASCII, not too long."""
    return value is not None and SENDABLE.fullmatch(value) is not None


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return Retry-After in seconds from `now` (RFC 9110, section 10.2.3), None where unclear."""
    value = _short(headers, "retry-after").strip()
    if re.fullmatch("[0-9]{1,9}", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max((when - now).total_seconds(), 0.0)


def _short(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    return value if len(value) <= MAX_CHARS else ""
