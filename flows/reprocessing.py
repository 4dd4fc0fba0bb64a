"""Read stored articles again beside the tables in force: stage, compare, promote, discard.

Only steps whose version key is not the one that an article's rows were made with are done again.
Promotion is one transaction, and a comparison is a promotion that is never committed, so that it
tells what promotion will do.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.annotating.extraction import Broken, Extracted, Gather, annotator
from flows.annotating.opening import behind
from flows.logs import LOG
from flows.preparing import Work, give_out
from flows.processing import Counts
from flows.recording import recorded_run, settle_all
from flows.settings import Settings
from tasks.corrections import correct_rows, load_corrections
from tasks.extract.annotate import Annotator
from tasks.extract.steps import STEPS, StepName, keys_text, read_keys, to_redo
from warehouse import difference, staging
from warehouse.difference import Difference, Tally
from warehouse.errors import LakeError
from warehouse.known import heads
from warehouse.lake import Lake, open_lake
from warehouse.restoring import check_snapshot, restore
from warehouse.staging import STAGE, UNTOUCHED, Scope, Staged, StageState
from warehouse.tables import ARTICLE_ROWS, Article, Correction

SHOWN = 3
"""Rows of each table and kind of change that are shown where nobody says how many."""


class NothingStagedError(LakeError):
    """There is nothing to compare, promote or discard."""


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """What was read again: articles by step, those that were up to date, and those that broke."""

    run_id: str
    articles: int
    up_to_date: int
    steps: dict[str, int]
    broken: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promoted:
    """What was promoted: articles, those overtaken by another run, and the state before."""

    run_id: str
    articles: int
    overtaken: int
    snapshot_before: int


@dataclass(frozen=True, slots=True)
class RolledBack:
    """Rows that came, went and changed by table, and the state before."""

    run_id: str
    snapshot: int
    snapshot_before: int
    tables: list[Tally]


@dataclass(frozen=True, slots=True)
class _Planned:
    """One article to read again, the steps to do, and how it is to stand then."""

    steps: frozenset[StepName]
    staged: Staged


def reprocess(
    settings: Settings,
    *,
    scope: Scope,
    step: StepName | None = None,
    is_forced: bool = False,
    report: Callable[[Counts], None] = lambda _: None,
) -> Reprocessed:
    """Stage new rows for the articles in `scope` whose steps are stale; see `steps.to_redo`.

    What an earlier call staged stays and is not done again. Articles that wait for `annotate` are
    left to it. Raises SeedError, OutageError.
    """
    done: Counter[str] = Counter()
    broken: dict[str, str] = {}
    with recorded_run(settings, "reprocess", is_beside=True) as (lake, work):
        extraction = annotator(work.model, work.entities)
        looked_at, plan = _plan(lake, extraction, scope, step, is_forced)
        if plan:
            staging.make_stage(lake)
        size = settings.batch_size
        parts = (plan[start : start + size] for start in range(0, len(plan), size))
        given = ((part, *_given_out(lake, work, part)) for part in parts)
        for part, articles, gather in behind(given, 0 if work.crew is None else 1):
            failed = _stage_batch(lake, work, part, articles, gather)
            broken |= failed
            done.update(
                name for one in part if one.staged.article_id not in failed for name in one.steps
            )
            report(Counter(processed=len(part)))
    return Reprocessed(
        run_id=work.run_id,
        articles=len(plan) - len(broken),
        up_to_date=looked_at - len(plan),
        steps={name: done[name] for name in STEPS if done[name]},
        broken=broken,
    )


def _plan(
    lake: Lake, extraction: Annotator, scope: Scope, step: StepName | None, is_forced: bool
) -> tuple[int, list[_Planned]]:
    """Return how many articles are in `scope`, and those to read again."""
    staged = staging.staged(lake)
    found = staging.in_scope(lake, scope)
    plan = []
    for article_id, run_id, annotated_with, versions in found:
        held = read_keys(versions)
        steps = to_redo(held, extraction.step_keys, wanted=step, is_forced=is_forced)
        keys = {
            name: key if name in steps else held.get(name, "")
            for name, key in extraction.step_keys.items()
        }
        is_current = keys == extraction.step_keys
        wanted = Staged(
            article_id=article_id,
            held_run_id=run_id,
            held_versions=versions,
            step_versions=keys_text(keys),
            annotated_with=extraction.model_version if is_current else annotated_with,
            tables=tuple(t for t in ARTICLE_ROWS if any(t in STEPS[s].tables for s in steps)),
        )
        if steps and staged.get(article_id) != wanted:
            plan.append(_Planned(steps, wanted))
    return len(found), plan


def _given_out(
    lake: Lake, work: Work, part: Sequence[_Planned]
) -> tuple[dict[str, Article], Gather]:
    """Return the articles of `part` by id, and how to have their rows: given out by their steps."""
    articles = {a.article_id: a for a in heads(lake, [p.staged.article_id for p in part])}
    by_steps: dict[frozenset[StepName], list[Article]] = {}
    for one in part:
        by_steps.setdefault(one.steps, []).append(articles[one.staged.article_id])
    given = [give_out(work, alike, steps) for steps, alike in by_steps.items()]

    def gather() -> tuple[Extracted, Broken]:
        extracted: Extracted = {}
        broken: Broken = {}
        for outcome in given:
            more, also_broken = outcome()
            extracted |= more
            broken |= also_broken
        return extracted, broken

    return articles, gather


def _stage_batch(
    lake: Lake,
    work: Work,
    part: Sequence[_Planned],
    articles: Mapping[str, Article],
    gather: Gather,
) -> Broken:
    """Stage new rows for `part`; return what broke."""
    corrections = load_corrections(work.entities)
    rows: dict[str, list[object]] = {table: [] for table in ARTICLE_ROWS}
    outcomes: list[Correction] = []
    whole: list[Staged] = []
    extracted, broken = gather()
    for article_id, error in broken.items():
        LOG.error("article %s cannot be annotated: %s", article_id, error)
    for one in part:
        article = articles[one.staged.article_id]
        if article.article_id in broken:
            continue
        found = extracted[article.article_id, article.text_sha256]
        found, told = correct_rows(found, corrections)
        outcomes += [c for c in told if (c.field or "").partition(".")[0] in one.staged.tables]
        whole.append(one.staged)
        for table in one.staged.tables:
            rows[table].extend(getattr(found, table))
    staging.stage(lake, whole, rows, outcomes, run_id=work.run_id)
    return broken


def compare(
    settings: Settings,
    *,
    table: str | None = None,
    entity_id: str | None = None,
    samples: int = SHOWN,
) -> tuple[StageState, Difference]:
    """Return what is staged, and what its promotion would change. Raises NothingStagedError."""
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        lake.con.execute(f"SET memory_limit = '{settings.memory_limit}'")
        _require_stage(lake)
        state = staging.state(lake)
        with lake.rehearsal() as inside:
            _gather(inside, settings)
            told = difference.told(inside, table=table, entity_id=entity_id, samples=samples)
    return state, told


def _gather(lake: Lake, settings: Settings) -> None:
    """Gather the differences that promotion makes, and promote."""
    difference.begin(lake)
    for table in staging.staged_tables(lake):
        chosen = f"SEMI JOIN (FROM {UNTOUCHED} WHERE {staging.has_table(table)}) USING (article_id)"
        difference.compare(lake, table, f"lake.main.{table} {chosen}", f"{STAGE}.{table} {chosen}")
    # Copied: once this transaction writes to a table, its old states show that, too.
    derived = {table: f"lake.main.{table}" for table in difference.DERIVED}
    derived["entity_roles"] = "(FROM lake.main.entity_roles WHERE article_id IS NULL)"
    for table, now in derived.items():
        lake.con.execute(f"CREATE OR REPLACE TEMP TABLE was_{table} AS FROM {now}")
    staging.apply_stage(lake)
    settle_all(lake, settings)
    for table, now in derived.items():
        difference.compare(lake, table, f"was_{table}", now)


def promote(settings: Settings) -> Promoted:
    """Put what is staged in force, all at once, and settle what follows from it.

    Articles that another run has written to since stay as that run left them.
    Raises NothingStagedError.
    """
    _require_staged(settings)
    with (
        recorded_run(settings, "promote", is_beside=True) as (lake, work),
        lake.whole() as inside,
    ):
        before = inside.snapshot_id()
        _require_stage(inside)
        state = staging.state(inside)
        staging.apply_stage(inside)
        settle_all(inside, settings)
        staging.drop_stage(inside)
    return Promoted(work.run_id, state.articles - state.overtaken, state.overtaken, before)


def discard(settings: Settings) -> int:
    """Let go of what is staged; return how many articles. Raises NothingStagedError."""
    with open_lake(settings.location, lock_timeout=settings.lock_timeout) as lake:
        _require_stage(lake)
        return staging.discard(lake)


def rollback(settings: Settings, snapshot: int) -> RolledBack:
    """Make the lake what it was at `snapshot`, as a new state. Raises LakeError where it is gone.

    Everything goes back, what runs took in since as well; what is staged goes.
    """
    with open_lake(settings.location, read_only=True) as lake:
        check_snapshot(lake, snapshot)
    with (
        recorded_run(settings, "rollback", is_beside=True) as (lake, work),
        lake.whole() as inside,
    ):
        before = inside.snapshot_id()
        check_snapshot(inside, snapshot)
        tables = restore(inside, snapshot)
    ours = ("runs", "ledger")
    told = [one for one in tables if one.name not in ours] + [t for t in tables if t.name in ours]
    return RolledBack(work.run_id, snapshot, before, told)


def _require_staged(settings: Settings) -> None:
    with open_lake(settings.location, read_only=True) as lake:
        _require_stage(lake)


def _require_stage(lake: Lake) -> None:
    if not staging.is_staged(lake):
        raise NothingStagedError("nothing waits to be promoted: run `demarche reprocess` first")
