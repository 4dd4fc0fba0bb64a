from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.reporting.given import Given, build


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    return build(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def written(given: Given, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report over everything, as the command writes it."""
    file = tmp_path_factory.mktemp("written") / "report.html"
    outcome = call("report", str(file), "--data-dir", str(given.data_dir))
    assert outcome.status == 0, outcome.err
    return file
