"""Stories as the lake grows: seconds and memory to tell anew which events are of one story.

Lakes of 50,000, 100,000 and 200,000 events are filled with made-up ones: who acts and who is acted
upon drawn as often as names are in news, a category, a day, a sentence of made-up words. Two
events in ten tell one of the last 5,000 again, in half of its words.
"""

import resource
import time
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

from benchmarks.result import Options, Result, Row
from benchmarks.retellings import PATTERNS
from benchmarks.sizes import by_size
from flows.stories import stories
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle_stories

SIZES = (50_000, 100_000, 200_000)
WORDS = 30_000
PARTIES = 5_000
"""Different words and parties; the nth most frequent is drawn with a weight of 1 / (n + 3)."""
LENGTH = 20
"""Words of a sentence."""
TO_AN_ARTICLE = 10
REPEATED, LAG = 0.2, 5_000
DAYS = 720
DATED, MONTHLY = 0.5, 0.1
"""Shares of events with a day of their own, and with a month; the others have none."""
SECONDS, MEGABYTES = 60, 1_500
"""More than this for the largest lake breaks the promise."""


def measure(options: Options) -> Result:
    """Fill a lake of each size and tell its stories."""
    rows = by_size(options, SIZES, _make, _measured)
    failures = []
    if float(str(rows[-1]["CPU s to tell"])) > SECONDS:
        failures.append(f"telling stories takes over {SECONDS} s")
    if int(str(rows[-1]["peak MB"])) > MEGABYTES:
        failures.append(f"telling stories takes over {MEGABYTES} MB")
    return Result(rows=rows, failures=failures)


def _make(folder: Path, size: int, seed: int) -> None:
    """Fill a lake with made-up events and their articles."""
    events = list(_events(size, Random(seed)))
    sentences = [
        {"sentence_id": one["event_id"], "article_id": one["article_id"], "text": one["evidence"]}
        for one in events
    ]
    days = {one["article_id"]: one.pop("published_on") for one in events}
    articles = [{"article_id": key, "published_on": day} for key, day in days.items()]
    given = {"events": events, "sentences": sentences, "articles": articles}
    with open_lake(LakeLocation.in_folder(folder)) as lake, lake.write() as con:
        for table, rows in given.items():
            con.register("made_up", pa.Table.from_pylist(rows))
            con.execute(f"INSERT INTO lake.main.{table} BY NAME FROM made_up")
            con.unregister("made_up")


def _events(size: int, rng: Random) -> Iterator[dict[str, Any]]:
    """Yield events, in order of publication: two in ten tell another again."""
    words = [f"w{number}" for number in range(WORDS)]
    parties = [f"party:{number}" for number in range(PARTIES)]
    common = [list(accumulate(1 / (n + 3) for n in range(count))) for count in (WORDS, PARTIES)]
    some = [1.0, *(1.0 + weight for weight in common[1])]
    latest: deque[dict[str, Any]] = deque(maxlen=LAG)
    for number in range(size):
        article = number // TO_AN_ARTICLE
        published = date(2023, 1, 1) + timedelta(days=article * TO_AN_ARTICLE * DAYS // size)
        told = rng.choices(words, cum_weights=common[0], k=LENGTH)
        if latest and rng.random() < REPEATED:
            act = rng.choice(latest)
            told[: LENGTH // 2] = act["evidence"].split()[: LENGTH // 2]
        else:
            act = {
                "action_code": rng.choice(sorted(PATTERNS)),
                "action": told[0],
                "actor_id": rng.choices(parties, cum_weights=common[1])[0],
                "target_id": rng.choices([None, *parties], cum_weights=some)[0],
            } | _dates(published, rng)
        row = act | {
            "event_id": f"{number:016x}",
            "article_id": f"{number // TO_AN_ARTICLE:016x}",
            "sentence_id": f"{number:016x}",
            "modality": "asserted",
            "is_negated": False,
            "start_char": number % TO_AN_ARTICLE * 200,
            "evidence": " ".join(told),
        }
        latest.append(row)
        yield row | {"published_on": published}


def _dates(published: date, rng: Random) -> dict[str, Any]:
    chance = rng.random()
    if chance < DATED:
        day = published - timedelta(days=rng.randrange(4))
        return {"happened_from": day, "happened_to": day, "date_method": "clause"}
    if chance < DATED + MONTHLY:
        first = published.replace(day=1)
        last = first + timedelta(days=27)
        return {"happened_from": first, "happened_to": last, "date_method": "clause"}
    return {"happened_from": None, "happened_to": published, "date_method": "published"}


def _measured(folder: Path) -> Row:
    """Tell the stories of the lake, and return what that took."""
    with open_lake(LakeLocation.in_folder(folder)) as lake:
        lake.con.execute("SET memory_limit = '1GB'")
        begun, clock = time.process_time(), time.perf_counter()
        found = stories(lake)
        told, told_at = time.process_time(), time.perf_counter()
        settle_stories(lake, found)
        settled = time.process_time()
        events = lake.rows("SELECT count(*) FROM lake.main.events")[0][0]
    return {
        "events": events,
        "of stories told again": len(found),
        "stories told again": len({row.story_id for row in found}),
        "CPU s to tell": round(told - begun, 2),
        "s to tell": round(told_at - clock, 2),
        "CPU s to settle": round(settled - told, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
