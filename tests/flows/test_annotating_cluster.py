"""Annotating on a Dask cluster: a scheduler and two workers as processes of their own."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from flows import pipeline
from flows.annotating import cluster, crew, pool
from flows.annotating.errors import CrewError
from flows.settings import AnnotateSettings, Settings
from tests.flows import deadly
from tests.flows.given import ask, command, json_lines, table_digests, take_in
from tests.flows.test_annotating import ingest, short
from tests.services import free_port, wait_for
from warehouse.errors import OutageError

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@dataclass(slots=True)
class Dask:
    """A scheduler and workers of ours; a job that ended one worker is not given to another."""

    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show"]
        self._start("dask_scheduler", *options)
        wait_for(self.port)

    def have(self, workers: int) -> None:
        """Start or kill workers so that so many live."""
        living = [process for process in self.processes[1:] if process.poll() is None]
        for process in living[workers:]:
            process.kill()
            process.wait()
        for _ in range(workers - len(living)):
            self._start("dask_worker", self.address, "--no-nanny", "--nthreads", "1")

    def _start(self, program: str, *options: str) -> None:
        own = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        quiet = subprocess.DEVNULL
        self.processes.append(
            subprocess.Popen(command, env=os.environ | own, stdout=quiet, stderr=quiet)
        )

    def kill_scheduler(self) -> None:
        self.processes[0].kill()
        self.processes[0].wait()


@pytest.fixture(scope="module")
def dask() -> Iterator[Dask]:
    found = Dask()
    found.start()
    yield found
    for process in found.processes:
        process.kill()
        process.wait()


@pytest.fixture
def shared(settings: Settings, dask: Dask) -> Settings:
    annotate = AnnotateSettings(cluster=dask.address, chunk=2, timeout=20)
    return settings.model_copy(update={"annotate": annotate, "batch_size": 4})


def test_a_worker_of_another_version_is_refused_and_the_next_run_goes_on(
    shared: Settings, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.have(2)
    file = json_lines(tmp_path / "in.jsonl", short(1), short(2))
    right = crew.versions_of
    with monkeypatch.context() as patch:
        patch.setattr(crew, "versions_of", lambda one: right(one)._replace(demarche="0.0.9"))
        with pytest.raises(CrewError, match=r"the worker on .* \(demarche '0.1.0' for '0.0.9'\)"):
            ingest(shared, file)
    assert ask(shared, "SELECT status, items FROM runs") == [("failed", 0)]
    assert ingest(shared, file) == {"processed": 2}


def test_a_run_that_loses_a_worker_gives_the_rows_of_an_undisturbed_one(
    settings: Settings, shared: Settings, dask: Dask, tmp_path: Path
) -> None:
    dask.have(2)
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(12)))
    sources = pipeline.sources_of(shared, [str(file)])
    lost: list[Counter[str]] = []

    def lose_one(counts: Counter[str]) -> None:
        if not lost:
            dask.have(1)
        lost.append(counts)

    pipeline.ingest(shared, sources, report=lose_one)
    alone = settings.model_copy(update={"data_dir": tmp_path / "alone", "batch_size": 4})
    ingest(alone, file)
    assert len(lost) == 3
    assert ask(shared, "SELECT count(*) > 20 FROM mentions") == [(True,)]
    assert table_digests(shared) == table_digests(alone)
    assert list((shared.data_dir / "exchange").iterdir()) == []


def test_chunks_are_prefect_tasks_that_run_on_the_workers(
    flows: ModuleType, shared: Settings, dask: Dask, tmp_path: Path
) -> None:
    from prefect.client.orchestration import get_client
    from prefect_dask import DaskTaskRunner

    dask.have(1)
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(4)))
    sources = pipeline.sources_of(shared, [str(file)])
    seen: Counter[str] = Counter()
    assert isinstance(flows.runner(shared.annotate), DaskTaskRunner)
    run_id = flows.ingest_flow(shared, sources, seen.update)
    assert seen == {"processed": 4}
    assert ask(shared, "SELECT count(*) > 0 FROM mentions") == [(True,)]
    assert ask(shared, "SELECT run_id, status FROM runs") == [(run_id, "succeeded")]
    with get_client(sync_client=True) as client:
        names = Counter(run.name.partition("-")[0] for run in client.read_task_runs())
    assert names["annotate"] >= 2


def test_a_chunk_that_kills_its_worker_is_read_here_and_the_article_found(
    shared: Settings, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.have(1)
    monkeypatch.setattr(cluster, "do", deadly.do)
    monkeypatch.setattr(pool, "do", deadly.do)
    monkeypatch.setattr(pool, "load", deadly.load)
    rows = [short(n, title="Deadly" if n == 2 else f"Report {n}") for n in range(3)]
    patient = shared.annotate.model_copy(update={"chunk": 3})
    shared = shared.model_copy(update={"annotate": patient})
    assert ingest(shared, json_lines(tmp_path / "in.jsonl", *rows)) == {
        "processed": 2,
        "rejected": 1,
    }
    ((detail,),) = ask(shared, "SELECT detail FROM rejections")
    assert detail.startswith("ProcessKilled: the process that read it died twice")


def test_a_cluster_without_workers_or_scheduler_is_an_outage_and_nothing_is_lost(
    settings: Settings, tmp_path: Path
) -> None:
    dask = Dask()
    dask.start()
    annotate = AnnotateSettings(cluster=dask.address, chunk=2, timeout=0.5)
    shared = settings.model_copy(update={"annotate": annotate})
    first = json_lines(tmp_path / "first.jsonl", short(1))
    take_in(shared.data_dir, first)
    file = json_lines(tmp_path / "in.jsonl", short(2), short(3))
    with pytest.raises(OutageError, match=rf"cluster at {dask.address} has had no worker"):
        ingest(shared, file)
    dask.kill_scheduler()
    config = tmp_path / "demarche.toml"
    config.write_text(f'[annotate]\ncluster = "{dask.address}"\nchunk = 2\ntimeout = 0.5\n')
    done = command("run", file, "--config", config, "--data-dir", shared.data_dir, "--no-prefect")
    assert done.status == 1
    (line,) = done.err.splitlines()
    assert f"the Dask cluster at {dask.address} cannot be reached (waited 0.5 s)" in line
    assert ask(shared, "SELECT title FROM articles") == [("Report 1",)]
    assert command("sql", "FROM articles", "--data-dir", shared.data_dir).status == 0
    assert take_in(shared.data_dir, file)["counts"]["processed"] == 2


def test_a_scheduler_that_is_lost_in_the_middle_is_an_outage() -> None:
    dask = Dask()
    dask.start()
    own = cluster.Cluster(dask.address, timeout=20)
    future = own.client().submit(len, "")
    dask.kill_scheduler()
    with pytest.raises(OutageError, match="was lost"):
        own.wait(future, None)  # type: ignore[arg-type]
    own.close()


@pytest.mark.parametrize(
    ("server", "scheduler", "is_there"),
    [
        (None, "tcp://127.0.0.1:8786", False),
        ("http://127.0.0.1:4200/api", "tcp://127.0.0.1:8786", True),
        ("http://127.0.0.1:4200/api", "tcp://dask.example:8786", False),
        ("http://prefect.example:4200/api", "tcp://dask.example:8786", True),
    ],
)
def test_tasks_run_on_workers_that_can_reach_the_prefect_server(
    server: str | None, scheduler: str, is_there: bool
) -> None:
    from flows.prefect_annotating import is_reached

    assert is_reached(server, scheduler) == is_there
