import logging
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from flows.logs import LOG, LogFile
from flows.settings import Settings
from tests.flows.given import take_in, text_file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", batch_size=5, lock_timeout=30)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the machine."""
    for name in os.environ:
        if name.startswith(("DEMARCHE_", "PREFECT_API_URL")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def log_as_it_begins() -> Iterator[None]:
    """Undo what a command called in this process did to the log."""
    yield
    LOG.setLevel(logging.NOTSET)
    LOG.propagate = True
    for handler in LOG.handlers[:]:
        if isinstance(handler, LogFile) or type(handler) is logging.StreamHandler:
            LOG.removeHandler(handler)
            handler.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published article, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("prepared")
    take_in(folder / "data", text_file(folder / "in", "first.txt", "Talks go on"))
    return folder / "data"


@pytest.fixture(scope="session")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The Prefect flows, on a server that starts once for all tests."""
    from flows.prefect_env import prepare

    prepare(tmp_path_factory.mktemp("prefect"))
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        from flows import prefect_flows

        yield prefect_flows
