import asyncio
from itertools import pairwise
from time import process_time

import pytest

from tasks.fetch import Failure, Request
from tasks.fetch.robots import MAX_BYTES, Rules
from tests.fetch.given import (
    Page,
    Web,
    answer,
    content,
    fetch,
    fetch_one,
    fetcher_of,
    reason,
    redirect,
)

AGENT = "demarche/0.1 (+mailto:desk@paper.example)"


def web_with(robots: Page, *paths: str) -> Web:
    pages: dict[str, Page] = {f"a.example/{path}": answer(200, b"text") for path in paths}
    return Web({"a.example/robots.txt": robots} | pages)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "a", True),
        ("User-agent: *\nDisallow: /", "a", False),
        ("User-agent: *\nDisallow:", "a", True),
        ("\ufeffUser-agent: *\nDisallow: /", "a", False),
        ("user-agent: *\ndisallow: /private # staff\nallow: /private/open", "private/x", False),
        ("user-agent: *\ndisallow: /private\nallow: /private/open", "private/open", True),
        ("User-agent: *\nDisallow: /*.pdf$", "x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "x.pdf?y", True),
        ("User-agent: *\nDisallow: /a%2fb", "a%2Fb", False),
        ("User-agent: *\nDisallow: /\nUser-agent: demarche\nDisallow: /x", "a", True),
        ("User-agent: Demarche/2.0\nDisallow: /\nUser-agent: *\nDisallow:", "a", False),
        ("User-agent: other\nUser-agent: demarche\nDisallow: /", "a", False),
        ("User-agent: demarche\nDisallow: /x\nUser-agent: demarche\nDisallow: /a", "a", False),
        ("User-agent: other\nDisallow: /", "a", True),
        ("User-agent: demarche-images\nDisallow: /", "a", True),
        ("User-agent: desk\nDisallow: /", "a", True),
        ("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /x", "a", True),
        ("User-agent *\nDisallow /", "a", False),
        ("<html><body>Not found</body></html>", "a", True),
        ("\0\0\xff\nDisallow: /", "a", True),
    ],
)
def test_rules_of_a_host(robots: str, path: str, allowed: bool) -> None:
    rules = Rules(robots.encode(), user_agent=AGENT)
    assert rules.allow(f"http://a.example/{path}") is allowed


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5), ("0.5", 0.5), ("nan", 0), ("-1", 0), ("inf", 0), ("x", 0)]
)
def test_crawl_delay(value: str, seconds: float) -> None:
    robots = f"User-agent: *\nCrawl-delay: {value}\nUser-agent: other\nCrawl-delay: 99"
    assert Rules(robots.encode(), user_agent=AGENT).delay == seconds


def test_a_hostile_robots_txt_takes_linear_time() -> None:
    names = b"".join(b"User-agent: a%d\n" % n for n in range(15_000))
    rules = b"".join(b"Disallow: /%d*x*y\n" % n for n in range(15_000))
    for text in (names + rules, (b"User-agent: *\n" * 18_000) + rules, rules[:99] + b"a" * 10**6):
        start = process_time()
        Rules(text, user_agent=AGENT).allow("http://a.example/" + "1" * 5_000)
        assert process_time() - start < 2


def test_what_robots_txt_forbids_is_not_asked_for() -> None:
    web = web_with(answer(200, b"User-agent: *\nDisallow: /no"), "no", "yes")
    no, yes = fetch(web, ["a.example/no", "a.example/yes"], obey_robots=True)
    assert no == Failure(
        url=web.url("a.example/no"),
        reason="robots",
        detail=f"{web.url('a.example/no')}: a.example:{web.port}/robots.txt does not allow it; "
        "ask the outlet",
    )
    assert content(yes) == b"text"
    assert web.paths == ["a.example/robots.txt", "a.example/yes"]


def test_robots_txt_is_not_asked_for_where_it_is_not_obeyed() -> None:
    web = web_with(answer(200, b"User-agent: *\nDisallow: /"), "a")
    assert content(fetch_one(web, "a.example/a", obey_robots=False)) == b"text"
    assert web.paths == ["a.example/a"]


def test_requests_to_one_host_wait_for_one_lookup() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(answer(200, b"User-agent: *\nDisallow: /5"))

    web = web_with(slow, *"0123456789")
    found = fetch(web, [f"a.example/{n}" for n in range(10)], obey_robots=True, per_host=10)
    assert [isinstance(one, Failure) for one in found] == [n == 5 for n in range(10)]
    assert web.paths.count("a.example/robots.txt") == 1
    assert web.paths[0] == "a.example/robots.txt"


