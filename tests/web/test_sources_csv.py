import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest

from tasks.ingest.web.entries import absolute_address
from tasks.records import SourceKind

PATH = Path(__file__).parents[2] / "seeds" / "sources.csv"
HEADER = "source_id,outlet,country_iso3,kind,location,language,licence,is_enabled,delay,note"
WEB_KINDS = set(get_args(SourceKind)) - {"files"}


def rows() -> list[Mapping[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def test_columns() -> None:
    assert ",".join(rows()[0]) == HEADER
    assert all(None not in row and None not in row.values() for row in rows())


@pytest.mark.parametrize("column", ["source_id", "location"])
def test_nothing_is_there_twice(column: str) -> None:
    values = [row[column] for row in rows()]
    assert len(values) == len(set(values))
    assert len(values) >= 60


def test_rows_are_in_the_order_of_their_ids() -> None:
    ids = [row["source_id"] for row in rows()]
    assert ids == sorted(ids)


@pytest.mark.parametrize("row", rows(), ids=lambda row: str(row["source_id"]))
def test_values(row: Mapping[str, str]) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", row["source_id"])
    assert row["outlet"]
    assert re.fullmatch(r"(?:[A-Z]{3})?", row["country_iso3"])
    assert row["kind"] in WEB_KINDS
    assert urlsplit(row["location"]).scheme == "https"
    assert absolute_address(row["location"], base="") == row["location"]
    assert re.fullmatch(r"[a-z]{2}", row["language"])
    assert row["licence"]
    assert row["is_enabled"] == "false"
    assert 1 <= float(row["delay"]) <= 60
    assert all(value == value.strip() for value in row.values())
