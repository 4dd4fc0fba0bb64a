"""What a robots.txt allows (RFC 9309), read by protego."""

import re

from protego import Protego

MAX_BYTES = 500 * 1024
"""Bytes read of a robots.txt: the least that RFC 9309, section 2.5, lets a crawler read."""

GROUP = re.compile(r"\s*user[-\s]*agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
TOKEN = re.compile(r"[A-Za-z_-]+")
OTHERS = "User-agent: another crawler"


class Rules:
    """The rules of one host for one crawler."""

    def __init__(self, content: bytes, *, user_agent: str) -> None:
        """Read the bytes of a robots.txt; they are never ill-formed."""
        self._token = _token(user_agent) or "*"
        text = content[:MAX_BYTES].decode("utf-8-sig", errors="replace")
        self._parsed = Protego.parse(_ours(text, self._token))

    def allow(self, url: str) -> bool:
        """Whether `url` may be asked for."""
        return self._parsed.can_fetch(url, self._token)

    @property
    def delay(self) -> float:
        """Crawl-delay in seconds; no part of RFC 9309, but widely used."""
        return self._parsed.crawl_delay(self._token) or 0.0


def _ours(text: str, token: str) -> str:
    """Give the groups of all other crawlers one name, ours exactly its token.

    protego keeps every rule once for each crawler of its group, so that 500 KiB of names and
    rules would take hundreds of millions of entries; with three names it is linear.
    """
    lines = []
    for line in text.splitlines():
        group = GROUP.match(line)
        if group and group[1].strip() != "*":
            is_ours = _token(group[1]) == token
            lines.append(f"User-agent: {token}" if is_ours else OTHERS)
        else:
            lines.append(line)
    return "\n".join(lines)


def _token(name: str) -> str:
    """Return the product token that a name begins with, in lower case (section 2.2.1)."""
    found = TOKEN.match(name)
    return found[0].lower() if found else ""
