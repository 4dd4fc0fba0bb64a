"""feedparser's own test feeds, where the folder of shared data sets holds them."""

from pathlib import Path

import pytest

from benchmarks.feeds import FEEDS, expects_entries, feeds, missing, read_feed

FOLDER = Path(__file__).parents[2] / "../shared/datasets" / FEEDS


@pytest.mark.parametrize(
    ("assertion", "expects"),
    [
        ("not bozo and feed['title'] == 'x'", False),
        ("not bozo and entries[0]['title'] == 'x'", True),
        ("len(entries) == 20", True),
        ("len(entries) == 0", False),
    ],
)
def test_whether_an_assertion_takes_entries_to_be_there(assertion: str, expects: bool) -> None:
    assert expects_entries(assertion) is expects


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no {FEEDS} in the shared data sets")
def test_every_feed_is_read_and_every_entry_expected_is_seen() -> None:
    given = list(feeds(FOLDER))
    problems = {
        str(feed.path.relative_to(FOLDER)): problem
        for feed in given
        if (problem := missing(feed, read_feed(feed)))
    }
    assert len(given) == 1850
    assert sum(feed.has_entries for feed in given) == 1164
    assert problems == {}
