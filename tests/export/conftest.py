"""A PostgreSQL database for exports, and how tests ask it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from adbc_driver_postgresql import dbapi

from tests.services import new_database

Row = tuple[Any, ...]

OURS = "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'public'"


@pytest.fixture(scope="session")
def exports_database(postgres_server: str) -> str:
    return new_database(postgres_server)


@pytest.fixture
def database(exports_database: str) -> str:
    """An empty database; making one takes longer than to empty it."""
    for (name,) in ask(exports_database, f"{OURS} AND nspname <> 'information_schema'"):
        ask(exports_database, f'DROP SCHEMA "{name}" CASCADE')
    return exports_database


@contextmanager
def connected(database: str) -> Iterator[Any]:
    with closing(dbapi.connect(database)) as connection, connection.cursor() as cursor:
        yield cursor
        connection.commit()


def ask(database: str, sql: str) -> list[Row]:
    with connected(database) as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []


def surfaces(database: str) -> list[Row]:
    return ask(database, "SELECT mention_id, surface FROM demarche.mentions ORDER BY 1")
