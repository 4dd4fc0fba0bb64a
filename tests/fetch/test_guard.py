import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import Iterable
from pathlib import Path

import httpcore
import pytest

from tasks.fetch import Failure, Fetcher, Request, Response
from tasks.fetch.failures import RefusedError
from tasks.fetch.network import GuardedBackend
from tests.fetch.given import Web, answer, content, fetch, fetch_one, limits, reason, redirect


class Recorder(httpcore.AsyncNetworkBackend):
    """Connects nowhere and notes where it should have."""

    def __init__(self, *, dead: Iterable[str] = ()) -> None:
        self.connected: list[str] = []
        self.dead = set(dead)

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.connected.append(host)
        if host in self.dead:
            raise httpcore.ConnectError("refused")
        return httpcore.AsyncMockStream([])


def connect(
    answers: list[list[str]], *, times: int = 1, dead: Iterable[str] = (), allowed: str = ""
) -> list[str]:
    """Connect to news.example `times` times; return the addresses connected to."""
    recorder = Recorder(dead=dead)
    remaining = iter(answers)

    async def resolve(host: str, port: int) -> list[str]:
        assert (host, port) == ("news.example", 443)
        return next(remaining)

    async def work() -> None:
        backend = GuardedBackend(resolve=resolve, allowed_hosts={allowed} - {""}, backend=recorder)
        for _ in range(times):
            await backend.connect_tcp("news.example", 443, 1.0)

    try:
        asyncio.run(work())
    except RefusedError as refused:
        recorder.connected.append(refused.reason)
    return recorder.connected


def test_the_address_checked_is_the_one_connected_to() -> None:
    assert connect([["8.8.8.8"], ["127.0.0.1"]]) == ["8.8.8.8"]


def test_a_name_that_turns_private_is_refused_at_its_next_connection() -> None:
    assert connect([["8.8.8.8"], ["127.0.0.1"]], times=2) == ["8.8.8.8", "forbidden_address"]


@pytest.mark.parametrize(
    "mixed", [["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["2606:4700::1", "::1"]]
)
def test_one_private_address_among_public_ones_is_enough(mixed: list[str]) -> None:
    assert connect([mixed]) == ["forbidden_address"]


def test_a_private_address_far_down_the_answer_is_found() -> None:
    assert connect([[f"8.8.8.{n}" for n in range(50)] + ["10.0.0.1"]]) == ["forbidden_address"]


def test_allowed_hosts_may_be_private() -> None:
    assert connect([["10.0.0.1"]], allowed="news.example") == ["10.0.0.1"]
    assert connect([["10.0.0.1"]], allowed="news.example:443") == ["10.0.0.1"]
    assert connect([["10.0.0.1"]], allowed="news.example:80") == ["forbidden_address"]


def test_the_next_address_is_tried_where_one_is_dead() -> None:
    addresses = ["2606:4700::1", "8.8.8.8"]
    assert connect([addresses], dead=["2606:4700::1"]) == addresses


def test_unix_sockets_are_refused() -> None:
    async def work() -> None:
        backend = GuardedBackend(resolve=Web().resolve, allowed_hosts=())
        with pytest.raises(RefusedError):
            await backend.connect_unix_socket("/run/service.sock")

    asyncio.run(work())


def test_a_private_host_is_refused_and_named() -> None:
    web = Web({"inside.example/": answer(200, b"secret")}, names={"inside.example": ["127.0.0.1"]})
    found = fetch_one(web, "inside.example/")
    assert found == Failure(
        url=web.url("inside.example/"),
        reason="forbidden_address",
        detail=f"{web.url('inside.example/')}: inside.example is at 127.0.0.1, a private or "
        "reserved address; name the host in allowed_hosts where it is yours",
    )
    assert web.asked == []


@pytest.mark.parametrize("obey", [True, False])
@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "//10.0.0.1/",
        "http://inside.example/",
    ],
)
def test_redirects_to_private_addresses_are_refused(target: str, obey: bool) -> None:
    names = {
        "169.254.169.254": ["169.254.169.254"],
        "::ffff:169.254.169.254": ["::ffff:169.254.169.254"],
        "10.0.0.1": ["10.0.0.1"],
        "inside.example": ["127.0.0.1"],
    }
    web = Web({"a.example/": redirect(target)}, names=names)
    found = fetch_one(web, "a.example/", obey_robots=obey)
    assert reason(found) == "forbidden_address"
    assert isinstance(found, Failure)
    assert found.detail.startswith(f"{web.url('a.example/')}: it leads to http://")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "gopher://a/"])
