"""Checks: SQL files that return offending rows. `fail/` keeps the publication as it was."""

from dataclasses import dataclass
from typing import Any, Literal

from warehouse.lake import Lake
from warehouse.sqlfiles import read_folder

SAMPLE_ROWS = 5

Severity = Literal["fail", "warn"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's outcome: how many rows offend, and the first few of them."""

    name: str
    severity: Severity
    meaning: str
    offending: int
    sample: list[dict[str, Any]]


def run_checks(lake: Lake) -> list[CheckResult]:
    """Run every check on `lake` and return those that found something."""
    results = [
        _run(lake, file.name, severity, file.meaning, file.body)
        for severity in ("fail", "warn")
        for file in read_folder(f"checks/{severity}")
    ]
    return [result for result in results if result.offending]


def _run(lake: Lake, name: str, severity: Severity, meaning: str, body: str) -> CheckResult:
    found = lake.query(body)
    sample = found.slice(0, SAMPLE_ROWS).to_pylist()
    return CheckResult(name, severity, meaning, found.num_rows, sample)
