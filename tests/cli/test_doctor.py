import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from flows.cli.doctor import data, installation
from flows.settings import Settings
from tests.cli.conftest import FIRST_RUN, World, call
from warehouse.lake import open_lake
from warehouse.runs import put_run
from warehouse.tables import Run


@pytest.fixture
def own(tmp_path: Path, world: World) -> Settings:
    """A copy of the lake's folder, to be damaged."""
    shutil.copytree(world.data_dir, tmp_path / "own", symlinks=True)
    return Settings(data_dir=tmp_path / "own")


def findings(settings: Settings) -> dict[str, dict[str, str]]:
    out = call("doctor", "--json", "--data-dir", str(settings.data_dir)).out
    return {finding["check"]: finding for finding in json.loads(out)}


def test_a_sound_folder_has_no_failure(world: World) -> None:
    found = findings(Settings(data_dir=world.data_dir))
    sound = ("extensions", "settings", "data folder", "lake", "publication", "raw bytes")
    assert {name: found[name]["status"] for name in sound} == dict.fromkeys(sound, "ok")
    assert found["last run"]["status"] == "warn"
    assert found["interrupted runs"]["detail"] == "none; 0 at work"
    assert next(iter(found)) == "python"


def test_text_has_a_line_a_check_with_the_remedy(tmp_path: Path) -> None:
    out = call("doctor", "--data-dir", str(tmp_path / "new")).out
    lines = out.splitlines()
    assert any(line.startswith("warn  lake: none yet at ") for line in lines)
    assert any(line.endswith("-> `demarche publish`") for line in lines)
    assert not (tmp_path / "new").exists()


def test_raw_bytes_that_are_damaged_or_gone_fail(own: Settings, world: World) -> None:
    raw = own.raw_folder / world.gazette_raw[:2] / f"{world.gazette_raw}.zst"
    raw.unlink()
    outcome = call("doctor", "--data-dir", str(own.data_dir))
    assert outcome.status == 1
    assert "FAIL  raw bytes: 1 of 1 looked at" in outcome.out


def test_a_broken_catalogue_fails_and_the_rest_is_still_looked_at(own: Settings) -> None:
    (own.data_dir / "lake" / "catalog.sqlite").write_bytes(b"no database" * 1000)
    found = findings(own)
    assert found["lake"]["status"] == "FAIL"
    assert found["publication"]["status"] == "ok"


def test_a_publication_that_is_broken_old_or_not_there_is_told(own: Settings) -> None:
    with open_lake(own.location) as lake, lake.write() as con:
        con.execute("DELETE FROM lake.citations")
    assert findings(own)["publication"]["detail"].endswith("older than the lake")
    (own.publish_folder / "current" / "demarche.duckdb").write_bytes(b"no database")
    assert findings(own)["publication"]["status"] == "FAIL"
    (own.publish_folder / "current").unlink()
    assert findings(own)["publication"]["status"] == "warn"


def test_a_run_is_interrupted_where_nothing_holds_its_lock(own: Settings) -> None:
    run = Run(
        flow="run",
        started_at=FIRST_RUN,
        status="running",
        code_version="1",
        model_version="1",
        settings_sha256="0",
    )
    own.runs_folder.mkdir()
    with open_lake(own.location) as lake:
        put_run(lake, "run-3", run)
        assert data.check_interrupted(lake, own).detail == "run-3"
        with FileLock(own.runs_folder / "run-3.lock"):
            assert data.check_interrupted(lake, own).detail == "none; 1 at work"
        assert data.check_interrupted(lake, own).status == "warn"


def test_a_last_run_of_today_is_fine(own: Settings) -> None:
    with open_lake(own.location, read_only=True) as lake:
        found = data.check_last_run(lake, datetime(2021, 10, 20, 8, 30, tzinfo=UTC))
    assert (found.status, found.detail) == ("ok", "run-2 succeeded, 1.5 hours ago")


def test_the_language_model_in_use_is_shown(tmp_path: Path) -> None:
    shown = call("doctor", "--data-dir", str(tmp_path)).out
    assert re.search(r"^ok    language: en_demarche-\S+\+[0-9a-f]{12}, the one that", shown, re.M)
    config = tmp_path / "x.toml"
    config.write_text('[nlp]\nmodel = "en_core_nowhere"')
    outcome = call("doctor", "--config", str(config), "--data-dir", str(tmp_path))
    assert outcome.status == 1
    assert "FAIL  language: the language model 'en_core_nowhere' cannot be used" in outcome.out


def test_wrong_settings_fail_without_a_look_at_data(tmp_path: Path) -> None:
    config = tmp_path / "x.toml"
    config.write_text("colour = 1")
    outcome = call("doctor", "--config", str(config))
    assert outcome.status == 1
    assert "FAIL  settings: unknown setting 'colour'" in outcome.out
    assert "lake:" not in outcome.out


def test_a_file_in_place_of_the_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = data.check_folder(Settings(data_dir=tmp_path / "file"))
    assert found.status == "FAIL"


def test_packages_are_compared_with_their_pins() -> None:
    good = installation.check_packages(["duckdb==1.5.5", "typer", 'x==1; extra == "test"'])
    assert (good.status, good.detail) == ("ok", "1 pinned packages are installed as pinned")
    bad = installation.check_packages(["duckdb==9.0", "no-such-package==1.0"])
    assert bad.status == "FAIL"
    assert bad.detail == "duckdb 1.5.5 instead of 9.0, no-such-package missing instead of 1.0"


def test_python_is_compared_with_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = {"Requires-Python": "<3.14,>=3.11"}
    monkeypatch.setattr(installation, "metadata", lambda _: bounds)
    assert [installation.check_python(v).status for v in [(3, 10), (3, 11), (3, 13), (3, 14)]] == [
        "FAIL",
        "ok",
        "ok",
        "FAIL",
    ]


def test_a_prefect_server_that_does_not_answer_fails() -> None:
    assert installation.check_prefect({}).status == "ok"
    silent = installation.check_prefect({"PREFECT_API_URL": "http://127.0.0.1:9/api"})
    assert silent.status == "FAIL"
    assert installation.check_prefect({"PREFECT_API_URL": "file:///etc"}).status == "FAIL"


def test_nothing_is_changed(own: Settings) -> None:
    before = files(own.data_dir)
    assert call("doctor", "--data-dir", str(own.data_dir)).status == 0
    assert files(own.data_dir) == before


def files(folder: Path) -> list[tuple[Path, int]]:
    """Return the files under `folder` with their sizes, less what SQLite keeps while open."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(p, p.stat().st_size) for p in found if not p.name.startswith("catalog.sqlite-")]
