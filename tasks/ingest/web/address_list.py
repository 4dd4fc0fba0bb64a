"""Lists of addresses: one a line; blank lines and lines that start with `#` say nothing."""

from collections.abc import Iterator

from tasks.ingest.web.entries import Entry, Listing, Refused, absolute_address, listing_of
from tasks.records import Refusal
from warehouse.tables import FetchKind


def read_addresses(text: str, *, url: str, kind: FetchKind, max_entries: int) -> Listing:
    """Return the addresses that `text` lists; a line refused is named by its 1-based number."""
    return listing_of(_entries(text, url), kind=kind, url=url, max_entries=max_entries)


def _entries(text: str, url: str) -> Iterator[Entry | Refused]:
    # Not splitlines: it also breaks at characters that an address may hold by mistake.
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        address = _address(line)
        if isinstance(address, Refusal):
            detail = f"line {number:,}: {address.detail}"
            yield f"{url}#{number}", Refusal(address.reason, detail)
        else:
            yield Entry(url=address, ref=address)


def _address(line: str) -> str | Refusal:
    if len(line.split(maxsplit=1)) > 1:
        return Refusal("bad_address", "holds white space; give one address a line")
    return absolute_address(line, base="")
