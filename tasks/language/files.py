"""Reading the files of a language model, each of which may be missing or damaged."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tasks.language.errors import LanguageError

Read = TypeVar("Read")

_MOST = 300
"""Characters kept of another library's message: enough for a path and a reason."""


def read_file(path: Path, reader: Callable[[Path], Read]) -> Read:
    """Return what `reader` makes of the file `path`; raises LanguageError that names it."""
    if not path.is_file():
        raise LanguageError(f"{path} is missing; install demarche again")
    try:
        return reader(path)
    except Exception as error:  # each library has errors of its own for a damaged file
        raise LanguageError(
            f"{path} is damaged ({brief(error)}); install demarche again"
        ) from error


def brief(error: Exception) -> str:
    """Return kind and message of `error` in one line."""
    message = " ".join(str(error).split())[:_MOST].rstrip(".")
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
