import os
import shutil
import threading
from pathlib import Path

import pytest

from flows import pipeline, publishing
from flows.annotating.extraction import annotator
from flows.cli.state import OPEN_REJECTS
from flows.settings import Settings
from seeds import folder
from tasks.errors import SourceError
from tasks.records import Source
from tests.flows.given import BODY, ask, json_lines, record, table_digests, text_file
from warehouse.checks import CheckResult
from warehouse.errors import LakeError
from warehouse.lake import open_lake
from warehouse.tables import ARTICLE_ROWS

SAMPLES = str(folder() / "articles")


def run(settings: Settings, *locations: str | Path) -> dict[str, int]:
    sources = pipeline.sources_of(settings, [str(location) for location in locations])
    return pipeline.run(settings, sources).counts


def run_unpublished(settings: Settings, *locations: str | Path) -> dict[str, int]:
    """Do what `run` does but publish, which is a third of its time."""
    sources = pipeline.sources_of(settings, [str(location) for location in locations])
    return publishing.conclude(settings, pipeline.ingest(settings, sources), None).counts


def states(**given: int) -> dict[str, int]:
    names = ("processed", "unchanged", "duplicates", "revised", "rejected")
    return {"items": sum(given.values()), **{name: given.get(name, 0) for name in names}}


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a data folder with all samples, made once; no test may change it."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("sampled"), batch_size=5, lock_timeout=30)
    assert run(settings, SAMPLES) == states(processed=18, duplicates=1, revised=1, rejected=4)
    return settings


def test_every_sample_ends_in_the_state_it_was_written_for(sampled: Settings) -> None:
    assert ask(sampled, "SELECT item_ref, reason FROM rejections ORDER BY 1") == [
        ("empty.txt", "empty"),
        ("g20-sondergipfel.html", "language"),
        ("garbled.txt", "encoding"),
        ("wire-briefs.jsonl#3", "malformed"),
    ]
    for table in ARTICLE_ROWS:
        assert ask(sampled, f"SELECT count(*) > 0 FROM {table}") == [(True,)], table
    assert (sampled.publish_folder / "current" / "demarche.duckdb").is_file()


def test_a_second_run_finds_everything_unchanged_and_adds_no_row(
    sampled: Settings, settings: Settings
) -> None:
    shutil.copytree(sampled.data_dir, settings.data_dir, symlinks=True)
    before = table_digests(settings)
    assert run(settings, SAMPLES) == states(unchanged=24)
    assert table_digests(settings) == before
    assert ask(settings, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(2,)]


@pytest.mark.usefixtures("all_threads")
def test_the_same_articles_elsewhere_give_the_same_rows(sampled: Settings, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "copied")
    other = sampled.model_copy(update={"data_dir": tmp_path / "other", "batch_size": 7})
    run(other, tmp_path / "copied")
    assert table_digests(other) == table_digests(sampled)


def test_ingest_then_annotate_gives_what_run_gives(sampled: Settings, tmp_path: Path) -> None:
    other = sampled.model_copy(update={"data_dir": tmp_path / "other"})
    pipeline.ingest(other, pipeline.sources_of(other, [SAMPLES]), flow="ingest")
    assert ask(other, "SELECT count(*) FROM sentences") == [(0,)]
    assert ask(other, "SELECT count(*) FROM articles WHERE annotated_with IS NULL") == [(19,)]
    pipeline.annotate(other)
    ours, theirs = table_digests(sampled), table_digests(other)
    # Both measure articles by run, and here two runs wrote them.
    del ours["quality"], theirs["quality"]
    # A revision that was replaced before extraction has never been annotated.
    del ours["article_revisions"], theirs["article_revisions"]
    assert theirs == ours


def test_an_edited_file_is_a_revision_of_its_article(settings: Settings, tmp_path: Path) -> None:
    text_file(tmp_path / "in", "a.txt", "Talks go on")
    text_file(tmp_path / "in", "b.txt", "Other matters", BODY.replace("Doha", "Geneva"))
    assert run_unpublished(settings, tmp_path / "in") == states(processed=2)
    text_file(tmp_path / "in", "a.txt", "Talks go on", BODY + " Talks resume on Friday.")
    assert run_unpublished(settings, tmp_path / "in") == states(revised=1, unchanged=1)
    assert ask(settings, "SELECT title, revision FROM articles ORDER BY 1") == [
        ("Other matters", 1),
        ("Talks go on", 2),
    ]
    assert ask(settings, "SELECT title, revision FROM article_revisions") == [("Talks go on", 1)]
    assert ask(settings, "SELECT text FROM sentences WHERE text LIKE 'Talks resume%'") == [
        ("Talks resume on Friday.",)
    ]


