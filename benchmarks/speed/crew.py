"""The processes that read for the benchmark, seen from the one that measures."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.speed.worker import WAYS

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Texts `first` to `end`, to be read in one of `worker.WAYS`."""

    way: str
    first: int
    end: int


class Worker:
    """One process with a loaded pipeline, bound to `cpus` with a thread for each; none: unbound."""

    def __init__(self, model: Path | None, texts: Path, cpus: Sequence[int] = ()) -> None:
        """Start it and wait until it has loaded."""
        order = {"model": model and str(model), "cpus": list(cpus), "texts": str(texts)}
        threads = dict.fromkeys(_THREADS, str(len(cpus))) if cpus else {}
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.speed.worker", json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | threads,
        )
        self.loaded = self.answer()
        self.loaded["process_s"] = time.perf_counter() - begun

    @property
    def peak_mb(self) -> int:
        """Its peak of resident memory so far, as it last said."""
        return self._peak_mb

    def read(self, task: Task) -> dict[str, Any]:
        """Have it read, and return what it says."""
        self.ask(task)
        return self.answer()

    def speed(self, task: Task) -> float:
        """Have it read, and return words a second."""
        answer = self.read(task)
        return float(answer["words"] / answer["seconds"])

    def ask(self, task: Task) -> None:
        """Have it read; `answer` waits for what it says."""
        assert task.way in WAYS
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asdict(task)) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Return the answer to the last task; raises RuntimeError where the process is gone."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a worker ended with status {self._process.wait()}")
        found: dict[str, Any] = json.loads(line)
        self._peak_mb = int(found["peak_mb"])
        return found

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()  # closes its input, which ends it


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """The workers of one pipeline: one alone on each of up to two CPUs, and one on both."""

    alone: Sequence[Worker]
    wide: Worker | None

    def speed_together(self, task: Task) -> float:
        """Return the words a second of all lone workers, each reading all of the texts."""
        begun = time.perf_counter()
        for worker in self.alone:
            worker.ask(task)
        words = sum(int(worker.answer()["words"]) for worker in self.alone)
        return words / (time.perf_counter() - begun)


def crew(stack: ExitStack, model: Path | None, texts: Path, cpus: Sequence[int]) -> Crew:
    """Return the workers of `model` on `cpus`, one or two; `stack` ends them."""
    alone = [stack.enter_context(Worker(model, texts, [cpu])) for cpu in cpus]
    wide = stack.enter_context(Worker(model, texts, cpus)) if len(cpus) > 1 else None
    return Crew(alone=alone, wide=wide)
