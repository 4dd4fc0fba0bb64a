"""From an asynchronous producer to a plain iterator, by a thread in the background."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Value(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def iterate(
    produce: Callable[[Callable[[T], Awaitable[None]]], Awaitable[None]], *, room: int = 16
) -> Iterator[T]:
    """Run `produce(emit)` in the event loop of a thread and yield what it emits, in order.

    `emit` waits while `room` things are not yet taken. What `produce` raises is raised here;
    where the iterator is closed early or interrupted, `produce` is cancelled and waited for.
    """
    handed: SimpleQueue[_Value[T] | _End] = SimpleQueue()
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None], asyncio.Semaphore]]
    started = Future()

    async def work() -> None:
        task, space = asyncio.current_task(), asyncio.Semaphore(room)
        assert task is not None
        started.set_result((asyncio.get_running_loop(), task, space))

        async def emit(value: T) -> None:
            await space.acquire()
            handed.put(_Value(value))

        await produce(emit)

    def run() -> None:
        error: BaseException | None = None
        try:
            asyncio.run(work())
        except BaseException as raised:
            error = raised
            if not started.done():  # no loop could be made
                started.set_exception(raised)
        handed.put(_End(error))

    thread = Thread(target=run, name="fetch", daemon=True)
    thread.start()
    loop, task, space = started.result()
    try:
        while isinstance(entry := handed.get(), _Value):
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits for space
                loop.call_soon_threadsafe(space.release)
            yield entry.value
        if entry.error:
            raise _first(entry.error)
    finally:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(task.cancel)
        thread.join()


def _first(error: BaseException) -> BaseException:
    """Return what went wrong first, without the groups that tasks wrap it in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
