"""Several machines that commit into one lake at once, one of which is killed in a commit."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pyarrow import fs

from flows.settings import load_settings
from tests.flows.given import json_lines, record
from tests.rows import NOW
from tests.services import KEY, SECRET, new_bucket, new_database
from tests.unwell import unwell
from warehouse.checks import run_checks
from warehouse.lake import open_lake
from warehouse.location import ObjectStore
from warehouse.maintenance import compact, data_files

MACHINES = "abc"
ITEMS = 8
FAR = NOW + timedelta(days=40_000)


def settings_file(folder: Path, store: ObjectStore, catalog: str, bucket: str) -> Path:
    path = folder / f"{store.endpoint}.toml".replace(":", "-")
    path.write_text(
        f'catalog = "postgres:{catalog}"\ndata_path = "s3://{bucket}/lake"\n'
        f'raw_path = "s3://{bucket}/raw"\n[object_store]\nendpoint = "{store.endpoint}"\n'
        'url_style = "path"\nuse_ssl = false\n'
    )
    return path


RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace

from flows import pipeline, recording
from flows.settings import load_settings
from warehouse import extensions, lake

recording.annotator = lambda *_: SimpleNamespace(model_version="none")  # takes seconds to load
lake.CONFIG = extensions.CONFIG | {"allow_unsigned_extensions": True, "threads": 1}
config, data_dir, source = map(Path, sys.argv[1:])
settings = load_settings(config=config, data_dir=data_dir, batch_size=3)
pipeline.ingest(settings, [pipeline.source_at(str(source))], flow="ingest")
"""


def start(config: Path, name: str, source: Path) -> subprocess.Popen[str]:
    """Start a machine's run over `source`, with a data folder of its own."""
    keys = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(config), str(config.parent / name), str(source)],
        env=os.environ | keys,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def objects(store: ObjectStore, prefix: str) -> int:
    system = fs.S3FileSystem(
        access_key=KEY, secret_key=SECRET, endpoint_override=store.endpoint, scheme="http"
    )
    return sum(one.is_file for one in system.get_file_info(fs.FileSelector(prefix, recursive=True)))


def test_machines_take_turns_and_one_killed_in_a_commit_leaves_no_trace(
    postgres_server: str,
    object_store: ObjectStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    source = json_lines(tmp_path / "in.jsonl", *(record(number) for number in range(ITEMS)))
    catalog, bucket = new_database(postgres_server), new_bucket(object_store)
    config = settings_file(tmp_path, object_store, catalog, bucket)
    settings = load_settings(config=config, data_dir=tmp_path / "a")
    open_lake(settings.location).con.close()  # made: what is written from now on is rows
    with unwell(object_store) as store:
        through = settings_file(tmp_path, store.access, catalog, bucket)
        killed = start(through, "killed", source)
        written: list[str] = []

        def look(path: str) -> None:
            if "/lake/" in path and "/runs/" not in path:
                written.append(path)
                if len(written) == 2:  # of many: in the middle of a commit
                    killed.kill()

        store.at_write = look
        killed.communicate(timeout=300)
        assert killed.returncode == -signal.SIGKILL
    machines = [start(config, name, source) for name in MACHINES]
    for machine in machines:
        out, err = machine.communicate(timeout=300)
        assert machine.returncode == 0, out + err
        assert all("was interrupted" in line for line in err.splitlines()), err
    with open_lake(settings.location) as lake:
        assert lake.rows("SELECT title FROM articles ORDER BY 1") == [
            (f"Report {number}",) for number in range(ITEMS)
        ]
        states = "SELECT state, count(*) FROM ledger GROUP BY 1 ORDER BY 1"
        taken = ITEMS * len(MACHINES)
        assert lake.rows(states) == [("processed", ITEMS), ("unchanged", taken - ITEMS)]
        ends = "SELECT status, items, count(*) FROM runs GROUP BY ALL ORDER BY 1"
        assert lake.rows(ends) == [("interrupted", 0, 1), ("succeeded", ITEMS, len(MACHINES))]
        assert [found for found in run_checks(lake) if found.severity == "fail"] == []
        lost = objects(object_store, f"{bucket}/lake") - data_files(lake)
        assert lost > 0
        compact(lake, expire_before=FAR, remove_before=FAR)
        assert objects(object_store, f"{bucket}/lake") == data_files(lake)
        assert lake.rows("SELECT count(*) FROM articles") == [(ITEMS,)]
    assert objects(object_store, f"{bucket}/raw") == ITEMS
