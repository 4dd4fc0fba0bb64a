"""The publication as CSV, Arrow and Parquet files."""

import csv
import errno
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.export.publications import mentions, put_publication, table
from warehouse.errors import LakeError, OutageError
from warehouse.export import files
from warehouse.export.files import export_to_folder, export_to_stream

EVENTS = [
    *table("events", "event_id VARCHAR, evidence VARCHAR, happened_from DATE, is_negated BOOLEAN"),
    """INSERT INTO events VALUES
    ('e1', 'He said "no",' || chr(10) || 'twice; é', DATE '2021-08-15', true),
    ('e2', NULL, NULL, NULL)""",
    "COMMENT ON TABLE events IS 'one row is one thing'",
    "COMMENT ON COLUMN events.evidence IS 'clause, verbatim'",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = put_publication(tmp_path / "publish", 1, [*EVENTS, *mentions({"1": "a"})])
    rows = pa.table({"event_id": ["e1", "e2"]})
    pq.write_table(rows, made / "current" / "parquet" / "events.parquet")
    return made


def test_csv_is_as_rfc_4180_has_it(folder: Path, tmp_path: Path) -> None:
    assert export_to_folder(folder, tmp_path / "out", "csv") == ("events", "mentions")
    assert (tmp_path / "out" / "events.csv").read_bytes() == (
        b"event_id,evidence,happened_from,is_negated\r\n"
        b'e1,"He said ""no"",\ntwice; \xc3\xa9",2021-08-15,true\r\n'
        b"e2,,,\r\n"
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "events.csv",
        "mentions.csv",
    ]


def test_arrow_has_types_and_meanings(folder: Path, tmp_path: Path) -> None:
    export_to_folder(folder, tmp_path / "out", "arrow", tables=["events"])
    read = pa.ipc.open_file(tmp_path / "out" / "events.arrow").read_all()
    assert read.schema.types == [pa.string(), pa.string(), pa.date32(), pa.bool_()]
    assert read.schema.metadata == {b"meaning": b"one row is one thing"}
    assert read.field("evidence").metadata == {b"meaning": b"clause, verbatim"}
    assert read["happened_from"].to_pylist() == [date(2021, 8, 15), None]


def test_parquet_is_the_published_file(folder: Path, tmp_path: Path) -> None:
    export_to_folder(folder, tmp_path / "out", "parquet", tables=["events"])
    published = folder / "current" / "parquet" / "events.parquet"
    assert (tmp_path / "out" / "events.parquet").read_bytes() == published.read_bytes()


def test_streams_are_the_same_rows(folder: Path) -> None:
    text, stream = io.BytesIO(), io.BytesIO()
    export_to_stream(folder, text, "csv", "mentions")
    rows = list(csv.reader(io.StringIO(text.getvalue().decode())))
    assert rows == [["mention_id", "article_id", "surface"], ["1", "a", "a"]]
    export_to_stream(folder, stream, "arrow", "mentions")
    read = pa.ipc.open_stream(stream.getvalue()).read_all()
    assert read.to_pylist() == [{"mention_id": "1", "article_id": "a", "surface": "a"}]


def test_a_full_disk_leaves_the_old_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_to_folder(folder, tmp_path / "out", "csv")
    before = (tmp_path / "out" / "mentions.csv").read_bytes()
    put_publication(folder, 2, mentions({"1": "b"}))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OutageError, match="No space left"):
        export_to_folder(folder, tmp_path / "out", "csv")
    assert (tmp_path / "out" / "mentions.csv").read_bytes() == before
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_file_in_the_way_and_an_unknown_table_are_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LakeError, match="choose another folder"):
        export_to_folder(folder, tmp_path / "file", "csv")
    with pytest.raises(LakeError, match="no table 'mention' is published"):
        export_to_folder(folder, tmp_path / "out", "csv", tables=["mention"])
    assert not (tmp_path / "out").exists()
