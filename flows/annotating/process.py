"""A process that annotates: one thread for mathematics, and no life beyond its parent's.

Imports nothing slow: what is settled here must be settled before numpy is loaded.
"""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Lock, Thread

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables that libraries read when they are loaded; the processes share the cores among them."""

_STARTING = Lock()


def new_process() -> tuple[ProcessPoolExecutor, int]:
    """Start a process, and return the executor that works in it and its process id."""
    executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
    with _STARTING, _environment():
        return executor, executor.submit(os.getpid).result()


@contextmanager
def _environment() -> Iterator[None]:
    """Have a process that is started within find one thread wherever the user set nothing."""
    added = [name for name in ONE_THREAD if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def _begin() -> None:
    """Leave signals to the parent, and end when it does, however it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
