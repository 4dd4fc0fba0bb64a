"""The lines and pictures of `demarche timeline`: three papers tell of a strike."""

import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.conftest import FIRST_RUN, Ask, Outcome, World, article, call
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle, settle_stories
from warehouse.tables import Citation, Entity, Event, Statement, StoryLink

POST, HERALD, MIRROR = "aaaa000000000011", "bbbb000000000012", "cccc000000000013"


def happened(
    event_id: str, article_id: str, action: str, *days: date | None, **given: Any
) -> Event:
    values: dict[str, Any] = {
        "sentence_id": "s",
        "actor_id": "organisation:pilots",
        "actor": "the pilots",
        "action_code": "PROTEST",
        "quad_class": "material_conflict",
        "happened_from": days[0],
        "happened_to": days[-1],
        "granularity": "day",
        "date_method": "clause",
        "evidence": f"pilots {action}",
        "start_char": 0,
        "end_char": 10,
        "confidence": 0.8,
    }
    return Event(event_id=event_id, article_id=article_id, action=action, **(values | given))


STRUCK = date(2024, 5, 6)
EVENTS = [
    happened("e1", POST, "struck", STRUCK),
    happened("e2", HERALD, "struck", date(2024, 5, 7), confidence=0.7),
    happened("e3", MIRROR, "struck", None, date(2024, 5, 9), date_method="published"),
    happened(
        "e4", POST, "will meet", date(2024, 6, 3), modality="planned", action_code="CONSULT"
    ),
    happened("e5", POST, "may sue", date(2024, 7, 1), date(2024, 7, 31), granularity="month",
             modality="possible", confidence=0.3),
    happened("e6", HERALD, "rested", date(2023, 6, 1), date(2023, 8, 31), granularity="season"),
    happened("e7", MIRROR, "marched", date(2024, 5, 8), statement_id="q1"),
    happened("e8", MIRROR, "agreed", None, date(2024, 5, 9), date_method="published"),
]  # fmt: skip


@pytest.fixture(scope="module")
def strike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("strike")
    heads = [
        article(key, "Pilots.", publisher=publisher, published_on=date(2024, 5, day), raw_ref="0")
        for key, publisher, day in ((POST, "Post", 7), (HERALD, "Herald", 8), (MIRROR, "Mirror", 9))
    ]
    rows: dict[str, list[Any]] = {
        "events": EVENTS,
        "statements": [
            Statement(
                statement_id="q1",
                article_id=MIRROR,
                sentence_id="s",
                kind="indirect",
                speaker="a guard",
                speaker_type="role",
                cue="said",
                content="pilots marched",
                start_char=20,
                end_char=34,
                said_to=date(2024, 5, 9),
                said_granularity="day",
                said_method="published",
                method="that",
                confidence=0.9,
            )
        ],
        "citations": [
            Citation(
                citation_id="c1",
                article_id=MIRROR,
                cited_from=date(2019, 1, 1),
                cited_to=date(2019, 12, 31),
                granularity="year",
                title="Tired Wings",
                author="A. Gull",
                start_char=40,
                end_char=51,
            )
        ],
    }
    with open_lake(LakeLocation.in_folder(data_dir / "lake")) as lake:
        with lake.write() as con:
            replace_articles(con, heads, [], rows, run_id="run-1", now=FIRST_RUN)
        pilots = Entity(
            entity_id="organisation:pilots", name="Pilots", type="organisation", origin="registry"
        )
        settle(lake, entities=[pilots], aliases=[], roles=[])
        links = [
            StoryLink(event_id=key, story_id="e1", is_first=key == "e1", similarity=1.0)
            for key in ("e1", "e2", "e3")
        ]
        settle_stories(lake, links)
    return data_dir


def ask_strike(strike: Path, *arguments: str) -> Outcome:
    return call("timeline", *arguments, "--data-dir", str(strike))


def squeezed(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines()]


def ids(out: str) -> list[str]:
    return [row["row_id"] for row in json.loads(out)]


