"""Print an answer: a table for people, JSON or CSV for programs; notes and errors to stderr.

Texts come from articles of strangers: their control characters never reach a terminal.
"""

import csv
import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import typer

if TYPE_CHECKING:
    from flows.cli.reading import Answer

TERMINAL_ROWS = 50
"""Rows of a table on a terminal, where no limit is given."""

CONTROLS = (
    {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
)
"""Control characters to their pictures (Unicode block 2400), C1 ones to the replacement mark."""

C1_ESCAPES = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


@dataclass(frozen=True, slots=True)
class Format:
    """How an answer is printed, and how many of its rows (None: all)."""

    kind: Literal["table", "json", "csv"]
    limit: int | None


def chosen_format(as_json: bool, as_csv: bool, limit: int | None = None) -> Format:
    """Return the format that the options ask for. Raises BadParameter for two at once."""
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    if as_json or as_csv:
        return Format("json" if as_json else "csv", limit or None)
    if limit is None and sys.stdout.isatty():
        return Format("table", TERMINAL_ROWS)
    return Format("table", limit or None)


def show(answer: "Answer", fmt: Format, columns: Sequence[str] = ()) -> None:
    """Print `answer`; a table shows `columns` only, JSON and CSV show all.

    Without rows, stderr says so and JSON is an empty array.
    """
    taken = iter(answer.rows)
    shown = taken if fmt.limit is None else islice(taken, fmt.limit)
    if fmt.kind == "json":
        count = _print_json(answer.columns, shown)
    elif fmt.kind == "csv":
        count = _print_csv(answer.columns, shown)
    else:
        count = _print_table(answer.columns, list(shown), columns)
    if count == 0:
        print_note("no rows")
    elif fmt.limit is not None and next(taken, None) is not None:
        print_note(f"only the first {count} rows; `--limit 0` shows all")


def show_records(records: Sequence[dict[str, Any]], fmt: Format) -> None:
    """Print `records`, which have the same keys, as `show` does."""
    from flows.cli.reading import Answer

    names = tuple(records[0]) if records else ()
    show(Answer(names, [tuple(record.values()) for record in records]), fmt)


def print_error(text: str) -> None:
    """Print `text` as an error to stderr."""
    print(f"demarche: error: {neutral(text)}", file=sys.stderr)


def print_note(text: str) -> None:
    """Print `text` to stderr, so that it never mixes with results."""
    sys.stdout.flush()
    print(f"demarche: {neutral(text)}", file=sys.stderr)


def neutral(text: str) -> str:
    """Return `text` with control characters made visible and harmless."""
    return text.translate(CONTROLS)


def version_text() -> str:
    """Return the installed version of demarche."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"demarche {version('demarche')}"
    except PackageNotFoundError:
        return "demarche, not installed as a package"


def cell(value: Any) -> str:
    """Return `value` as it stands in a table: NULL is empty, times are UTC."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").replace("+00:00", "Z")
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return neutral(", ".join(value))
    return neutral(_plain(value))


def _plain(value: Any) -> str:
    """Return `value` as text that programs read: ISO dates, true and false, JSON for nested."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(_jsonable(value), ensure_ascii=False)
    return str(value)


def _jsonable(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {_plain(key): _jsonable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(part) for part in value]
    return _plain(value)


def _print_json(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    for row in rows:
        record = {name: _jsonable(value) for name, value in zip(names, row, strict=True)}
        text = json.dumps(record, ensure_ascii=False).translate(C1_ESCAPES)
        sys.stdout.write(("[" if count == 0 else ",\n ") + text)
        count += 1
    sys.stdout.write("]\n" if count else "[]\n")
    return count


def _print_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    # RFC 4180. Bytes stay as they are in a file or pipe; a terminal is never sent controls.
    write = cell if sys.stdout.isatty() else _plain
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([write(value) for value in row])
        count += 1
    return count


def _print_table(
    names: Sequence[str], rows: Sequence[Sequence[Any]], columns: Sequence[str]
) -> int:
    from flows.cli.text_tables import print_plain, print_wrapped

    wanted = [names.index(column) for column in columns] or range(len(names))
    if rows:
        heads = [neutral(names[index]) for index in wanted]
        cells = [[row[index] for index in wanted] for row in rows]
        (print_wrapped if sys.stdout.isatty() else print_plain)(heads, cells)
    return len(rows)
