"""Each check finds the rows that offend and no others.

`SOUND` is a small warehouse in which nothing offends. A case changes it by one statement and
names the `row_id`s that the check must then return; a change that is still sound returns none.
"""

from typing import Any

import duckdb
import pytest

from tests.marts.bare import bare_warehouse, load
from warehouse.sqlfiles import SqlFile, read_folder

# An accent of its own, an emoji joined from several code points, and one outside the BMP.
TEXT = "Cafe\u0301 👩‍👩‍👧 Russia (RF) 😀 met Kim. She said no."
RUN = {"run_id": "r1"}

SOUND: dict[str, list[dict[str, Any]]] = {
    "articles": [
        RUN | {"article_id": "a1", "source_id": "s", "revision": 2, "text": TEXT,
               "published_on": "2024-01-10", "fetched_at": "2024-01-10T12:00:00Z"},
        RUN | {"article_id": "a2", "source_id": "s", "revision": 1, "text": TEXT,
               "published_on": "2024-01-10", "fetched_at": "2024-01-10T12:00:00Z",
               "duplicate_of": "a1"},
    ],
    "article_revisions": [RUN | {"article_id": "a1", "revision": 1, "text": "Old."}],
    "sentences": [
        RUN | {"sentence_id": "s1", "article_id": "a1", "position": 0, "paragraph": 0,
               "start_char": 0, "end_char": 34, "text": TEXT[:34]},
        RUN | {"sentence_id": "s2", "article_id": "a1", "position": 1, "paragraph": 0,
               "start_char": 35, "end_char": 47, "text": "She said no."},
    ],
    "entities": [{"entity_id": "state:rus", "name": "Russia"}],
    "entity_aliases": [
        {"entity_id": "state:rus", "alias": "Russian Federation", "kind": "name"},
        {"entity_id": "state:rus", "alias": "RF", "kind": "acronym"},
    ],
    "entity_roles": [
        {"entity_id": "state:rus", "role": "observer", "valid_from": "2020-01-01",
         "valid_to": "2020-01-01"},
        RUN | {"entity_id": "state:rus", "role": "party", "article_id": "a1", "start_char": 12,
               "end_char": 18},
    ],
    "mentions": [
        RUN | {"mention_id": "m1", "article_id": "a1", "start_char": 12, "end_char": 18,
               "surface": "Russia", "kind": "name", "label": "GPE", "entity_id": "state:rus"},
        RUN | {"mention_id": "m2", "article_id": "a1", "start_char": 30, "end_char": 33,
               "surface": "Kim", "kind": "name", "label": "PERSON"},
    ],
    "statements": [
        RUN | {"statement_id": "q1", "article_id": "a1", "start_char": 44, "end_char": 46,
               "content": "no", "speaker": "She", "speaker_start": 35, "speaker_end": 38,
               "cue": "said", "cue_start": 39, "cue_end": 43},
        RUN | {"statement_id": "q2", "article_id": "a1", "start_char": 44, "end_char": 46,
               "content": "no", "via_statement_id": "q1"},
    ],
    "utterance_links": [
        {"statement_id": "q1", "utterance_id": "q1", "is_first": True},
        {"statement_id": "q2", "utterance_id": "q1", "is_first": False},
    ],
    "stances": [
        RUN | {"stance_id": f"st{i}", "article_id": "a1", "start_char": 26, "end_char": 29,
               "evidence": "met", "polarity": polarity, "score": score, "confidence": 1.0}
        for i, (polarity, score) in enumerate(
            [("support", 1.0), ("oppose", -1.0), ("neutral", 0.0)], start=1
        )
    ],
    "time_expressions": [
        RUN | {"timex_id": "t1", "article_id": "a1", "start_char": 44, "end_char": 46,
               "surface": "no", "from_on": "2024-01-01", "to_on": "2024-01-01",
               "method": "explicit"},
    ],
    "events": [
        RUN | {"event_id": "e1", "article_id": "a1", "start_char": 26, "end_char": 29,
               "evidence": "met", "happened_from": "2024-01-01", "happened_to": "2024-01-02",
               "modality": "asserted", "timex_id": "t1"},
        RUN | {"event_id": "e2", "article_id": "a1", "start_char": 26, "end_char": 29,
               "evidence": "met", "happened_to": "2024-01-10", "modality": "asserted"},
    ],
    "story_links": [
        {"event_id": "e1", "story_id": "e1", "is_first": True},
        {"event_id": "e2", "story_id": "e1", "is_first": False},
    ],
    "citations": [
        RUN | {"citation_id": "c1", "article_id": "a1", "start_char": 0, "end_char": 5,
               "title": "Cafe\u0301"},
    ],
    "acronyms": [
        RUN | {"acronym": "RF", "expansion": "Russia", "article_id": "a1", "start_char": 12,
               "end_char": 23, "entity_id": "state:rus"},
    ],
    "runs": [
        RUN | {"status": "succeeded", "items": 2, "processed": 1, "unchanged": 0,
               "duplicates": 1, "revised": 0, "rejected": 0},
        {"run_id": "r2", "status": "running", "items": 0, "processed": 0, "unchanged": 0,
         "duplicates": 0, "revised": 0, "rejected": 0},
    ],
    "ledger": [
        RUN | {"source_id": "s", "item_ref": "1", "state": "processed", "article_id": "a1",
               "seen_at": "2024-01-10T12:00:00Z"},
        RUN | {"source_id": "s", "item_ref": "2", "state": "duplicate", "article_id": "a2",
               "seen_at": "2024-01-10T12:00:00Z"},
        {"run_id": "r2", "source_id": "s", "item_ref": "1", "state": "unchanged",
         "seen_at": "2024-01-10T13:00:00Z"},
    ],
    "rejections": [RUN | {"rejection_id": "x1"}, {"run_id": "r2", "rejection_id": "x1"}],
    "corrections": [{"correction_id": "k1"}],
    "quality": [{"task": "ner", "value": 90.0}],
}  # fmt: skip

