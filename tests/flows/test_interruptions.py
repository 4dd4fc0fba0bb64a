"""Runs that are stopped: a full disk, Ctrl-C, a reader that leaves. The next run makes it good."""

import logging
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import duckdb
import pytest

from flows.logs import LOG
from flows.settings import Settings
from tests.flows.given import ask, command, json_lines, record, table_digests, take_in

ROWS = [record(number, byline=f"Reporter {number}") for number in range(24)]
LARGE = 2_000_000
"""Bytes of one item that no compression makes smaller."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    json_lines(folder / "a.jsonl", *ROWS)
    (folder / "0.txt").write_bytes(Random(7).randbytes(LARGE))
    return folder


@pytest.fixture(scope="module")
def undisturbed(
    prepared: Path, source: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The tables after a run that nothing stopped."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(prepared, data, symlinks=True)
    take_in(data, source)
    return table_digests(Settings(data_dir=data))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, or a skipped test where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("only root may mount a small disk")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def leave_free(disk: Path, size: int) -> Path:
    """Fill `disk` but for `size` bytes, with a file that is returned."""
    filler = disk / "filler"
    status = os.statvfs(disk)
    with filler.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, status.f_bavail * status.f_bsize - size)
    return filler


def test_a_full_disk_stops_runs_and_the_next_makes_them_good(
    prepared: Path, source: Path, undisturbed: dict[str, str], disk: Path
) -> None:
    data = disk / "data"
    shutil.copytree(prepared, data, symlinks=True)
    place = ["--data-dir", data, "--no-prefect", "--batch-size", "6"]
    for free, words in (
        (LARGE - 500_000, "cannot keep raw bytes in"),
        (LARGE + 400_000, "/lake/data/|COMMIT|journal"),
        (LARGE + 2_600_000, "/publish/|cannot publish"),
    ):
        filler = leave_free(disk, free)
        done = command("run", source, *place)
        filler.unlink()
        assert done.status == 1
        assert re.search(words, done.err)
        assert done.err.splitlines()[-1].endswith("see that the disk has room, then run again")
        with duckdb.connect(str(data / "publish/current/demarche.duckdb"), read_only=True) as con:
            assert con.execute("SELECT title FROM articles").fetchall() == [("Talks go on",)]
    assert command("run", source, *place).status == 0
    assert table_digests(Settings(data_dir=data)) == undisturbed


def test_ctrl_c_ends_a_run_and_the_next_makes_it_good_though_nobody_reads_it(
    prepared: Path, source: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(prepared, data, symlinks=True)
    place = ["--data-dir", data, "--no-prefect", "--batch-size", "8"]

    def press_ctrl_c(record: logging.LogRecord) -> bool:
        if record.msg == "batch committed":
            signal.raise_signal(signal.SIGINT)
        return True

    LOG.addFilter(press_ctrl_c)
    try:
        done = command("run", source, *place)
    finally:
        LOG.removeFilter(press_ctrl_c)
    assert done == (130, "", "demarche: error: interrupted\n")
    last = "SELECT status, items FROM runs ORDER BY started_at DESC LIMIT 1"
    assert ask(Settings(data_dir=data), last) == [("interrupted", 8)]

    program = [sys.executable, "-m", "flows.cli.main", "run", source, *place]
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as run:
        assert run.stdout is not None
        run.stdout.close()
        assert run.communicate(timeout=120)[1] == b""
    assert run.returncode == 1
    assert table_digests(Settings(data_dir=data)) == undisturbed
