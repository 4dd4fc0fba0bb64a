import pytest

from flows.evaluation.spacing import likely_spaces, spaces_in


def joined(tokens: str) -> str:
    """The tokens, given parted by spaces, put together as the guess has it."""
    words = tokens.split()
    return "".join(
        word + " " * is_spaced for word, is_spaced in zip(words, likely_spaces(words), strict=True)
    )


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Yes , she said .", "Yes, she said."),
        ("They ( the Greens ) lost 5 % ; why ?", "They (the Greens) lost 5%; why?"),
        ("It paid $ 5 or £ 4 ...", "It paid $5 or £4..."),
        ("We do n't say it 's Anna \u2019s", "We don't say it's Anna\u2019s"),
        ("Anna ' s and the workers ' party", "Anna's and the workers' party"),
        ('" No , " he said , " and no . "', '"No," he said, "and no."'),
        ("`` No '' , he said", "``No'', he said"),
        ("“ No ” , he said", "“No”, he said"),
        ("he said , ' not now ' and left", "he said, 'not now' and left"),
        ('the end " .', 'the end".'),
        ("and / or", "and/or"),
        ("from 1990 - 95 and 3 \u2013 4", "from 1990-95 and 3\u20134"),
        ("Al - Quds and self - made", "Al-Quds and self-made"),
        ("the Greens - not Labour - won", "the Greens - not Labour - won"),
        ("No. # 1", "No. #1"),
    ],
)
def test_english_print_is_put_together(tokens: str, text: str) -> None:
    assert joined(tokens) == text


def test_nothing_follows_the_last_token_and_no_tokens_are_no_gaps() -> None:
    assert likely_spaces(["Yes"]) == [False]
    assert likely_spaces([]) == []


def test_spaces_are_read_in_the_text_where_it_is_given() -> None:
    assert spaces_in("A - B\tc.", ["A", "-", "B", "c", "."]) == [True, True, True, False, False]
    assert spaces_in("A-B", ["A", "-", "C"]) is None
    assert spaces_in("A-B more", ["A", "-", "B"]) is None
