"""What a benchmark is given and gives: options in, rows of a table and figures out."""

import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = (
    "demarche",
    "duckdb",
    "duckdb-extension-ducklake",
    "pyarrow",
    "spacy",
    "thinc",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "prefect",
)

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to measure; `work` is an empty folder that is gone afterwards, `data` an input folder.

    `million` keeps its lakes in `keep`, and measures `parts` of them, or of one of `only` articles.
    """

    work: Path
    data: Path | None = None
    is_quick: bool = False
    articles: int = 20_000
    seed: int = 1
    minutes: float = 60
    keep: Path | None = None
    only: int | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was measured: `rows` make the table; `failures` are broken promises, one a line."""

    rows: Sequence[Row]
    figures: Mapping[str, object] = field(default_factory=dict)
    failures: Sequence[str] = ()


Measure = Callable[[Options], Result]


class SkippedError(Exception):
    """A benchmark cannot be run here; its text says why."""


def given_file(options: Options, relative: str) -> Path:
    """Return a file of the input folder. Raises SkippedError where it was not given."""
    if options.data is None:
        raise SkippedError(f"needs {relative}: give the folder that holds it with --data")
    path = options.data / relative
    if not path.is_file():
        raise SkippedError(f"no {relative} in the folder given with --data")
    return path


def show(name: str, result: Result) -> str:
    """Return the result as text: a table, the figures, and what failed."""
    lines = [f"{name}:", *_table(result.rows)]
    lines += [f"  {key}: {_cell(value)}" for key, value in result.figures.items()]
    lines += [f"  FAILED: {failure}" for failure in result.failures]
    return "\n".join(lines)


def write(folder: Path, name: str, result: Result, options: Options) -> None:
    """Write `<name>.json`: the result with what it was measured on."""
    content = {
        "benchmark": name,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in PACKAGES},
        "quick": options.is_quick,
        "seed": options.seed,
        "figures": dict(result.figures),
        "rows": [dict(row) for row in result.rows],
        "failures": list(result.failures),
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _table(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(names))]
    return ["  " + "  ".join(map(_pad, line, widths)).rstrip() for line in cells]


def _pad(cell: str, width: int) -> str:
    is_number = cell[:1].isdigit() or cell[:1] == "-"
    return cell.rjust(width) if is_number else cell.ljust(width)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
