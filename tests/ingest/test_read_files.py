import csv
import gzip
import json
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.errors import SourceError
from tasks.records import Item
from tests.ingest.given import read
from warehouse.tables import Rejection


def outcome(results: list[Item | Rejection]) -> list[tuple[str, object]]:
    return [
        (r.item_ref, json.loads(r.content) if isinstance(r, Item) else r.reason) for r in results
    ]


def detail(results: list[Item | Rejection]) -> str:
    (only,) = results
    assert isinstance(only, Rejection)
    return only.detail


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text + "\n")
    return path


def test_a_document_keeps_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa\r\nb\xff")
    (item,) = read(tmp_path)
    assert isinstance(item, Item)
    assert item.content == b"\xef\xbb\xbfa\r\nb\xff"


def test_a_packed_document_is_unpacked_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"word " * 20))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(bytes(5_000_000)))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"word " * 20)[:-9])
    first, second, third = read(tmp_path, limit=1000)
    assert isinstance(first, Item)
    assert first.content == b"word " * 20
    assert isinstance(second, Rejection)
    assert second.reason == "too_large"
    assert isinstance(third, Rejection)
    assert third.reason == "unreadable"


def test_a_record_is_its_mapped_fields_in_canonical_json(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"headline": "É", "body": "x", "views": 3, "author": None})
    (item,) = read(path)
    assert isinstance(item, Item)
    assert item.content == '{"text":"x","title":"É"}'.encode()
    assert item.media_type == "application/json"


def test_synonyms_and_a_mapping_name_the_columns(tmp_path: Path) -> None:
    record = {
        "link": "https://a.example/1",
        "publishedAt": "2021-06-03",
        "Source": "Daily",
        "authors": ["A B", "C D"],
        "content": "teaser",
        "full": "whole",
    }
    path = write(tmp_path / "a.jsonl", record)
    assert outcome(read(path, mapping={"text": "full"})) == [
        (
            "a.jsonl#1",
            {
                "byline": "A B, C D",
                "published_at": "2021-06-03",
                "publisher": "Daily",
                "text": "whole",
                "url": "https://a.example/1",
            },
        )
    ]


def test_an_unknown_field_in_a_mapping_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "x"})
    with pytest.raises(SourceError, match="txet"):
        read(path, mapping={"txet": "text"})


def test_one_bad_line_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"text": "1"}\n\n{"text": \n[1]\n{"text": "\xff"}\n{"text": 7}\n'
        + b"[" * 100_000
        + b'\n{"text": "\\ud800"}'
    )
    assert outcome(read(path)) == [
        ("a.jsonl#1", {"text": "1"}),
        ("a.jsonl#3", "malformed"),
        ("a.jsonl#4", "malformed"),
        ("a.jsonl#5", "encoding"),
        ("a.jsonl#6", "wrong_type"),
        ("a.jsonl#7", "malformed"),
        ("a.jsonl#8", {"text": "\ufffd"}),
    ]


def test_a_line_at_the_limit_is_read_and_one_above_it_is_not(tmp_path: Path) -> None:
    fits, too_long = '{"text":"' + "x" * 89 + '"}', '{"text":"' + "x" * 90 + '"}'
    path = tmp_path / "a.jsonl"
    path.write_bytes(f"{fits}\r\n{too_long}\r\n{fits}".encode())
    assert [type(r).__name__ for r in read(path, limit=100)] == ["Item", "Rejection", "Item"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_overlong_line_is_never_in_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as handle:
        handle.write(b'{"text":"1"}\n{"text":"' if name == "a.jsonl" else b'text\n1\n"')
        for _ in range(40):
            handle.write(b"x" * 1_000_000)
        handle.write(b'"}\n{"text":"2"}\n' if name == "a.jsonl" else b'"\n2\n')
    tracemalloc.start()
    results = read(path, limit=10_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcome(results) == [
        (f"{name}#1", {"text": "1"}),
        (f"{name}#2", "too_large"),
        (f"{name}#3", {"text": "2"}),
    ]
    assert peak < 2_000_000


def test_a_missing_column_is_said_once_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"headline": "x"}, {"headline": "y"})
    assert outcome(read(path)) == [("a.jsonl", "missing_column")]
    message = detail(read(path, mapping={"text": "artikel"}))
    assert "'artikel'" in message
    assert "headline" in message


