"""Ctrl-C that is not lost: some libraries drop it where they are imported, so it is remembered."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_came: list[int] = []


@contextmanager
def remembered() -> Iterator[None]:
    """Remember in this block that Ctrl-C came; it raises KeyboardInterrupt as ever."""
    _came.clear()
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    try:
        signal.signal(signal.SIGINT, _remember)
    except ValueError:  # not the main thread, which alone has handlers
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def deferred() -> Iterator[list[int]]:
    """Let Ctrl-C interrupt nothing in this block, which is given the list of those that came, and
    act on it at the end of the block.
    """
    came: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield came
        return
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where Ctrl-C came, and was lost, since the command began."""
    if _came:
        raise KeyboardInterrupt


def _remember(number: int, frame: FrameType | None) -> None:
    _came.append(number)
    signal.default_int_handler(number, frame)