def test_a_bad_row_does_not_spoil_the_others(settings: Settings, tmp_path: Path) -> None:
    file = json_lines(
        tmp_path / "in.jsonl", record(1), ["no", "object"], record(2, text=""), record(3)
    )
    assert run_unpublished(settings, file) == states(processed=2, rejected=2)
    assert ask(settings, "SELECT item_ref, reason FROM rejections ORDER BY 1") == [
        ("in.jsonl#2", "malformed"),
        ("in.jsonl#3", "empty"),
    ]
    assert run_unpublished(settings, file) == states(unchanged=4)


def test_a_mended_item_is_taken_in_and_leaves_the_open_rejections(
    settings: Settings, tmp_path: Path
) -> None:
    file = json_lines(tmp_path / "in.jsonl", record(1, text=""))
    assert run_unpublished(settings, file) == states(rejected=1)
    json_lines(file, record(1))
    assert run_unpublished(settings, file) == states(processed=1)
    json_lines(file, record(1, text=""))
    assert run_unpublished(settings, file) == states(rejected=1)


def test_retry_takes_rejected_items_from_their_kept_bytes(
    settings: Settings, tmp_path: Path
) -> None:
    file = json_lines(tmp_path / "in.jsonl", record(1, language="fr"), record(2, text=""))
    assert run_unpublished(settings, file) == states(rejected=2)
    file.unlink()
    french = settings.model_copy(update={"languages": frozenset({"en", "fr"})})
    pipeline.retry(french, reasons=("language",))
    assert ask(settings, "SELECT title FROM articles") == [("Report 1",)]
    assert ask(settings, "SELECT reason, retried_at IS NULL FROM rejections ORDER BY 1") == [
        ("empty", True),
        ("language", False),
    ]


def test_one_text_that_breaks_extraction_is_rejected_alone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extraction = annotator(None)
    annotate = extraction.annotate

    def fragile(article: object, steps: object) -> object:
        if getattr(article, "title", "") == "Report 2":
            raise ValueError("boom")
        return annotate(article, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "annotate", fragile)
    file = json_lines(tmp_path / "in.jsonl", record(1), record(2), record(3))
    assert run_unpublished(settings, file) == states(processed=2, rejected=1)
    assert ask(settings, "SELECT item_ref, stage, reason FROM rejections") == [
        ("in.jsonl#2", "annotate", "internal_error")
    ]


