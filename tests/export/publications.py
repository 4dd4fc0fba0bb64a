"""Publications made by hand, of few tables: quick to make, and with whatever rows a test needs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from warehouse import publication
from warehouse.publication import DATABASE, Manifest

LAKE = "0197-lake"


def put_publication(
    folder: Path, number: int, statements: Sequence[str], *, lake_id: str = LAKE
) -> Path:
    """Make the publication of snapshot `number` under `folder`, with what `statements` make.

    It is put in its place as `publish` does.
    """
    building = folder / ".building"
    (building / "parquet").mkdir(parents=True)
    with duckdb.connect(str(building / DATABASE), config={"threads": 1}) as con:
        con.execute("SET TimeZone = 'UTC'")
        for statement in statements:
            con.execute(statement)
        rows = {}
        for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            file = building / "parquet" / f"{name}.parquet"
            [(rows[name],)] = con.execute(f"COPY {name} TO '{file}'").fetchall()
    at = f"2026-01-02T03:04:{number:02d}+00:00"
    manifest = json.dumps(asdict(Manifest(lake_id, number, at, "1", rows)))
    (building / "manifest.json").write_text(manifest, encoding="utf-8")
    publication._switch(folder, building, number)
    return folder


def table(name: str, columns: str, rows: Sequence[str] = ()) -> list[str]:
    """Return the statements that make table `name` with `rows`, each as SQL."""
    made = [f"CREATE TABLE {name} ({columns})"]
    return made + ([f"INSERT INTO {name} VALUES {', '.join(rows)}"] if rows else [])


def mentions(rows: Mapping[str, str]) -> list[str]:
    """Return the statements that make `mentions`, of `rows`: mention_id to surface."""
    values = [f"('{key}', 'a', '{surface}')" for key, surface in rows.items()]
    columns = "mention_id VARCHAR, article_id VARCHAR, surface VARCHAR"
    return table("mentions", columns, values)
