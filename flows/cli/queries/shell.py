"""`demarche shell`: SQL line by line, on a terminal or from a pipe."""

import re
import sys
from collections.abc import Callable, Iterator

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json, Limit
from flows.cli.output import Format, chosen_format, print_error, print_note, show
from flows.cli.reading import Answer, Reader, literal, open_reader, settings_for
from flows.cli.state import COLUMNS, DICTIONARY, MACROS

HISTORY_FILE = "sql_history"
PROMPT, CONTINUED = "demarche> ", "     ...> "
HELP = """Statements end with `;`. Also:
  .tables       tables and marts, with what a row is
  .macros       macros with their parameters, with what they give
  .schema NAME  columns of a table or mart with their meaning, or what a macro gives
  .help         this
  .quit         leave"""

COMMANDS = (".tables", ".macros", ".schema", ".help", ".quit")
NAMES = """SELECT table_name FROM data_dictionary UNION
    SELECT column_name FROM data_dictionary WHERE column_name IS NOT NULL"""

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
            from flows.cli.queries.line_editing import line_editing

            print_note("SQL, each statement up to its `;`; `.help` lists what else, Tab completes")
            with line_editing(settings.data_dir / HISTORY_FILE, lambda: _names(reader)):
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
            if sys.stdin.isatty():
                print()
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
        elif command == ".macros":
            show(reader.query(MACROS), fmt)
        elif command == ".schema":
            show(_columns(reader, argument.strip(" ;")), fmt)
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


def _columns(reader: Reader, name: str) -> Answer:
    """Return the columns of a table or mart, or of what a macro gives.

    Raises QueryError where there is none so called.
    """
    from warehouse.errors import QueryError

    told = f"FROM data_dictionary WHERE table_name = lower({literal(name)})"
    macros = reader.rows(f"SELECT table_name, type, meaning {told} AND kind = 'macro'")
    for macro, parameters, meaning in macros:
        if meaning.startswith("one value"):
            return reader.query(f"SELECT table_name || type AS macro, meaning {told}")
        needed = [one for one in parameters.strip("()").split(",") if one and ":=" not in one]
        call = f"{macro}({', '.join('NULL' for _ in needed)})"
        return reader.query(f"SELECT column_name, column_type AS type FROM (DESCRIBE FROM {call})")
    if not reader.rows(f"{told} LIMIT 1"):
        raise QueryError(f"nothing is called '{name}'; `.tables` and `.macros` list what there is")
    return reader.query(COLUMNS.format(name=literal(name)))


def _names(reader: Reader) -> list[str]:
    return [*COMMANDS, *(name for (name,) in reader.rows(NAMES))]
