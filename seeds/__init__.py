"""Reviewed reference data; `seeds/README.md` gives origin, licence and columns."""

from pathlib import Path


def folder() -> Path:
    """Return the folder that holds the reference files."""
    return Path(__file__).parent
