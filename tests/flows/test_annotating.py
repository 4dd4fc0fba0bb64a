"""Annotating in several processes: the same rows, and what a dying process costs."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from flows import pipeline, reprocessing
from flows.annotating import pool
from flows.annotating.doing import do, versions_of
from flows.annotating.errors import CrewError
from flows.annotating.exchange import Exchange, exchange_of
from flows.annotating.extraction import annotator
from flows.annotating.job import Job
from flows.annotating.opening import behind
from flows.publishing import maintain
from flows.settings import AnnotateSettings, Settings
from tasks.extract.steps.graph import ALL
from tests.flows import deadly
from tests.flows.given import ask, json_lines, record, table_digests, take_in
from tests.rows import article
from tests.services import new_bucket
from warehouse.errors import OutageError
from warehouse.location import ObjectStore
from warehouse.staging import Scope

TEXT = (
    "Minister Quorl praised item {0} of the talks in Doha as step {0} of a long way. "
    "Pakistan criticised point {1} of it and said that paper {1} was wrong."
)


def short(number: int, **given: object) -> dict[str, object]:
    """A record of two sentences that are like no other's."""
    text = TEXT.format(number * 7919, number * 104729)
    return record(number, **{"text": text, **given})


def ingest(settings: Settings, file: Path) -> Counter[str]:
    seen: Counter[str] = Counter()
    pipeline.ingest(settings, pipeline.sources_of(settings, [str(file)]), report=seen.update)
    return seen


@pytest.fixture
def two(settings: Settings) -> Settings:
    annotate = AnnotateSettings(processes=2, chunk=2)
    return settings.model_copy(update={"annotate": annotate, "batch_size": 4})