def test_one_line_a_story_with_what_is_planned_and_unsure_apart(strike: Path) -> None:
    found = ask_strike(strike)
    head = "dated kind sureness what said_by evidence outlets row_id"
    assert (found.status, found.err) == (0, "")
    assert squeezed(found.out) == [
        head,
        "2019 citation told A. Gull, Tired Wings Tired Wings 1 c1",
        "2023-SU event told Pilots rested pilots rested 1 e6",
        "2024-05-06 Post | 2024-05-07 Herald event told, disputed Pilots struck pilots struck 3 e1",
        "2024-05-08 event reported Pilots marched a guard pilots marched 1 e7",
        "by 2024-05-09 event told Pilots agreed pilots agreed 1 e8",
        "",
        "Planned, not confirmed:",
        head,
        "2024-06-03 event planned Pilots will meet pilots will meet 1 e4",
        "",
        "Possible, wished for, supposed or denied:",
        head,
        "2024-07 event possible Pilots may sue pilots may sue 1 e5",
    ]


def test_lines_stand_under_their_week_or_month_with_counts(strike: Path) -> None:
    lines = squeezed(
        ask_strike(strike, "--granularity", "month", "--sureness", "told,reported").out
    )
    assert [line.rpartition(" ")[2] if line[-2:-1] in "ec" else line for line in lines[1:]] == [
        "2019 1 cited work",
        "c1",
        "2023-SU 1 event",
        "e6",
        "2024-05 3 events",
        "e1",
        "e7",
        "e8",
    ]
    weekly = json.loads(ask_strike(strike, "--granularity", "week", "--json").out)
    assert [row["period"] for row in weekly] == [
        *("2019", "2023-SU", "2024-W19", "2024-W19", "2024-W19", "2024-W23", "2024-07")
    ]
    daily = json.loads(ask_strike(strike, "--granularity", "day", "--kinds", "event", "--json").out)
    assert [row["period"] for row in daily] == [
        *("2023-SU", "2024-05-06", "2024-05-08", "2024-05-09", "2024-06-03", "2024-07")
    ]


def test_json_has_all_columns_and_no_part_without_a_name(strike: Path) -> None:
    row = json.loads(ask_strike(strike, "--json", "--kinds", "event").out)[1]
    told = {"dated", "what", "reports", "outlets", "statements", "is_disputed", "dates_told"}
    assert {name: row[name] for name in sorted(told)} == {
        "dated": "2024-05-06",
        "dates_told": "2024-05-06 Post | 2024-05-07 Herald",
        "is_disputed": True,
        "outlets": 3,
        "reports": 3,
        "statements": 0,
        "what": "Pilots struck",
    }
    assert "part" not in row
    assert json.loads(ask_strike(strike, "Pilots", "--json").out)[0]["part"] == "actor"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--kinds", "citation"), ["c1"]),
        (("--kind", "statement"), ["q1"]),
        (("--kinds", "statement, citation"), ["c1", "q1"]),
        (("--sureness", "planned,possible"), ["e4", "e5"]),
        (("--from", "2024-05-08", "--to", "2024-06-03"), ["e7", "e8", "e4"]),
        (("--since", "2024-07-31"), ["e5"]),
        (("--until", "2019-01-01"), ["c1"]),
        (("--min-confidence", "0.8", "--from", "2024-05-10"), ["e4"]),
        (("--min-confidence", "0.9"), ["c1"]),
        (("Pilots", "--from", "2024-06-01"), ["e4", "e5"]),
        (("-", "--from", "2024-06-01"), ["e4", "e5"]),
    ],
)
def test_lines_are_chosen(strike: Path, arguments: tuple[str, ...], expected: list[str]) -> None:
    assert ids(ask_strike(strike, *arguments, "--json").out) == expected


def test_each_section_is_cut_at_the_limit(strike: Path) -> None:
    found = ask_strike(strike, "--limit", "2")
    assert [line.split()[-1] for line in found.out.splitlines() if line and line[-1].isdigit()] == [
        *("c1", "e6", "e4", "e5")
    ]
    assert found.err == "demarche: only the first 2 of 5; `--limit 0` shows all\n"


