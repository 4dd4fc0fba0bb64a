"""What `prefect.yaml` and `deploy/` say is so: entry points, times, units, the automation."""

import configparser
import os
import re
import shlex
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
import yaml

from flows.prefect_server import RETENTION
from flows.settings import ScheduleSettings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def prefect_yaml() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def prefect_client_only(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """Prefect, imported but never asked for a server."""
    from flows.prefect_env import prepare

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", os.environ.get("PREFECT_HOME", "x"))
        patch.delenv("PREFECT_HOME")
        prepare(tmp_path_factory.mktemp("prefect"))
        return import_module("prefect")


def test_deployments_have_the_times_of_serve_and_one_writer() -> None:
    deployments = {d["name"]: d for d in prefect_yaml()["deployments"]}
    defaults = ScheduleSettings()
    assert {name: d["schedules"] for name, d in deployments.items()} == {
        "hourly": [{"cron": defaults.run, "timezone": defaults.timezone}],
        "nightly": [{"cron": defaults.maintain, "timezone": defaults.timezone}],
    }
    for deployment in deployments.values():
        assert deployment["work_pool"] == {"name": "one-writer"}
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
        assert "parameters" not in deployment
    assert prefect_yaml()["pull"] == []  # null would have workers look for the deployer's folder


def test_entry_points_are_modules_with_flows(prefect_client_only: ModuleType) -> None:
    from prefect.flows import load_flow_from_entrypoint

    assert prefect_client_only
    found = [
        load_flow_from_entrypoint(d["entrypoint"], use_placeholder_flow=False).name
        for d in prefect_yaml()["deployments"]
    ]
    assert found == ["scheduled-run", "scheduled-maintenance"]


def test_the_versions_of_prefect_agree() -> None:
    pinned = re.search(r'"prefect==([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert pinned
    assert prefect_yaml()["prefect-version"] == pinned[1]


def test_the_automation_awaits_the_events_that_are_raised(
    prefect_client_only: ModuleType,
) -> None:
    from prefect.events.schemas.automations import AutomationCore
    from prefect.events.schemas.events import Event, Resource

    assert prefect_client_only
    text = (DEPLOY / "automation.yaml").read_text(encoding="utf-8")
    block = UUID("00000000-0000-4000-8000-000000000000")
    automation = AutomationCore.model_validate(
        yaml.safe_load(
            text.replace("  block_document_id: BLOCK_ID", f"  block_document_id: {block}")
        )
    )
    trigger: Any = automation.trigger
    source = (ROOT / "flows" / "prefect_scheduled.py").read_text(encoding="utf-8")
    raised = {"demarche.run.failed", "demarche.maintain.failed", "demarche.checks.failed"}
    assert trigger.expect == raised
    assert 'f"demarche.{job}.failed"' in source
    resource = Resource({"prefect.resource.id": "demarche.job.run"})
    assert trigger.match.matches(resource)
    assert Event(event="demarche.run.failed", resource=resource).event in trigger.expect


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_are_well_formed_and_call_what_is_there(path: Path) -> None:
    unit = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text(encoding="utf-8"))
    assert unit.sections() == ["Unit", "Service", "Install"]
    program, *words = shlex.split(unit["Service"]["ExecStart"])
    assert program in ("/srv/demarche/.venv/bin/demarche", "/srv/demarche/.venv/bin/prefect")
    assert words[0] in ("serve", "server", "worker")


def test_the_server_unit_keeps_state_as_long_as_serve_does() -> None:
    text = (DEPLOY / "prefect-server.service").read_text(encoding="utf-8")
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, value in RETENTION.items():
        assert f"Environment={name}={value}\n" in text
        assert f"    {name}={value}\n" in operations


def test_the_image_copies_what_is_in_the_repository() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = [
        word for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for word in line.split()
    ]
    assert len(copied) > 8
    assert [name for name in copied if not (ROOT / name).exists()] == []
