"""The row of a run, from its start to its end, and what is settled when its batches are done."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

from flows.annotating.extraction import annotator
from flows.annotating.opening import Hands, open_crew, own_hands
from flows.correcting import conclude_corrections, decisions, take_up
from flows.linking import links
from flows.logs import LOG
from flows.preparing import Work
from flows.settings import Settings
from flows.stories import STORIES
from flows.telling import tell
from flows.utterances import UTTERANCES
from tasks.corrections import load_corrections
from tasks.registry import load_registry
from warehouse import runs
from warehouse.commit import append
from warehouse.errors import WarehouseError
from warehouse.lake import Lake, open_lake
from warehouse.living import living
from warehouse.settle import settle
from warehouse.tables import Quality, Run, RunStatus

DRIFT = timedelta(minutes=5)
"""What the clocks of machines may differ by before a run says so."""

ANNOTATING = frozenset({"run", "ingest", "annotate"})
"""Flows that take up corrections: each ends, or is followed by one that ends, with no article
waiting."""


def code_version() -> str:
    """Return the installed version of demarche."""
    return version("demarche")


@contextmanager
def recorded_run(
    settings: Settings, flow: str, *, is_beside: bool = False, hands: Hands = own_hands
) -> Iterator[tuple[Lake, Work]]:
    """Open the lake and keep the row of a new run: running, then succeeded, failed or interrupted.

    When the block ends, entities, utterances and stories are settled and the run's items counted.
    A run that `is_beside` the tables in force settles nothing, and takes up no correction. Those
    who annotate are had by `hands`, and let go before the end.
    Raises SeedError, before anything is written, where a file of entities or corrections is wrong.
    """
    load_corrections(settings.entities_folder)
    started, clock = datetime.now(UTC), time.monotonic()
    run_id = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    work = Work(
        run_id=run_id,
        is_annotating=flow != "ingest",
        model=settings.nlp.model,
        entities=settings.entities_folder,
    )
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        lake.con.execute(f"SET memory_limit = '{settings.memory_limit}'")
        if ahead := runs.last_ahead(lake, started, by=DRIFT):
            LOG.warning("the clock is behind run %s, begun at %s: see which is right", *ahead)
        for dead in runs.mark_interrupted(lake, settings.runs_folder):
            LOG.warning("run %s was interrupted; its finished batches are in the lake", dead)
        row = Run(
            flow=flow,
            started_at=started,
            status="running",
            code_version=code_version(),
            model_version=annotator(work.model, work.entities).model_version,
            settings_sha256=settings.digest,
        )
        with living(settings.location, settings.runs_folder, run_id):
            runs.put_run(lake, run_id, row)
            LOG.info("run started", extra={"run_id": run_id, "flow": flow})
            status: RunStatus = "failed"
            try:
                if flow in ANNOTATING:
                    take_up(lake, settings, run_id=run_id)
                with open_crew(settings, run_id, hands) as crew:
                    yield lake, replace(work, crew=crew)
                if not is_beside:
                    settle_all(lake, settings)
                    _measure(lake, run_id)
                status = "succeeded"
            except Exception as error:
                LOG.info("run failed", extra={"run_id": run_id, "error": str(error)})
                raise
            except BaseException:  # Ctrl-C, or Prefect's own signal of a SIGTERM
                status = "interrupted"
                raise
            finally:
                _finish(lake, run_id, row, status, time.monotonic() - clock)


def _finish(lake: Lake, run_id: str, row: Run, status: RunStatus, seconds: float) -> None:
    try:
        counts: dict[str, Any] = {**runs.counts(lake, run_id)}
        done = replace(row, finished_at=datetime.now(UTC), status=status, seconds=seconds, **counts)
        runs.put_run(lake, run_id, done)
        told = {"run_id": run_id, "status": status, "seconds": round(seconds, 3), **counts}
        LOG.info("run ended", extra=told)
    except WarehouseError as error:
        if status == "succeeded":
            raise
        # What stopped the run stops this too; the next run finds it and gives it its end.
        LOG.warning("the end of run %s could not be noted: %s", run_id, error)


def settle_all(lake: Lake, settings: Settings) -> None:
    """Bring up to date all that follows from reference data and all articles together."""
    registry = load_registry(settings.entities_folder)
    corrections = load_corrections(settings.entities_folder)
    wanted = links(lake, registry, decisions(lake, registry, corrections))
    settle(
        lake,
        entities=registry.entities,
        aliases=registry.aliases,
        roles=registry.roles,
        members=registry.members,
        links=wanted,
        sources=[source.row for source in settings.sources],
    )
    tell(lake, "utterance_links", UTTERANCES)
    tell(lake, "story_links", STORIES)
    conclude_corrections(lake, registry, corrections, wanted)


MEASURES = {
    "dated_percent": "100 * avg((published_on IS NOT NULL)::DOUBLE)",
    "bylined_percent": "100 * avg((byline IS NOT NULL)::DOUBLE)",
    "words_per_article": "avg(word_count)",
}
"""Metric to its SQL over the articles that a run wrote."""


def _measure(lake: Lake, run_id: str) -> None:
    """Record what can be measured of the articles that this run wrote, by source."""
    now = datetime.now(UTC)
    figures = [
        Quality(task="ingest", dataset=source_id, metric=metric, value=value, measured_at=now)
        for metric, expression in MEASURES.items()
        for source_id, value in lake.rows(
            f"SELECT source_id, {expression} FROM lake.articles WHERE run_id = ? GROUP BY ALL",
            [run_id],
        )
    ]
    figures += [
        Quality(task="stance", dataset="run", metric="pairs_left_out", value=value, measured_at=now)
        for (value,) in lake.rows(
            "SELECT sum(s.pairs_left_out)::DOUBLE FROM lake.sentences AS s "
            "JOIN lake.articles AS a USING (article_id) WHERE a.run_id = ? "
            "HAVING sum(s.pairs_left_out) > 0",
            [run_id],
        )
    ]
    if figures:
        with lake.write() as con:
            append(con, "quality", figures, run_id=run_id)
