"""The Prefect flows over the plain functions; what the functions do is tested without Prefect."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flows import pipeline
from flows.settings import Settings
from tests.flows.given import ask, json_lines, record, table_digests
from warehouse.errors import OutageError

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def impatient(flows: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The flows, without the wait before a retry."""
    quick = flows.process.with_options(retry_delay_seconds=[0, 0, 0])
    monkeypatch.setattr(flows, "process", quick)
    return flows


def quiet(_counts: Counter[str]) -> None:
    """Report nothing."""


def test_the_flow_does_what_the_plain_functions_do(
    flows: ModuleType, settings: Settings, tmp_path: Path
) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(record(n) for n in range(12)), "no object")
    sources = pipeline.sources_of(settings, [str(file)])
    seen: Counter[str] = Counter()
    summary = flows.run_flow(settings, sources, seen.update)
    assert summary.counts["processed"] == 12
    assert seen == {"processed": 12, "rejected": 1}
    plain = settings.model_copy(update={"data_dir": tmp_path / "plain"})
    pipeline.run(plain, sources)
    assert table_digests(settings) == table_digests(plain)


def test_an_outage_is_tried_again_and_a_bug_is_not(
    impatient: ModuleType, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process_batch = impatient.process_batch
    sources = pipeline.sources_of(settings, [str(json_lines(tmp_path / "in.jsonl", record(1)))])
    calls = []

    def weak(*args: Any) -> Counter[str]:
        calls.append(args)
        if len(calls) < 3:
            raise OutageError("the disk is full")
        return process_batch(*args)  # type: ignore[no-any-return]

    monkeypatch.setattr(impatient, "process_batch", weak)
    assert impatient.run_flow(settings, sources, quiet).counts["processed"] == 1
    assert len(calls) == 3

    def broken(*args: Any) -> Counter[str]:
        calls.append(args)
        raise ValueError("a bug")

    calls.clear()
    monkeypatch.setattr(impatient, "process_batch", broken)
    json_lines(tmp_path / "in.jsonl", record(2))
    with pytest.raises(ValueError, match="a bug"):
        impatient.run_flow(settings, sources, quiet)
    assert len(calls) == 1
    assert ask(settings, "SELECT status FROM runs ORDER BY started_at") == [
        ("succeeded",),
        ("failed",),
    ]


def test_the_run_leaves_its_counts_as_an_artifact_and_no_password(
    flows: ModuleType, settings: Settings, tmp_path: Path
) -> None:
    from prefect.client.orchestration import get_client

    catalog = f"sqlite:{tmp_path / 'password=secret.sqlite'}"
    hidden = settings.model_copy(update={"catalog": catalog})
    sources = pipeline.sources_of(hidden, [str(json_lines(tmp_path / "in.jsonl", record(1)))])
    summary = flows.run_flow(hidden, sources, quiet)
    with get_client(sync_client=True) as client:
        artifacts = client.read_artifacts()
        runs = client.read_flow_runs()
        client_flows = client.read_flows()
    wanted = {str(a.key): str(a.data) for a in artifacts if summary.run_id in str(a.description)}
    assert "| processed | 1 |" in wanted["demarche-run"]
    assert "'source': 'local', 'items': 1, 'new': 1" in wanted["demarche-sources"].replace('"', "'")
    assert "words_per_article" in wanted["demarche-quality"]
    assert {flow.name for flow in client_flows} >= {"run", "ingest", "publish"}
    assert not any("secret" in str(run.parameters) for run in runs)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    own = {"PREFECT_API_URL", "PREFECT_HOME"}  # set by the harness of this process
    return subprocess.run(
        [sys.executable, "-m", "flows.cli.main", *arguments],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={name: value for name, value in os.environ.items() if name not in own},
        timeout=300,
        check=False,
    )


def test_without_a_server_the_screen_shows_the_run_and_nothing_else(tmp_path: Path) -> None:
    file = json_lines(tmp_path / "in.jsonl", record(1))
    place = ["--data-dir", str(tmp_path / "data")]
    done = command("run", str(file), *place)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "starting Prefect's temporary server, about 10 s; "
        "set PREFECT_API_URL to use a running one, or give --no-prefect"
    ]
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["run", "published"]
    log = (tmp_path / "data" / "logs" / "demarche.jsonl").read_text().splitlines()
    messages = [json.loads(line)["message"] for line in log]
    assert messages == ["run started", "batch committed", "run ended", "published"]
