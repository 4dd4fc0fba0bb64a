"""Several processes on this machine that annotate a chunk each, and what happens when one dies."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from queue import SimpleQueue

from flows.annotating.doing import do, load
from flows.annotating.job import Done, Job
from flows.annotating.process import new_process
from flows.logs import LOG
from warehouse.errors import OutageError

STOPPED = "annotating was stopped"
KILLED = "ProcessKilled: the process that read it died twice, by a crash or for want of memory"


class Pool:
    """At most `size` processes, each of which loads the model once; they start when needed.

    `run` may be called by any number of threads; each waits until a process is free.
    """

    def __init__(self, size: int) -> None:
        """Make a pool without processes."""
        self._hands = [_Hand() for _ in range(size)]
        self._free: SimpleQueue[_Hand] = SimpleQueue()
        for hand in self._hands:
            self._free.put(hand)

    def run(self, job: Job) -> Done:
        """Have `job` done by a free process. Raises CrewError, OutageError.

        Where the process dies, the articles are tried again in halves, so that one that kills it
        is found and told among what broke, and no other is lost.
        """
        hand = self._free.get()
        try:
            return hand.run(job)
        finally:
            self._free.put(hand)

    def close(self) -> None:
        """End all processes, also those at work."""
        for hand in self._hands:
            hand.close()


class _Hand:
    """A process of its own, so that its death is felt by no other's chunk."""

    def __init__(self) -> None:
        self._process: tuple[ProcessPoolExecutor, int] | None = None
        self._is_busy = self._is_closed = False

    def run(self, job: Job) -> Done:
        attempts = 2 if job.end - job.first == 1 else 1
        for _ in range(attempts):
            try:
                return self._do(job)
            except BrokenProcessPool:
                self._bury(job)
        if attempts == 2:
            (article,) = job.exchange.articles(job.chunk)[job.first : job.end]
            return Done(broken={article.article_id: KILLED})
        first, second = job.halves()
        return self.run(first) + self.run(second)

    def close(self) -> None:
        self._is_closed = True
        if self._process is not None:
            executor, pid = self._process
            if self._is_busy:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            executor.shutdown()

    def _do(self, job: Job) -> Done:
        if self._is_closed:
            raise OutageError(STOPPED)
        self._is_busy = True
        try:
            executor = self._process[0] if self._process else self._start(job)
            return executor.submit(do, job).result()
        finally:
            self._is_busy = False

    def _start(self, job: Job) -> ProcessPoolExecutor:
        """Start a process that has loaded what `job` needs: what dies before is no article's."""
        try:
            self._process = executor, _ = new_process()
            if self._is_closed:  # meanwhile, when there was nothing yet to end
                self.close()
                raise OutageError(STOPPED)
            executor.submit(load, job).result()
            return executor
        except BrokenProcessPool as error:
            self._process = None
            raise OutageError(
                "a process that annotates died before it began: see that there is memory for "
                "annotate.processes of them (some 0.5 GB each), and that a script of your own "
                "that starts a run does so below `if __name__ == '__main__':`"
            ) from error

    def _bury(self, job: Job) -> None:
        if self._process is not None:
            self._process[0].shutdown()
            self._process = None
        if not self._is_closed:
            told = "a process died at annotating %d articles; they are tried again in parts"
            LOG.warning(told, job.end - job.first)