LEDGER = "INSERT INTO ledger (run_id, source_id, item_ref, state, seen_at) SELECT"

STANCES = ["st1", "st2", "st3"]
EVENTS = ["e1", "e2"]


def named(*days: str, method: str = "explicit") -> str:
    """SQL that has article a1 name `days` besides 1 January 2024."""
    rows = ", ".join(f"('a1', '{day}', '{day}', '{method}')" for day in days)
    return f"INSERT INTO time_expressions (article_id, from_on, to_on, method) VALUES {rows}"


def represented(*rows: tuple[str, str, str]) -> str:
    """SQL that adds stances like st1, each (id, the one it follows from, article)."""
    return f"""INSERT INTO stances SELECT s.* REPLACE (
            new AS stance_id, old AS from_stance_id, place AS article_id, 'represents' AS method)
        FROM stances AS s JOIN (VALUES {", ".join(map(str, rows))}) AS v(new, old, place)
            ON s.stance_id = 'st1'"""


OFFENDING = [
    ("evidence_verbatim", "UPDATE mentions SET surface = 'russia' WHERE mention_id = 'm1'", ["m1"]),
    ("evidence_verbatim", "UPDATE sentences SET text = 'She said yes' WHERE position = 1", ["s2"]),
    ("evidence_verbatim", "UPDATE statements SET content = 'No'", ["q1", "q2"]),
    ("evidence_verbatim", "UPDATE statements SET cue = 'says' WHERE statement_id = 'q1'", ["q1"]),
    ("evidence_verbatim", "UPDATE statements SET speaker_end = 39 WHERE cue = 'said'", ["q1"]),
    ("evidence_verbatim", "UPDATE stances SET evidence = NULL WHERE score = 0", ["st3"]),
    ("evidence_verbatim", "UPDATE time_expressions SET start_char = 43", ["t1"]),
    (
        "evidence_verbatim",
        "UPDATE events SET start_char = 27, end_char = 30 WHERE event_id = 'e1'",
        ["e1"],
    ),
    (
        "evidence_verbatim",
        "UPDATE events SET start_char = 900000, end_char = 900003 WHERE event_id = 'e1'",
        ["e1"],
    ),
    (
        "evidence_verbatim",
        "UPDATE events SET start_char = -22, end_char = -19 WHERE event_id = 'e1'",
        ["e1"],
    ),
    ("evidence_verbatim", "UPDATE citations SET title = 'Café'", ["c1"]),
    ("evidence_verbatim", "UPDATE citations SET end_char = 0, title = ''", ["c1"]),
    ("evidence_verbatim", "UPDATE acronyms SET expansion = 'Russian Federation'", ["RF"]),
    (
        "evidence_verbatim",
        "UPDATE entity_roles SET end_char = 48, start_char = 40 WHERE article_id IS NOT NULL",
        ["state:rus"],
    ),
    ("unique_ids", "INSERT INTO mentions SELECT * FROM mentions WHERE mention_id = 'm2'", ["m2"]),
    ("unique_ids", "UPDATE articles SET article_id = 'a1'", ["a1"]),
    ("unique_ids", "UPDATE stances SET stance_id = NULL WHERE score = 0", [None]),
    ("unique_ids", "INSERT INTO runs SELECT * FROM runs WHERE run_id = 'r2'", ["r2"]),
    (
        "unique_ids",
        "INSERT INTO entity_links (entity_id, linked_id) SELECT 'x', i FROM range(2) AS t(i)",
        ["x"],
    ),
    ("unique_ids", "UPDATE utterance_links SET statement_id = 'q1'", ["q1"]),
    ("unique_ids", "UPDATE story_links SET event_id = 'e1'", ["e1"]),
    ("orphan_rows", "UPDATE events SET article_id = 'gone'", ["e1"]),
    ("event_ahead", "UPDATE events SET happened_from = '2024-01-11', happened_to = NULL", EVENTS),
    ("event_ahead", "UPDATE articles SET published_on = '2023-12-31'", ["e1"]),
    ("event_timex", "UPDATE time_expressions SET article_id = 'a2'", ["e1"]),
    ("event_timex", "UPDATE events SET timex_id = 'gone'", EVENTS),
    ("story_exists", "DELETE FROM events WHERE event_id = 'e2'", ["e2"]),
    ("story_exists", "DELETE FROM events WHERE event_id = 'e1'", EVENTS),
    ("story_exists", "DELETE FROM story_links WHERE is_first", ["e2"]),
    ("story_exists", "UPDATE story_links SET is_first = false", EVENTS),
    ("story_exists", "UPDATE story_links SET story_id = 'e2'", EVENTS),
    ("orphan_rows", "UPDATE mentions SET article_id = 'a2' WHERE mention_id = 'm2'", ["m2"]),
    ("orphan_rows", "UPDATE articles SET duplicate_of = 'gone' WHERE article_id = 'a2'", ["a2"]),
    ("orphan_rows", "INSERT INTO text_bands (article_id, band) VALUES ('a2', 1)", ["a2"]),
    ("entity_exists", "UPDATE mentions SET entity_id = 'state:xxx'", ["state:xxx"]),
    (
        "entity_exists",
        "INSERT INTO entity_links (entity_id, linked_id) VALUES ('state:rus', 'state:yyy')",
        ["state:yyy"],
    ),
    (
        "entity_exists",
        "INSERT INTO entity_members (entity_id, member_id) VALUES ('state:rus', 'state:zzz')",
        ["state:zzz"],
    ),
    ("entity_exists", "UPDATE stances SET holder_id = 'person:x' WHERE score = 1", ["person:x"]),
    ("entity_exists", "UPDATE citations SET author_id = 'person:x'", ["person:x"]),
    ("entity_exists", "UPDATE citations SET publisher_id = 'media:x'", ["media:x"]),
    ("entity_exists", "DELETE FROM entities", ["state:rus"] * 4),
    ("run_exists", "UPDATE sentences SET run_id = 'r9'", ["r9"]),
    ("run_exists", "UPDATE events SET run_id = NULL", [None]),
    ("ledger_reconciles", "DELETE FROM ledger WHERE item_ref = '2'", ["r1"]),
    ("ledger_reconciles", "UPDATE ledger SET state = 'revised' WHERE item_ref = '2'", ["r1"]),
    ("ledger_reconciles", "UPDATE runs SET items = 3 WHERE run_id = 'r1'", ["r1"]),
    ("ledger_reconciles", "UPDATE runs SET status = 'checks_failed' WHERE items = 0", ["r2"]),
    ("dates_ordered", "UPDATE time_expressions SET to_on = '2023-12-31'", ["t1"]),
    ("dates_ordered", "UPDATE events SET happened_from = '2024-01-03'", ["e1"]),
    (
        "dates_ordered",
        "UPDATE statements SET said_from = '2024-01-03', said_to = '2024-01-02'",
        ["q1", "q2"],
    ),
    (
        "dates_ordered",
        "UPDATE citations SET cited_from = '2024-01-03', cited_to = '2024-01-02'",
        ["c1"],
    ),
    ("dates_ordered", "UPDATE entity_roles SET valid_to = '2019-01-01'", ["state:rus"]),
    ("dates_ordered", "UPDATE articles SET published_on = '2024-01-13'", ["a1", "a2"]),
    ("stance_range", "UPDATE stances SET score = 1.01 WHERE polarity = 'neutral'", ["st3"]),
    ("stance_range", "UPDATE stances SET score = 'nan' WHERE polarity = 'neutral'", ["st3"]),
    ("stance_range", "UPDATE stances SET score = 0", ["st1", "st2"]),
    ("stance_range", "UPDATE stances SET confidence = 2 WHERE score = 1", ["st1"]),
    ("stance_range", "UPDATE stances SET polarity = NULL WHERE score = 0", ["st3"]),
    ("stance_represents", "UPDATE stances SET method = 'represents' WHERE score = 1", ["st1"]),
    ("stance_represents", "UPDATE stances SET from_stance_id = stance_id", ["st1", "st2", "st3"]),
    (
        "stance_represents",
        represented(("st4", "st2", "a1")),
        ["st4"],
    ),
    (
        "stance_represents",
        represented(("st4", "gone", "a1")),
        ["st4"],
    ),
    (
        "stance_represents",
        represented(("st4", "st1", "a2")),
        ["st4"],
    ),
    (
        "stance_represents",
        represented(("st4", "st1", "a1"), ("st5", "st4", "a1")),
        ["st5"],
    ),
    ("corrections_stale", "UPDATE corrections SET state = 'stale'", ["k1"]),
    ("corrections_stale", "UPDATE corrections SET state = 'absent', origin = 'user'", ["k1"]),
    ("stance_on_itself", "UPDATE stances SET holder_id = 'x', target_id = 'x'", STANCES),
    ("statement_content", "UPDATE statements SET content = '' WHERE cue = 'said'", ["q1"]),
    ("statement_content", "UPDATE statements SET content = chr(160) || chr(10)", ["q1", "q2"]),
    ("statement_content", "UPDATE statements SET content = chr(8203) WHERE cue IS NULL", ["q2"]),
    ("statement_content", "UPDATE statements SET content = NULL WHERE cue IS NULL", ["q2"]),
    ("statement_holder", "UPDATE statements SET article_id = 'a2' WHERE cue = 'said'", ["q2"]),
    ("statement_holder", "UPDATE statements SET via_statement_id = 'q2'", ["q2"]),
    ("statement_holder", "DELETE FROM statements WHERE cue = 'said'", ["q2"]),
    ("utterance_exists", "DELETE FROM statements WHERE statement_id = 'q2'", ["q2"]),
    ("utterance_exists", "DELETE FROM statements WHERE statement_id = 'q1'", ["q1", "q2"]),
    ("utterance_exists", "DELETE FROM utterance_links WHERE is_first", ["q2"]),
    ("utterance_exists", "UPDATE utterance_links SET is_first = false", ["q1", "q2"]),
    ("utterance_exists", "UPDATE utterance_links SET utterance_id = 'q2'", ["q1", "q2"]),
    ("sentence_order", "UPDATE sentences SET position = 2 WHERE position = 1", ["s2"]),
    ("sentence_order", "UPDATE sentences SET end_char = 36 WHERE position = 0", ["s2"]),
    ("sentence_order", "UPDATE sentences SET paragraph = 1 WHERE position = 0", ["s2"]),
    ("one_head_per_article", "DELETE FROM articles WHERE article_id = 'a1'", ["a1"]),
    ("one_head_per_article", "INSERT INTO articles SELECT * FROM articles", ["a1", "a2"]),
    ("one_head_per_article", "UPDATE article_revisions SET revision = 2", ["a1"]),
    (
        "undated_articles",
        "INSERT INTO articles (source_id, published_on) "
        "SELECT 's', if(i < 7, DATE '2024-01-01', NULL) FROM range(18) AS t(i)",
        ["s"],
    ),
    (
        "silent_sources",
        f"{LEDGER} 'r2', 't', '1', 'processed', TIMESTAMPTZ '2024-01-17 12:00:01Z'",
        ["s"],
    ),
    (
        "high_rejection_share",
        f"{LEDGER} 'r2', 's', 'n' || i, if(i < 5, 'rejected', 'unchanged'), "
        "TIMESTAMPTZ '2024-01-10 13:00:00Z' FROM range(19) AS t(i)",
        ["s"],
    ),
    (
        "unresolved_mentions",
        "INSERT INTO mentions (kind, label) SELECT 'name', 'PERSON' FROM range(99)",
        ["PERSON"],
    ),
    ("publication_implausible", "UPDATE articles SET published_on = '1924-01-10'", ["a1"]),
    (
        "publication_implausible",
        named("2025-01-11", "2026-02-01", "2026-03-01", "2026-04-01"),
        ["a1"],
    ),
    ("long_sentences", "UPDATE sentences SET text = repeat('x', 2001) WHERE position = 1", ["s2"]),
]

