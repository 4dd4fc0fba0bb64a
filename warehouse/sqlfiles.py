"""Marts, macros and checks: one `.sql` file each, read in the order in which they need each other.

A file opens with one comment that says what a row is; a line `-- needs: a, b` names the files
of the same folder that must come first.
"""

from dataclasses import dataclass, replace
from functools import cache
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path

from warehouse.inlining import inlined, read_macro

FOLDER = Path(__file__).parent
NEEDS = "-- needs:"


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One SQL file: its name, its opening comment and its body without the closing semicolon.

    `meaning` is the first line of the comment, `told` all of it.
    """

    name: str
    meaning: str
    told: str
    needs: tuple[str, ...]
    body: str

    @property
    def is_table_macro(self) -> bool:
        """Whether it is a macro that gives rows, not a value."""
        return read_macro(self.body).is_table


@cache
def read_folder(folder: str) -> tuple[SqlFile, ...]:
    """Return the SQL files of `folder` (such as 'marts'), each after those it needs."""
    files = {path.stem: _read(path) for path in sorted((FOLDER / folder).glob("*.sql"))}
    order = TopologicalSorter({name: file.needs for name, file in files.items()})
    return tuple(files[name] for name in order.static_order())


@cache
def marts() -> tuple[SqlFile, ...]:
    """Return the marts, each one SELECT that calls no macro."""
    known = {file.name: read_macro(file.body) for file in read_folder("macros")}
    return tuple(replace(file, body=inlined(file.body, known)) for file in read_folder("marts"))


def macros(kind: str) -> list[str]:
    """Return the statements that make the macros; `kind` is 'MACRO' or 'TEMP MACRO'."""
    return [f"CREATE OR REPLACE {kind} {file.body}" for file in read_folder("macros")]


def _read(path: Path) -> SqlFile:
    text = path.read_text(encoding="utf-8").strip().rstrip(";")
    lines = text.splitlines()
    needs = next((line.removeprefix(NEEDS) for line in lines if line.startswith(NEEDS)), "")
    body = "\n".join(line for line in lines if not line.startswith("--"))
    opening = takewhile(lambda line: line.startswith("--"), lines)
    told = [line.removeprefix("--").strip() for line in opening if not line.startswith(NEEDS)]
    return SqlFile(
        name=path.stem,
        meaning=told[0],
        told=f"{told[0]}. {' '.join(told[1:])}".rstrip(". ") + ("." if told[1:] else ""),
        needs=tuple(name.strip() for name in needs.split(",") if name.strip()),
        body=body.strip(),
    )
