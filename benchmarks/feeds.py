"""Read feedparser's own test feeds: does anything crash, and is every entry expected there seen?

Each file opens with a comment in which `Expect:` asserts what feedparser reads and `Header:` names
the HTTP headers it came with. An entry is expected where the assertion speaks of `entries[n]` or
of their number. It is seen where it is read, or refused by name: many of these files test a
single element, and an entry that is a title and nothing else cannot become an article. One that
repeats another counts with it.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.result import Options, Result, SkippedError
from tasks.ingest.web.listing import Listing, read_listing
from tasks.records import Refusal

FEEDS = "feeds/feedparser"
URL = "https://feeds.example/feed.xml"
QUICK = 10

EXPECT = re.compile(r"Expect:(.*)")
HEADER = re.compile(r"Header:\s*Content-type\s*:\s*([^;\s]*)(.*)", re.IGNORECASE)
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.-]+)""", re.IGNORECASE)
ENTRIES = re.compile(r"entries\[\d+\]|len\(entries\)\s*==\s*[1-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One test file: its bytes, its headers, and whether it must have entries."""

    path: Path
    content: bytes
    media_type: str | None
    charset: str | None
    has_entries: bool


def measure(options: Options) -> Result:
    """Read all files, or every tenth; a crash or an entry that is not seen is a failure."""
    folder = options.data / FEEDS if options.data else None
    if folder is None or not folder.is_dir():
        raise SkippedError(f"needs {FEEDS}: give the folder that holds it with --data")
    given = list(feeds(folder))[:: QUICK if options.is_quick else 1]
    begun = time.perf_counter()
    read = [(feed, read_feed(feed)) for feed in given]
    seconds = time.perf_counter() - begun
    failures = [
        f"{feed.path.relative_to(folder)}: {problem}"
        for feed, found in read
        if (problem := missing(feed, found))
    ]
    by_folder: dict[str, Counter[str]] = {}
    for feed, found in read:
        name = feed.path.relative_to(folder).parts[0]
        by_folder.setdefault(name, Counter()).update(_counts(feed, found))
    rows = [{"folder": name, **counts} for name, counts in by_folder.items()]
    total: Counter[str] = Counter()
    for counts in by_folder.values():
        total.update(counts)
    return Result(rows=rows, figures={**total, "seconds": round(seconds, 2)}, failures=failures)


def feeds(folder: Path) -> Iterator[Feed]:
    """Yield the test files below `folder`, in the order of their paths."""
    for path in sorted(folder.rglob("*.xml")):
        content = path.read_bytes()
        # NUL bytes are those of UTF-16 and UTF-32, which these comments have in ASCII alone.
        said = content.replace(b"\0", b"").decode("latin-1")
        expect, header = EXPECT.search(said), HEADER.search(said)
        charset = CHARSET.search(header[2]) if header else None
        yield Feed(
            path=path,
            content=content,
            media_type=header[1] or None if header else None,
            charset=charset[1] if charset else None,
            has_entries=bool(expect and expects_entries(expect[1])),
        )


def expects_entries(assertion: str) -> bool:
    """Return whether an assertion takes entries to be there."""
    return bool(ENTRIES.search(assertion))


def read_feed(feed: Feed) -> Listing | Refusal | str:
    """Read one file as the web gives it; the name of an exception is a crash."""
    try:
        return read_listing(
            feed.content, url=URL, kind=None, media_type=feed.media_type, charset=feed.charset
        )
    except Exception as error:  # any error at all is what this looks for
        return f"{type(error).__name__}: {error}"


def missing(feed: Feed, found: Listing | Refusal | str) -> str | None:
    """Return what is wrong with what was found, in words, or None."""
    if isinstance(found, str):
        return f"crash, {found}"
    if not feed.has_entries:
        return None
    if isinstance(found, Refusal):
        return f"refused, {found.reason}: {found.detail}"
    return None if found.entries or found.refused else "no entry seen"


def _counts(feed: Feed, found: Listing | Refusal | str) -> dict[str, int]:
    entries = found.entries if isinstance(found, Listing) else ()
    refused = found.refused if isinstance(found, Listing) else ()
    return {
        "files": 1,
        "crashes": int(isinstance(found, str)),
        "files refused": int(isinstance(found, Refusal)),
        "entries expected in": int(feed.has_entries),
        "seen in": int(feed.has_entries and missing(feed, found) is None),
        "entries read": len(entries),
        "refused: neither address nor text": sum(why.reason == "empty" for _, why in refused),
        "refused: bad address": sum(why.reason == "bad_address" for _, why in refused),
    }
