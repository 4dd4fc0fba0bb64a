import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.rows import NOW, article, ledger_entry, mention, run, sentence
from warehouse import runs
from warehouse.commit import append, replace_articles
from warehouse.errors import ContractError, LakeError, OutageError, QueryError
from warehouse.known import deliverers, heads, last_seen, old_revisions, originals_by_text
from warehouse.lake import Lake, open_lake
from warehouse.living import living
from warehouse.location import LakeLocation
from warehouse.locks import writer_lock
from warehouse.maintenance import compact, data_files
from warehouse.settle import settle
from warehouse.tables import Article, Entity


def put(lake: Lake, *articles: Article, run_id: str = "r1") -> None:
    rows = {
        "sentences": [sentence(a.article_id) for a in articles],
        "mentions": [mention(a.article_id) for a in articles],
    }
    with lake.write() as con:
        replace_articles(con, articles, [], rows, run_id=run_id, now=NOW)


def test_an_article_and_its_rows_are_replaced_as_a_unit(lake: Lake) -> None:
    put(lake, article("a"), article("b"))
    put(lake, article("a", revision=2, title="Changed"), run_id="r2")
    assert lake.rows("SELECT article_id, revision, title, run_id FROM articles ORDER BY 1") == [
        ("a", 2, "Changed", "r2"),
        ("b", 1, "Title of b", "r1"),
    ]
    assert lake.rows("SELECT article_id, run_id FROM mentions ORDER BY 1") == [
        ("a", "r2"),
        ("b", "r1"),
    ]
    assert lake.rows("SELECT article_id, revision, title, replaced_at FROM article_revisions") == [
        ("a", 1, "Title of a", NOW)
    ]


def test_writing_the_same_revision_again_archives_nothing(lake: Lake) -> None:
    put(lake, article("a"))
    put(lake, article("a"), run_id="r2")
    assert lake.rows("SELECT count(*) FROM articles") == [(1,)]
    assert lake.rows("SELECT count(*) FROM article_revisions") == [(0,)]


def test_nothing_of_a_failed_transaction_remains(lake: Lake) -> None:
    rows = {"mentions": [mention("a", kind="nickname")]}
    with pytest.raises(ContractError), lake.write() as con:
        replace_articles(con, [article("a")], [], rows, run_id="r", now=NOW)
    assert lake.rows("SELECT count(*) FROM articles") == [(0,)]
    put(lake, article("b"))
    assert lake.rows("SELECT article_id FROM articles") == [("b",)]


def test_a_value_outside_the_contract_is_refused_by_name(lake: Lake) -> None:
    with (
        pytest.raises(ContractError, match=r"mentions\.kind does not know 'nickname'"),
        lake.write(),
    ):
        append(lake.con, "mentions", [mention("a", kind="nickname")], run_id="r")
    with pytest.raises(ContractError, match=r"articles\.text must not be NULL"), lake.write():
        append(lake.con, "articles", [article("a", text=None)], run_id="r")
    with pytest.raises(ContractError, match="unknown table 'persons'"):
        append(lake.con, "persons", [article("a")])


def test_time_travel_shows_an_earlier_state(lake: Lake, location: LakeLocation) -> None:
    put(lake, article("a"))
    before = lake.snapshot_id()
    put(lake, article("b"))
    with open_lake(location, as_of=before) as earlier:
        assert earlier.rows("SELECT article_id FROM articles") == [("a",)]
        assert earlier.snapshot_id() == before < lake.snapshot_id()
    with pytest.raises(LakeError, match="no marts yet"):
        open_lake(location, as_of=1)
    with pytest.raises(LakeError, match="no such state"):
        open_lake(location, as_of=10_000)


def test_a_lake_opens_after_its_folder_was_moved(tmp_path: Path, location: LakeLocation) -> None:
    with open_lake(location) as lake:
        put(lake, article("a"))
    moved = location.lock_path.parent.rename(tmp_path / "elsewhere")
    for read_only in (True, False):
        with open_lake(LakeLocation.in_folder(moved), read_only=read_only) as lake:
            assert lake.rows("SELECT title FROM articles") == [("Title of a",)]


def test_a_reader_cannot_write(lake: Lake, location: LakeLocation) -> None:
    put(lake, article("a"))
    with open_lake(location, read_only=True) as reader:
        assert reader.rows("SELECT count(*) FROM articles") == [(1,)]
        with pytest.raises(QueryError, match="read-only"):
            reader.rows("DELETE FROM articles")


