import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.block_quotes import find_blocks

WORDS = "The river has been ours for longer than anybody remembers."


def blocks(text: str) -> list[tuple[str, str]]:
    return [(text[b.lead_start : b.lead_end], text[b.start : b.end]) for b in find_blocks(text)]


def test_paragraph_after_a_lead_in() -> None:
    text = f"It rained.\n\nShe wrote to the council:\n\n{WORDS}\n\nThe council met."
    assert blocks(text) == [("She wrote to the council:", WORDS)]
    assert not find_blocks(text)[0].is_list


def test_line_after_a_lead_in() -> None:
    text = f"It rained.\nShe wrote:\n{WORDS}"
    assert [inside for _, inside in blocks(text)] == [WORDS]


def test_lines_behind_markers() -> None:
    text = f"She wrote\n\n> {WORDS}\n> And more.\n\n> Third.\n\nEnd of it."
    assert blocks(text) == [("She wrote", f"{WORDS}\n> And more."), ("She wrote", "Third.")]
    assert all(block.is_marked for block in find_blocks(text))


@pytest.mark.parametrize(
    "text",
    [
        "Three goals were set:\n\n* Clean up the river banks\n\n* Plant many more trees",
        "Three goals were set:\n\n1. Clean up the river banks.\n\n2. Plant more trees.",
        "Three goals were set:\n\nClean up the river banks\nPlant trees on both sides",
    ],
)
def test_lists_are_marked_as_such(text: str) -> None:
    first = find_blocks(text)[0]
    assert first.is_list
    assert "Clean up" in text[first.start : first.end]


@pytest.mark.parametrize(
    "text",
    [
        f"She wrote:\n\n“{WORDS}”",
        f"She wrote.\n\n{WORDS}",
        "At the concert:\n\n8 p.m.",
        "Run this command:\n\nfor (i = 0; i < 10; i++) { a[i] = b[i] * 2; }",
        "She answered questions:\n\n((The Paper))  What do you think of it?",
        "She wrote:",
        "",
    ],
)
def test_what_is_no_block(text: str) -> None:
    assert find_blocks(text) == []


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("aB :>\n*1.“-")), max_size=120))
def test_blocks_are_ordered_spans(text: str) -> None:
    last = 0
    for block in find_blocks(text):
        assert block.lead_start <= block.lead_end <= block.start < block.end <= len(text)
        assert block.start >= last
        last = block.end
