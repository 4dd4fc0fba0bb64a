import json

from tests.cli.conftest import FIRST, GAZETTE, OTHER, SECOND, Ask


def test_sentences_come_with_outlet_day_title_and_speaker(ask: Ask) -> None:
    status, out, err = ask("search", "supporting", "--json")
    assert (status, err) == (0, "")
    (row,) = json.loads(out)
    assert row["sentence"] == FIRST
    assert (row["publisher"], row["day"], row["title"]) == (
        "The Gazette", "2021-10-20", "Talks in Moscow"
    )  # fmt: skip
    assert (row["speaker"], row["article_id"]) == ("Sergei Lavrov", GAZETTE)


def test_any_of_the_words_is_enough_and_quotes_must_be_there(ask: Ask) -> None:
    def found(*words: str) -> set[str]:
        return {row["sentence"] for row in json.loads(ask("search", *words, "--json").out)}

    assert found("taliban", "sanction") == {FIRST, SECOND, OTHER}
    assert found("taliban", '"condemned"') == {OTHER}
    assert found("it's", "'; DROP", "taliban") == {FIRST, OTHER}


def test_a_search_is_narrowed(ask: Ask) -> None:
    def found(*options: str) -> list[str]:
        return [r["sentence"] for r in json.loads(ask("search", "taliban", *options, "--json").out)]

    assert found("--about", "Lavrov") == [FIRST]
    assert found("--outlet", "daily post") == [OTHER]
    assert found("--since", "2021-11-01") == [OTHER]
    assert found("--until", "2021-11-01") == [FIRST]


def test_what_cannot_be_looked_for_is_an_error(ask: Ask) -> None:
    status, out, err = ask("search", "of", "the")
    assert (status, out) == (1, "")
    assert err.startswith("demarche: error: 'of the' has no words but those that stand")
    assert "did you mean Russia" in ask("search", "taliban", "--about", "Russla").err
    assert ask("search", "nowhere") == (0, "", "demarche: no rows\n")


def test_control_characters_of_an_article_never_reach_a_terminal(ask: Ask) -> None:
    out = ask("search", "sanctions").out
    assert "\x1b" not in out
    assert "\u241b[31mopposes" in out
