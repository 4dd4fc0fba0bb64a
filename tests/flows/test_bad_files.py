"""Files that cannot be used: named with their remedy, counted, and no loss to the others."""

import gzip
import json
import os
import struct
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows import batches
from flows.settings import Settings
from tasks.ingest.read import source as reading
from tests.flows.given import BODY, ask, json_lines, record, refused, take_in, text_file

NOISE = Random(7).randbytes(4000)
CSV_HEAD = b"url,title,text\n"


def parquet(path: Path, **columns: Any) -> bytes:
    pq.write_table(pa.table(columns), path)
    return path.read_bytes()


def bad_files(folder: Path) -> dict[str, tuple[str, str]]:
    """Write files that cannot be used; return, by item, the reason and a word of the detail."""
    folder.mkdir()
    whole = parquet(folder / "x.parquet", text=[f"{BODY} Number {n}." for n in range(50)])
    contents: dict[str, tuple[bytes, str, str]] = {
        "png.txt": (b"\x89PNG\r\n\x1a\n" + NOISE, "binary", "extract"),
        "elf.txt": (b"\x7fELF\x02\x01\x01" + bytes(9) + NOISE, "binary", "deliver"),
        "noise.md": (NOISE, "binary", "deliver"),
        "noise.html": (NOISE, "binary", "deliver"),
        "noise.jsonl": (NOISE, "encoding", "UTF-8"),
        "noise.csv": (NOISE, "malformed", "header"),
        "noise.parquet": (NOISE, "malformed", "Parquet"),
        "utf16.jsonl": (json.dumps(record(1)).encode("utf-16"), "encoding", "save it as UTF-8"),
        "zero.csv": (b"", "empty", "0 bytes"),
        "head.csv": (CSV_HEAD, "empty", "without items"),
        "blank.jsonl": (b"\n \n", "empty", "without items"),
        "other.csv": (b"id,words\n1,hello\n", "missing_column", "columns there: id, words"),
        "odd.csv": (b'id,"a\x00\x1bb"\n1,hello\n', "missing_column", "a\ufffd\ufffdb"),
        "cut.parquet": (whole[:-100], "malformed", "Parquet"),
        "hole.parquet": (whole[:20] + bytes(200) + whole[220:], "malformed", "Parquet"),
        "foot.parquet": (
            b"PAR1" + NOISE[:500] + struct.pack("<I", 500) + b"PAR1",
            "malformed",
            "Parquet",
        ),
        "cut.txt.gz": (gzip.compress(NOISE)[:-9], "unreadable", "whole"),
    }
    for name, (content, _, _) in contents.items():
        (folder / name).write_bytes(content)
    parquet(folder / "number.parquet", text=[1])
    parquet(folder / "nested.parquet", text=[{"body": "x"}])
    parquet(folder / "none.parquet", text=pa.array([], pa.string()))
    (folder / "x.parquet").unlink()
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    (folder / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(folder / "pipe.txt")
    return {name: (reason, word) for name, (_, reason, word) in contents.items()} | {
        "number.parquet": ("wrong_type", "int64"),
        "nested.parquet": ("wrong_type", "struct"),
        "none.parquet": ("empty", "without items"),
        "dangling.txt": ("unreadable", "rights"),
        "loop.txt": ("unreadable", "rights"),
        "pipe.txt": ("unreadable", "not a regular file"),
    }


def good_files(folder: Path) -> list[str]:
    """Write articles as UTF-8 and as UTF-16 with and without its mark; return their titles."""
    text_file(folder, "good.txt", "Talks go on")
    for place, encoding in {"Rome": "utf-16", "Oslo": "utf-16-le", "Kiel": "utf-16-be"}.items():
        text = f"News from {place}\n\n{BODY.replace('Doha', place)} It is “quoted”.\n"
        (folder / f"{place}.txt").write_bytes(text.encode(encoding))
    return ["News from Kiel", "News from Oslo", "News from Rome", "Talks go on"]


def test_each_bad_file_is_refused_by_name_and_the_good_ones_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = bad_files(tmp_path / "in") | {"lost.txt": ("unreadable", "No such file")}
    titles = good_files(tmp_path / "in")
    lost, discover = text_file(tmp_path / "in", "lost.txt", "Lost"), reading.discover

    def discover_and_lose(*given: Any, **options: Any) -> Any:
        found = discover(*given, **options)
        lost.unlink()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(reading, "discover", discover_and_lose)
        take_in(tmp_path / "data", tmp_path / "in", flow="ingest")
    settings, found = Settings(data_dir=tmp_path / "data"), refused(tmp_path / "data")
    assert {name: reason for name, (reason, _) in found.items()} == {
        name: reason for name, (reason, _) in expected.items()
    }
    for name, (_, detail) in found.items():
        assert detail.startswith(f"{name}: ")
        assert expected[name][1] in detail
        assert detail.isprintable(), detail
        assert len(detail) < 300
    assert [t for (t,) in ask(settings, "SELECT title FROM articles ORDER BY 1")] == titles
    counted = "SELECT state, count(*), count(reason) FROM ledger GROUP BY 1 ORDER BY 1"
    assert ask(settings, counted) == [
        ("processed", len(titles), 0),
        ("rejected", len(expected), len(expected)),
    ]
    again = take_in(tmp_path / "data", tmp_path / "in", flow="ingest")["counts"]
    assert again["unchanged"] == again["items"] == len(titles) + len(expected) - 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_right_to_read_is_refused(tmp_path: Path) -> None:
    text_file(tmp_path / "in", "good.txt", "Talks go on")
    text_file(tmp_path / "in", "shut.txt", "Other matters").chmod(0)
    assert take_in(tmp_path / "data", tmp_path / "in", flow="ingest")["counts"]["processed"] == 1
    assert refused(tmp_path / "data")["shut.txt"][0] == "unreadable"


def test_a_file_of_200_mb_is_refused_and_a_text_of_5_mb_taken_in(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    starts = {"a.txt": b"", "b.html": b"", "c.jsonl": b"", "d.parquet": b"", "e.csv": CSV_HEAD}
    for name, start in starts.items():
        with (tmp_path / "in" / name).open("wb") as handle:
            handle.write(start)
            handle.truncate(200_000_000)
    body = "\n\n".join(f"{BODY} This is item {n}." for n in range(5_000_000 // len(BODY)))
    text_file(tmp_path / "in", "long.txt", "A long day", body)
    take_in(tmp_path / "data", tmp_path / "in", flow="ingest")
    found = refused(tmp_path / "data")
    assert {name: reason for name, (reason, _) in found.items()} == {
        "a.txt": "too_large",
        "b.html": "too_large",
        "c.jsonl": "too_large",
        "d.parquet": "malformed",
        "e.csv#1": "too_large",
    }
    assert "max_item_bytes" in found["a.txt"][1]
    taken = ask(Settings(data_dir=tmp_path / "data"), "SELECT title, word_count FROM articles")
    assert [(title, words > 700_000) for title, words in taken] == [("A long day", True)]


def test_a_file_cut_while_the_run_reads_is_whole_after_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [record(n, text=f"{BODY} Report {n}. " + "More of it. " * 2000) for n in range(6)]
    file = json_lines(tmp_path / "in.jsonl", *rows)
    whole, data = file.read_bytes(), tmp_path / "data"
    put = batches.RawStore.put

    def put_and_cut(store: Any, content: bytes) -> str:
        os.truncate(file, len(whole) // 2)
        return put(store, content)

    with monkeypatch.context() as patched:
        patched.setattr(batches, "LOOKUP_ITEMS", 1)
        patched.setattr(batches.RawStore, "put", put_and_cut)
        counts = take_in(data, file, flow="ingest")["counts"]
        assert counts["processed"] == 3 - counts["rejected"]
    file.write_bytes(whole)
    take_in(data, file, flow="ingest")
    assert ask(Settings(data_dir=data), "SELECT count(*) FROM articles") == [(6,)]
    assert refused(data) == {}
