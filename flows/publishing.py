"""After the batches: check, publish, sum up, and keep the lake in shape."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.annotating.exchange import exchange_of
from flows.logs import LOG
from flows.recording import code_version
from flows.settings import Settings
from warehouse import publication, runs
from warehouse.checks import CheckResult, run_checks
from warehouse.lake import open_lake
from warehouse.living import is_held
from warehouse.maintenance import Maintenance, compact
from warehouse.publication import Manifest
from warehouse.tables import Run, RunStatus

GRACE = timedelta(days=1)
"""How long a file that the lake let go of stays for readers that may still hold it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the publication: the one in force, and the checks that found something."""

    manifest: Manifest | None
    is_new: bool
    findings: list[CheckResult] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        """Whether a `fail` check kept the publication as it was."""
        return any(finding.severity == "fail" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did."""

    run_id: str
    status: RunStatus
    counts: dict[str, int]
    seconds: float
    published: Published | None = None


def publish(settings: Settings, *, is_forced: bool = False) -> Published:
    """Check the lake and publish it, unless a `fail` check finds something or nothing changed."""
    with open_lake(settings.location, read_only=True) as lake:
        folder = settings.publish_folder
        if not is_forced and publication.is_current(lake, folder, code_version=code_version()):
            return Published(publication.current(folder), is_new=False)
        snapshot_id = lake.snapshot_id()
    with open_lake(settings.location, as_of=snapshot_id) as lake:
        lake.con.execute(f"SET memory_limit = '{settings.memory_limit}'")
        findings = run_checks(lake)
        for finding in findings:
            told = {"severity": finding.severity, "offending": finding.offending}
            LOG.info("check %s found rows", finding.name, extra=told)
        if any(finding.severity == "fail" for finding in findings):
            return Published(publication.current(folder), is_new=False, findings=findings)
        manifest = publication.publish(
            lake, folder, keep=settings.keep_publications, code_version=code_version()
        )
        LOG.info("published", extra={"snapshot_id": manifest.snapshot_id})
    return Published(manifest, is_new=True, findings=findings)


def conclude(settings: Settings, run_id: str, published: Published | None) -> Summary:
    """Return the summary of run `run_id`; a failed check is noted in the run's row."""
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        row = lake.query("SELECT * EXCLUDE run_id FROM lake.runs WHERE run_id = ?", [run_id])
        done = Run(**row.to_pylist()[0])
        if published is not None and published.has_failed:
            done = replace(done, status="checks_failed")
            runs.put_run(lake, run_id, done)
    counts = {name: getattr(done, name) for name in ("items", *runs.STATES.values())}
    return Summary(run_id, done.status, counts, done.seconds or 0.0, published)


def maintain(settings: Settings) -> Maintenance:
    """Compact the lake, expire what is older than the settings keep, and sweep what kills left."""
    now = datetime.now(UTC)
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        lake.con.execute(f"SET memory_limit = '{settings.memory_limit}'")
        done = compact(
            lake,
            expire_before=now - timedelta(days=settings.keep_snapshot_days),
            remove_before=now - GRACE,
        )
    _sweep(settings, before=(now - GRACE).timestamp())
    return done


def _sweep(settings: Settings, *, before: float) -> None:
    """Remove what processes left that were killed before the time `before`: raw parts, run locks,
    and chunks at the exchange."""
    left = [*settings.runs_folder.glob("*.lock")]
    if not settings.raw_store.is_remote:
        left += Path(settings.raw_store.place).glob("*/*.part")
    for path in left:
        with suppress(FileNotFoundError):  # its run has just ended
            if path.stat().st_mtime < before and not is_held(path):
                path.unlink()
    exchange_of(settings).sweep(before)
