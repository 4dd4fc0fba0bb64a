"""What a run and the nightly upkeep do to the lake of a folder, each step timed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.growth.annotated import read_templates
from benchmarks.growth.clones import RUN_ID
from benchmarks.growth.filling import fill, next_batch, note_run, reading, settings_of, writing
from benchmarks.growth.timing import MEGABYTE, Log, Taken
from flows import processing
from flows.knowing import Bands, Pairs
from flows.linking import links
from flows.parsing import Blocks
from flows.preparing import Work, decided
from flows.stories import stories
from flows.utterances import utterances
from tasks.ingest.similarity import bands
from tasks.records import Annotations
from tasks.registry import load_registry
from warehouse.commit import append
from warehouse.lake import Lake
from warehouse.maintenance import compact, merge
from warehouse.settle import settle, settle_stories, settle_utterances

BATCH, BATCHES = 200, 5
STEPS = ("decide", "decide again and commit, under the lock")


def filled(folder: Path, template: Path, count: int) -> list[Taken]:
    """Fill the lake, and merge its files."""
    log = Log("fill")
    templates = read_templates(template)
    log.time("fill in bulk", fill, folder, templates, count)
    with writing(folder) as lake:
        log.time("merge all files", merge, lake)
    return log.taken


def sized(folder: Path, _template: Path, count: int) -> list[Taken]:
    """Note rows, bytes and files of each table, and the size of the catalogue."""
    log = Log("size")
    settings = settings_of(folder)
    with reading(folder) as lake:
        for table, files, size in lake.rows(
            """SELECT table_name, file_count, file_size_bytes FROM ducklake_table_info('lake')
            WHERE file_count > 0 ORDER BY file_size_bytes DESC"""
        ):
            ((rows,),) = lake.rows(f"SELECT count(*) FROM lake.main.{table}")
            log.note(f"{table}: MB", round(size / MEGABYTE, 2))
            log.note(f"{table}: rows an article", round(rows / count, 2))
            log.note(f"{table}: files", files)
    catalog = settings.location.catalog_file
    if catalog is not None:
        log.note("catalogue: MB", round(catalog.stat().st_size / MEGABYTE, 2))
    return log.taken


def batches(folder: Path, template: Path, _count: int) -> list[Taken]:
    """Decide on the next batches of 200 twice, as a run does, and commit them."""
    log = Log("batch of 200")
    templates = read_templates(template)
    log.time("open the lake", lambda: writing(folder).con.close())
    each = Log(log.part)
    with writing(folder) as lake:
        ((first,),) = lake.rows("SELECT count(*) FROM lake.main.articles")
        for number in range(BATCHES):
            _take_in(lake, each, *next_batch(templates, first + number * BATCH, BATCH))
        note_run(lake)
    return log.taken + [_median(each.taken, name) for name in STEPS]


def _take_in(
    lake: Lake, log: Log, pairs: Pairs, extracted: dict[tuple[str, str], Annotations]
) -> None:
    """Do what a run does with a batch that is annotated already, and note each of `STEPS`."""
    work = Work(run_id=RUN_ID)
    keys: Bands = {article.text_sha256: bands(article.text) for _, article in pairs}
    blocks: Blocks = {(raw.source_id, raw.item_ref): () for raw, _ in pairs}
    log.time(STEPS[0], decided, lake, list(pairs), keys)

    def commit() -> None:
        with lake.whole() as inside:
            decisions = decided(inside, list(pairs), keys)
            processing._commit(inside, work, decisions, extracted, blocks, keys)
            entries = list(map(processing._ledger_entry, decisions))
            append(inside.con, "ledger", entries, run_id=RUN_ID)

    log.time(STEPS[1], commit)


def _median(taken: Sequence[Taken], name: str) -> Taken:
    """Return the median of what was taken under `name`."""
    some = [one for one in taken if one.what == name and one.problem is None]
    seconds, cpu = (median(one.seconds or 0 for one in some), median(one.cpu or 0 for one in some))
    return Taken(taken[0].part, name, round(seconds, 3), round(cpu, 3))


def linked(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Tell which entities are one, and settle entities and names; then once more, unchanged."""
    log = Log("settle")
    registry = load_registry()
    with writing(folder) as lake:
        found = log.time("links of entities", links, lake, registry)
        if found is None:
            return log.taken
        log.note("links of entities: rows", len(found))
        for name in ("entities and names, written", "entities and names, nothing new"):
            log.time(
                name,
                lambda: settle(
                    lake,
                    entities=registry.entities,
                    aliases=registry.aliases,
                    roles=registry.roles,
                    members=registry.members,
                    links=found,
                ),
            )
        ((entities,),) = lake.rows("SELECT count(*) FROM lake.main.entities")
        log.note("entities", entities)
    return log.taken


def uttered(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Tell which statements are one utterance, and write it down."""
    log = Log("settle")
    with writing(folder) as lake:
        found = log.time("utterances", utterances, lake)
        if found is not None:
            log.time("utterances, written", settle_utterances, lake, found)
            log.note("utterances: rows", len(found))
    return log.taken


def storied(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Tell which events are of one story, and write it down."""
    log = Log("settle")
    with writing(folder) as lake:
        found = log.time("stories", stories, lake)
        if found is not None:
            log.time("stories, written", settle_stories, lake, found)
            log.note("stories: rows", len(found))
    return log.taken


def kept_up(folder: Path, _template: Path, _count: int) -> list[Taken]:
    """Compact as each night, after the batches that came meanwhile."""
    log = Log("upkeep")
    now = datetime.now(UTC)
    with writing(folder) as lake:
        before = now - timedelta(days=1)
        done = log.time(
            "compact and expire", lambda: compact(lake, expire_before=now, remove_before=before)
        )
        log.time(
            "compact again, nothing new",
            lambda: compact(lake, expire_before=now, remove_before=before),
        )
    if done is not None:
        log.note("files before", done.files_before)
        log.note("files after", done.files_after)
    return log.taken