STILL_SOUND = [
    ("evidence_verbatim", "UPDATE mentions SET article_id = 'a2'"),
    ("orphan_rows", "UPDATE articles SET duplicate_of = NULL"),
    ("run_exists", "UPDATE quality SET run_id = 'r1'"),
    ("ledger_reconciles", "UPDATE runs SET status = 'interrupted', items = 9"),
    ("dates_ordered", "UPDATE articles SET published_on = '2024-01-12'"),
    ("dates_ordered", "UPDATE events SET happened_from = NULL"),
    ("stance_range", "UPDATE stances SET score = 0.01 WHERE polarity <> 'oppose'"),
    (
        "stance_represents",
        represented(("st4", "st1", "a1")),
    ),
    ("corrections_stale", "UPDATE corrections SET state = 'absent', origin = 'shipped'"),
    ("corrections_stale", "UPDATE corrections SET state = 'applied', origin = 'user'"),
    ("stance_on_itself", "UPDATE stances SET holder_id = 'x', holder = 'X', target = 'X'"),
    ("statement_content", "UPDATE statements SET content = '?'"),
    ("statement_content", "UPDATE statements SET content = 'да'"),
    ("statement_holder", "UPDATE statements SET via_statement_id = NULL"),
    ("utterance_exists", "DELETE FROM utterance_links"),
    ("sentence_order", "UPDATE sentences SET end_char = 35 WHERE position = 0"),
    (
        "undated_articles",
        "INSERT INTO articles (source_id, published_on) "
        "SELECT 's', if(i < 8, DATE '2024-01-01', NULL) FROM range(18) AS t(i)",
    ),
    (
        "silent_sources",
        f"{LEDGER} 'r2', 't', '1', 'processed', TIMESTAMPTZ '2024-01-17 12:00:00Z'",
    ),
    (
        "high_rejection_share",
        f"{LEDGER} 'r2', 's', 'n' || i, if(i < 4, 'rejected', 'unchanged'), "
        "TIMESTAMPTZ '2024-01-10 13:00:00Z' FROM range(19) AS t(i)",
    ),
    (
        "unresolved_mentions",
        "INSERT INTO mentions (kind, label) SELECT 'pronoun', 'PERSON' FROM range(99)",
    ),
    ("publication_implausible", "UPDATE articles SET published_on = '1990-01-01'"),
    ("publication_implausible", named("2025-01-10", "2026-02-01", "2026-03-01", "2026-04-01")),
    ("publication_implausible", named("2026-02-01", "2026-03-01", "2026-04-01")),
    ("publication_implausible", named("2025-02-01", "2026-02-01", "2026-03-01", method="range")),
    (
        "publication_implausible",
        "UPDATE articles SET published_on = '1924-01-10'; "
        "UPDATE time_expressions SET from_on = '1923-12-30', to_on = '1923-12-30'",
    ),
    ("event_ahead", "UPDATE events SET happened_from = '2024-01-10', happened_to = NULL"),
    ("event_ahead", "UPDATE events SET happened_from = '2024-05-01', modality = 'planned'"),
    ("event_timex", "UPDATE events SET timex_id = NULL"),
    ("story_exists", "DELETE FROM story_links"),
    ("long_sentences", "UPDATE sentences SET text = repeat('x', 2000)"),
]

