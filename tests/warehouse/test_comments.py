"""Whatever a reader finds says what it is: in the published file, the lake, the dictionary."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.rows import NOW, article, sentence
from warehouse import values
from warehouse.commit import replace_articles
from warehouse.errors import ContractError
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.mart_columns import mart_columns
from warehouse.publication import publish
from warehouse.schema import columns
from warehouse.tables import PUBLISHED


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a lake of one article and its publication."""
    place = tmp_path_factory.mktemp("commented")
    with open_lake(LakeLocation.in_folder(place / "lake")) as lake:
        rows = {"sentences": [sentence("a")]}
        with lake.write() as con:
            replace_articles(con, [article("a")], [], rows, run_id="r1", now=NOW)
        publish(lake, place / "publish", keep=1, code_version="1")
    return place


@pytest.fixture
def con(place: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, opened anew by a plain DuckDB."""
    file = place / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        yield con


def test_everything_in_the_published_file_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    for listing, name in (
        ("duckdb_tables()", "table_name"),
        ("duckdb_columns()", "table_name || '.' || column_name"),
        ("duckdb_functions()", "function_name"),
    ):
        found = con.execute(
            f"SELECT {name}, coalesce(comment, '') FROM {listing} WHERE NOT internal"
        ).fetchall()
        assert len(found) > 15, listing
        assert [thing for thing, comment in found if len(comment) < 3] == []


def test_comments_say_what_a_thing_is(con: duckdb.DuckDBPyConnection) -> None:
    def comment(listing: str, **named: str) -> str:
        where = " AND ".join(f"{name} = '{value}'" for name, value in named.items())
        (found,) = con.execute(f"SELECT comment FROM {listing} WHERE {where}").fetchone() or ("",)
        return str(found)

    assert comment("duckdb_columns()", table_name="stance_positions", column_name="polarity") == (
        "direction (support, oppose, neutral)"
    )
    assert comment("duckdb_columns()", table_name="timeline", column_name="sureness") == (
        "how sure it is "
        "(told, reported, planned, possible, desired, hypothetical, denied, reckoned)"
    )
    assert comment("duckdb_functions()", function_name="entity_ids") == (
        "one row is one entity whose id, name or alias is `p_name`, whatever the case. "
        "An id that is linked to another leads there."
    )
    mart = comment("duckdb_tables()", table_name="run_quality")
    assert mart.startswith("one row is one run, with its counts and whether the ledger agrees")
    assert mart.endswith("`reconciles` is NULL while the run goes on.")


def test_the_lake_has_comments_where_it_can_hold_them(place: Path) -> None:
    with open_lake(LakeLocation.in_folder(place / "lake"), read_only=True) as lake:
        assert (
            lake.rows(
                "SELECT view_name FROM duckdb_views() "
                "WHERE database_name = 'lake' AND schema_name = 'marts' AND comment IS NULL"
            )
            == []
        )
        assert (
            lake.rows(
                "SELECT function_name FROM duckdb_functions() "
                "WHERE database_name = 'temp' AND NOT internal AND comment IS NULL"
            )
            == []
        )


def test_the_dictionary_has_every_table_mart_and_macro_with_its_columns(
    con: duckdb.DuckDBPyConnection,
) -> None:
    columns_of = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    told = "SELECT table_name, column_name FROM data_dictionary WHERE column_name IS NOT NULL"
    assert con.execute(f"{columns_of} EXCEPT {told}").fetchall() == []
    assert con.execute(f"{told} EXCEPT {columns_of}").fetchall() == []
    assert con.execute(
        "SELECT type, meaning FROM data_dictionary WHERE table_name = 'timeline_of'"
    ).fetchall() == [
        (
            "(p_name, kinds := NULL)",
            "one row is one dated thing in which the entity takes part or is named, earliest first",
        )
    ]


def test_every_value_of_a_closed_set_has_a_meaning(con: duckdb.DuckDBPyConnection) -> None:
    closed = {
        (table, column.name, value)
        for table in PUBLISHED
        for column in columns(table)
        for value in column.values
    }
    found = con.execute(
        "SELECT table_name, column_name, value, meaning FROM enum_values"
    ).fetchall()
    assert closed <= {row[:3] for row in found}
    assert ("rejections", "reason", "gone", "the page does not exist") in found
    assert ("quotes", "kind", "mixed", "reported, with quoted parts") in found
    assert ("utterances", "basis", "not_before") in {row[:3] for row in found}
    assert len(found) == len({row[:3] for row in found})


def test_columns_of_marts_are_those_that_hold_the_sets() -> None:
    held = {place for one in values.closed_sets().values() for place in one.mart_columns}
    there = {f"{mart}.{one.name}" for mart, found in mart_columns().items() for one in found}
    assert held - there == set()


def test_a_value_without_meaning_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = values.FILE.read_text(encoding="utf-8").replace('robots = "', 'robot = "')
    (tmp_path / "values.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(values, "FILE", tmp_path / "values.toml")
    with pytest.raises(ContractError, match="what each value of RejectionReason means"):
        values.closed_sets.__wrapped__()
