"""What an export to PostgreSQL sends, and that it comes to the same as sending all."""

from pathlib import Path
from random import Random

from tests.export.conftest import ask, surfaces
from tests.export.publications import mentions, put_publication, table
from warehouse.export.postgres import Copied, export_to_postgres


def test_only_what_changed_goes_over(tmp_path: Path, database: str) -> None:
    links = "entity_id VARCHAR, article_id VARCHAR"
    still = table("entity_links", links, ["('x', NULL)", "('x', NULL)"])
    still += table("quality", "metric VARCHAR", ["(NULL)", "('f1')"])
    folder = put_publication(tmp_path, 1, mentions({"1": "a", "2": "b", "3": "c"}) + still)
    first = export_to_postgres(folder, database)
    assert first.copied == (
        Copied("entity_links", True, 0, 2),
        Copied("mentions", True, 0, 3),
        Copied("quality", True, 0, 2),
    )
    put_publication(tmp_path, 2, mentions({"2": "B", "3": "c", "4": "d"}) + still)
    second = export_to_postgres(folder, database)
    assert (second.copied, second.unchanged) == ((Copied("mentions", False, 2, 2),), 2)
    assert surfaces(database) == [("2", "B"), ("3", "c"), ("4", "d")]
    state = "SELECT table_name, snapshot_id, rows FROM demarche.export_state ORDER BY 1"
    assert ask(database, state) == [("entity_links", 2, 2), ("mentions", 2, 3), ("quality", 2, 2)]
    third = export_to_postgres(folder, database)
    assert (third.copied, third.unchanged) == ((), 3)


TEXTS, NUMBERS = ("'a'", "'b'", "NULL", "''"), ("0.0", "-0.0", "'nan'", "NULL", "1.5")


def random_tables(random: Random) -> list[str]:
    """Tables with a key, with groups (also NULL ones and rows that repeat), and with neither."""

    def rows(most: int, *choices: tuple[str, ...]) -> list[str]:
        count = random.randrange(most)
        return [f"({', '.join(random.choice(c) for c in choices)})" for _ in range(count)]

    links = "entity_id VARCHAR, article_id VARCHAR, score DOUBLE"
    return [
        *mentions({str(random.randrange(40)): random.choice("abc") for _ in range(30)}),
        *table("entity_links", links, rows(12, ("'e'", "'f'", "'g'", "'h'"), TEXTS, NUMBERS)),
        *table("acronyms", "acronym VARCHAR, article_id VARCHAR", rows(8, TEXTS, TEXTS)),
        *table("quality", "metric VARCHAR, value DOUBLE", rows(4, TEXTS, NUMBERS)),
    ]


def test_a_sequence_of_exports_gives_what_a_fresh_one_gives(tmp_path: Path, database: str) -> None:
    random = Random(5)
    ways: set[bool] = set()
    for number in range(1, 9):
        folder = put_publication(tmp_path, number, random_tables(random))
        done = export_to_postgres(folder, database)
        ways |= {copied.is_whole for copied in done.copied if number > 1}
        export_to_postgres(folder, database, schema="fresh", is_full=True)
        sides = (("demarche", "fresh"), ("fresh", "demarche"))
        counted = [
            f"(SELECT count(*) FROM (TABLE {one}.{name} EXCEPT ALL TABLE {other}.{name}) AS x)"
            for name in ("mentions", "entity_links", "acronyms", "quality")
            for one, other in sides
        ]
        assert ask(database, f"SELECT {', '.join(counted)}") == [(0,) * 8]
    assert ways == {True, False}


def test_without_the_earlier_publication_all_rows_go_over(tmp_path: Path, database: str) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a", "2": "b"}))
    export_to_postgres(folder, database)
    put_publication(tmp_path, 2, mentions({"1": "c", "2": "b"}))
    (folder / "00000001" / "manifest.json").unlink()
    assert export_to_postgres(folder, database).copied == (Copied("mentions", True, 2, 2),)
    assert surfaces(database) == [("1", "c"), ("2", "b")]


def test_a_table_of_its_own_is_brought_up_from_its_own_state(tmp_path: Path, database: str) -> None:
    one = table("quality", "metric VARCHAR", ["('x')"])
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}) + one)
    export_to_postgres(folder, database)
    put_publication(
        tmp_path, 2, mentions({"1": "b"}) + table("quality", "metric VARCHAR", ["('y')"])
    )
    export_to_postgres(folder, database, tables=["quality"])
    assert surfaces(database) == [("1", "a")]
    done = export_to_postgres(folder, database)
    assert (done.copied, done.unchanged) == ((Copied("mentions", False, 1, 1),), 1)
    assert surfaces(database) == [("1", "b")]


def test_a_table_that_somebody_dropped_comes_back(tmp_path: Path, database: str) -> None:
    folder = put_publication(tmp_path, 1, mentions({"1": "a"}))
    export_to_postgres(folder, database)
    ask(database, "DROP TABLE demarche.mentions")
    export_to_postgres(folder, database)
    assert surfaces(database) == [("1", "a")]
