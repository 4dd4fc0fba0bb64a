"""The tables of an export to PostgreSQL: types, keys, meanings, and what users built on them."""

from pathlib import Path

from tests.export.conftest import ask
from tests.export.publications import mentions, put_publication, table
from warehouse.export.postgres import export_to_postgres

TYPES = """CREATE TABLE events (event_id VARCHAR, article_id VARCHAR, is_negated BOOLEAN,
    happened_from DATE, start_char BIGINT, confidence DOUBLE, read_at TIMESTAMPTZ,
    huge HUGEINT, small USMALLINT, many VARCHAR[])"""
VALUES = """INSERT INTO events VALUES
    ('e1', 'a', true, DATE '0044-03-15 (BC)', 9223372036854775807, 'NaN',
        TIMESTAMPTZ '2021-10-20 06:00:00.123456+02', 170141183460469231731687303715884105727,
        65535, ['x', 'y']),
    ('e2', 'a' || chr(0) || 'é👍', NULL, DATE '9999-12-31', NULL, '-infinity', NULL, NULL, NULL,
        NULL),
    ('e3', '', false, NULL, -1, 0.1, TIMESTAMPTZ '0001-01-01 00:00:00+00', -5, 0, [])"""
COMMENTS = (
    "COMMENT ON TABLE events IS 'one row is one thing that isn''t'",
    "COMMENT ON COLUMN events.start_char IS 'first character'",
)


def test_types_and_values_are_those_of_the_publication(tmp_path: Path, database: str) -> None:
    folder = put_publication(tmp_path, 1, [TYPES, VALUES, *COMMENTS])
    export_to_postgres(folder, database)
    shown = ask(
        database,
        """SELECT event_id, article_id, is_negated::text, happened_from::text, start_char::text,
            confidence::text, (read_at AT TIME ZONE 'UTC')::text, huge, small, many
        FROM demarche.events ORDER BY event_id""",
    )
    late, huge = "2021-10-20 04:00:00.123456", "170141183460469231731687303715884105727"
    assert shown == [
        ("e1", "a", "true", "0044-03-15 BC", f"{2**63 - 1}", "NaN", late, huge, 65535, "[x, y]"),
        ("e2", "a\u2400é👍", None, "9999-12-31", None, "-Infinity", None, None, None, None),
        ("e3", "", "false", None, "-1", "0.1", "0001-01-01 00:00:00", "-5", 0, "[]"),
    ]
    kinds = ask(
        database,
        """SELECT string_agg(data_type::text, ', ' ORDER BY ordinal_position)
        FROM information_schema.columns WHERE table_name = 'events'""",
    )
    assert kinds == [
        (
            "text, text, boolean, date, bigint, double precision, timestamp with time zone, "
            "text, bigint, text",
        )
    ]


def test_tables_have_keys_indexes_and_meanings(tmp_path: Path, database: str) -> None:
    grouped = table("entity_pairs", "entity_a VARCHAR, entity_b VARCHAR", ["('x', 'y')"])
    folder = put_publication(tmp_path, 1, [TYPES, *COMMENTS, *grouped])
    export_to_postgres(folder, database)
    indexes = ask(
        database,
        """SELECT regexp_replace(indexdef, '.* ON demarche.', '') FROM pg_indexes
        WHERE schemaname = 'demarche' AND tablename <> 'export_state' ORDER BY 1""",
    )
    assert [text for (text,) in indexes] == [
        "entity_pairs USING btree (entity_a, entity_b)",
        "events USING btree (article_id)",
        "events USING btree (event_id)",
        "events USING btree (happened_from)",
    ]
    place = "'demarche.events'::regclass"
    assert ask(database, f"SELECT obj_description({place}), col_description({place}, 5)") == [
        ("one row is one thing that isn't", "first character")
    ]
    key = ask(database, f"SELECT contype::text FROM pg_constraint WHERE conrelid = {place}")
    assert key[0] == ("p",)


def test_views_grants_and_columns_of_the_users_outlive_exports(
    tmp_path: Path, database: str
) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    export_to_postgres(folder, database)
    for statement in (
        "DROP ROLE IF EXISTS analyst",
        "CREATE ROLE analyst",
        "GRANT SELECT ON demarche.mentions TO analyst",
        "CREATE VIEW demarche.mine AS SELECT surface FROM demarche.mentions",
        "ALTER TABLE demarche.mentions ADD COLUMN note text",
    ):
        ask(database, statement)
    put_publication(tmp_path, 2, mentions({"1": "b"}))
    export_to_postgres(folder, database)
    wider = ["ALTER TABLE mentions ADD COLUMN method VARCHAR DEFAULT 'rule'"]
    put_publication(tmp_path, 3, mentions({"1": "b"}) + wider)
    export_to_postgres(folder, database)
    export_to_postgres(folder, database, is_full=True)
    assert ask(database, "SELECT surface FROM demarche.mine") == [("b",)]
    assert ask(database, "SELECT method FROM demarche.mentions") == [("rule",)]
    granted = "SELECT has_table_privilege('analyst', 'demarche.mentions', 'SELECT')::text"
    assert ask(database, granted) == [("true",)]
    ask(database, "DROP OWNED BY analyst")


def test_a_new_meaning_is_told_and_no_row_is_sent_for_it(tmp_path: Path, database: str) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    export_to_postgres(folder, database)
    comment = "COMMENT ON COLUMN mentions.surface IS 'the mention, verbatim'"
    put_publication(tmp_path, 2, [*mentions({"1": "a"}), comment])
    assert export_to_postgres(folder, database).copied == ()
    told = "SELECT col_description('demarche.mentions'::regclass, 3)"
    assert ask(database, told) == [("the mention, verbatim",)]
