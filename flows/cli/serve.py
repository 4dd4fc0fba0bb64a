"""`demarche serve`: the schedule in one process."""

import atexit
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Config, DataDir
from flows.cli.running import CHECKS_FAILED, settings_in_force

if TYPE_CHECKING:
    from flows.serving import Do
    from flows.settings import Settings

Every = Annotated[
    float | None,
    typer.Option(
        min=1,
        metavar="SECONDS",
        help="Start a run each so many seconds, in place of the schedule.",
        show_default=False,
    ),
]
Once = Annotated[
    bool, typer.Option("--once", help="Do what is due or was missed, then end; for timers.")
]
NoPrefect = Annotated[
    bool, typer.Option("--no-prefect", help="Run the plain functions, without Prefect.")
]


def serve(
    data_dir: DataDir = None,
    config: Config = None,
    every: Every = None,
    once: Once = False,
    no_prefect: NoPrefect = False,
) -> None:
    """Run on schedule until stopped: all sources that are enabled, and maintenance at night.

    Times stand in the settings, [schedule]. Stop it with Ctrl-C or SIGTERM.

    Example: demarche serve --data-dir demarche-data
    """
    settings = settings_in_force(config, data_dir=data_dir)
    from flows.logs import log_to
    from flows.pipeline import sources_of
    from flows.serving import Loop, timetable_of
    from tasks.errors import SourceError

    if not sources_of(settings, []):
        raise SourceError("no source is enabled: `demarche source add` adds one")
    with _only_one(settings, is_patient=once), _stopped_by_signals() as is_stopping:
        log_to(settings.data_dir)
        try:
            with _doer(settings, config, data_dir, is_plain=no_prefect) as do:
                loop = Loop(
                    timetable=timetable_of(settings, every=every),
                    do=do,
                    tell=_tell,
                    is_stopping=is_stopping,
                )
                if once:
                    _exit_for(loop.once())
                else:
                    loop.forever()
        except KeyboardInterrupt:
            pass
        _tell("stopped")


def _exit_for(errors: list[Exception]) -> None:
    from flows.jobs import ChecksFailedError

    if errors:
        only_checks = all(isinstance(error, ChecksFailedError) for error in errors)
        raise typer.Exit(CHECKS_FAILED if only_checks else 1)
    raise typer.Exit


def _tell(line: str) -> None:
    from flows.cli.output import neutral

    typer.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {neutral(line)}")


@contextmanager
def _only_one(settings: "Settings", *, is_patient: bool) -> Iterator[None]:
    """Hold the lock of the one `demarche serve` of a data folder. Raises LakeError.

    One that is patient waits for it, as a job waits for another, and then leaves it to the next.
    """
    from filelock import FileLock, Timeout

    from warehouse.disk import refused
    from warehouse.errors import LakeError

    lock = FileLock(settings.runs_folder / "serve.lock")
    try:
        settings.runs_folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=settings.lock_timeout if is_patient else 0)
    except Timeout:
        if is_patient:
            waited = f"{settings.lock_timeout:g} s"
            _tell(
                f"skipped: another `demarche serve` has been at work for {waited}; "
                "the next takes in what is new"
            )
            raise typer.Exit from None
        raise LakeError(
            f"another `demarche serve` is at work on {settings.data_dir}: stop it first, "
            "or choose another --data-dir"
        ) from None
    except OSError as error:
        raise refused(f"cannot write {settings.runs_folder}", error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _stopped_by_signals() -> Iterator[Callable[[], bool]]:
    """Have SIGTERM and Ctrl-C raise KeyboardInterrupt, and remember that they came."""
    came: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(came)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _doer(
    settings: "Settings", config: Path | None, data_dir: Path | None, *, is_plain: bool
) -> Iterator["Do"]:
    from flows.serving import plainly

    plain = plainly(config, data_dir)
    if is_plain:
        yield plain
        return
    from flows.prefect_env import home_of, prepare
    from flows.prefect_server import OwnServer, is_well
    from warehouse.errors import OutageError

    own = None
    if not os.environ.get("PREFECT_API_URL"):
        own = OwnServer(home_of(settings.data_dir), settings.data_dir / "logs" / "prefect.log")
        # Before Prefect registers its own, hence called after it: it sends its last words first.
        atexit.register(own.stop)
        prepare(settings.data_dir)
        os.environ["PREFECT_API_URL"] = own.api_url  # before Prefect is imported, which reads it
        _tell(f"starting Prefect's server, about 15 s; its pages: {own.api_url[: -len('/api')]}")
        try:
            own.ensure()
        except OutageError as error:  # each job tries again, and goes on without where it must
            _tell(str(error))
    prepare(settings.data_dir)
    api_url = os.environ["PREFECT_API_URL"]
    from flows.prefect_serving import with_prefect

    def ready() -> bool:
        if own is not None:
            own.ensure()
        return is_well(api_url)

    yield with_prefect(config, data_dir, is_ready=ready, plain=plain, tell=_tell)
