"""What holds for all tests."""

import os
import signal
from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.services"]

# A shell that runs a job in the background has it ignore Ctrl-C, and so would all that tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)
# The matrices of short texts are small: a second thread mostly waits, and takes a core for it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Number bytes instead of showing them: what gzip packs holds the time, and the processes
    that share the tests must all give them the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def quick_lakes() -> Iterator[None]:
    """Open lakes without checking the signatures of DuckDB's extensions, 0.3 s each time, and
    with one thread, which answers the many questions to small tables a quarter sooner.

    `demarche doctor` and the programs that tests start do as shipped.
    """
    from warehouse import extensions

    config = extensions.CONFIG | {"allow_unsigned_extensions": True, "threads": 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.lake.CONFIG", config)
        yield


@pytest.fixture
def all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open lakes with a thread for each core, as shipped: where threads might change what is
    written."""
    from warehouse import lake

    monkeypatch.delitem(lake.CONFIG, "threads")
