import asyncio

import pytest

from tasks.fetch import Failure, Fetcher, Limits, Request
from tasks.fetch.addresses import is_allowed, is_public, read_address, shown
from tasks.fetch.failures import RefusedError
from tests.fetch.given import Web, answer, content, fetch_one, reason

PRIVATE = [
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "::7f00:1",  # IPv4-compatible, given up long ago
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:a00:1::f7f7:f7f7",  # Teredo, server 10.0.0.1, client 8.8.8.8
    "2001:0:808:808::f5ff:fffe",  # Teredo, server 8.8.8.8, client 10.0.0.1
]

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
    "2001:0:808:808::f7f7:f7f7",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_and_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_also_within_ipv6(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "page.html",
        "//news.example/a",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "javascript:alert(1)",
        "data:text/html,hello",
        "gopher://news.example:70/",
        "http:///a",
        "http:/news.example/a",
        "http://",
        "http://news..example/",
        "http://.example/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 130}example/",
        "http://news.example:0/",
        "http://news.example:65536/",
        "http://news.example:-1/",
        "http://news.example:http/",
        "http://news.example\x00/",
        "http://news.example/a\nb",
        "http://news example/",
        "http://%31%32%37.0.0.1/",
        "http://\ud800.example/",
        "http://news.example/\ud800",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://[::ffff:127.0.0.1%251]/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.0x1/",
        "http://127.0.0.1.1/",
        "http://256.1.1.1/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://news.example/" + "a" * 70_000,
    ],
)
def test_no_address_of_the_web(url: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_address(url)
    assert refused.value.reason == "bad_address"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        (" https://News.Example/a b?q=ü#part\n", "https://news.example/a%20b?q=%C3%BC"),
        ("http://reader:secret@news.example/", "http://news.example/"),
        ("http://127.0.0.1\\@news.example/", "http://news.example/"),
        ("http://news.example./a", "http://news.example/a"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://xn--99999999.example/", "http://xn--99999999.example/"),
        ("http://127\u30020\u30020\u30021/", "http://127.0.0.1/"),
        ("http://127.0.0.1./", "http://127.0.0.1/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://news.example:80/a", "http://news.example/a"),
    ],
)
def test_addresses_as_they_are_asked(url: str, read: str) -> None:
    assert str(read_address(url)) == read


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127\u30020\u30020\u30021/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_the_resolver_of_the_system_leads_to_no_private_address(url: str) -> None:
    async def work() -> object:
        async with Fetcher(Limits(user_agent="demarche", attempts=1)) as fetcher:
            return await fetcher.fetch(Request(url=url))

    found = asyncio.run(work())
    assert isinstance(found, Failure)
    assert found.reason == "forbidden_address"
    assert "allowed_hosts" in found.detail
    assert found.status is None


def test_allowed_hosts_by_name_address_and_port() -> None:
    assert is_allowed("desk.example", 80, {"Desk.example"})
    assert is_allowed("desk.example", 8080, {"desk.example:8080"})
    assert not is_allowed("desk.example", 80, {"desk.example:8080"})
    assert not is_allowed("a.desk.example", 80, {"desk.example"})
    assert is_allowed("::1", 80, {"[::1]"})
    assert is_allowed("::1", 80, {"::1"})
    assert is_allowed("::1", 80, {"[::1]:80"})
    assert not is_allowed("127.0.0.1", 80, {"desk.example"})


def test_messages_hide_passwords_and_cut_long_addresses() -> None:
    assert shown("https://reader:secret@news.example/a@b") == "https://news.example/a@b"
    assert shown("http://x@y@news.example/a\nb\x1b") == "http://news.example/a?b?"
    assert len(shown("http://news.example/" + "a" * 5_000)) == 203


def test_user_and_password_are_not_sent() -> None:
    web = Web({"a.example/": answer(200, b"text")})
    found = fetch_one(web, Request(url=f"http://reader:secret@a.example:{web.port}/"))
    assert content(found) == b"text"
    assert "authorization" not in web.asked[0].headers
    assert found.url == f"http://reader:secret@a.example:{web.port}/"


def test_a_scheme_is_refused_with_its_address() -> None:
    found = fetch_one(Web(), Request(url="file:///etc/passwd"))
    assert reason(found) == "bad_address"
    assert isinstance(found, Failure)
    assert found.detail.startswith("file:///etc/passwd: the scheme is 'file'")
