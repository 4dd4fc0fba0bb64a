"""The scheduled jobs of `demarche serve` through Prefect, and without it where it is away."""

from collections.abc import Callable
from pathlib import Path

from prefect.exceptions import TerminationSignal

from flows.jobs import Done
from flows.prefect_scheduled import FLOWS
from flows.serving import Do
from flows.timetable import Due
from warehouse.errors import OutageError


def with_prefect(
    config: Path | None,
    data_dir: Path | None,
    *,
    is_ready: Callable[[], bool],
    plain: Do,
    tell: Callable[[str], None],
) -> Do:
    """Return what does a job as a Prefect flow; where no server answers, `plain` does it."""

    def do(due: Due) -> Done:
        try:
            if not is_ready():
                raise OutageError("Prefect's server does not answer")
        except OutageError as error:
            tell(f"{error}; {due.job} goes on without it")
            return plain(due)
        try:
            done: Done = FLOWS[due.job](config=config, data_dir=data_dir, due=due.at)
        except TerminationSignal:  # while a flow runs, Prefect answers SIGTERM with this
            raise KeyboardInterrupt from None
        return done

    return do
