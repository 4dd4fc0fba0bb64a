"""What is asked for, within which limits, and what comes back."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.tables import RejectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How the fetcher behaves; times in seconds, sizes in bytes.

    `delay` lies between the starts of two requests to one host (name and port), `concurrency`
    and `per_host` count requests under way. `timeout` bounds a connection and each read,
    `max_seconds` everything done for one address, its turns not counted. `max_bytes` counts
    after decompression. `attempts` and `backoff` (doubled each time) are for outages; `max_wait`
    is the longest Retry-After or Crawl-delay honoured. `allowed_hosts` are names or addresses,
    with or without port, that may lie in a private network.
    """

    user_agent: str
    delay: float = 1.0
    concurrency: int = 16
    per_host: int = 1
    timeout: float = 30.0
    max_seconds: float = 120.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    attempts: int = 3
    backoff: float = 1.0
    max_wait: float = 60.0
    allowed_hosts: frozenset[str] = frozenset()
    obey_robots: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An address, the validators of what is held of it, and a delay for its host alone.

    `final_url` is the address that gave what is held, where `url` led to another.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address holds; status 304 where it is what was held before, without content.

    `media_type` is in lower case and without parameters.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an address gave nothing; `status` is None where no answer came."""

    url: str
    reason: RejectionReason
    detail: str
    status: int | None = None
