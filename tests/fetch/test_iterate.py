import asyncio
import signal
import threading
import time
from collections.abc import Awaitable, Callable

import pytest

from tasks.fetch import iterate

Emit = Callable[[int], Awaitable[None]]


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "fetch"]


def test_what_is_emitted_comes_in_order() -> None:
    async def produce(emit: Emit) -> None:
        for n in range(100):
            await emit(n)

    assert list(iterate(produce, room=3)) == list(range(100))
    assert threads() == []


def test_nothing_emitted() -> None:
    async def produce(emit: Emit) -> None:
        pass

    assert list(iterate(produce)) == []


def test_no_more_than_room_is_held() -> None:
    emitted = 0

    async def produce(emit: Emit) -> None:
        nonlocal emitted
        for n in range(50):
            await emit(n)
            emitted += 1

    taken = 0
    for _ in iterate(produce, room=4):
        taken += 1
        time.sleep(0.002)
        assert emitted - taken <= 4
    assert taken == 50


def test_an_exception_comes_after_what_was_emitted() -> None:
    async def produce(emit: Emit) -> None:
        await emit(1)
        raise ValueError("broken")

    found = iterate(produce)
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken"):
        next(found)
    assert threads() == []


@pytest.mark.parametrize("room", [1, 16])
def test_closing_early_cancels_and_waits(room: int) -> None:
    seen: list[str] = []

    async def produce(emit: Emit) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(60))
                for n in range(1_000):
                    await emit(n)
        finally:
            seen.append("cleaned up")

    found = iterate(produce, room=room)
    assert next(found) == 0
    start = time.monotonic()
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert time.monotonic() - start < 1
    assert seen == ["cleaned up"]
    assert threads() == []


def test_an_interrupt_while_waiting_cancels_and_waits() -> None:
    seen: list[str] = []

    async def produce(emit: Emit) -> None:
        try:
            await emit(1)
            await asyncio.sleep(60)
        finally:
            seen.append("cleaned up")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        start = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            list(iterate(produce))
        assert time.monotonic() - start < 2
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    assert seen == ["cleaned up"]
    assert threads() == []


def test_a_slow_lookup_keeps_nobody_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks.fetch.network import resolve_by_system

    release = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        release.wait(10)
        return []

    monkeypatch.setattr("socket.getaddrinfo", look_up)

    async def produce(emit: Emit) -> None:
        await emit(1)
        await resolve_by_system("slow.example", 80)

    found = iterate(produce)
    assert next(found) == 1
    time.sleep(0.1)
    start = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 1
    release.set()
    time.sleep(0.05)  # the thread of the lookup ends without a loop to answer
