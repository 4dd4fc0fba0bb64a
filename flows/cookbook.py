"""The cookbook: each question with its result over the sample articles.

A block ```` ```sql ```` is asked of what is published, one marked `sql lake` of the lake alone; the
block ```` ```text ```` below it holds the result. `python -m flows.docs` writes the results anew.
"""

import io
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from flows.cli.reading import Answer, Reader, open_publication, open_reader
from flows.cli.text_tables import print_plain
from flows.settings import Settings
from seeds import folder

DOCUMENT = Path(__file__).parents[1] / "docs" / "cookbook.md"
BLOCK = re.compile(
    r"^```(?P<info>sql[^\n]*)\n(?P<sql>.*?)^```\n(?:\n```text\n(?P<result>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
FILE = re.compile(r"^```csv (?P<name>\S+)\n(?P<text>.*?)^```\n", re.MULTILINE | re.DOTALL)
ROWS, WIDTH = 8, 60
"""What a printed result holds: the first rows, and of a text the first characters."""

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """One query of the cookbook, where it is asked, and the result printed below it."""

    sql: str
    is_of_lake: bool
    result: str


def questions(text: str) -> Iterator[Question]:
    """Yield the queries of the cookbook `text`."""
    for block in BLOCK.finditer(text):
        is_of_lake = block["info"].split()[1:] == ["lake"]
        yield Question(block["sql"], is_of_lake, block["result"] or "")


def with_results(text: str, published: Ask, lake: Ask) -> str:
    """Return the cookbook `text` with the results that `published` and `lake` give."""

    def renewed(block: re.Match[str]) -> str:
        question = next(questions(block[0]))
        answer = (lake if question.is_of_lake else published)(question.sql)
        return f"```{block['info']}\n{question.sql}```\n\n```text\n{printed(answer)}```\n"

    return BLOCK.sub(renewed, text)


def printed(answer: Answer) -> str:
    """Return `answer` as it stands in the cookbook: few rows, long texts cut."""
    rows = [tuple(map(_cut, row)) for row in answer.rows]
    if not rows:
        return "no rows\n"
    with redirect_stdout(io.StringIO()) as out:
        print_plain(answer.columns, rows[:ROWS])
    more = len(rows) - ROWS
    return out.getvalue() + (f"... and {more} more\n" if more > 0 else "")


def write_files(text: str, place: Path) -> None:
    """Write the files that the cookbook shows (```` ```csv NAME ````) into `place`."""
    for file in FILE.finditer(text):
        (place / file["name"]).write_text(file["text"], encoding="utf-8")


def read_samples(data_dir: Path) -> Settings:
    """Run over the sample articles into `data_dir`, and return the settings."""
    from flows.pipeline import run, sources_of

    settings = Settings(data_dir=data_dir)
    run(settings, sources_of(settings, [str(folder() / "articles")]))
    return settings


def published_reader(settings: Settings) -> Reader:
    """Open the publication alone, as a reader elsewhere does."""
    path = settings.publish_folder / "current" / "demarche.duckdb"
    return Reader(open_publication(path), is_lake=False)


def write_results() -> None:
    """Write the results into the document, over samples read anew."""
    text = DOCUMENT.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place, chdir(place):
        write_files(text, Path(place))
        settings = read_samples(Path(place) / "data")
        with published_reader(settings) as published, open_reader(settings) as lake:
            DOCUMENT.write_text(with_results(text, published.query, lake.query), encoding="utf-8")


def _cut(value: object) -> object:
    if isinstance(value, str) and len(value) > WIDTH:
        return value[: WIDTH - 1].rstrip() + "…"
    return value
