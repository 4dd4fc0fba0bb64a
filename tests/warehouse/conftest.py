import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.lake import Lake, open_lake
from warehouse.location import LakeLocation


@pytest.fixture(autouse=True)
def as_shipped(all_threads: None) -> None:
    """Have DuckDB work with all its threads."""


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake made once; tests work on copies, which are quicker to have."""
    folder = tmp_path_factory.mktemp("empty") / "lake"
    with open_lake(LakeLocation.in_folder(folder)):
        return folder


@pytest.fixture
def location(tmp_path: Path, empty_lake: Path) -> LakeLocation:
    shutil.copytree(empty_lake, tmp_path / "lake")
    return LakeLocation.in_folder(tmp_path / "lake")


@pytest.fixture
def lake(location: LakeLocation) -> Iterator[Lake]:
    with open_lake(location, lock_timeout=30) as lake:
        yield lake
