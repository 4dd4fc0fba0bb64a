"""The nightly work on a lake: compaction, expiry, clearing out, and what its quality is."""

import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from flows.logs import LOG
from flows.publishing import maintain
from flows.recording import code_version
from flows.settings import Settings
from warehouse import runs
from warehouse.checks import CheckResult, run_checks
from warehouse.commit import append
from warehouse.lake import Lake, open_lake
from warehouse.living import living
from warehouse.maintenance import Maintenance
from warehouse.tables import Quality, Run, RunStatus

RECENT = timedelta(days=7)
"""What a source's share of rejected items is taken over."""

REJECTED = """SELECT source_id, 100 * avg((state = 'rejected')::DOUBLE)
    FROM ledger WHERE NOT is_repeat AND seen_at >= ? GROUP BY source_id ORDER BY source_id"""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done to the lake, and what the checks found in it."""

    run_id: str
    maintenance: Maintenance
    findings: list[CheckResult]
    seconds: float

    @property
    def has_failed(self) -> bool:
        """Whether a `fail` check found rows."""
        return any(finding.severity == "fail" for finding in self.findings)


def upkeep_line(done: Upkeep) -> str:
    """Return what was done as one line."""
    work = done.maintenance
    found = ", ".join(f"{f.name} {f.offending} ({f.severity})" for f in done.findings)
    return (
        f"{'checks failed' if done.has_failed else 'succeeded'}: "
        f"data files {work.files_before} -> {work.files_after}, "
        f"{work.snapshots_expired} snapshots let go, {work.files_removed} files removed, "
        f"checks: {found or 'nothing found'}, in {done.seconds:.1f} s"
    )


def look_after(settings: Settings) -> Upkeep:
    """Compact and clear the lake, run all checks, and record their findings in `quality`.

    The row in `runs` has the flow `maintain`. Raises LakeError, OutageError.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    run_id = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    run = Run(
        flow="maintain",
        started_at=started,
        status="running",
        code_version=code_version(),
        model_version="none",
        settings_sha256=settings.digest,
    )
    with living(settings.location, settings.runs_folder, run_id):
        _note(settings, run_id, run, [])
        status: RunStatus = "failed"
        figures: list[Quality] = []
        try:
            maintenance = maintain(settings)
            findings, figures = _measure(settings)
            done = Upkeep(run_id, maintenance, findings, time.monotonic() - clock)
            status = "checks_failed" if done.has_failed else "succeeded"
        except Exception as error:
            LOG.info("upkeep failed", extra={"run_id": run_id, "error": str(error)})
            raise
        except BaseException:
            status = "interrupted"
            raise
        finally:
            seconds = time.monotonic() - clock
            ended = replace(run, finished_at=datetime.now(UTC), status=status, seconds=seconds)
            _note(settings, run_id, ended, figures)
    LOG.info("upkeep ended", extra={"run_id": run_id, "status": status})
    return done


def _note(settings: Settings, run_id: str, run: Run, figures: list[Quality]) -> None:
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        if figures:
            with lake.write() as con:
                append(con, "quality", figures, run_id=run_id)
        runs.put_run(lake, run_id, run)


def _measure(settings: Settings) -> tuple[list[CheckResult], list[Quality]]:
    """Return what the checks find in the lake as it is, and all figures for `quality`."""
    now = datetime.now(UTC)
    with open_lake(settings.location, read_only=True) as lake:
        lake.con.execute(f"SET memory_limit = '{settings.memory_limit}'")
        findings = run_checks(lake)
        figures = [
            Quality(
                task="ledger",
                dataset=source,
                metric="rejected_percent",
                value=share,
                measured_at=now,
            )
            for source, share in lake.rows(REJECTED, [now - RECENT])
        ]
        figures += _sizes(lake, now)
    figures += [
        Quality(
            task="checks", dataset=f.severity, metric=f.name, value=f.offending, measured_at=now
        )
        for f in findings
    ]
    return findings, figures


def _sizes(lake: Lake, now: datetime) -> list[Quality]:
    files, size = lake.rows(
        "SELECT sum(file_count), sum(file_size_bytes) FROM ducklake_table_info('lake')"
    )[0]
    counted = {
        "articles": lake.rows("SELECT count(*) FROM articles")[0][0],
        "data_files": files or 0,
        "data_megabytes": (size or 0) / 1e6,
    }
    return [
        Quality(task="lake", dataset="lake", metric=metric, value=float(value), measured_at=now)
        for metric, value in counted.items()
    ]