def test_two_runs_at_once_over_the_same_items_agree(settings: Settings, tmp_path: Path) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(record(n) for n in range(30)))
    threads = [threading.Thread(target=run, args=(settings, file)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask(settings, "SELECT count(*), count(DISTINCT article_id) FROM articles") == [(30, 30)]
    assert ask(settings, "SELECT state, count(*) FROM ledger GROUP BY 1 ORDER BY 1") == [
        ("processed", 30),
        ("unchanged", 30),
    ]
    assert ask(settings, "SELECT count(*) - count(DISTINCT sentence_id) FROM sentences") == [(0,)]


def test_a_failed_check_keeps_the_publication_and_marks_the_run(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(settings, text_file(tmp_path / "in", "a.txt", "Talks go on"))
    before = (settings.publish_folder / "current").readlink()
    finding = CheckResult("evidence_verbatim", "fail", "one row is ...", 1, [{"row_id": "x"}])
    monkeypatch.setattr(publishing, "run_checks", lambda _lake: [finding])
    text_file(tmp_path / "in", "b.txt", "Other matters", BODY.replace("Doha", "Geneva"))
    sources = pipeline.sources_of(settings, [str(tmp_path / "in")])
    summary = pipeline.run(settings, sources)
    assert summary.status == "checks_failed"
    assert (settings.publish_folder / "current").readlink() == before
    assert ask(settings, "SELECT status FROM runs ORDER BY started_at") == [
        ("succeeded",),
        ("checks_failed",),
    ]


def test_named_sources_of_the_settings_are_read(settings: Settings, tmp_path: Path) -> None:
    json_lines(tmp_path / "in.jsonl", record(1) | {"headline": "From the mapping"})
    named = Settings(
        data_dir=settings.data_dir,
        sources=(
            {  # type: ignore[arg-type]
                "id": "wire",
                "location": str(tmp_path / "in.jsonl"),
                "publisher": "Example Wire",
                "mapping": {"title": "headline"},
            },
        ),
    )
    run(named)
    assert ask(named, "SELECT source_id, title, publisher FROM articles") == [
        ("wire", "From the mapping", "Example Wire")
    ]


def test_a_missing_source_stops_the_run_and_says_so(settings: Settings) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        pipeline.run(settings, [Source(location="nowhere")])
    assert ask(settings, "SELECT status, items FROM runs") == [("failed", 0)]


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(data_dir=tmp_path / "file")
    with pytest.raises(LakeError, match=r"cannot make .*--data-dir"):
        pipeline.run(settings, [Source(location=SAMPLES)])


def test_maintenance_changes_no_row(settings: Settings, tmp_path: Path) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(record(n) for n in range(30)))
    run(settings, file)
    before = table_digests(settings)
    done = publishing.maintain(settings)
    assert done.files_after < done.files_before
    assert table_digests(settings) == before
    with open_lake(settings.location) as lake:
        assert lake.snapshot_id() > 0


def test_maintenance_sweeps_what_a_kill_left_and_nothing_fresh(
    settings: Settings, tmp_path: Path
) -> None:
    run_unpublished(settings, json_lines(tmp_path / "in.jsonl", record(1)))
    shard = next(settings.raw_folder.iterdir())
    old, fresh = shard / "old.part", shard / "fresh.part"
    lock = settings.runs_folder / "dead.lock"
    for path in (old, fresh, lock):
        path.touch()
    for path in (old, lock):
        os.utime(path, (0, 0))
    publishing.maintain(settings)
    assert [path.exists() for path in (old, fresh, lock)] == [False, True, False]


def test_files_of_one_name_in_several_folders_are_items_of_their_own(
    settings: Settings, tmp_path: Path
) -> None:
    for month, place in (("jan", "Geneva"), ("feb", "Doha")):
        text_file(tmp_path / month, "report.txt", f"Talks in {place}", BODY.replace("Doha", place))
    folders = (tmp_path / "jan", tmp_path / "feb", tmp_path / "jan" / "report.txt")
    assert run_unpublished(settings, *folders) == states(processed=2)
    assert ask(settings, "SELECT item_ref FROM ledger ORDER BY 1") == [
        ("report.txt",),
        ("report.txt~2",),
    ]
    assert run_unpublished(settings, *folders) == states(unchanged=2)


def test_a_copy_whose_original_was_revised_stands_for_its_text(
    settings: Settings, tmp_path: Path
) -> None:
    old, new = BODY + " It rained in Doha.", BODY + " It snowed in Geneva."
    file = tmp_path / "in.jsonl"
    json_lines(file, record(1, text=old), record(2, text=old), record(3, text=new))
    assert run(settings, file) == states(processed=2, duplicates=1)
    json_lines(file, record(1, text=new), record(2, text=old), record(3, text=new))
    assert run(settings, file) == states(revised=1, unchanged=2)
    heads = """SELECT a.title, o.title FROM articles AS a
        LEFT JOIN articles AS o ON o.article_id = a.duplicate_of ORDER BY 1"""
    assert ask(settings, heads) == [
        ("Report 1", "Report 3"),
        ("Report 2", None),
        ("Report 3", None),
    ]
    texts = "SELECT title FROM sentences JOIN articles USING (article_id) WHERE sentences.text = "
    assert ask(settings, texts + "'It rained in Doha.'") == [("Report 2",)]
    assert ask(settings, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(2,)]


def test_an_item_that_turns_bad_and_good_again_is_told_right(
    settings: Settings, tmp_path: Path
) -> None:
    path = text_file(tmp_path / "in", "a.txt", "Talks go on")
    whole = path.read_text(encoding="utf-8")
    assert run_unpublished(settings, path) == states(processed=1)
    path.write_text("", encoding="utf-8")
    assert run_unpublished(settings, path) == states(rejected=1)
    assert run_unpublished(settings, path) == states(unchanged=1)
    path.write_text(whole, encoding="utf-8")
    assert run_unpublished(settings, path) == states(unchanged=1)
    assert open_rejects(settings) == 0


def open_rejects(settings: Settings) -> int:
    with open_lake(settings.location, read_only=True) as lake:
        return len(lake.rows(OPEN_REJECTS))


def test_retry_takes_the_latest_version_of_an_item_only(settings: Settings, tmp_path: Path) -> None:
    for words in ("Far too short", "Too short again"):
        (tmp_path / "b.txt").write_text(words, encoding="utf-8")
        assert run_unpublished(settings, tmp_path / "b.txt") == states(rejected=1)
    run_id = pipeline.retry(settings)
    assert ask(settings, f"SELECT count(*) FROM ledger WHERE run_id = '{run_id}'") == [(1,)]
    assert not publishing.publish(settings, is_forced=True).has_failed
