import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from tasks.fetch import Failure, Request, Response
from tasks.fetch.answers import Answer, judge
from tasks.fetch.failures import OutageError
from tasks.fetch.headers import charset, media_type, read_headers, retry_after
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

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_page_with_what_its_headers_say() -> None:
    page = answer(
        200,
        b"<p>text</p>",
        Content_Type='Text/HTML; Charset="ISO-8859-1"',
        ETag='W/"v1"',
        Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT",
    )
    web = Web({"a.example/x?y=1": page})
    before = datetime.now(UTC)
    found = fetch_one(web, "a.example/x?y=1#part")
    assert isinstance(found, Response)
    assert before <= found.fetched_at <= datetime.now(UTC)
    assert found == Response(
        url=web.url("a.example/x?y=1#part"),
        final_url=web.url("a.example/x?y=1"),
        status=200,
        content=b"<p>text</p>",
        media_type="text/html",
        charset="ISO-8859-1",
        etag='W/"v1"',
        last_modified="Mon, 02 Mar 2026 08:00:00 GMT",
        fetched_at=found.fetched_at,
    )
    assert web.asked[0].headers == {
        "host": f"a.example:{web.port}",
        "user-agent": "demarche/0.1 (+mailto:desk@paper.example)",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
    }


@pytest.mark.parametrize("status", [200, 204, 205])
def test_nothing_is_content_too(status: int) -> None:
    found = fetch_one(Web({"a.example/": answer(status)}), "a.example/")
    assert isinstance(found, Response)
    assert (found.status, found.content) == (status, b"")
    assert (found.media_type, found.charset, found.etag) == (None, None, None)


@pytest.mark.parametrize(
    ("status", "expected", "times"),
    [
        (300, "redirects", 1),
        (302, "redirects", 1),
        (305, "redirects", 1),
        (400, "denied", 1),
        (401, "denied", 1),
        (402, "denied", 1),
        (403, "denied", 1),
        (404, "gone", 1),
        (408, "unavailable", 3),
        (410, "gone", 1),
        (418, "denied", 1),
        (425, "unavailable", 3),
        (429, "unavailable", 3),
        (451, "denied", 1),
        (500, "unavailable", 3),
        (503, "unavailable", 3),
        (999, "unavailable", 3),
        (206, "unavailable", 3),
        (304, "unavailable", 3),
    ],
)
def test_statuses_without_content(status: int, expected: str, times: int) -> None:
    web = Web({"a.example/": answer(status)})
    found = fetch_one(web, "a.example/")
    assert isinstance(found, Failure)
    assert (found.reason, found.status) == (expected, status)
    assert found.detail.startswith(f"{web.url('a.example/')}: HTTP status {status}")
    assert len(web.asked) == times


def test_an_outage_that_passes() -> None:
    answers = [answer(503), answer(500), answer(200, b"text")]
    web = Web({"a.example/": answers})
    assert content(fetch_one(web, "a.example/", backoff=0.1)) == b"text"
    first, second, third = (asked.at for asked in web.asked)
    assert second - first >= 0.1
    assert third - second >= 0.2


def test_no_second_attempt_where_one_is_allowed() -> None:
    web = Web({"a.example/": [answer(503), answer(200, b"text")]})
    assert reason(fetch_one(web, "a.example/", attempts=1)) == "unavailable"
    assert len(web.asked) == 1


def test_retry_after_in_seconds_closes_the_whole_host() -> None:
    pages: dict[str, Page] = {
        "a.example/1": [answer(429, Retry_After="1"), answer(200, b"one")],
        "a.example/2": answer(200, b"two"),
        "b.example/": answer(200, b"other"),
    }
    web = Web(pages)
    found = fetch(web, ["a.example/1", "a.example/2", "b.example/"], backoff=0.01)
    assert [content(one) for one in found] == [b"one", b"two", b"other"]
    at = {asked.address: asked.at for asked in web.asked}
    start = web.asked[0].at
    assert at["a.example/1"] - start >= 1
    assert at["a.example/2"] - start >= 1
    assert at["b.example/"] - start < 0.9


def test_a_retry_after_that_is_too_long_ends_the_attempts() -> None:
    web = Web({"a.example/1": answer(503, Retry_After="61"), "a.example/2": answer(200)})
    first, second = fetch(web, ["a.example/1", "a.example/2"])
    assert isinstance(first, Failure)
    assert (first.reason, first.status) == ("unavailable", 503)
    assert "to be asked again after 61 s" in first.detail
    assert isinstance(second, Failure)
    assert (second.reason, second.status) == ("unavailable", None)
    assert "its host asked for a pause of 61 s more" in second.detail
    assert web.paths == ["a.example/1"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Mon, 02 Mar 2026 12:00:30 GMT", 30),
        ("Monday, 02-Mar-26 12:01:00 GMT", 60),
        ("Mon Mar  2 12:01:00 2026", 60),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("9999999999999999999", None),
        ("soon", None),
        ("\u00b2", None),
        ("Mon, 99 Foo 2026 12:00:30 GMT", None),
        ("Mon, 02 Mar 99999999 12:00:30 GMT", None),
        ("1" * 100_000, None),
    ],
)
def test_both_forms_of_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, now=NOW) == seconds


