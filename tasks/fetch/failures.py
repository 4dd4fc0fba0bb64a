"""Why a request ended without content, as raised between the steps of a fetch.

FetchError
├── RefusedError    final: asking again would bring the same
└── OutageError     may pass: another attempt may bring content
"""

from warehouse.tables import RejectionReason


class FetchError(Exception):
    """Base of both."""

    def __init__(self, what: str, *, status: int | None = None) -> None:
        """Say `what` failed; `status` is the HTTP status where an answer came."""
        super().__init__(what)
        self.what = what
        self.status = status


class RefusedError(FetchError):
    """A failure that stays."""

    def __init__(self, reason: RejectionReason, what: str, *, status: int | None = None) -> None:
        """Give the reason of the closed list, and what failed with its remedy."""
        super().__init__(what, status=status)
        self.reason = reason


class OutageError(FetchError):
    """A failure that may pass."""

    def __init__(
        self,
        what: str,
        *,
        status: int | None = None,
        wait: float | None = None,
        attempts: int | None = None,
    ) -> None:
        """Give the server's Retry-After as `wait` (seconds) and, where they are few, `attempts`.

        `attempts` is the most that make sense with this failure; None leaves it to the limits.
        """
        super().__init__(what, status=status)
        self.wait = wait
        self.attempts = attempts
