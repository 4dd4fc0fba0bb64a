"""What a check-up finds."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up: what was looked at, how it is, and how to mend it."""

    check: str
    status: Literal["ok", "warn", "FAIL"]
    detail: str
    remedy: str = ""


def ok(check: str, detail: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(check, "ok", detail)


def warn(check: str, detail: str, remedy: str) -> Finding:
    """Return a finding that somebody should know of."""
    return Finding(check, "warn", detail, remedy)


def fail(check: str, detail: str, remedy: str) -> Finding:
    """Return a finding that keeps demarche from working as it should."""
    return Finding(check, "FAIL", detail, remedy)
