"""Write the generated parts of `docs/`: what `make docs` runs."""

from pathlib import Path

from flows.cli.reference import reference_markdown
from flows.cookbook import write_results
from warehouse.dictionary import dictionary_markdown

FOLDER = Path(__file__).parent.parent / "docs"


def generated() -> dict[Path, str]:
    """Return every generated file with its text."""
    return {
        FOLDER / "data-dictionary.md": dictionary_markdown(),
        FOLDER / "cli.md": reference_markdown(),
    }


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
    write_results()
