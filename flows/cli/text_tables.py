"""Tables of text: wrapped to a terminal's width, or plain and in full for a pipe."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from numbers import Number
from typing import Any, TextIO

from flows.cli.output import cell, neutral

PADDED_WIDTH = 60
"""Columns of a plain table line up to this width; a longer text stays whole and shifts the rest."""

LEAST_WIDTH = 9
"""Characters to a column below which a row is easier to read as a list of its values."""

LABEL_WIDTH = 12
"""Least width of the labels of `print_pairs`."""


def print_plain(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print one line a row, columns parted by two spaces, nothing cut."""
    texts = [[" ".join(cell(value).split()) for value in row] for row in rows]
    widths = [
        max(len(name), *(min(len(row[index]), PADDED_WIDTH) for row in texts))
        for index, name in enumerate(names)
    ]
    are_numbers = [_are_numbers(rows, index) for index in range(len(names))]
    for row in ([*names], *texts):
        parts = [
            text.rjust(width) if is_number else text.ljust(width)
            for text, width, is_number in zip(row, widths, are_numbers, strict=True)
        ]
        print("  ".join(parts).rstrip())


def print_wrapped(
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    file: TextIO | None = None,
    width: int | None = None,
) -> None:
    """Print a table that wraps long texts to `width`, by default that of the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=file or sys.stdout, width=width, highlight=False)
    if len(names) * LEAST_WIDTH > console.width:
        for row in rows:
            console.print(Text("-" * min(console.width, 40)))
            for name, value in zip(names, row, strict=True):
                console.print(Text(f"{name}: {cell(value)}"), overflow="fold")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, name in enumerate(names):
        justify = "right" if _are_numbers(rows, index) else "left"
        table.add_column(Text(name), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    console.print(table)


def print_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Print labels with their texts; on a terminal, long texts are wrapped beside the label."""
    pairs = list(pairs)
    label_width = max([LABEL_WIDTH, *(len(label) for label, _ in pairs)])
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for label, text in pairs:
        lines = neutral(text).splitlines() or [""]
        if width is not None:
            room = max(width - label_width - 3, 20)
            lines = [part for line in lines for part in textwrap.wrap(line, room) or [""]]
        for index, line in enumerate(lines):
            print(f"  {label if index == 0 else '':<{label_width}} {line}".rstrip())


def _are_numbers(rows: Sequence[Sequence[Any]], index: int) -> bool:
    values = [row[index] for row in rows if row[index] is not None]
    return bool(values) and all(
        isinstance(value, Number) and not isinstance(value, bool) for value in values
    )
