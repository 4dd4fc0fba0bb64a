import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.cli.conftest import (
    FIRST_RUN,
    Ask,
    Outcome,
    World,
    article,
    call,
    sentence,
    settle_names,
    stance,
)
from warehouse.commit import replace_articles
from warehouse.lake import open_lake
from warehouse.location import LakeLocation

BOTH = ("stance", "Russia", "Taliban")
FIGURES = {
    "is_represented": False,
    "stances": 2,
    "support": 1,
    "oppose": 1,
    "neutral": 0,
    "mean_score": 0.15,
    "mean_low": -1.0,
    "mean_high": 1.0,
    "statements": 2,
    "articles": 2,
    "outlets": 2,
    "first_on": "2021-10-20",
    "last_on": "2021-11-02",
    "basis": "dated",
}


def ids(out: str) -> list[str]:
    return [row["stance_id"] for row in json.loads(out)]


def squeezed(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.splitlines()]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which Russia turns from the Taliban after four of eight days.

    The first words are a spokesman's, who speaks for Russia; other words are less sure.
    """
    data_dir = tmp_path_factory.mktemp("turned")
    heads, sentences, stances = [], [], []
    for number in range(8):
        article_id, is_before = f"{number:016x}", number < 4
        day = date(2021, 1, 1) + timedelta(days=10 * number)
        text = f"Russia {'backs' if is_before else 'blames'} the Taliban, round {number}."
        heads.append(
            article(article_id, text, publisher="Post", published_on=day, raw_ref="0" * 64)
        )
        sentences.append(replace(sentence(article_id, 0, text, 0), sentence_id=f"5e{number:014x}"))
        given: dict[str, Any] = {
            "sentence_id": f"5e{number:014x}",
            "holder_id": "state:rus",
            "holder": "Russia",
            "target_id": "armed_group:taliban",
            "target": "the Taliban",
            "polarity": "support" if is_before else "oppose",
            "score": 0.8 if is_before else -0.6,
            "voice": "actor",
            "evidence": text[:-1],
            "start_char": 0,
            "end_char": len(text) - 1,
        }
        stances.append(stance(f"51{number:014x}", article_id, **given))
    own = replace(stances[0], stance_id="52".ljust(16, "0"), holder_id="person:lavrov")
    own = replace(own, holder="Sergei Lavrov", voice="speaker")
    follows = replace(own, stance_id="53".ljust(16, "0"), holder_id="state:rus", holder="Russia")
    stances += [
        own,
        replace(follows, method="represents", from_stance_id=own.stance_id, confidence=0.7),
        replace(stances[1], stance_id="54".ljust(16, "0"), voice="author", confidence=0.5),
    ]
    with open_lake(LakeLocation.in_folder(data_dir / "lake")) as lake:
        rows = {"sentences": sentences, "stances": stances}
        with lake.write() as con:
            replace_articles(con, heads, [], rows, run_id="run-1", now=FIRST_RUN)
        settle_names(lake)
    return data_dir


def ask_turned(turned: Path, *arguments: str) -> Outcome:
    return call(*BOTH, *arguments, "--data-dir", str(turned))


def test_a_summary_stands_above_each_position_newest_first(ask: Ask) -> None:
    status, out, err = ask("stance", "Moscow", "Taliban")
    assert (status, err) == (0, "")
    assert squeezed(out) == [
        f"holder target {' '.join(FIGURES)}",
        "Russia Taliban false 2 1 1 0 0.15 -1.0 1.0 2 2 2 2021-10-20 2021-11-02 dated",
        "",
        "day holder target aspect polarity score voice method sentence publisher stance_id",
        "2021-11-02 Russia Taliban oppose -0.5 author verb Russia condemned the Taliban. "
        "Daily Post 57a0ce0000000003",
        "2021-10-20 Russia Taliban support 0.8 speaker verb Sergei Lavrov said that Russia "
        "supports the Taliban. The Gazette 57a0ce0000000001",
    ]


def test_filters_narrow_it(ask: Ask) -> None:
    both = (*BOTH, "--json")
    assert ids(ask(*both, "--voice", "author").out) == ["57a0ce0000000003"]
    assert ids(ask(*both, "--voice", "author", "--voice", "speaker").out) == [
        "57a0ce0000000003",
        "57a0ce0000000001",
    ]
    assert ids(ask(*both, "--since", "2021-11-02").out) == ["57a0ce0000000003"]
    assert ids(ask(*both, "--until", "2021-11-01").out) == ["57a0ce0000000001"]
    assert ids(ask(*both, "--outlet", "the gazette").out) == ["57a0ce0000000001"]


def test_one_side_gives_a_summary_by_the_other(ask: Ask) -> None:
    assert json.loads(ask("stance", "Russia", "--json").out) == [{"target": "Taliban", **FIGURES}]
    assert json.loads(ask("stance", "-", "Taliban", "--json").out) == [
        {"holder": "Russia", **FIGURES}
    ]
    (record,) = json.loads(ask("stance", "Russia", "--voice", "speaker", "--json").out)
    assert (record["stances"], record["mean_score"], record["mean_low"]) == (1, 0.8, None)


def test_neither_gives_every_pair(ask: Ask) -> None:
    rows = json.loads(ask("stance", "--json").out)
    assert [(row["holder"], row["target"]) for row in rows] == [
        ("Russia", "Taliban"),
        ("Pakistan", "sanctions"),
    ]


def test_a_holder_that_is_no_entity_goes_by_its_words(ask: Ask) -> None:
    (record,) = json.loads(ask("stance", "pakistan", "--json").out)
    assert (record["target"], record["stances"]) == ("sanctions", 1)


def test_no_rows_is_no_error_but_an_unknown_name_is(ask: Ask) -> None:
    assert ask("stance", "China", "Taliban") == (0, "", "demarche: no rows\n")
    assert ask("stance", "China", "Taliban", "--plot") == (0, "", "demarche: no rows\n")
    assert ask("stance", "China", "Taliban", "--json").out == "[]\n"
    assert ask("stance", "Russia", "Talban").err == (
        "demarche: error: no entity is called 'Talban'; "
        "did you mean Taliban (armed_group:taliban, 1 article)?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("Russia", "--voice", "loud"), "'loud'"),
        (("Russia", "--since", "yesterday"), "'yesterday' is not a day like 2021-10-19"),
        (("Russia", "--min-confidence", "60"), "less than or equal to 1"),
        (("Russia", "--plot"), "--plot needs HOLDER and TARGET"),
        (("-", "Taliban", "--plot"), "--plot needs HOLDER and TARGET"),
        (("Russia", "Taliban", "--plot", "--json"), "leave out --json"),
        (("Russia", "Taliban", "--plot", "course.gif"), "'course.gif' is neither"),
        (("Russia", "Taliban", "course.png"), "'course.png' is one argument too many"),
    ],
)
def test_what_cannot_be_is_wrong_usage(ask: Ask, arguments: tuple[str, ...], named: str) -> None:
    status, out, err = ask("stance", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_less_sure_rows_are_left_out_and_told_of(turned: Path) -> None:
    found = ask_turned(turned, "--json")
    assert "5400000000000000" not in ids(found.out)
    assert found.err == (
        "demarche: 1 less sure position is left out; `--min-confidence 0` shows all\n"
    )
    found = ask_turned(turned, "--json", "--min-confidence", "0.75")
    assert len(ids(found.out)) == 8
    assert "2 less sure positions are left out" in found.err
    found = ask_turned(turned, "--json", "--min-confidence", "0")
    assert (len(ids(found.out)), found.err) == (10, "")


def test_what_a_spokesman_said_is_marked_and_summed_up_apart(turned: Path) -> None:
    lines = squeezed(ask_turned(turned).out)
    assert lines[1].startswith("Russia Taliban false 8 4 4 0 0.1 ")
    assert lines[2].startswith("Russia Taliban true 1 1 0 0 0.8 1 1 1 2021-01-01 ")
    assert [line for line in lines if " represents " in line] == [
        "2021-01-01 Russia Taliban support 0.8 speaker represents Russia backs the Taliban, "
        "round 0. Post 5300000000000000"
    ]


def test_why_leads_from_the_state_to_its_spokesman(turned: Path) -> None:
    lines = squeezed(call("why", "5300000000000000", "--data-dir", str(turned)).out)
    assert (
        "follows from Sergei Lavrov: support of the Taliban, in the speaker's voice; method verb, "
        "confidence 0.9 [5200000000000000]"
    ) in lines


def test_the_course_is_drawn_in_the_terminal_with_its_change(turned: Path) -> None:
    found = ask_turned(turned, "--plot")
    assert found.status == 0
    assert "Russia on Taliban" in found.out.splitlines()
    assert "┊ 2021-02-10: mean from +0.80 to -0.60, p = 0.037" in found.out.splitlines()
    assert "5100000000000000" not in found.out


def test_the_course_is_drawn_in_a_file_beside_the_rows(turned: Path, tmp_path: Path) -> None:
    svg, png = tmp_path / "course.svg", tmp_path / "course.PNG"
    found = ask_turned(turned, "--plot", str(svg), "--json")
    assert len(ids(found.out)) == 9
    assert f"drawn in {svg}" in found.err
    texts = [element.text for element in ET.parse(svg).iter() if element.tag.endswith("text")]
    assert {"Russia on Taliban", "mean", "mean, by spokesmen", "change"} <= set(texts)
    assert ask_turned(turned, "--plot", str(png), "--voice", "speaker").status == 0
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_file_is_not_drawn_without_rows_or_where_none_can_be(
    turned: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "course.png"
    found = ask_turned(turned, "--plot", str(picture), "--voice", "author")
    assert (found.status, picture.exists()) == (0, False)
    assert "is not drawn: there is no position with a day" in found.err
    found = ask_turned(turned, "--plot", str(tmp_path / "gone" / "course.png"))
    assert (found.status, found.out) == (1, "")
    assert "No such file or directory" in found.err


def test_the_published_file_has_macros_that_take_floor_and_voices(world: World) -> None:
    file = world.data_dir / "publish" / "current" / "demarche.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        asked = "min_confidence := 0.5, voices := ['author'], since := '2021-11-01'"
        found = con.execute(f"SELECT stance_id FROM stance_between('Moscow', NULL, {asked})")
        assert found.fetchall() == [("57a0ce0000000003",)]
        found = con.execute(f"SELECT stances, mean_score FROM stance_records({asked})")
        assert found.fetchall() == [(1, -0.5)]
        found = con.execute(f"SELECT days, score FROM stance_stretches({asked}, max_p := 0.1)")
        assert found.fetchall() == [(1, -0.5)]
        for macro in ("stance_shifts_of", "stance_contradictions_of"):
            assert con.execute(f"FROM {macro}({asked})").fetchall() == []


def test_the_floor_that_the_help_names_is_that_of_the_marts() -> None:
    positions = Path(__file__).parents[2] / "warehouse" / "marts" / "stance_positions.sql"
    assert "s.confidence >= 0.6 AS is_sure" in positions.read_text(encoding="utf-8")
    assert "default 0.6, 0 shows all" in " ".join(call("stance", "--help").out.split())
