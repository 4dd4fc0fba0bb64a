"""`demarche shell`: SQL line by line, on a terminal or from a pipe."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit
from flows.cli.output import Format, chosen_format, print_error, show
from flows.cli.reading import Reader, literal, open_reader, settings_for
from flows.cli.state import COLUMNS, DICTIONARY

HISTORY_FILE = "sql_history"
HISTORY_LINES = 1000
PROMPT, CONTINUED = "demarche> ", "     ...> "
HELP = """Statements end with `;`. Also:
  .tables       tables and marts, with what a row is
  .schema NAME  columns of a table or mart, with their meaning
  .help         this
  .quit         leave"""

QUOTED = re.compile(r"""'[^']*('|$)|"[^"]*("|$)|--[^\n]*|/\*.*?(\*/|$)""", re.DOTALL)
"""Strings, quoted names and comments, also those still open: a `;` in them ends nothing."""


def shell(
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Limit = None,
) -> None:
    """Ask in SQL line by line; `.help` lists what else it takes. The lake stays as it is.

    From a pipe, the exit status is 1 where a statement failed.

    Example: demarche shell

    Example: demarche shell --csv < questions.sql
    """
    fmt = chosen_format(as_json, as_csv, limit)
    settings = settings_for(config, data_dir)
    with open_reader(settings, as_of) as reader:
        if sys.stdin.isatty():
            with _history(settings.data_dir / HISTORY_FILE):
                run_statements(reader, fmt, input)
        elif run_statements(reader, fmt, _piped):
            raise typer.Exit(1)


def run_statements(reader: Reader, fmt: Format, read: Callable[[str], str]) -> int:
    """Run what `read` gives and return how many statements failed; none of them ends the rest."""
    failed = 0
    for statement in statements_in(read):
        if statement in (".quit", ".exit"):
            break
        failed += not _run(reader, fmt, statement)
    return failed


def statements_in(read: Callable[[str], str]) -> Iterator[str]:
    """Yield each dot command, and each stretch of lines up to one that ends with `;`.

    `read` takes a prompt and returns a line, or raises EOFError at the end.
    """
    typed: list[str] = []
    while True:
        try:
            line = read(CONTINUED if typed else PROMPT)
        except EOFError:
            break
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                raise
            print()
            typed.clear()
            continue
        if typed or not line.lstrip().startswith("."):
            typed += [line] if typed or line.strip() else []
            if ";" in line and is_complete("\n".join(typed)):
                yield "\n".join(typed)
                typed.clear()
        elif line.strip():
            yield line.strip()
    if typed:
        yield "\n".join(typed)


def is_complete(text: str) -> bool:
    """Return whether `text` ends with a `;` that stands in no string, name or comment."""
    return QUOTED.sub(_blank, text).rstrip().endswith(";")


def _blank(quoted: re.Match[str]) -> str:
    """Leave nothing of a comment, and something of a string."""
    return " " if quoted[0].startswith(("--", "/*")) else "x"


def _run(reader: Reader, fmt: Format, statement: str) -> bool:
    """Run one statement or dot command; print an error and return False where it fails."""
    from warehouse.errors import WarehouseError

    command, _, argument = statement.partition(" ")
    try:
        if command == ".help":
            print(HELP)
        elif command == ".tables":
            show(reader.query(DICTIONARY), fmt)
        elif command == ".schema":
            show(reader.query(COLUMNS.format(name=literal(argument.strip(" ;")))), fmt)
        elif command.startswith("."):
            print_error(f"no command {command}; `.help` lists them")
            return False
        else:
            show(reader.query(statement), fmt)
    except WarehouseError as error:
        print_error(str(error).rstrip())
        return False
    except KeyboardInterrupt:
        if not sys.stdin.isatty():
            raise
        print_error("interrupted")
        return False
    sys.stdout.flush()
    return True


def _piped(_prompt: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


@contextmanager
def _history(path: Path) -> Iterator[None]:
    """Keep what is typed in `path`, where this user can write it."""
    import readline  # line editing from here on

    with suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(HISTORY_LINES)
    try:
        yield
    finally:
        with suppress(OSError):
            readline.write_history_file(path)
