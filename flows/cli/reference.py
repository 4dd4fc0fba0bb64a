"""`docs/cli.md`, written from the commands themselves by `make docs`."""

from collections.abc import Iterator
from typing import Any

import typer

from flows.cli.main import app

HEADER = """# Command line

Generated from the commands by `make docs`; do not edit.

Exit status: 0 done, 1 an error, 2 wrong usage or settings, 3 failed checks, 130 Ctrl-C. Errors
are one line on stderr; results go to stdout, as a table, or with `--json` or `--csv` for programs.
Settings come from a flag, else from `DEMARCHE_*`, else from `demarche.toml`.
"""


BRACES = str.maketrans("", "", "{}")
"""Typer puts braces around arguments that must be given; a usage line goes without."""


def reference_markdown() -> str:
    """Return the reference of every command, argument and option."""
    group: Any = typer.main.get_command(app)
    with group.make_context("demarche", [], resilient_parsing=True) as ctx:
        parts = [HEADER, _section("demarche", group, ctx)]
        parts += _sections("demarche", group, ctx)
    return "\n".join(parts)


def _sections(title: str, group: Any, ctx: Any) -> Iterator[str]:
    """Yield the sections of the commands in `group`, and of the commands in theirs."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        with command.make_context(name, [], parent=ctx, resilient_parsing=True) as inner:
            yield _section(f"{title} {name}", command, inner)
            if hasattr(command, "list_commands"):
                yield from _sections(f"{title} {name}", command, inner)


def _section(title: str, command: Any, ctx: Any) -> str:
    usage = " ".join(command.collect_usage_pieces(ctx)).translate(BRACES)
    lines = [f"## {title}", "", f"    {title} {usage}", "", *_help(command.help), ""]
    records = (parameter.get_help_record(ctx) for parameter in command.get_params(ctx))
    rows = [row for row in map(_row, records) if row]
    lines += ["| argument or option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _help(text: str | None) -> list[str]:
    """Return the paragraphs of a docstring; an example becomes code."""
    lines: list[str] = []
    for paragraph in (text or "").split("\n\n"):
        joined = " ".join(paragraph.split())
        if joined.startswith("Example: "):
            joined = f"Example: `{joined.removeprefix('Example: ')}`"
        lines += [joined, ""]
    return lines[:-1]


def _row(record: tuple[str, str] | None) -> str:
    if record is None:
        return ""
    name, meaning = (" ".join(part.split()).replace("|", "\\|") for part in record)
    if not name.startswith("-"):
        name = name.partition(" <")[0]  # an argument's type, which its meaning tells better
    return f"| `{name}` | {meaning} |"
