"""The sample articles read once for all processes that share the tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from flows.cli.reading import Reader, open_reader
from flows.cookbook import DOCUMENT, published_reader, read_samples, write_files
from flows.settings import Settings

TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a data folder with all samples; no test may change it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data_dir, done = shared / "samples", shared / "samples.done"
    with FileLock(shared / "samples.lock"):
        if not done.exists():
            read_samples(data_dir)
            done.touch()
    return Settings(data_dir=data_dir)


@pytest.fixture(scope="session")
def published(samples: Settings) -> Iterator[Reader]:
    with published_reader(samples) as reader:
        yield reader


@pytest.fixture(scope="session")
def lake(samples: Settings) -> Iterator[Reader]:
    with open_reader(samples) as reader:
        assert reader.is_lake
        yield reader


@pytest.fixture
def beside_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the files that the cookbook shows."""
    write_files(TEXT, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
