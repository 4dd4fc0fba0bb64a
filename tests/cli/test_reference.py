from pathlib import Path

from flows.cli.reference import reference_markdown

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference_markdown(), "run `make docs`"


def test_commands_arguments_and_options_are_in_it() -> None:
    text = reference_markdown()
    assert "## demarche stance\n\n    demarche stance [OPTIONS] [HOLDER] [TARGET] [FILE]\n" in text
    assert "| `HOLDER` | Who holds the position; '-' for anyone. |" in text
    assert (
        "| `--voice <list[author\\|speaker\\|actor]>` | Only in this voice; can be given again. |"
        in text
    )
    assert "Example: `demarche why 3f2a91`" in text


def test_nothing_is_left_without_a_meaning() -> None:
    rows = [line for line in reference_markdown().splitlines() if line.startswith("| `")]
    assert len(rows) > 80
    assert [row for row in rows if row.endswith("|  |")] == []
