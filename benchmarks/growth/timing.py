"""Seconds, CPU seconds and peak memory of one thing that is done, or why it was not done."""

import resource
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import duckdb

from warehouse.errors import WarehouseError

LIMIT_S, LIMIT_BYTES = 900, 12_000_000_000
"""When a question is given up, and memory that a process may take in all."""
MEGABYTE = 1_000_000


T = TypeVar("T")


class Taken(NamedTuple):
    """What was measured under one name; `problem` says why there are no seconds."""

    part: str
    what: str
    seconds: float | None = None
    cpu: float | None = None
    peak_mb: int | None = None
    value: float | None = None
    problem: str | None = None


class Log:
    """What was taken so far in one part."""

    def __init__(self, part: str) -> None:
        """Start with nothing."""
        self.part = part
        self.taken: list[Taken] = []

    def note(self, what: str, value: float) -> None:
        """Note a figure that is no time."""
        self.taken.append(Taken(self.part, what, value=value))

    def time(
        self,
        what: str,
        work: Callable[..., T],
        *given: Any,
        con: duckdb.DuckDBPyConnection | None = None,
    ) -> T | None:
        """Do `work` with what is `given`, note what it took, and return what it gives.

        None where it failed. A query of `con` is given up after `LIMIT_S` seconds.
        """
        timer = threading.Timer(LIMIT_S, con.interrupt) if con is not None else None
        if timer is not None:
            timer.start()
        begun, begun_cpu = time.perf_counter(), _cpu()
        found: T | None = None
        problem = None
        try:
            found = work(*given)
        except (duckdb.Error, WarehouseError, MemoryError) as error:
            problem = (str(error).splitlines() or [type(error).__name__])[0][:120]
        finally:
            if timer is not None:
                timer.cancel()
        seconds, cpu = time.perf_counter() - begun, _cpu() - begun_cpu
        self.taken.append(
            Taken(
                self.part, what, round(seconds, 3), round(cpu, 3), peak_megabytes(), problem=problem
            )
        )
        return found


def peak_megabytes() -> int:
    """Return the most memory that this process has held; Linux counts in KiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE)


def _cpu() -> float:
    """Return the CPU seconds of this process, and of those that it started and that ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def bound_memory() -> None:
    """Let this process fail at `LIMIT_BYTES`, and not the machine."""
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT_BYTES, LIMIT_BYTES))
