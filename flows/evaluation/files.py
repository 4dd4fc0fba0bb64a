"""Files of marked data, and their lines."""

from collections.abc import Iterator
from pathlib import Path

from flows.evaluation.errors import EvaluationError


def marked_files(data: Path, endings: tuple[str, ...], *, below: bool = False) -> list[Path]:
    """Return the file `data`, or the files with `endings` in the folder `data`, by name.

    With `below`, also those in its subfolders. Raises EvaluationError where there is none.
    """
    if data.is_file():
        return [data]
    if not data.is_dir():
        raise EvaluationError(f"{data}: no such file or folder")
    there = data.rglob("*") if below else data.iterdir()
    found = sorted(path for path in there if path.suffix in endings and path.is_file())
    if not found:
        wanted = ", ".join(f"*{ending}" for ending in endings)
        raise EvaluationError(f"{data}: no file in it is named {wanted}")
    return found


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of `path`, without their ends, with their numbers from 1.

    Raises EvaluationError where the file is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                yield number, line.rstrip("\r\n")
    except UnicodeDecodeError:
        raise EvaluationError(f"{path}: not UTF-8 text") from None
