"""PNG and SVG files. Matplotlib is imported here alone, when a file is drawn."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURES = (".png", ".svg")
MANY = 5_000
"""Points above which an SVG file holds them as one image, since each takes 200 bytes."""

SETTINGS: dict[Any, str] = {
    "svg.hashsalt": "demarche",
    "svg.fonttype": "none",
    "date.converter": "concise",
}
"""The same rows give the same bytes; words in an SVG file stay words."""


def check_picture(path: Path) -> None:
    """Raise BadParameter where `path` is not named as a file that can be drawn."""
    if path.suffix.lower() not in PICTURES:
        raise typer.BadParameter(f"'{path}' is neither a .png nor an .svg file")


@contextmanager
def axes_of(path: Path, width: float, height: float) -> Iterator["Axes"]:
    """Give axes of `width` by `height` inches; write what is drawn on them to `path`.

    Raises OSError.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of caches that it may not write
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # names in scripts it has no font of
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure.add_subplot()
        kind = path.suffix.lower().removeprefix(".")
        metadata = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(path, format=kind, dpi=150, metadata=metadata)
