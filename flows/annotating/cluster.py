"""A Dask cluster that annotates: its scheduler is named by its address, and it is there already."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from threading import Lock
from typing import Any

from flows.annotating.doing import do
from flows.annotating.errors import CrewError
from flows.annotating.job import Done, Job
from flows.annotating.pool import Pool
from flows.logs import LOG
from warehouse.errors import OutageError, WarehouseError

POLL_SECONDS = 2.0
"""Seconds between two looks at whether there are workers."""
INSTALL = "pip install 'demarche[dask]'"


@contextmanager
def installed() -> Iterator[None]:
    """Tell an import of Dask that fails. Raises CrewError."""
    try:
        yield
    except ImportError as error:
        raise CrewError(f"annotate.cluster needs Dask ({error}): {INSTALL}") from error


class Cluster:
    """Has jobs done by the workers of the scheduler at `address`.

    `timeout`: seconds to wait for the scheduler to answer, and for a worker where there is none.
    A job that ends its workers is done on this machine, in a process of its own.
    """

    def __init__(
        self, address: str, *, timeout: float, client: Callable[[], Any] | None = None
    ) -> None:
        """Make a cluster that is connected to when needed, by `client` where that is given."""
        self.address, self.timeout = address, timeout
        self._connect = client
        self._client: Any = None
        self._connecting = Lock()
        self._apart = Pool(1)

    def submit(self, job: Job) -> Any:
        """Return a future of `job`. Raises OutageError where the cluster cannot be reached."""
        return self.client().submit(do, job, pure=False)

    def client(self) -> Any:
        """Return the connection, made anew where it was lost. Raises OutageError, CrewError."""
        with self._connecting:
            if self._client is None or self._client.status != "running":
                self._client = self._connected()
            return self._client

    def run(self, job: Job) -> Done:
        """Have `job` done, and wait for it. Raises OutageError, CrewError."""
        return self.wait(self.submit(job), job)

    def wait(self, future: Any, job: Job) -> Done:
        """Return what came of `job`. Raises OutageError where the cluster is lost, CrewError."""
        from distributed import KilledWorker

        seen = time.monotonic()
        while True:
            try:
                done: Done = future.result(timeout=POLL_SECONDS)
                return done
            except TimeoutError:
                seen = time.monotonic() if self._has_workers() else seen
                if time.monotonic() - seen > self.timeout:
                    raise self._outage("has had no worker") from None
            except KilledWorker:
                told = "%d articles ended all workers that read them; they are read here"
                LOG.warning(told, job.end - job.first)
                return self._apart.run(job)
            except WarehouseError:
                raise
            except (CancelledError, OSError) as error:
                raise self._outage("was lost") from error
            except Exception as error:
                raise CrewError(
                    f"the Dask cluster at {self.address} cannot run demarche "
                    f"({type(error).__name__}: {error}): install the same version on scheduler "
                    f"and workers ({INSTALL}), and start them anew"
                ) from error

    def close(self) -> None:
        """Let go of the cluster and of all jobs that wait there."""
        self._apart.close()
        if self._client is not None and self._connect is None:
            self._client.close()

    def _connected(self) -> Any:
        with installed():
            from distributed import Client
        # What it has to say of a lost connection is told by our errors, once.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            if self._connect is not None:
                return self._connect()
            new: Any = Client  # it has no types
            return new(self.address, timeout=self.timeout, set_as_default=False)
        except (OSError, ValueError) as error:
            raise self._outage("cannot be reached") from error

    def _has_workers(self) -> bool:
        if self._client.status != "running":
            raise self._outage("was lost")
        try:
            return bool(self._client.scheduler_info()["workers"])
        except OSError as error:
            raise self._outage("was lost") from error

    def _outage(self, what: str) -> OutageError:
        return OutageError(
            f"the Dask cluster at {self.address} {what} (waited {self.timeout:g} s): see that its "
            "scheduler and workers run, or take annotate.cluster out of the settings; then run "
            "again: what was committed stays, the rest is taken in then"
        )
