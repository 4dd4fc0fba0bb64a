import errno
import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.rows import NOW, article, mention, run, sentence
from warehouse import publication
from warehouse.arrow import arrow_schema
from warehouse.commit import replace_articles
from warehouse.errors import OutageError
from warehouse.lake import Lake, open_lake
from warehouse.maintenance import compact
from warehouse.mart_columns import DICTIONARY
from warehouse.publication import current, is_current, publish
from warehouse.runs import put_run
from warehouse.settle import settle
from warehouse.sqlfiles import marts
from warehouse.tables import PUBLISHED, Entity


def put(lake: Lake, *names: str) -> None:
    rows = {
        "sentences": [sentence(name) for name in names],
        "mentions": [mention(name) for name in names],
    }
    with lake.write() as con:
        replace_articles(con, [article(n) for n in names], [], rows, run_id="r1", now=NOW)
    entities = [Entity(entity_id="state:rus", name="Russia", type="state", origin="registry")]
    settle(lake, entities=entities, aliases=[], roles=[])


def publish_now(lake: Lake, folder: Path, keep: int = 3) -> publication.Manifest:
    with open_lake(lake.location, as_of=lake.snapshot_id()) as frozen:
        return publish(frozen, folder, keep=keep, code_version="1")


def test_the_published_file_opens_in_plain_duckdb_with_all_that_it_should_hold(
    lake: Lake, tmp_path: Path
) -> None:
    put(lake, "a", "b")
    manifest = publish_now(lake, tmp_path / "publish")
    assert manifest.rows["articles"] == 2
    file = tmp_path / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        names = {
            name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
        assert names == {*PUBLISHED, *(mart.name for mart in marts()), *DICTIONARY}
        assert con.execute("SELECT count(*) FROM who_is('Russia')").fetchone() != (0,)
        assert con.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'stances' "
            "AND column_name = 'score'"
        ).fetchone() == ("-1 (opposes) to 1 (supports)",)


def test_the_published_parquet_has_the_types_of_the_contract(lake: Lake, tmp_path: Path) -> None:
    put(lake, "a")
    publish_now(lake, tmp_path / "publish")
    folder = tmp_path / "publish" / "current" / "parquet"
    for table in PUBLISHED:
        published = pq.read_schema(folder / f"{table}.parquet")
        assert {f.name: f.type for f in published} == {f.name: f.type for f in arrow_schema(table)}
    assert pq.read_table(folder / "articles.parquet").num_rows == 1


def test_a_reader_of_the_old_file_keeps_it_and_old_ones_are_removed(
    lake: Lake, tmp_path: Path
) -> None:
    folder = tmp_path / "publish"
    put(lake, "a")
    publish_now(lake, folder)
    reader = duckdb.connect(str(folder / "current" / "demarche.duckdb"), read_only=True)
    for name in "bcd":
        put(lake, name)
        publish_now(lake, folder, keep=2)
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    reader.close()
    assert len([path for path in folder.iterdir() if path.name[0].isdigit()]) == 2
    manifest = json.loads((folder / "current" / "manifest.json").read_text())
    assert manifest["rows"]["articles"] == 4


def test_one_snapshot_may_be_published_many_times(lake: Lake, tmp_path: Path) -> None:
    put(lake, "a")
    for _ in range(4):
        publish_now(lake, tmp_path / "publish", keep=1)
    assert len([p for p in (tmp_path / "publish").iterdir() if p.name[0].isdigit()]) == 1


def test_a_full_disk_leaves_the_publication_as_it_was(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "publish"
    put(lake, "a")
    before = publish_now(lake, folder)
    put(lake, "b")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(publication, "_sync", full)
    with pytest.raises(OutageError, match="No space left"):
        publish_now(lake, folder)
    assert current(folder) == before
    assert [path.name for path in folder.iterdir() if path.name == ".building"] == []


def test_a_run_that_changed_no_article_needs_no_publication(lake: Lake, tmp_path: Path) -> None:
    folder = tmp_path / "publish"
    for name in "axyz":
        put(lake, name)
    assert not is_current(lake, folder, code_version="1")
    publish_now(lake, folder)
    put_run(lake, "r9", run())
    compact(
        lake, expire_before=NOW - timedelta(days=9999), remove_before=NOW - timedelta(days=9999)
    )
    assert is_current(lake, folder, code_version="1")
    assert not is_current(lake, folder, code_version="2")
    put(lake, "b")
    assert not is_current(lake, folder, code_version="1")


def test_what_expired_since_the_publication_may_have_been_a_change(
    lake: Lake, tmp_path: Path
) -> None:
    folder = tmp_path / "publish"
    put(lake, "a")
    publish_now(lake, folder)
    put(lake, "b")
    put_run(lake, "r9", run())
    compact(lake, expire_before=NOW, remove_before=NOW)
    assert not is_current(lake, folder, code_version="1")


def test_a_publication_newer_than_the_lake_is_not_of_it(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "publish"
    put(lake, "a")
    publish_now(lake, folder)
    monkeypatch.setattr(Lake, "snapshot_id", lambda _: 1)  # as in a copy from before
    assert not is_current(lake, folder, code_version="1")
