import json

from tests.cli.conftest import Ask


def test_rejects_lists_items_that_no_later_run_took_in(ask: Ask) -> None:
    (found,) = json.loads(ask("rejects", "--json").out)
    assert (found["item_ref"], found["reason"], found["is_open"]) == ("c.txt", "language", True)
    every = json.loads(ask("rejects", "--all", "--json").out)
    assert [(row["item_ref"], row["is_open"]) for row in every] == [
        ("d.txt", False),
        ("c.txt", True),
    ]
    assert ask("rejects", "--reason", "encoding", "--json").out == "[]\n"
    assert ask("rejects", "--source", "elsewhere", "--json").out == "[]\n"


def test_rejects_starts_with_a_summary(ask: Ask) -> None:
    lines = ask("rejects").out.splitlines()
    assert lines[0].split() == ["source_id", "reason", "stage", "items"]
    assert lines[1].split() == ["local", "language", "parse", "1"]
    assert lines[2] == ""
    assert lines[4].endswith("4e4ec70000000001")


def test_runs_come_last_first_with_counts(ask: Ask) -> None:
    rows = json.loads(ask("runs", "--json").out)
    assert [(row["run_id"], row["items"], row["status"]) for row in rows] == [
        ("run-2", 2, "succeeded"),
        ("run-1", 3, "succeeded"),
    ]
    assert rows[1]["reconciles"] is True
    assert ask("runs", "--limit", "1").out.splitlines()[1].startswith("run-2")


def test_snapshots_name_the_tables_changed(ask: Ask) -> None:
    rows = {row["snapshot_id"]: row for row in json.loads(ask("snapshots", "--json").out)}
    assert rows[5]["changed"] == "articles, citations, mentions, sentences, stances"
    assert list(rows) == [8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_tables_are_counted_and_explained(ask: Ask) -> None:
    rows = {row["table_name"]: row for row in json.loads(ask("tables", "--json").out)}
    assert rows["stances"] == {
        "table_name": "stances",
        "kind": "table",
        "rows": 3,
        "meaning": "one row is one position of a holder on a target, with the words that show it",
    }
    assert (rows["stance_matrix"]["kind"], rows["stance_matrix"]["rows"]) == ("mart", 2)


def test_the_columns_of_a_table_are_explained(ask: Ask) -> None:
    assert "actor_id" in ask("tables", "events").out
    assert ask("tables", "nonsense").err == "demarche: no rows\n"
