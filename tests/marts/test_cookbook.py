"""Every SQL block of the cookbook runs, and every mart and macro has a question it answers."""

import re
from pathlib import Path

import pytest

from tests.marts.bare import bare_warehouse
from warehouse.sqlfiles import marts, read_folder

COOKBOOK = Path(__file__).parents[2] / "docs" / "cookbook.md"
TEXT = COOKBOOK.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sql\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("sql", BLOCKS, ids=lambda sql: " ".join(sql.split())[:40])
def test_block_runs(sql: str) -> None:
    with bare_warehouse() as con:
        assert con.execute(sql).fetchall() == []


def test_every_question_has_sql() -> None:
    questions = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    assert len(questions) >= 12
    assert [q.splitlines()[0] for q in questions if "```sql" not in q] == []


def test_every_mart_and_macro_is_used() -> None:
    names = {file.name for file in (*marts(), *read_folder("macros"))}
    words = set(re.findall(r"\w+", " ".join(BLOCKS)))
    assert names - words == set()