@pytest.fixture
def light(two: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two processes that have no model, and die at an article called 'Deadly'."""
    monkeypatch.setattr(pool, "load", deadly.load)
    monkeypatch.setattr(pool, "do", deadly.do)
    return two


def children() -> list[psutil.Process]:
    """Processes of ours that annotate."""
    found = psutil.Process().children()
    return [p for p in found if "multiprocessing.spawn" in " ".join(p.cmdline())]


@pytest.mark.slow
def test_two_processes_give_the_rows_of_one_though_one_of_them_is_killed(
    settings: Settings, two: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "entities"
    own.mkdir()
    (own / "entities.csv").write_text(
        "entity_id,name,type,country_iso3,wikidata_id,description\nperson:quorl,Quorl,person,,,\n"
    )
    two = two.model_copy(update={"entities_folder": own})
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(9)), "no object")
    killed = []

    def kill_one(_counts: Counter[str]) -> None:
        if not killed:
            killed.append(children()[0])
            killed[0].kill()

    sources = pipeline.sources_of(two, [str(file)])
    pipeline.ingest(two, sources, report=kill_one)
    assert not killed[0].is_running()
    assert children() == []
    alone = settings.model_copy(update={"data_dir": tmp_path / "alone", "entities_folder": own})
    alone = alone.model_copy(update={"batch_size": 4})
    ingest(alone, file)
    named = "SELECT count(DISTINCT article_id) FROM mentions WHERE entity_id = 'person:quorl'"
    assert ask(two, named) == [(9,)]
    assert table_digests(two) == table_digests(alone)
    order = "SELECT item_ref FROM ledger ORDER BY seen_at"
    assert ask(two, order) == ask(alone, order)
    assert list((two.data_dir / "exchange").iterdir()) == []


def test_an_article_that_kills_its_process_is_rejected_alone(
    light: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    titles = {3: "Deadly"}
    rows = [short(n, title=titles.get(n, f"Report {n}")) for n in range(7)]
    assert ingest(light, json_lines(tmp_path / "in.jsonl", *rows)) == {
        "processed": 6,
        "rejected": 1,
    }
    ((reason, detail),) = ask(light, "SELECT reason, detail FROM rejections")
    assert reason == "internal_error"
    assert detail.startswith("ProcessKilled: the process that read it died twice")
    assert ask(light, "SELECT count(*), count(annotated_with) FROM articles") == [(6, 6)]
    assert "a process died at annotating 2 articles; they are tried again in parts" in caplog.text
    again: Counter[str] = Counter()
    pipeline.retry(light, report=again.update)  # by a process that may die, not by the run's own
    assert again == {"rejected": 1}


def test_a_process_that_dies_before_it_began_is_an_outage_and_no_articles_fault(
    light: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(4)))
    with monkeypatch.context() as patch:
        patch.setattr(pool, "load", deadly.die_at_load)
        with pytest.raises(OutageError, match=r"died before it began: see that there is memory"):
            ingest(light, file)
    assert ask(light, "SELECT status, items FROM runs") == [("failed", 0)]
    assert ingest(light, file) == {"processed": 4}


def test_a_run_that_is_stopped_leaves_no_process_and_keeps_what_was_committed(
    light: Settings, tmp_path: Path
) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(9)))

    def stop(_counts: Counter[str]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest(light, pipeline.sources_of(light, [str(file)]), report=stop)
    assert children() == []
    assert ask(light, "SELECT status, processed FROM runs") == [("interrupted", 4)]
    assert ingest(light, file) == {"processed": 5, "unchanged": 4}


def test_a_process_that_starts_while_all_are_ended_is_ended_too(
    light: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, start = pool.Pool(1), pool.new_process

    def started_too_late() -> object:
        begun = start()
        hands.close()
        return begun

    monkeypatch.setattr(pool, "new_process", started_too_late)
    exchange_of(light).put_articles("run/000000", [article("a")])
    with pytest.raises(OutageError, match="annotating was stopped"):
        hands.run(job(exchange_of(light)))
    assert children() == []


def test_fewer_than_a_chunk_are_read_in_this_process(light: Settings, tmp_path: Path) -> None:
    ingest(light, json_lines(tmp_path / "in.jsonl", short(1)))
    assert ask(light, "SELECT count(*) > 0 FROM mentions") == [(True,)]  # the light ones find none
    assert not (light.data_dir / "exchange").exists()


def test_articles_that_wait_and_those_reprocessed_are_given_out_too(
    light: Settings, tmp_path: Path
) -> None:
    file = json_lines(tmp_path / "in.jsonl", *(short(n) for n in range(6)))
    sources = pipeline.sources_of(light, [str(file)])
    pipeline.ingest(light, sources, flow="ingest")
    done: Counter[str] = Counter()
    pipeline.annotate(light, report=done.update)
    assert done == {"processed": 6}
    assert ask(light, "SELECT count(*) FROM mentions") == [(0,)]  # the light ones find none
    found = reprocessing.reprocess(light, scope=Scope(), is_forced=True)
    assert (found.articles, found.broken) == (6, {})


def test_a_copy_stands_in_for_an_original_that_broke(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extraction = annotator(None)
    annotate = extraction.annotate

    def fragile(one: object, steps: object) -> object:
        if getattr(one, "title", "") == "Report 1":
            raise ValueError("boom")
        return annotate(one, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(extraction, "annotate", fragile)
    same = short(1)["text"]
    file = json_lines(tmp_path / "in.jsonl", short(1), short(2, text=same))
    assert ingest(settings, file) == {"processed": 1, "rejected": 1}
    assert ask(settings, "SELECT title, duplicate_of FROM articles") == [("Report 2", None)]
    assert ask(settings, "SELECT count(*) > 0 FROM mentions") == [(True,)]


def test_a_copy_of_what_was_revised_meanwhile_is_read_as_if_alone(
    light: Settings, tmp_path: Path
) -> None:
    revised, kept = short(0), [short(n) for n in range(1, 4)]
    ingest(light, json_lines(tmp_path / "in.jsonl", revised, *kept))
    # A batch of four with the revision, then one whose first had the words of the article before.
    new = [short(0, text=short(20)["text"]), *(short(n) for n in range(4, 7))]
    old = [short(8, title="Deadly", text=revised["text"]), *(short(n) for n in range(9, 12))]
    assert ingest(light, json_lines(tmp_path / "on.jsonl", *new, *old)) == {
        "revised": 1,
        "processed": 6,
        "rejected": 1,
    }
    assert ask(light, "SELECT count(*) FROM mentions") == [(0,)]  # none was read in this process


def job(exchange: Exchange, **given: object) -> Job:
    wanted = {
        "exchange": exchange,
        "chunk": "run/000000",
        "first": 0,
        "end": 1,
        "steps": ALL,
        "model": None,
        "entities": None,
        "versions": versions_of(annotator(None)),
    }
    return Job(**{**wanted, **given})  # type: ignore[arg-type]


def test_another_version_is_refused_by_a_line_that_names_it(settings: Settings) -> None:
    ours = versions_of(annotator(None))
    other = job(exchange_of(settings), versions=ours._replace(demarche="0.0.9"))
    with pytest.raises(CrewError) as caught:
        do(other)
    assert "has another version (demarche '0.1.0' for '0.0.9')" in str(caught.value)
    assert "install demarche 0.0.9 there" in str(caught.value)
    keys = annotator(None).step_keys
    changed = ours._replace(steps=ours.steps.replace(keys["events"], "00000000"))
    with pytest.raises(CrewError, match=r"version \(code or word lists of events\): "):
        do(job(exchange_of(settings), versions=changed))


def test_an_exchange_that_a_worker_does_not_see_is_told(settings: Settings) -> None:
    with pytest.raises(CrewError, match=r"lacks what another machine put there .*all machines"):
        do(job(exchange_of(settings)))


def test_rows_come_back_as_they_were_from_an_object_store(
    object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", str(object_store.key_id))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", str(object_store.secret))
    exchange = Exchange.at(f"s3://{new_bucket(object_store)}/chunks/", object_store)
    assert "test" not in repr(exchange)
    read = [article(article_id="a", text=TEXT.format(1, 2)), article(article_id="b", text="Hm.")]
    exchange.put_articles("run/000000", read)
    assert exchange.articles("run/000000") == read
    done = do(job(exchange, end=2))
    assert done.broken == {}
    rows = exchange.rows(done.files[0])
    assert rows["a"] == annotator(None).annotate(read[0])
    exchange.clear("run")
    with pytest.raises(CrewError):
        exchange.articles("run/000000")


def test_an_exchange_that_cannot_be_written_is_an_outage(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    (settings.data_dir / "exchange").write_text("in the way")
    with pytest.raises(OutageError, match=r"cannot write to the exchange place .*/exchange: "):
        exchange_of(settings).put_articles("run/000000", [article("a")])


def test_maintenance_sweeps_what_killed_runs_left(settings: Settings, tmp_path: Path) -> None:
    take_in(settings.data_dir, json_lines(tmp_path / "in.jsonl", short(1)), flow="ingest")
    exchange = exchange_of(settings)
    for name in ("dead/000000", "dead/000001", "alive/000000", "alive/000001"):
        exchange.put_articles(name, [article("a")])
    folder = settings.data_dir / "exchange"
    for name in ("dead/000000", "dead/000001", "dead", "alive/000000", "alive"):
        os.utime(folder / name, (0, 0))
    maintain(settings)
    assert [path.name for path in folder.iterdir()] == ["alive"]


def test_the_next_is_taken_before_one_is_given() -> None:
    seen: list[str] = []

    def items() -> Iterator[int]:
        for number in range(3):
            seen.append(f"taken {number}")
            yield number

    for number in behind(items(), 1):
        seen.append(f"given {number}")
    assert seen == ["taken 0", "taken 1", "given 0", "taken 2", "given 1", "given 2"]