def test_redirects_to_other_schemes_are_refused(target: str) -> None:
    found = fetch_one(Web({"a.example/": redirect(target)}), "a.example/")
    assert reason(found) == "bad_address"
    assert isinstance(found, Failure)
    assert f"it redirects to {target}: the scheme is" in found.detail


def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed() -> None:
    pages = {
        "a.example/robots.txt": redirect("http://inside.example/"),
        "a.example/": answer(200, b"text"),
    }
    web = Web(pages, names={"inside.example": ["127.0.0.1"]})
    assert reason(fetch_one(web, "a.example/", obey_robots=True)) == "forbidden_address"
    assert web.paths == ["a.example/robots.txt"]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert content(fetch_one(Web({"a.example/": answer(200, b"text")}), "a.example/")) == b"text"


def test_a_name_that_does_not_exist_is_looked_up_twice_at_most() -> None:
    lookups: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:  # noqa: ARG001
        lookups.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def work() -> None:
        async with Fetcher(limits(Web(), attempts=5), resolve=resolve) as fetcher:
            found = await fetcher.fetch(Request(url="http://nowhere.example/"))
        assert reason(found) == "unavailable"
        assert found == Failure(
            url="http://nowhere.example/",
            reason="unavailable",
            detail="http://nowhere.example/: there is no host nowhere.example; "
            "the next run asks again",
        )

    asyncio.run(work())
    assert len(lookups) == 2


@pytest.mark.parametrize(
    "error", [socket.gaierror(socket.EAI_AGAIN, "Temporary failure"), OSError("no network")]
)
def test_a_name_server_that_fails_is_asked_again(error: OSError) -> None:
    lookups: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:  # noqa: ARG001
        lookups.append(host)
        raise error

    async def work() -> None:
        async with Fetcher(limits(Web()), resolve=resolve) as fetcher:
            assert reason(await fetcher.fetch(Request(url="http://a.example/"))) == "unavailable"

    asyncio.run(work())
    assert len(lookups) == 3


def test_a_broken_resolver_is_an_internal_error() -> None:
    web = Web(names={"a.example": ["not an address"]})
    found = fetch_one(web, "a.example/")
    assert reason(found) == "internal_error"
    assert isinstance(found, Failure)
    assert "ValueError" in found.detail


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server called good.example and of a client that trusts it."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "good.example")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("good.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


def test_tls_verifies_the_name_that_was_asked_for(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    server, client = certificate
    pages = {"good.example/": answer(200, b"text"), "other.example/": answer(200, b"text")}
    web = Web(pages, tls=server)
    good, other = fetch(web, ["good.example/", "other.example/"], tls=client, attempts=1)
    assert content(good) == b"text"
    assert reason(other) == "unavailable"
    assert isinstance(other, Failure)
    assert "certificate" in other.detail.lower()


def test_certificates_that_nobody_vouches_for_are_not_trusted(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    web = Web({"good.example/": answer(200, b"text")}, tls=certificate[0])

    async def work() -> Response | Failure:
        async with web, Fetcher(limits(web, attempts=1), resolve=web.resolve) as fetcher:
            return await fetcher.fetch(Request(url=web.url("good.example/")))

    assert reason(asyncio.run(work())) == "unavailable"
