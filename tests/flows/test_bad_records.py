"""Records that cannot be used, one by one, and odd ones that can."""

import json
from pathlib import Path

import pytest

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


ROWS = (
    'url,title,text\nu1,two fields\nu2,t,"x",extra\n'
    f'u3,fine,"{BODY}"\nu4,a\0b,"{BODY.replace("Doha", "Oslo")}"\n'
    f'u5,"never closed,{BODY}\nu6,swallowed,{BODY}\n'
)

TITLES = {
    "'); DROP TABLE articles;--": "'); DROP TABLE articles;--",
    "a\nb\x00c": "a bc",
    "\u202eright to left": "right to left",
    "red \x1b[31m 😀": "red [31m 😀",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that has taken in LINES, ROWS and TITLES."""
    folder = tmp_path_factory.mktemp("records")
    (folder / "in").mkdir()
    (folder / "in" / "lines.jsonl").write_bytes(b"\n".join(line for line, _ in LINES))
    (folder / "in" / "rows.csv").write_text(ROWS, encoding="utf-8")
    odd = [
        record(n, title=title, url=f"https://odd.example/{title}", byline=title)
        for n, title in enumerate(TITLES)
    ]
    json_lines(folder / "in" / "titles.jsonl", *odd)
    take_in(folder / "data", folder / "in", flow="ingest")
    return folder / "data"


def states(data: Path, file: str) -> list[str]:
    """Return what became of the records of `file`, in their order: the reason, or the state."""
    return [
        state
        for (state,) in ask(
            Settings(data_dir=data),
            f"""SELECT coalesce(reason, state) FROM ledger WHERE item_ref LIKE '{file}#%'
            ORDER BY split_part(item_ref, '#', 2)::INT""",
        )
    ]


def test_each_bad_line_is_refused_alone(data: Path) -> None:
    assert states(data, "lines.jsonl") == [state for _, state in LINES]
    for name, (_, detail) in refused(data).items():
        assert detail.startswith(f"{name}: ")
        assert detail.isprintable(), detail
    (title,) = ask(Settings(data_dir=data), "SELECT title FROM articles WHERE title LIKE 'lone%'")
    assert title == ("lone \ufffd mark",)


def test_each_bad_row_of_csv_is_refused_alone(data: Path) -> None:
    # The third row has the text of the records beside it, but for their last sentence.
    outcomes = ["empty", "malformed", "duplicate", "processed", "malformed"]
    assert states(data, "rows.csv") == outcomes
    assert "never closes" in refused(data)["rows.csv#5"][1]


def test_odd_titles_and_addresses_harm_nobody(data: Path) -> None:
    sql = "FROM articles WHERE url LIKE 'https://odd.example/%' ORDER BY title"
    kept = ask(Settings(data_dir=data), f"SELECT title {sql}")
    assert [title for (title,) in kept] == sorted(TITLES.values())
    shown = command("sql", sql, "--data-dir", data)
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
