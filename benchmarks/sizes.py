"""A measure at several sizes, each in a process of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.result import Options, Row


def by_size(
    options: Options,
    sizes: Sequence[int],
    make: Callable[[Path, int, int], None],
    measured: Callable[[Path], Row],
) -> list[Row]:
    """Return a row a size: `make` fills a folder with so much, by a seed, `measured` measures it.

    Each runs in a process of its own, so that none finds the other's memory; a quick run takes a
    fiftieth.
    """
    rows = []
    for size in [size // 50 for size in sizes] if options.is_quick else sizes:
        folder = options.work / str(size)
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
            pool.submit(make, folder, size, options.seed).result()
            rows.append(pool.submit(measured, folder).result())
    return rows
