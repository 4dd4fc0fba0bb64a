from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.lake import Lake, open_lake
from warehouse.location import LakeLocation


@pytest.fixture
def location(tmp_path: Path) -> LakeLocation:
    return LakeLocation.in_folder(tmp_path / "lake")


@pytest.fixture
def lake(location: LakeLocation) -> Iterator[Lake]:
    with open_lake(location, lock_timeout=30) as lake:
        yield lake