def test_a_date_to_retry_after_counts_from_the_answer() -> None:
    given = Answer(
        status=503,
        headers={"retry-after": "Mon, 02 Mar 2026 12:00:30 GMT"},
        content=b"",
        received_at=NOW,
    )
    url = httpx.URL("http://a.example/")
    with pytest.raises(OutageError) as outage:
        judge(given, url, Request(url=str(url)), was_conditional=False)
    assert outage.value.wait == 30


def test_what_was_held_is_not_sent_again() -> None:
    web = Web({"a.example/": answer(304, ETag='"v2"')})
    request = Request(
        url=web.url("a.example/"), etag='"v1"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT"
    )
    found = fetch_one(web, request)
    assert isinstance(found, Response)
    assert (found.status, found.content) == (304, b"")
    assert (found.etag, found.last_modified) == ('"v2"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert web.asked[0].headers["if-none-match"] == '"v1"'
    assert web.asked[0].headers["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"


def test_validators_go_to_their_own_address_only() -> None:
    web = Web({"a.example/": redirect("/new"), "a.example/new": answer(200, b"text")})
    assert content(fetch_one(web, Request(url=web.url("a.example/"), etag='"v1"'))) == b"text"
    assert ["if-none-match" in asked.headers for asked in web.asked] == [True, False]


@pytest.mark.parametrize("etag", ["", '"a\r\nX-Evil: 1"', '"\u20ac"', '"' + "a" * 2_000 + '"'])
def test_validators_unfit_for_a_header_are_left_out(etag: str) -> None:
    web = Web({"a.example/": answer(200, b"text")})
    assert content(fetch_one(web, Request(url=web.url("a.example/"), etag=etag))) == b"text"
    assert not {"if-none-match", "x-evil"} & web.asked[0].headers.keys()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    web = Web({"a.example/x/": redirect("../y?z", status), "a.example/y?z": answer(200, b"text")})
    found = fetch_one(web, "a.example/x/")
    assert content(found) == b"text"
    assert isinstance(found, Response)
    assert (found.url, found.final_url) == (web.url("a.example/x/"), web.url("a.example/y?z"))


def test_a_redirect_may_be_written_in_utf8() -> None:
    location = "/süd".encode().decode("latin-1")
    web = Web({"a.example/": redirect(location), "a.example/s%C3%BCd": answer(200, b"text")})
    assert content(fetch_one(web, "a.example/")) == b"text"


def test_redirects_across_hosts() -> None:
    web = Web({"b.example/": answer(200, b"text"), "a.example/": b""})
    web.pages["a.example/"] = redirect(web.url("b.example/"))
    assert content(fetch_one(web, "a.example/")) == b"text"


def test_a_circle_of_redirects() -> None:
    web = Web({"a.example/1": redirect("/2"), "a.example/2": redirect("/1#again")})
    found = fetch_one(web, "a.example/1")
    assert isinstance(found, Failure)
    assert found.reason == "redirects"
    assert "in a circle" in found.detail
    assert web.paths == ["a.example/1", "a.example/2"]


def test_as_many_redirects_as_allowed_and_one_more() -> None:
    pages = {f"a.example/{n}": redirect(f"/{n - 1}") for n in range(1, 5)}
    pages["a.example/0"] = answer(200, b"text")
    few, many = fetch(Web(pages), ["a.example/3", "a.example/4"], max_redirects=3)
    assert content(few) == b"text"
    assert reason(many) == "redirects"


def test_a_failure_behind_a_redirect_names_both_addresses() -> None:
    web = Web({"a.example/": redirect("/lost")})
    found = fetch_one(web, "a.example/")
    assert isinstance(found, Failure)
    assert found.reason == "gone"
    a, lost = web.url("a.example/"), web.url("a.example/lost")
    assert found.detail == f"{a}: it leads to {lost}: HTTP status 404"


def test_headers_are_read_without_trust() -> None:
    headers = read_headers(
        [
            (b"X", b"1"),
            (b"x", b"2"),
            (b"E", b"\xe4"),
            (b"Content-Encoding", b"gzip"),
            (b"content-encoding", b"deflate"),
        ]
    )
    assert headers == {"x": "1", "e": "\u00e4", "content-encoding": "gzip,deflate"}
    assert media_type({"content-type": "text/html, text/plain"}) == "text/html"
    assert media_type({"content-type": "html"}) is None
    assert media_type({"content-type": "a" * 5_000 + "/b"}) is None
    assert charset({"content-type": "text/xml;charset = utf-8 ; x"}) == "utf-8"
    assert charset({"content-type": "text/xml; charset="}) is None


def test_cancellation_passes_through() -> None:
    async def hang(_: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    web = Web({"a.example/": hang})

    async def work() -> None:
        async with web, fetcher_of(web) as fetcher:
            task = asyncio.create_task(fetcher.fetch(Request(url=web.url("a.example/"))))
            while not web.asked:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(work())