def test_a_lookup_goes_on_where_the_first_to_ask_is_cancelled() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)
        writer.write(answer(200))

    web = web_with(slow, "a")

    async def work() -> None:
        async with web, fetcher_of(web, obey_robots=True) as fetcher:
            request = Request(url=web.url("a.example/a"))
            first = asyncio.create_task(fetcher.fetch(request))
            await asyncio.sleep(0.05)
            second = asyncio.create_task(fetcher.fetch(request))
            await asyncio.sleep(0.05)
            first.cancel()
            assert content(await second) == b"text"
            assert first.cancelled()

    asyncio.run(work())
    assert web.paths == ["a.example/robots.txt", "a.example/a"]


def test_a_fetcher_ends_while_a_lookup_hangs() -> None:
    async def hang(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    web = web_with(hang, "a")

    async def work() -> None:
        async with web, fetcher_of(web, obey_robots=True) as fetcher:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(fetcher.fetch(Request(url=web.url("a.example/a"))), 0.1)

    asyncio.run(asyncio.wait_for(work(), 2))


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 204])
def test_without_a_robots_txt_all_is_allowed(status: int) -> None:
    web = web_with(answer(status), "a")
    assert content(fetch_one(web, "a.example/a", obey_robots=True)) == b"text"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_fails_nothing_is_asked_for(status: int) -> None:
    web = web_with(answer(status), "a", "b")
    found = fetch(web, ["a.example/a", "a.example/b"], obey_robots=True, attempts=2)
    assert [reason(one) for one in found] == ["unavailable", "unavailable"]
    assert isinstance(found[0], Failure)
    assert f"robots.txt comes first: http://a.example:{web.port}/robots.txt" in found[0].detail
    assert web.paths == ["a.example/robots.txt"] * 2


def test_an_unreachable_host() -> None:
    web = Web({"a.example/": b""})
    found = fetch_one(web, Request(url="http://a.example:1/"), obey_robots=True, attempts=2)
    assert reason(found) == "unavailable"


def test_robots_txt_behind_redirects() -> None:
    web = web_with(redirect("/1"), "a")
    web.pages |= {f"a.example/{n}": redirect(f"/{n + 1}") for n in range(1, 5)}
    web.pages["a.example/5"] = answer(200, b"User-agent: *\nDisallow: /a")
    assert reason(fetch_one(web, "a.example/a", obey_robots=True)) == "robots"


def test_too_many_redirects_are_no_robots_txt() -> None:
    web = web_with(redirect("/robots.txt"), "a")
    assert content(fetch_one(web, "a.example/a", obey_robots=True)) == b"text"


def test_the_host_redirected_to_has_its_own_rules() -> None:
    web = Web({"a.example/": b"", "b.example/robots.txt": answer(200, b"User-agent:*\nDisallow:/")})
    web.pages["a.example/"] = redirect(web.url("b.example/x"))
    found = fetch_one(web, "a.example/", obey_robots=True)
    assert reason(found) == "robots"
    assert web.paths == ["a.example/robots.txt", "a.example/", "b.example/robots.txt"]


def test_an_endless_robots_txt_is_read_in_part() -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /no\n")
        while True:
            writer.write(b"# nothing\n" * 1_000)
            await writer.drain()

    web = web_with(endless, "no", "yes")
    no, yes = fetch(web, ["a.example/no", "a.example/yes"], obey_robots=True, max_bytes=1_000)
    assert reason(no) == "robots"
    assert content(yes) == b"text"


def test_rules_beyond_500_kib_are_not_read() -> None:
    text = b"User-agent: *\nDisallow: /a\n".ljust(MAX_BYTES, b"#") + b"\nDisallow: /b\n"
    web = web_with(answer(200, text), "a", "b")
    found = fetch(web, ["a.example/a", "a.example/b"], obey_robots=True)
    assert reason(found[0]) == "robots"
    assert content(found[1]) == b"text"


@pytest.mark.parametrize(
    ("crawl_delay", "delay", "max_wait", "least"),
    [("0.2", 0.0, 60.0, 0.2), ("0.1", 0.2, 60.0, 0.2), ("9", 0.0, 0.2, 0.2)],
)
def test_a_crawl_delay_is_kept_where_it_is_longer(
    crawl_delay: str, delay: float, max_wait: float, least: float
) -> None:
    web = web_with(answer(200, f"User-agent: *\nCrawl-delay: {crawl_delay}".encode()), "a", "b")
    fetch(web, ["a.example/a", "a.example/b"], obey_robots=True, delay=delay, max_wait=max_wait)
    at = [asked.at for asked in web.asked]
    assert len(at) == 3
    assert all(least - 0.05 < after - before < least + 0.5 for before, after in pairwise(at))
