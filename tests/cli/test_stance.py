import json

from tests.cli.conftest import Ask


def ids(out: str) -> list[str]:
    return [row["stance_id"] for row in json.loads(out)]


def test_holder_and_target_give_each_position_with_its_evidence(ask: Ask) -> None:
    status, out, _ = ask("stance", "Moscow", "Taliban")
    head, first, second = out.splitlines()
    assert status == 0
    assert " ".join(head.split()) == (
        "day holder target aspect polarity score voice evidence publisher stance_id"
    )
    assert " ".join(first.split()) == (
        "2021-10-20 Russia Taliban support 0.8 speaker Russia supports the Taliban "
        "The Gazette 57a0ce0000000001"
    )
    assert second.endswith("57a0ce0000000003")


def test_filters_narrow_it(ask: Ask) -> None:
    both = ("stance", "Russia", "Taliban", "--json")
    assert ids(ask(*both, "--voice", "author").out) == ["57a0ce0000000003"]
    assert ids(ask(*both, "--since", "2021-11-02").out) == ["57a0ce0000000003"]
    assert ids(ask(*both, "--until", "2021-11-01").out) == ["57a0ce0000000001"]
    assert ids(ask(*both, "--outlet", "the gazette").out) == ["57a0ce0000000001"]


def test_one_side_gives_a_summary_by_the_other(ask: Ask) -> None:
    expected = {
        "stances": 2,
        "support": 1,
        "oppose": 1,
        "neutral": 0,
        "mean_score": 0.15,
        "outlets": 2,
        "first_on": "2021-10-20",
        "last_on": "2021-11-02",
    }
    assert json.loads(ask("stance", "Russia", "--json").out) == [{"target": "Taliban", **expected}]
    assert json.loads(ask("stance", "-", "Taliban", "--json").out) == [
        {"holder": "Russia", **expected}
    ]


def test_neither_gives_every_pair(ask: Ask) -> None:
    rows = json.loads(ask("stance", "--json").out)
    assert [(row["holder"], row["target"]) for row in rows] == [
        ("Russia", "Taliban"),
        ("Pakistan", "sanctions"),
    ]


def test_no_rows_is_no_error_but_an_unknown_name_is(ask: Ask) -> None:
    assert ask("stance", "China", "Taliban") == (0, "", "demarche: no rows\n")
    assert ask("stance", "China", "Taliban", "--json").out == "[]\n"
    assert ask("stance", "Russia", "Talban").err == (
        "demarche: error: no entity is called 'Talban'; "
        "did you mean Taliban (armed_group:taliban, 1 article)?\n"
    )


def test_a_voice_or_day_that_is_none_is_wrong_usage(ask: Ask) -> None:
    status, _, err = ask("stance", "Russia", "--voice", "loud")
    assert status == 2
    assert err.count("\n") == 1
    assert "'loud'" in err
    status, _, err = ask("stance", "Russia", "--since", "yesterday")
    assert status == 2
    assert "'yesterday' is not a day like 2021-10-19" in err