CHECKS: dict[str, SqlFile] = {
    file.name: file for kind in ("fail", "warn") for file in read_folder(f"checks/{kind}")
}


def sound_warehouse() -> duckdb.DuckDBPyConnection:
    con = bare_warehouse()
    for table, rows in SOUND.items():
        load(con, table, rows)
    return con


def offending(con: duckdb.DuckDBPyConnection, name: str) -> list[str | None]:
    result = con.execute(CHECKS[name].body)
    assert [column[0] for column in result.description] == ["row_id", "article_id", "detail"]
    rows = result.fetchall()
    assert all(detail for _, _, detail in rows)
    return sorted((row_id for row_id, _, _ in rows), key=str)


def test_nothing_offends_in_a_sound_warehouse() -> None:
    with sound_warehouse() as con:
        assert {name: found for name in CHECKS if (found := offending(con, name))} == {}


@pytest.mark.parametrize("name", CHECKS)
def test_nothing_offends_in_an_empty_warehouse(name: str) -> None:
    with bare_warehouse() as con:
        assert offending(con, name) == []


@pytest.mark.parametrize(("name", "change", "expected"), OFFENDING)
def test_what_offends_is_found(name: str, change: str, expected: list[str | None]) -> None:
    with sound_warehouse() as con:
        con.execute(change)
        assert offending(con, name) == expected


