import asyncio
from itertools import pairwise
from time import monotonic

from tasks.fetch import Failure, Request
from tests.fetch.given import Page, Web, answer, content, fetch, fetcher_of, reason, redirect


def gaps(web: Web, host: str) -> list[float]:
    at = [asked.at for asked in web.asked if asked.address.startswith(f"{host}/")]
    return [after - before for before, after in pairwise(at)]


class Busy:
    """A page that takes `seconds` and counts how many are asked for at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.now = 0
        self.most = 0

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        writer.write(answer(200, b"text"))


def test_a_delay_between_requests_to_a_host_and_none_between_hosts() -> None:
    addresses = [f"{host}.example/{n}" for n in range(4) for host in "abcdefgh"]
    web = Web(dict.fromkeys(addresses, answer(200, b"text")))
    start = monotonic()
    found = fetch(web, addresses, delay=0.15)
    assert {content(one) for one in found} == {b"text"}
    assert monotonic() - start < 3
    for host in "abcdefgh":
        assert [path for path in web.paths if path[0] == host] == [
            f"{host}.example/{n}" for n in range(4)
        ]
        assert min(gaps(web, f"{host}.example")) > 0.1


def test_hosts_are_told_apart_by_their_ports() -> None:
    one, two = Web({"a.example/": answer(200)}), Web({"a.example/": answer(200)})

    async def work() -> None:
        async with one, two, fetcher_of(one, delay=5.0) as fetcher:
            requests = [Request(url=web.url("a.example/")) for web in (one, two)]
            await asyncio.wait_for(asyncio.gather(*map(fetcher.fetch, requests)), 2)

    asyncio.run(work())
    assert len(one.asked) == len(two.asked) == 1


def test_a_request_may_bring_its_own_delay() -> None:
    addresses = [f"{host}.example/{n}" for host in "ab" for n in range(3)]
    web = Web(dict.fromkeys(addresses, answer(200)))
    fetch(
        web,
        [Request(url=web.url(a), delay=0.2 if a[0] == "a" else None) for a in addresses],
        delay=0.05,
    )
    assert min(gaps(web, "a.example")) > 0.15
    assert max(gaps(web, "b.example")) < 0.19


def test_a_delay_of_its_own_is_for_its_own_host() -> None:
    web = Web({"b.example/1": redirect("/2"), "b.example/2": answer(200, b"text")})
    web.pages["a.example/"] = redirect(web.url("b.example/1"))
    request = Request(url=web.url("a.example/"), delay=1.0)
    hosts = frozenset({"a.example", "b.example"})
    assert content(fetch(web, [request], allowed_hosts=hosts)[0]) == b"text"
    assert gaps(web, "b.example")[0] < 0.9


def test_one_request_at_a_time_for_each_host() -> None:
    busy = Busy(0.05)
    addresses = [f"a.example/{n}" for n in range(5)]
    fetch(Web(dict.fromkeys(addresses, busy)), addresses)
    assert busy.most == 1


def test_as_many_at_a_time_for_each_host_as_allowed() -> None:
    busy = Busy(0.05)
    addresses = [f"a.example/{n}" for n in range(9)]
    fetch(Web(dict.fromkeys(addresses, busy)), addresses, per_host=3)
    assert busy.most == 3


def test_the_delay_lies_between_starts_also_of_requests_at_the_same_time() -> None:
    busy = Busy(0.3)
    addresses = [f"a.example/{n}" for n in range(4)]
    web = Web(dict.fromkeys(addresses, busy))
    fetch(web, addresses, per_host=4, delay=0.1)
    assert busy.most > 1
    assert min(gaps(web, "a.example")) > 0.05


def test_a_host_that_never_answers_is_left_alone() -> None:
    busy = Busy(60)
    addresses = [f"a.example/{n}" for n in range(13)]
    web = Web({**dict.fromkeys(addresses, busy), "b.example/": answer(200, b"text")})
    found = fetch(web, [*addresses, "b.example/"], timeout=0.03, attempts=1)
    assert [reason(one) for one in found[:-1]] == ["unavailable"] * 13
    assert isinstance(found[12], Failure)
    assert "10 requests in a row to its host failed" in found[12].detail
    assert content(found[13]) == b"text"
    assert len(web.asked) == 11


def test_an_answer_in_between_shows_that_a_host_is_alive() -> None:
    pages: dict[str, Page] = {f"a.example/{n}": Busy(60) for n in range(13)}
    pages["a.example/6"] = answer(404)
    web = Web(pages)
    fetch(web, list(pages), timeout=0.03, attempts=1)
    assert len(web.asked) == 13


def test_as_many_at_a_time_in_all_as_allowed() -> None:
    busy = Busy(0.05)
    addresses = [f"{n}a.example/" for n in range(20)]
    fetch(Web(dict.fromkeys(addresses, busy)), addresses, concurrency=4)
    assert busy.most == 4


def test_slow_and_failing_hosts_keep_nobody_waiting() -> None:
    slow: dict[str, Page] = {f"slow{n}.example/{m}": answer(503) for n in range(8) for m in (1, 2)}
    quick: dict[str, Page] = {f"{n}a.example/": answer(200, b"text") for n in range(20)}
    web = Web(slow | quick)

    async def work() -> float:
        async with web, fetcher_of(web, concurrency=2, delay=2.0, backoff=2.0) as fetcher:
            waiting = [
                asyncio.create_task(fetcher.fetch(Request(url=web.url(url)))) for url in slow
            ]
            start = monotonic()
            found = await asyncio.gather(
                *(fetcher.fetch(Request(url=web.url(url))) for url in quick)
            )
            seconds = monotonic() - start
            assert {content(one) for one in found} == {b"text"}
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
        return seconds

    assert asyncio.run(work()) < 1.5


def test_the_wait_for_a_turn_is_not_counted() -> None:
    addresses = [f"a.example/{n}" for n in range(4)]
    web = Web(dict.fromkeys(addresses, answer(200, b"text")))
    found = fetch(web, addresses, delay=0.2, max_seconds=0.3)
    assert [content(one) for one in found] == [b"text"] * 4


def test_a_cancelled_request_gives_its_turn_away() -> None:
    web = Web({"a.example/1": Busy(60), "a.example/2": answer(200, b"text")})

    async def work() -> None:
        async with web, fetcher_of(web, concurrency=1) as fetcher:
            first = asyncio.create_task(fetcher.fetch(Request(url=web.url("a.example/1"))))
            second = asyncio.create_task(fetcher.fetch(Request(url=web.url("a.example/2"))))
            await asyncio.sleep(0.1)
            first.cancel()
            assert content(await asyncio.wait_for(second, 1)) == b"text"

    asyncio.run(work())


def test_connections_are_kept_for_the_next_request() -> None:
    addresses = [f"a.example/{n}" for n in range(10)]
    web = Web(dict.fromkeys(addresses, answer(200, b"text")))
    fetch(web, addresses)
    assert (len(web.asked), web.connections) == (10, 1)


def test_an_attempt_after_an_outage_waits_for_its_turn_too() -> None:
    web = Web({"a.example/1": answer(500), "a.example/2": answer(500)})
    found = fetch(web, ["a.example/1", "a.example/2"], delay=0.1, backoff=0.0, attempts=2)
    assert [reason(one) for one in found] == ["unavailable"] * 2
    assert len(web.asked) == 4
    assert min(gaps(web, "a.example")) > 0.05
