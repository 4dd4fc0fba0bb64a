"""Doing a job in this process, whichever it is: load, compare versions, read, hand over rows."""

import os
import socket
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from flows.annotating.errors import CrewError
from flows.annotating.exchange import Exchange
from flows.annotating.extraction import annotator, read_here
from flows.annotating.job import Done, Job, Versions
from tasks.errors import DemarcheError
from tasks.extract.annotate import Annotator
from tasks.extract.steps import read_keys
from tasks.registry import SeedError, read_files


def versions_of(extraction: Annotator) -> Versions:
    """Return what `extraction` makes rows with."""
    return Versions(version("demarche"), extraction.model_version, extraction.step_versions)


def do(job: Job) -> Done:
    """Annotate the articles of `job` in this process. Raises CrewError, OutageError.

    May be called again, also by another worker, should the first one die.
    """
    extraction = _loaded(job)
    articles = job.exchange.articles(job.chunk)[job.first : job.end]
    extracted, broken = read_here(extraction, articles, job.steps)
    rows = f"{job.chunk}.{job.first}-{job.end}.{socket.gethostname()}-{os.getpid()}.rows"
    job.exchange.put_rows(rows, extracted.values())
    return Done((rows,), len(extracted), broken)


def load(job: Job) -> None:
    """Load in this process what `job` needs. Raises CrewError, OutageError."""
    _loaded(job)


def _loaded(job: Job) -> Annotator:
    try:
        extraction = annotator(job.model, _own_entities(job.exchange, job.entities))
    except (DemarcheError, SeedError) as error:
        raise CrewError(f"{_here()} cannot annotate: {error}") from error
    _require_same(job, extraction)
    return extraction


def pack_entities(entities: Path | None) -> bytes | None:
    """Return the user's own files of the registry as a zip; None where there are none."""
    own = [file for file in read_files(entities) if file.is_own]
    if not own:
        return None
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for file in own:
            archive.writestr(file.path.name, file.content)
    return packed.getvalue()


_unpacked: list[TemporaryDirectory[str]] = []
"""Folders that are wanted as long as the process lives."""


@lru_cache(maxsize=4)
def _own_entities(exchange: Exchange, name: str | None) -> Path | None:
    if name is None:
        return None
    folder = TemporaryDirectory(prefix="demarche-entities-")
    _unpacked.append(folder)
    with ZipFile(BytesIO(exchange.content(name))) as archive:
        archive.extractall(folder.name)
    return Path(folder.name)


def _require_same(job: Job, extraction: Annotator) -> None:
    """Raise CrewError where this process would give other rows than the one that asks."""
    ours = versions_of(extraction)
    if ours == job.versions:
        return
    told = [
        f"{name} {one!r} for {other!r}"
        for name, one, other in zip(Versions._fields, ours, job.versions, strict=True)
        if one != other and name != "steps"
    ]
    asked = read_keys(job.versions.steps)
    if steps := [name for name, key in extraction.step_keys.items() if asked.get(name) != key]:
        told.append(f"code or word lists of {', '.join(steps)}")
    raise CrewError(
        f"{_here()} has another version ({'; '.join(told)}): install demarche "
        f"{job.versions.demarche} there from the same files and start the worker anew; where files "
        "were changed while the run was at work, run again"
    )


def _here() -> str:
    return f"the worker on {socket.gethostname()} (process {os.getpid()})"