@pytest.mark.parametrize(("name", "change"), STILL_SOUND)
def test_what_is_sound_is_let_be(name: str, change: str) -> None:
    with sound_warehouse() as con:
        con.execute(change)
        assert offending(con, name) == []


def test_every_check_has_a_case() -> None:
    assert {name for name, _, _ in OFFENDING} == set(CHECKS)


@pytest.mark.parametrize("filler", ["x", "é", "😀", "e\u0301"])
def test_spans_count_code_points_past_the_first_block(filler: str) -> None:
    """Spans on both sides of, and across, the blocks into which the check cuts a text."""
    text = "".join(f"{filler}{i:05}" for i in range(6000))
    starts = [0, 1019, 1023, 1024, 1025, 2048, 30000, len(text) - 7]
    spans = [(start, start + 7) for start in starts]
    # The longest span that a block holds, the shortest that it does not, and a very long one.
    spans += [(1020, 1532), (1021, 1534), (100, 34000)]
    with bare_warehouse() as con:
        load(con, "articles", [{"article_id": "a", "text": text}])
        load(
            con,
            "mentions",
            [
                {"mention_id": str(start), "article_id": "a", "start_char": start,
                 "end_char": end, "surface": text[start:end]}
                for start, end in spans
            ],
        )  # fmt: skip
        assert offending(con, "evidence_verbatim") == []
        con.execute("UPDATE mentions SET start_char = start_char + 1, end_char = end_char + 1")
        assert len(offending(con, "evidence_verbatim")) == len(spans)
