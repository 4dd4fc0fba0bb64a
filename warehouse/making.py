"""Make a lake's tables and marts, and keep apart what another version of demarche wrote."""

from hashlib import sha256

import duckdb

from warehouse import linked
from warehouse.comments import macro_comments, mart_comments
from warehouse.dictionary import dictionary_sources, dictionary_views
from warehouse.errors import LakeError
from warehouse.schema import SCHEMA_VERSION, columns, comment_sql, create_table_sql
from warehouse.sqlfiles import macros, marts
from warehouse.tables import TABLES

OPTIONS = {"data_inlining_row_limit": "0", "parquet_compression": "'zstd'"}
"""Data is Parquet from the first row on; zstd takes 2.3 times less room than snappy here."""


def make_or_update(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables where there are none, and the marts where this version's differ.

    Call under the writer's lock. Raises LakeError where the lake is of a newer demarche.
    """
    if not con.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = 'lake' LIMIT 1"
    ).fetchall():
        _create(con)
    if check_version(con) < SCHEMA_VERSION:
        _upgrade(con)
    _refresh_views(con)


def check_version(con: duckdb.DuckDBPyConnection) -> int:
    """Return the version of the attached lake's schema.

    Raises LakeError where it is none of ours, or of a newer demarche.
    """
    try:
        (version,) = con.execute("SELECT max(schema_version) FROM lake.lake_info").fetchall()[0]
    except duckdb.CatalogException as error:
        raise LakeError("the catalogue holds a lake, but none of demarche's") from error
    if version > SCHEMA_VERSION:
        raise LakeError(
            f"the lake was written by a newer demarche (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade demarche, or use another --data-dir"
        )
    return int(version)


def see_lake(con: duckdb.DuckDBPyConnection, *, is_linked: bool) -> None:
    """Have plain names of tables mean the lake's: linked, or as they were found in articles."""
    try:
        con.execute(f"SET search_path = '{linked.FOUND}'")
        if is_linked:
            linked.hold_links(con)
            con.execute(f"SET search_path = '{linked.LINKED}'")
    except duckdb.CatalogException:  # a state from before there were links
        con.execute("USE lake")


def add_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Give this connection the macros. Raises LakeError where the lake has no marts yet."""
    try:
        for statement in (*macros("TEMP MACRO"), *macro_comments("temp.main.")):
            con.execute(statement)
    except duckdb.CatalogException as error:
        raise LakeError(
            "the lake had no marts yet at that state, or is of an older demarche: ask for a later "
            "state, or run `demarche annotate`"
        ) from error


def _create(con: duckdb.DuckDBPyConnection) -> None:
    for option, value in OPTIONS.items():
        con.execute(f"CALL lake.set_option('{option}', {value})")
    con.execute("BEGIN")
    con.execute("CREATE TABLE lake.lake_info (schema_version BIGINT, views_sha256 VARCHAR)")
    con.execute(f"INSERT INTO lake.lake_info VALUES ({SCHEMA_VERSION}, NULL)")
    for table in TABLES:
        _create_table(con, table)
    con.execute("COMMIT")


def _create_table(con: duckdb.DuckDBPyConnection, table: str) -> None:
    con.execute(create_table_sql(table, "lake."))
    for statement in comment_sql(table, "lake."):
        con.execute(statement)


def _upgrade(con: duckdb.DuckDBPyConnection) -> None:
    """Add the tables and columns that an older demarche did not have; old rows have NULL there."""
    present: dict[str, set[str]] = {}
    for table, column in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = 'lake' AND schema_name = 'main'"
    ).fetchall():
        present.setdefault(table, set()).add(column)
    con.execute("BEGIN")
    for table in TABLES:
        if table not in present:
            _create_table(con, table)
            continue
        for column in columns(table):
            if column.name not in present[table]:
                con.execute(
                    f'ALTER TABLE lake."{table}" ADD COLUMN "{column.name}" {column.sql_type}'
                )
        for statement in comment_sql(table, "lake."):
            con.execute(statement)
    con.execute(
        """UPDATE lake.articles SET similarity = 1
        WHERE duplicate_of IS NOT NULL AND similarity IS NULL"""
    )
    con.execute(
        "UPDATE lake.lake_info SET schema_version = ?, views_sha256 = NULL", [SCHEMA_VERSION]
    )
    con.execute("COMMIT")


def _refresh_views(con: duckdb.DuckDBPyConnection) -> None:
    """Make the marts anew where this version of demarche defines them otherwise."""
    views = {f"linked.{name}": body for name, body in linked.views().items()}
    views |= {f"marts.{mart.name}": mart.body for mart in marts()}
    digest = sha256(repr((views, dictionary_sources())).encode()).hexdigest()
    if con.execute("SELECT views_sha256 FROM lake.lake_info").fetchall() == [(digest,)]:
        return
    views |= {f"marts.{name}": body for name, body in dictionary_views().items()}
    con.execute("BEGIN")
    for schema in ("linked", "marts"):
        con.execute(f"CREATE SCHEMA IF NOT EXISTS lake.{schema}")
    con.execute(f"SET search_path = '{linked.LINKED}'")
    for name, body in views.items():
        if name.startswith("marts."):  # an older demarche had it beside the tables
            con.execute(f"DROP VIEW IF EXISTS lake.main.{name.removeprefix('marts.')}")
        con.execute(f"CREATE OR REPLACE VIEW lake.{name} AS {body}")
    for statement in mart_comments("lake.marts.", kind="VIEW"):
        con.execute(statement)
    con.execute("DELETE FROM lake.lake_info")
    con.execute("INSERT INTO lake.lake_info VALUES (?, ?)", [SCHEMA_VERSION, digest])
    con.execute("COMMIT")
