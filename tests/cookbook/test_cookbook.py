"""Every question of the cookbook gives the result that stands below it, wherever it is asked."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli.reading import Answer, Reader
from flows.cookbook import Question, printed, questions, with_results
from flows.settings import Settings
from tests.cookbook.conftest import TEXT
from warehouse.sqlfiles import marts, read_folder

QUESTIONS = list(questions(TEXT))
SECTIONS = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
DUCKDB = Path(sys.executable).with_name("duckdb")

each = pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda one: " ".join(one.sql.split())[:50]
)


@each
@pytest.mark.usefixtures("beside_files")
def test_the_publication_gives_what_is_printed(question: Question, published: Reader) -> None:
    if question.is_of_lake:
        pytest.skip("asked of the lake alone")
    assert printed(published.query(question.sql)) == question.result, "run `make docs`"


@each
@pytest.mark.usefixtures("beside_files")
def test_the_lake_gives_what_is_printed(question: Question, lake: Reader) -> None:
    assert printed(lake.query(question.sql)) == question.result


@pytest.mark.usefixtures("beside_files")
def test_plain_duckdb_without_extensions_gives_the_same_rows(
    samples: Settings, published: Reader
) -> None:
    asked = [one.sql.rstrip(" ;\n") for one in QUESTIONS if not one.is_of_lake]
    as_json = [f"SELECT to_json(t)::VARCHAR FROM ({sql}) AS t;" for sql in asked]
    script = (
        "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;\n"
        "SET TimeZone = 'UTC';\n" + "\n.print next\n".join(as_json)
    )
    file = samples.publish_folder / "current" / "demarche.duckdb"
    done = subprocess.run(
        [DUCKDB, "-readonly", "-bail", "-noheader", "-list", "-init", os.devnull, file],
        input=script, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found = [part.splitlines() for part in re.split(r"^next\n", done.stdout, flags=re.MULTILINE)]
    assert [sorted(rows) for rows in found] == [
        sorted(row for (row,) in published.rows(sql)) for sql in as_json
    ]


def test_the_example_in_python_runs(samples: Settings) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
    place = samples.publish_folder / "current"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^India +-0\.\d", done.stdout, flags=re.MULTILINE)


def test_every_question_has_sql_with_a_result_and_says_how_to_read_it() -> None:
    assert len(SECTIONS) >= 25
    for section in SECTIONS:
        head, _, body = section.partition("\n")
        assert "```sql" in body or "```python" in body, head
        assert len(body.split("```")[0].split()) >= 10, head
    assert [one.sql for one in QUESTIONS if not one.result] == []
    empty = [one for one in QUESTIONS if one.result == "no rows\n"]
    assert len(empty) <= 9


def test_every_query_has_an_order() -> None:
    macros = {file.name for file in read_folder("macros") if "ORDER BY" in file.body}
    ordered = re.compile(rf"ORDER BY|FROM (why|{'|'.join(macros)})\(")
    assert [one.sql for one in QUESTIONS if not ordered.search(one.sql)] == [
        one.sql for one in QUESTIONS if one.sql.startswith("SELECT search_units(")
    ]


def test_every_mart_and_macro_is_used() -> None:
    names = {file.name for file in (*marts(), *read_folder("macros"))}
    words = set(re.findall(r"\w+", " ".join(one.sql for one in QUESTIONS)))
    assert names - words == set()


def test_results_are_written_below_their_questions() -> None:
    def answer(sql: str) -> Answer:
        rows = [(number, "word " * 20) for number in range(int(sql.strip()))]
        return Answer(("n", "text"), rows)

    text = (
        "# T\n\n```sql\n10\n```\n\nSo.\n\n```sql\n0\n```\n\n```text\nold\n```\n\n```csv a\n1\n```\n"
    )
    cut = "word " * 11 + "word…"
    lines = [f"{number}  {cut}\n" for number in range(8)]
    assert with_results(text, answer, answer) == (
        "# T\n\n```sql\n10\n```\n\n```text\nn  text\n"
        + "".join(lines)
        + "... and 2 more\n```\n\nSo."
        "\n\n```sql\n0\n```\n\n```text\nno rows\n```\n\n```csv a\n1\n```\n"
    )
