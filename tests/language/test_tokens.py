import pytest

from tasks.language.tokens import blank_english

NLP = blank_english()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Stop!!! Now??", ["Stop", "!!!", "Now", "??"]),
        ("***NOTICE***", ["***", "NOTICE", "***"]),
        ("====== end", ["======", "end"]),
        ("U.S.-led forces", ["U.S.", "-", "led", "forces"]),
        ("well-known C++", ["well", "-", "known", "C++"]),
        ("x" * 1_000 + ".", ["x" * 1_000 + "."]),
    ],
)
def test_runs_of_one_mark_and_overlong_runs_are_one_token(text: str, tokens: list[str]) -> None:
    assert [token.text for token in NLP(text)] == tokens