def test_a_column_that_only_a_later_line_has_is_not_missing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "x"}, {"text": "y", "wire": "AP"})
    assert outcome(read(path, mapping={"original_source": "wire"})) == [
        ("a.jsonl#1", {"text": "x"}),
        ("a.jsonl#2", {"original_source": "AP", "text": "y"}),
    ]


def test_csv_with_quotes_line_breaks_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        '\ufefftitle,text\n"A, ""b""","one\ntwo"\n\nshort\nx,y,z\n5" disc,é\n'.encode()
        + b"\xe9,x\n"
    )
    assert outcome(read(path)) == [
        ("a.csv#1", {"text": "one\ntwo", "title": 'A, "b"'}),
        ("a.csv#2", {"title": "short"}),
        ("a.csv#3", "malformed"),
        ("a.csv#4", {"text": "é", "title": '5" disc'}),
        ("a.csv#5", "encoding"),
    ]


def test_csv_with_semicolons_and_a_long_field(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as handle:
        csv.writer(handle, delimiter=";").writerows([["url", "text"], ["u", "x" * 200_000]])
    ((_, record),) = outcome(read(path))
    assert record == {"text": "x" * 200_000, "url": "u"}


def test_csv_without_a_text_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,summary", "1,x")
    assert outcome(read(path)) == [("a.csv", "missing_column")]


def test_parquet_with_typed_dates(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(["x", None, "y"]).dictionary_encode(),
            "date": pa.array(
                [datetime(2021, 6, 3, 14, 5, tzinfo=UTC)] * 3, pa.timestamp("ns", "UTC")
            ),
            "source": pa.array([{"name": "a"}] * 3),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert outcome(read(tmp_path)) == [
        ("a.parquet#1", {"published_at": "2021-06-03T14:05:00+00:00", "text": "x"}),
        ("a.parquet#2", {"published_at": "2021-06-03T14:05:00+00:00"}),
        ("a.parquet#3", {"published_at": "2021-06-03T14:05:00+00:00", "text": "y"}),
    ]


def test_parquet_days_stay_days(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["x"], "date": [date(2021, 6, 3)]}), tmp_path / "a.parquet")
    assert outcome(read(tmp_path)) == [("a.parquet#1", {"published_at": "2021-06-03", "text": "x"})]


@pytest.mark.parametrize(
    ("columns", "mapping", "reason", "named"),
    [
        ({"text": [1]}, {}, "wrong_type", "int64"),
        ({"text": [{"a": 1}]}, {}, "wrong_type", "struct"),
        ({"text": ["x"], "n": [1]}, {"title": "n"}, "wrong_type", "title"),
        ({"text": ["x"]}, {"title": "head"}, "missing_column", "'head'"),
        ({"summary": ["x"]}, {}, "missing_column", "summary"),
    ],
)
def test_parquet_of_the_wrong_shape_is_said_once(
    tmp_path: Path,
    columns: dict[str, list[object]],
    mapping: dict[str, str],
    reason: str,
    named: str,
) -> None:
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    results = read(tmp_path, mapping=mapping)
    assert outcome(results) == [("a.parquet", reason)]
    assert named in detail(results)


def test_parquet_rows_that_fail_alone(tmp_path: Path) -> None:
    broken = pa.array([b"ok", b"\xff", b"x" * 500], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    assert outcome(read(tmp_path, limit=100)) == [
        ("a.parquet#1", {"text": "ok"}),
        ("a.parquet#2", "encoding"),
        ("a.parquet#3", "too_large"),
    ]


def test_a_damaged_parquet_file_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and then nothing of use PAR1")
    assert outcome(read(tmp_path)) == [("a.parquet", "malformed")]


def test_a_mapping_reads_all_kinds_of_record_files_alike(tmp_path: Path) -> None:
    row = {"Kopf": "T", "Rumpf": "x y", "Tag": "2021-06-03", "Blatt": "P"}
    write(tmp_path / "a.jsonl", row)
    write(tmp_path / "b.csv", ";".join(row), ";".join(row.values()))
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), tmp_path / "c.parquet")
    mapping = {"title": "Kopf", "text": "Rumpf", "published_at": "Tag", "publisher": "Blatt"}
    record = {"published_at": "2021-06-03", "publisher": "P", "text": "x y", "title": "T"}
    assert outcome(read(tmp_path, mapping=mapping)) == [
        ("a.jsonl#1", record),
        ("b.csv#1", record),
        ("c.parquet#1", record),
    ]
