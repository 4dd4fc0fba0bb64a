"""The sample articles are well formed, and each shows the case it was written for."""

import calendar
import csv
import json
import re
from datetime import date
from pathlib import Path

import py3langid
import pytest
import trafilatura

FOLDER = Path(__file__).parents[1] / "seeds" / "articles"
BROKEN = {"empty.txt", "garbled.txt"}
GERMAN = "g20-sondergipfel.html"
NAMES = sorted(path.name for path in FOLDER.iterdir())
READABLE = [name for name in NAMES if name not in BROKEN]
RECORD_FILES = {"wire-briefs.csv", "wire-briefs.jsonl"}
COLUMNS = ["url", "title", "text", "published_at", "byline", "publisher"]
MONTHS = list(calendar.month_name)[1:]
WEEKDAYS = list(calendar.day_name)


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def body(name: str) -> str:
    text = read(name)
    if name.endswith(".html"):
        return trafilatura.extract(text, include_comments=False) or ""
    return text


def briefs() -> list[dict[str, str]]:
    lines = read("wire-briefs.jsonl").splitlines()
    records = [json.loads(line) for number, line in enumerate(lines) if number != 2]
    with (FOLDER / "wire-briefs.csv").open(encoding="utf-8", newline="") as file:
        return records + list(csv.DictReader(file))


def test_every_file_is_described() -> None:
    described = (FOLDER.parent / "ARTICLES.md").read_text(encoding="utf-8")
    files = re.findall(r"^\| `([^`]+)` \|", described, flags=re.MULTILINE)
    assert sorted(files) == NAMES


@pytest.mark.parametrize("name", READABLE)
def test_a_sample_is_tidy_utf8(name: str) -> None:
    text = read(name)
    assert "\ufffd" not in text
    assert "\r" not in text
    addresses = re.findall(r"https?://([^/\s\"]+)", text)
    assert all(host.endswith(".example") or host == "schema.org" for host in addresses)
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root)/", text)


@pytest.mark.parametrize("name", [n for n in READABLE if n not in RECORD_FILES])
def test_a_full_article_has_substance_in_its_language(name: str) -> None:
    text = body(name)
    assert 120 <= len(text.split()) <= 800
    assert py3langid.classify(text)[0] == ("de" if name == GERMAN else "en")


def test_briefs_have_the_standard_columns_and_one_line_is_malformed() -> None:
    records = briefs()
    assert len(records) == 5
    for record in records:
        assert list(record) == COLUMNS
        assert all(record.values())
        assert len(record["text"].split()) >= 60
    with pytest.raises(json.JSONDecodeError):
        json.loads(read("wire-briefs.jsonl").splitlines()[2])


def test_broken_files_are_broken() -> None:
    assert (FOLDER / "empty.txt").read_bytes() == b""
    garbled = (FOLDER / "garbled.txt").read_bytes()
    for encoding in ("utf-8", "utf-16", "cp1252", "shift_jis", "gb18030", "big5"):
        with pytest.raises(UnicodeDecodeError):
            garbled.decode(encoding)


def test_the_reprint_differs_in_typography_alone() -> None:
    straight = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
    wire, reprint = (body(f"resolution-2593-{part}.html") for part in ("1-wire", "2-reprint"))
    assert wire.count("“") == 3
    assert "“" not in reprint
    assert " ".join(wire.translate(straight).split()) == " ".join(reprint.split())


def test_the_revision_keeps_its_address_and_corrects_the_day() -> None:
    first, second = (read(f"interim-cabinet-{part}.html") for part in ("1", "2-corrected"))
    canonical = re.compile(r'<link rel="canonical" href="([^"]+)">')
    assert canonical.findall(first) == canonical.findall(second)
    assert "Geneva on 14 September" in first
    assert "Geneva on 13 September" in second
    assert "Correction, 9 September 2021" in second


def test_json_ld_parses() -> None:
    pattern = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    blocks = [
        json.loads(b) for n in READABLE if n.endswith(".html") for b in pattern.findall(read(n))
    ]
    assert len(blocks) == 4


def test_named_weekdays_are_those_of_the_calendar() -> None:
    pattern = re.compile(
        rf"({'|'.join(WEEKDAYS)}), (\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?"
    )
    found = [match for name in READABLE for match in pattern.findall(read(name))]
    assert len(found) == 3
    for weekday, day, month, year in found:
        on = date(int(year or 2021), MONTHS.index(month) + 1, int(day))
        assert WEEKDAYS[on.weekday()] == weekday
