"""What DuckDB says of outages, told with what to do about it."""

from pathlib import Path

import duckdb
import pytest

from warehouse.errors import LakeError, OutageError, QueryError
from warehouse.translated import server_failed, store_failed, translated


def told(error: duckdb.Error) -> str:
    with pytest.raises((OutageError, LakeError, QueryError)) as caught, translated():
        raise error
    return f"{type(caught.value).__name__}: {caught.value}"


def test_room_that_a_query_lacks_is_told_in_one_line(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute(f"SET temp_directory = '{tmp_path}'; SET max_temp_directory_size = '1MB'")
        con.execute("SET memory_limit = '20MB'; SET threads = 1")
        sql = "FROM (SELECT md5(range::VARCHAR) AS m FROM range(1_000_000)) ORDER BY m"
        with pytest.raises(OutageError) as caught, translated():
            con.execute(f"CREATE TABLE t AS {sql}")
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(
        "Raise memory_limit, or make room beside the lake, in lake/tmp"
    )


def test_a_server_is_told_without_hints_and_passwords() -> None:
    text = (
        'Failed to attach DuckLake MetaData at path + "postgres:host=db password=hunter2"Unable to '
        'connect to Postgres: connection to server at "db", port 5432 failed: Connection refused\n'
        "\tIs the server running on that host and accepting TCP/IP connections?\n\n\nLINE 1: ATTACH"
    )
    assert str(server_failed(text)) == (
        'PostgreSQL cannot be reached: connection to server at "db", port 5432 failed: Connection '
        "refused; see that the server is there and that `catalog` names it right, then run again"
    )


def test_a_server_that_leaves_is_an_outage_whatever_the_kind_of_error() -> None:
    left = "Failed to write to Postgres: server closed the connection unexpectedly\n\tThis probably"
    for kind in (duckdb.Error, duckdb.IOException, duckdb.InvalidInputException):
        assert told(kind(left)).startswith("OutageError: PostgreSQL cannot be reached: it left")


def test_what_only_a_person_mends_at_a_store_is_no_outage() -> None:
    assert isinstance(store_failed("AWS Error NO_SUCH_BUCKET during PutObject"), LakeError)
    assert isinstance(store_failed("AWS Error ACCESS_DENIED during PutObject"), LakeError)
    assert isinstance(store_failed("AWS Error NETWORK_CONNECTION"), OutageError)


def test_an_address_in_the_words_of_a_query_is_no_store() -> None:
    wrong = duckdb.ParserException("syntax error at or near 'https://wire.example/1'")
    assert told(wrong).startswith("QueryError: ")


def test_a_lost_object_of_the_lake_is_told_from_a_lost_bucket() -> None:
    file = "s3://b/lake/main/articles/ducklake-1.parquet: Not Found (HTTP code 404)"
    assert told(duckdb.HTTPException(file)).endswith("bring it back from a backup")
    lost = told(duckdb.HTTPException(f"{file} NoSuchBucket: no such bucket"))
    assert lost.endswith(": make the bucket, or name another")
