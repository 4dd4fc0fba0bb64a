"""The lake with a PostgreSQL catalogue and with data in an S3-compatible store."""

from pathlib import Path

import pytest

from tests.rows import NOW, article, mention, sentence
from tests.services import free_port, new_bucket, new_database, store_at
from warehouse.commit import replace_articles
from warehouse.errors import LakeError, OutageError
from warehouse.lake import open_lake
from warehouse.location import LakeLocation, ObjectStore
from warehouse.locks import writer_lock
from warehouse.maintenance import compact
from warehouse.publication import publish
from warehouse.raw import RawBytesError, RawStore


def fill_and_check(location: LakeLocation, tmp_path: Path) -> None:
    for name in "abc":
        with open_lake(location, lock_timeout=30) as lake, lake.write() as con:
            rows = {"sentences": [sentence(name)], "mentions": [mention(name)]}
            replace_articles(con, [article(name)], [], rows, run_id=name, now=NOW)
    with open_lake(location, lock_timeout=30) as lake:
        compact(lake, expire_before=NOW, remove_before=NOW)
        assert lake.rows("SELECT article_id FROM articles ORDER BY 1") == [("a",), ("b",), ("c",)]
        manifest = publish(lake, tmp_path / "publish", keep=2, code_version="1")
        assert manifest.rows["mentions"] == 3


def test_data_in_an_object_store(tmp_path: Path, object_store: ObjectStore) -> None:
    bucket = new_bucket(object_store)
    location = LakeLocation.in_folder(
        tmp_path / "lake", data_path=f"s3://{bucket}/one", object_store=object_store
    )
    fill_and_check(location, tmp_path)
    assert not (tmp_path / "lake" / "data").exists()


def test_a_store_that_cannot_be_reached_is_an_outage(tmp_path: Path) -> None:
    gone = store_at(f"127.0.0.1:{free_port()}")
    location = LakeLocation.in_folder(
        tmp_path / "lake", data_path="s3://bucket/two", object_store=gone
    )
    with pytest.raises(OutageError, match=r"Could not connect.*see that the object store is"):
        open_lake(location)


def test_a_catalogue_in_postgres(tmp_path: Path, postgres_server: str) -> None:
    catalog = f"postgres:{new_database(postgres_server)}"
    location = LakeLocation.in_folder(tmp_path / "lake", catalog=catalog)
    fill_and_check(location, tmp_path)
    with writer_lock(location, timeout=1):
        other = open_lake(location, read_only=True)
        assert other.rows("SELECT count(*) FROM articles") == [(3,)]
        with pytest.raises(OutageError, match="has been writing"), writer_lock(location, timeout=0):
            pass
        other.con.close()


def test_a_server_that_is_away_is_named_without_its_password(tmp_path: Path) -> None:
    catalog = f"postgres:host=127.0.0.1 port={free_port()} user=u password=secret dbname=d"
    location = LakeLocation.in_folder(tmp_path / "lake", catalog=catalog)
    with pytest.raises(OutageError) as caught:
        open_lake(location)
    assert "secret" not in str(caught.value)
    assert "postgres" in str(caught.value).lower()


def test_raw_bytes_in_an_object_store_are_kept_once_and_read_back(
    object_store: ObjectStore,
) -> None:
    store = RawStore(f"s3://{new_bucket(object_store)}/raw/", object_store)
    content = b"<html>Moscow</html>" * 1000
    raw_ref = store.put(content)
    assert store.put(content) == raw_ref
    assert store.has(raw_ref)
    assert store.get(raw_ref) == content
    with pytest.raises(RawBytesError, match="there is nothing; restore them, or set raw_path"):
        store.get("0" * 64)
    with pytest.raises(LakeError, match="make the bucket, or name another"):
        RawStore("s3://no-such-bucket/raw", object_store).put(content)
