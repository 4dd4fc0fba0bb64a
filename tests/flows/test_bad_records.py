"""Records that cannot be used, one by one, and odd ones that can."""

import json
from pathlib import Path

from flows.settings import Settings
from tests.flows.given import BODY, ask, command, json_lines, record, refused, take_in

LINES: list[tuple[bytes, str]] = [
    (json.dumps(record(1)).encode(), "processed"),
    (json.dumps(record(2)).encode()[:60], "malformed"),
    (b"[1, 2]", "malformed"),
    (b"42", "malformed"),
    (b'{"text": "a\x00b"}', "malformed"),
    (b'{"text": "\xff"}', "encoding"),
    (b'{"text": "first", "text": "' + BODY.encode() + b' The last of two."}', "processed"),
    (b"[" * 100_000, "malformed"),
    (b'{"text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "malformed"),
    (json.dumps(record(3, title="lone \ud800 mark")).encode(), "processed"),
    (b'{"text": NaN}', "wrong_type"),
    (json.dumps(record(4, views=10**400)).encode(), "processed"),
    (json.dumps(record(5)).encode()[:-1] + b', "views": ' + b"9" * 5000 + b"}", "processed"),
    (json.dumps(record(6, text={"a": 1})).encode(), "wrong_type"),
    (json.dumps(record(7, text=None)).encode(), "empty"),
    (json.dumps(record(8, title=["x"])).encode(), "processed"),
    (b"{}", "empty"),
    (json.dumps(record(9)).encode() * 2, "malformed"),
]


def test_each_bad_line_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(line for line, _ in LINES))
    summary = take_in(tmp_path / "data", tmp_path / "in.jsonl", flow="ingest")
    states = [state for _, state in LINES]
    assert summary["counts"]["processed"] == states.count("processed")
    found = refused(tmp_path / "data")
    reasons = {f"in.jsonl#{n}": s for n, s in enumerate(states, 1) if s != "processed"}
    assert {name: reason for name, (reason, _) in found.items()} == reasons
    assert all(detail.startswith(f"{name}: ") for name, (_, detail) in found.items())
    (title,) = ask(
        Settings(data_dir=tmp_path / "data"), "SELECT title FROM articles WHERE title LIKE 'lone%'"
    )
    assert title == ("lone \ufffd mark",)


def test_each_bad_row_of_csv_is_refused_alone(tmp_path: Path) -> None:
    rows = (
        'u1,two fields\nu2,t,"x",extra\n'
        f'u3,fine,"{BODY}"\nu4,a\0b,"{BODY.replace("Doha", "Oslo")}"\n'
        f'u5,"never closed,{BODY}\nu6,swallowed,{BODY}\n'
    )
    (tmp_path / "in.csv").write_bytes(b"url,title,text\n" + rows.encode())
    summary = take_in(tmp_path / "data", tmp_path / "in.csv", flow="ingest")
    assert summary["counts"]["processed"] == 2
    found = refused(tmp_path / "data")
    assert {name: reason for name, (reason, _) in found.items()} == {
        "in.csv#1": "empty",
        "in.csv#2": "malformed",
        "in.csv#5": "malformed",
    }
    assert "never closes" in found["in.csv#5"][1]


def test_odd_titles_and_addresses_harm_nobody(tmp_path: Path) -> None:
    titles = ["'); DROP TABLE articles;--", "a\nb\x00c", "\u202eright to left", "red \x1b[31m 😀"]
    json_lines(
        tmp_path / "in.jsonl",
        *(
            record(n, title=title, url=f"https://news.example/{title}", byline=title)
            for n, title in enumerate(titles)
        ),
    )
    take_in(tmp_path / "data", tmp_path / "in.jsonl")
    kept = ask(Settings(data_dir=tmp_path / "data"), "SELECT title FROM articles ORDER BY 1")
    clean = ["'); DROP TABLE articles;--", "a bc", "red [31m 😀", "right to left"]
    assert [title for (title,) in kept] == clean
    shown = command("sql", "FROM articles", "--data-dir", tmp_path / "data")
    assert shown.status == 0
    assert not set(shown.out) & set("\x00\x1b\u202e")


def test_a_mapping_to_a_missing_column_is_told_and_mended(tmp_path: Path) -> None:
    file = json_lines(tmp_path / "in.jsonl", record(1))
    data = tmp_path / "data"
    take_in(data, file, "--map", "title=headline", flow="ingest")
    reason, detail = refused(data)["in.jsonl"]
    assert reason == "missing_column"
    assert "'headline'" in detail
    assert take_in(data, file, "--map", "title=title", flow="ingest")["counts"]["processed"] == 1
    assert refused(data) == {}
    take_in(data, file, "--map", "title=headline", flow="ingest")
    assert list(refused(data)) == ["in.jsonl"]