def test_what_is_wrong_with_a_lake_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"no lake at .*demarche run"):
        open_lake(LakeLocation.in_folder(tmp_path / "none"), read_only=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(LakeError, match="cannot make"):
        open_lake(LakeLocation.in_folder(tmp_path / "file" / "lake"))


def test_no_connection_draws_a_bar_among_the_results(lake: Lake) -> None:
    for connection in (lake, lake.beside()):
        assert connection.rows("SELECT current_setting('enable_progress_bar')") == [(False,)]


def test_a_lake_of_a_newer_version_is_left_alone(lake: Lake, location: LakeLocation) -> None:
    with lake.write() as con:
        con.execute("UPDATE lake.lake_info SET schema_version = 99")
    for read_only in (True, False):
        with pytest.raises(LakeError, match=r"newer demarche \(schema 99"):
            open_lake(location, read_only=read_only)


def test_a_lake_of_an_older_version_gets_the_tables_and_columns_it_lacks(
    lake: Lake, location: LakeLocation
) -> None:
    put(lake, article("a"))
    with lake.write() as con:
        con.execute("DROP TABLE lake.fetches")
        con.execute("ALTER TABLE lake.articles DROP COLUMN similarity")
        con.execute("UPDATE lake.lake_info SET schema_version = 1")
    with open_lake(location) as upgraded:
        assert upgraded.rows("SELECT article_id, similarity FROM articles") == [("a", None)]
        assert upgraded.rows("SELECT count(*) FROM fetches") == [(0,)]
        assert upgraded.rows("SELECT schema_version FROM lake_info") == [(7,)]
        put(upgraded, article("b"))


def test_a_second_writer_waits_and_says_so_when_it_gives_up(
    lake: Lake, location: LakeLocation
) -> None:
    with writer_lock(location, timeout=1):
        impatient = Lake(lake.con, location, 0.1)
        with pytest.raises(OutageError, match=r"writing to the lake for 0\.1 s"), impatient.write():
            pass
    put(lake, article("a"))


WRITER = """
import sys
from pathlib import Path
from tests.rows import NOW, article
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.location import LakeLocation

name, folder = sys.argv[1:]
with open_lake(LakeLocation.in_folder(Path(folder))) as lake:
    for number in range(8):
        with lake.write() as con:
            replace_articles(con, [article(f"{name}{number}")], [], {}, run_id=name, now=NOW)
"""


def test_two_writers_at_once_lose_nothing(location: LakeLocation) -> None:
    folder = str(location.lock_path.parent)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name, folder]) for name in ("one", "two")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    with open_lake(location, read_only=True) as lake:
        assert lake.rows("SELECT run_id, count(*) FROM articles GROUP BY 1 ORDER BY 1") == [
            ("one", 8),
            ("two", 8),
        ]


def test_what_was_last_seen_leaves_repeats_out(lake: Lake) -> None:
    later = NOW + timedelta(hours=1)
    with lake.write() as con:
        append(con, "ledger", [ledger_entry("x"), ledger_entry("y")], run_id="r1")
        append(con, "ledger", [ledger_entry("x", raw_ref="new", seen_at=later)], run_id="r2")
        repeat = ledger_entry("y", is_repeat=True, raw_ref=None, seen_at=later)
        append(con, "ledger", [repeat], run_id="r2")
    seen = last_seen(lake, [("local", "x"), ("local", "y"), ("local", "z")])
    assert {key[1]: last.raw_ref for key, last in seen.items()} == {"x": "new", "y": "raw of y"}
    assert last_seen(lake, []) == {}


def test_what_the_lake_knows_of_articles(lake: Lake) -> None:
    put(lake, article("a"), article("d", text_sha256="text of a", duplicate_of="a"))
    put(lake, article("a", revision=2, text_sha256="new text"))
    assert [(h.article_id, h.revision) for h in heads(lake, ["a", "z"])] == [("a", 2)]
    assert [(h.article_id, h.revision) for h in old_revisions(lake, ["a"])] == [("a", 1)]
    assert originals_by_text(lake, ["text of a", "new text", "none"]) == {"new text": "a"}
    with lake.write() as con:
        brought = [
            ledger_entry("x", article_id="a"),
            ledger_entry("y", article_id="a", state="revised", seen_at=NOW + timedelta(hours=1)),
            ledger_entry("z", article_id="a", state="unchanged", seen_at=NOW + timedelta(hours=2)),
        ]
        append(con, "ledger", brought, run_id="r1")
    assert deliverers(lake, ["a", "d"]) == {"a": ("local", "y")}


def test_entities_are_those_of_the_registry_and_those_mentioned(lake: Lake) -> None:
    put(lake, article("a"))
    with lake.write() as con:
        found = mention(
            "a", mention_id="m2", entity_id="person:ann-lee", kind="name", surface="Ann Lee"
        )
        append(con, "mentions", [found], run_id="r1")
    registry = [Entity(entity_id="state:rus", name="Russia", type="state", origin="registry")]
    assert settle(lake, entities=registry, aliases=[], roles=[])
    assert lake.rows(
        "SELECT entity_id, name, type, origin, first_seen_on::VARCHAR FROM entities ORDER BY 1"
    ) == [
        ("person:ann-lee", "Ann Lee", "person", "discovered", "2021-08-15"),
        ("state:rus", "Russia", "state", "registry", "2021-08-15"),
    ]
    before = lake.snapshot_id()
    assert not settle(lake, entities=registry, aliases=[], roles=[])
    assert lake.snapshot_id() == before


def test_a_dead_run_is_found_and_a_living_one_left_alone(lake: Lake, tmp_path: Path) -> None:
    runs.put_run(lake, "dead", run(status="running"))
    runs.put_run(lake, "alive", run(status="running"))
    with lake.write() as con:
        append(
            con,
            "ledger",
            [ledger_entry("x"), ledger_entry("y", state="rejected", reason="empty")],
            run_id="dead",
        )
    with living(lake.location, tmp_path / "runs", "alive"):
        assert runs.mark_interrupted(lake, tmp_path / "runs") == ["dead"]
    assert lake.rows("SELECT run_id, status, items, processed, rejected FROM runs ORDER BY 1") == [
        ("alive", "running", 0, 0, 0),
        ("dead", "interrupted", 2, 1, 1),
    ]


def test_compaction_keeps_rows_and_lets_go_of_snapshots(lake: Lake) -> None:
    for name in "abcdefgh":
        put(lake, article(name))
    rows = lake.rows("FROM articles ORDER BY article_id")
    files = data_files(lake)
    done = compact(lake, expire_before=NOW + timedelta(days=3650), remove_before=NOW)
    assert done.files_before == files > done.files_after
    assert done.snapshots_expired > 0
    assert lake.rows("FROM articles ORDER BY article_id") == rows
