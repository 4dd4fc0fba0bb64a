"""Entry point of `demarche`: the commands, and errors as one line with an exit status.

Exit status: 0 done, 1 an error, 2 wrong usage or settings, 3 failed checks, 130 Ctrl-C.
"""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from flows.cli import entity, interrupts, reprocess, run_commands, source, state
from flows.cli.doctor.command import doctor
from flows.cli.evaluate import evaluate
from flows.cli.export import export
from flows.cli.output import print_error, version_text
from flows.cli.queries.diff import diff
from flows.cli.queries.report import report
from flows.cli.queries.search import search
from flows.cli.queries.shell import shell
from flows.cli.queries.sql import sql
from flows.cli.queries.stance import stance
from flows.cli.queries.statements import statements
from flows.cli.queries.timeline import timeline
from flows.cli.queries.who import who
from flows.cli.queries.why import why
from flows.cli.serve import serve

ERROR, USAGE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="demarche",
    add_completion=False,
    rich_markup_mode=None,  # plain help: quick to start and readable in a pipe
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Show where an error comes from; give it first.")
    ] = False,
) -> None:
    """Read news articles into tables of entities, stances and a timeline, and ask about them.

    Example: demarche run articles/ && demarche who Russia
    """
    ctx.ensure_object(dict)["traceback"] = traceback
    if version or ctx.invoked_subcommand is None:
        print(version_text() if version else ctx.get_help())
        raise typer.Exit


run_commands.register(app)
app.command()(serve)
for command in (who, stance, timeline, statements, search, why, report, export, diff, sql, shell):
    app.command()(command)
state.register(app)
app.command()(reprocess.rollback)
app.command()(doctor)
app.command()(evaluate)
app.add_typer(reprocess.app, name="reprocess")
app.add_typer(source.app, name="source")
app.add_typer(entity.app, name="entity")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    asked: dict[str, bool] = {}
    _settle_streams()
    try:
        with interrupts.remembered():
            status = app(arguments, prog_name="demarche", standalone_mode=False, obj=asked)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:
        expected = _expected(error)
        if expected is None or asked.get("traceback"):
            raise
        status, text = expected
        print_error(text)
        return status
    if status == INTERRUPTED:
        print_error("interrupted")
    return status if isinstance(status, int) else 0


def _expected(error: Exception) -> tuple[int, str] | None:
    """Return exit status and text of an error that a person can mend; None for a bug."""
    if isinstance(error, typer.TyperException):
        ctx: Any = getattr(error, "ctx", None)
        hint = f"; see `{ctx.command_path} --help`" if ctx is not None else ""
        text = error.format_message().rstrip(".")
        if "'--plot' does not take a value" in text:
            text += "; write `--plot FILE`, without '='"
        return error.exit_code, text + hint
    from flows.settings import SettingsError
    from tasks.errors import DemarcheError
    from tasks.registry import SeedError
    from warehouse.errors import QueryError, WarehouseError

    if isinstance(error, SettingsError):
        return USAGE, str(error)
    if isinstance(error, QueryError):
        return ERROR, str(error).rstrip()
    if isinstance(error, (DemarcheError, SeedError, WarehouseError)):
        return ERROR, " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename is not None else ""
        return ERROR, f"{where}{error.strerror}; check path, rights and room on the disk"
    return (ERROR, "aborted") if isinstance(error, typer.Abort) else None


def _settle_streams() -> None:
    """Write UTF-8 whatever the locale, so that no name in an article can end a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _reader_left() -> int:
    """Go quietly where `| head` has seen enough; the flush at exit must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ERROR


if __name__ == "__main__":
    sys.exit(main())
