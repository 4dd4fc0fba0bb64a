"""Line editing of `demarche shell` on a terminal: a history that lasts, names by Tab."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HISTORY_LINES = 1000

PARTS = " \t\n,;()=<>+-*/'\""
"""What parts a line into words: a dot parts none, so that `.tables` is one."""


@contextmanager
def line_editing(history: Path, names: Callable[[], list[str]]) -> Iterator[None]:
    """Edit lines from here on; keep what is typed in `history`, where this user can write it.

    Tab completes to one of `names`, which is asked for once, at the first Tab.
    """
    import readline

    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(HISTORY_LINES)
    readline.set_completer_delims(PARTS)
    readline.set_completer(completer(names))
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(None)
        with suppress(OSError):
            readline.write_history_file(history)


def completer(names: Callable[[], list[str]]) -> Callable[[str, int], str | None]:
    """Return what readline asks for the words that begin as typed, one number after the other."""
    known: list[str] = []

    def complete(typed: str, number: int) -> str | None:
        if not known:
            known.extend(names())
        before, dot, last = typed.rpartition(".")  # a column after the name of its table
        start = last.lower() if before else typed.lower()
        fitting = sorted({name for name in known if name.startswith(start)})
        if number >= len(fitting):
            return None
        return (before + dot if before else "") + fitting[number]

    return complete