def test_no_line_is_no_error_but_an_unknown_name_is(strike: Path) -> None:
    assert ask_strike(strike, "Pilots", "--until", "2000-01-01") == (0, "", "demarche: no rows\n")
    assert ask_strike(strike, "--plot", "--until", "2000-01-01").err == "demarche: no rows\n"
    assert "did you mean Pilots" in ask_strike(strike, "Pilot", "--plot").err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--kinds", "event,rumour"), "'rumour' is none of event, statement"),
        (("--sureness", "certain"), "'certain' is none of told, reported"),
        (("--from", "yesterday"), "'yesterday' is not a day like 2021-10-19"),
        (("--granularity", "year"), "'year'"),
        (("--plot", "--csv"), "leave out --csv"),
        (("Taliban", "--plot", "days.gif"), "'days.gif' is neither"),
        (("Taliban", "days.png"), "'days.png' is one argument too many"),
    ],
)
def test_what_cannot_be_is_wrong_usage(ask: Ask, arguments: tuple[str, ...], named: str) -> None:
    status, out, err = ask("timeline", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_days_are_drawn_in_the_terminal(strike: Path) -> None:
    found = ask_strike(strike, "--plot", "--from", "2024-05-01")
    assert found.status == 0
    marked = [line for line in found.out.splitlines() if "│" in line]
    assert [line.split("│")[0].rstrip() for line in marked] == [
        *("2024-05-06 Pilots struck", "2024-05-08 Pilots marched", "by 2024-05-09 Pilots agreed"),
        *("2024-06-03 Pilots will meet", "2024-07 Pilots may sue"),
    ]
    assert [line.split("│")[1].strip()[0] for line in marked] == ["✕", "●", "◂", "○", "○"]


def test_bars_are_put_together_by_period_with_counts(strike: Path) -> None:
    found = ask_strike(strike, "--plot", "--granularity", "month", "--from", "2023-01-01")
    marked = [line for line in found.out.splitlines() if "│" in line]
    assert [line.split("│")[0].rstrip() for line in marked] == [
        *("2023-SU 1 event", "2024-05 3 events", "2024-06 1 event", "2024-07 1 event")
    ]
    assert marked[1].split("│")[1].strip()[0] == "✕"  # sources disagree on one of the three
    most = ask_strike(strike, "--plot", "--granularity", "month", "--limit", "1")
    assert "2024-05 3 events" in most.out
    assert "4 periods in which less happened are left out" in most.err


def test_most_told_things_are_drawn_where_there_are_too_many(strike: Path) -> None:
    found = ask_strike(strike, "--plot", "--limit", "1")
    assert next(line for line in found.out.splitlines() if "│" in line).startswith("2024-05-06")
    assert "6 that fewer outlets tell of are left out" in found.err


def test_days_are_drawn_in_a_file_beside_the_lines(strike: Path, tmp_path: Path) -> None:
    svg, png = tmp_path / "days.svg", tmp_path / "days.PNG"
    found = ask_strike(strike, "Pilots", "--plot", str(svg), "--json")
    assert len(ids(found.out)) == 6
    assert f"drawn in {svg}" in found.err
    texts = [element.text for element in ET.parse(svg).iter() if element.tag.endswith("text")]
    assert {"Pilots", "2023-SU  Pilots rested", "planned or unsure", "sources disagree"} <= {*texts}
    assert ask_strike(strike, "-", str(png), "--plot", "--sureness", "told").status == 0
    assert png.read_bytes().startswith(b"\x89PNG")
    none = tmp_path / "none.png"
    found = ask_strike(strike, "-", str(none), "--plot", "--until", "2000-01-01")
    assert (none.exists(), "is not drawn: nothing has a day" in found.err) == (False, True)


def test_the_published_file_has_the_marts_and_macros(world: World) -> None:
    file = world.data_dir / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        found = con.execute("SELECT row_id, dated FROM timeline_of('Moscow')").fetchall()
        assert found == [
            ("e7e7e70000000001", "2021-10-19/2021-10-20"),
            ("7a7a7a0000000001", "by 2021-10-20"),
        ]
        events = con.execute("SELECT row_id FROM timeline_of('Moscow', kinds := ['event'])")
        assert events.fetchall() == [("e7e7e70000000001",)]
        found = con.execute("SELECT kind, thing_id FROM timeline_reports ORDER BY kind").fetchall()
        assert found == [
            ("citation", "c17e000000000001"),
            ("event", "e7e7e70000000001"),
            ("statement", "7a7a7a0000000001"),
        ]
