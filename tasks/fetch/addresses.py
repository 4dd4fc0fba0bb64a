"""Which addresses may be asked: http and https, and hosts of the public internet."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from tasks.fetch.failures import RefusedError

SHOWN = 200
"""Characters of an address that a message shows."""

HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
USERINFO = re.compile(r"(?<=//)[^/?#]*@")

GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291: no other IPv6 addresses are given out
MAPPED = IPv6Network("::ffff:0:0/96")  # RFC 4291
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
UNUSABLE = [ip_network("192.0.0.0/24"), ip_network("3fff::/20")]
"""Special (RFC 6890, RFC 9637), but global to the `ipaddress` of some Python versions."""


def read_address(text: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """Return the address in `text`, relative to `base`, without user, password and fragment.

    Raises RefusedError (`bad_address`) where it is no http or https address with a usable host.
    """
    try:
        url = base.join(text.strip()) if base else httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise _bad(f"this is no address ({str(error)[:100]})") from None
    if url.scheme not in ("http", "https"):
        raise _bad(f"the scheme is {url.scheme[:20]!r}, not http or https")
    host = name_of(url).removesuffix(".")
    if not _is_host(host):
        raise _bad("it names no usable host")
    if url.port is not None and not 0 < url.port < 65_536:
        raise _bad("it names no usable port")
    return url.copy_with(host=host, userinfo=b"", fragment=None)


def _bad(what: str) -> RefusedError:
    return RefusedError("bad_address", f"{what}; correct it where it is listed")


def _is_host(host: str) -> bool:
    """Tell names and plain addresses from the numeric forms only some programs read as IPv4."""
    if ":" in host:
        return "%" not in host  # no zone of a local network; httpx has checked the rest
    if len(host) > 253 or not HOST_NAME.fullmatch(host):
        return False
    if not NUMBER.fullmatch(host.rpartition(".")[2]):
        return True
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def name_of(url: httpx.URL) -> str:
    """Return the host as it is sent: `URL.host` decodes IDNA, and fails where that is broken."""
    return url.raw_host.decode("ascii")


def host_of(url: httpx.URL) -> str:
    """Return `host:port`, the unit of politeness."""
    return join_port(name_of(url), url.port or (443 if url.scheme == "https" else 80))


def join_port(host: str, port: int) -> str:
    """Return `host:port`, an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def shown(url: str) -> str:
    """Return `url` for a message: one line, not too long, without user and password."""
    text = USERINFO.sub("", url[: 10 * SHOWN])
    text = "".join(char if char.isprintable() else "?" for char in text[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def is_allowed(host: str, port: int, allowed_hosts: Iterable[str]) -> bool:
    """Whether `allowed_hosts` names the host of an address, with or without its port."""
    bare = f"[{host}]" if ":" in host else host
    return not {host, bare, join_port(host, port)}.isdisjoint(
        name.lower() for name in allowed_hosts
    )


def is_public(address: str) -> bool:
    """Whether an IP address is global unicast, by the IANA special-purpose registries.

    An IPv6 address that carries IPv4 addresses is judged by these: mapped (RFC 4291), NAT64
    (RFC 6052), 6to4 (RFC 3056) and Teredo (RFC 4380).
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        carried = _carried(ip)
        if carried:
            return all(_is_global(inner) for inner in carried)
        return ip in GLOBAL_UNICAST and _is_global(ip)
    return _is_global(ip)


def _carried(ip: IPv6Address) -> list[IPv4Address]:
    if ip in MAPPED or ip in NAT64:
        return [IPv4Address(int(ip) & 0xFFFF_FFFF)]
    if ip.sixtofour:
        return [ip.sixtofour]
    return list(ip.teredo or ())


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    if ip.is_multicast or ip.is_reserved or any(ip in network for network in UNUSABLE):
        return False
    return ip.is_global
