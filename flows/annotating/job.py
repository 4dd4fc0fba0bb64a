"""One chunk of articles as work for another process: what it is told, and tells back.

Light, since those who only pass it on load it, too; `doing.py` does it.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from flows.annotating.exchange import Exchange
from tasks.extract.steps.graph import StepName


class Versions(NamedTuple):
    """What rows are made with; the steps' keys tell code, word lists, model and registry."""

    demarche: str
    model: str
    steps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The articles `first` to `end` of the file `chunk` at the exchange, and how to read them.

    `entities` is a file there with the user's own entities; rows go to files that begin as `chunk`.
    """

    exchange: Exchange
    chunk: str
    first: int
    end: int
    steps: frozenset[StepName]
    model: str | None
    entities: str | None
    versions: Versions

    def halves(self) -> tuple["Job", "Job"]:
        """Return the job in two."""
        middle = (self.first + self.end) // 2
        return replace(self, end=middle), replace(self, first=middle)


@dataclass(frozen=True, slots=True)
class Done:
    """The files with the rows of a job, how many were read, and what broke by article_id."""

    files: tuple[str, ...] = ()
    read: int = 0
    broken: dict[str, str] = field(default_factory=dict)

    def __add__(self, other: "Done") -> "Done":
        return Done(self.files + other.files, self.read + other.read, self.broken | other.broken)
