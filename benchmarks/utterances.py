"""The same utterance across articles as the lake grows: seconds and memory to tell it anew.

Lakes of 50,000, 100,000 and 200,000 statements are filled with made-up words, drawn as often as
words are in texts. Three statements in ten repeat one before: word for word, with a word changed,
or in part.
"""

import resource
import time
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import pyarrow as pa

from benchmarks.result import Options, Result, Row
from benchmarks.sizes import by_size
from flows.utterances import utterances
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle_utterances

SIZES = (50_000, 100_000, 200_000)
WORDS = 60_000
"""Different words; the nth most frequent is drawn with a weight of 1 / (n + 3)."""
FIGURES = 50
"""One word in so many is a figure, which must not differ."""
LENGTHS = (4, 40)
"""Words of a statement, each number as often as another."""
TO_AN_ARTICLE = 8
REPEATED, LAG = 0.3, 5_000
"""Share of statements that repeat another, at most so many statements before."""
SPEAKERS = 3_000
DAYS = 720
KINDS = ("direct", "indirect", "mixed")
SECONDS, MEGABYTES = 60, 1_000
"""More than this for the largest lake breaks the promise."""


def measure(options: Options) -> Result:
    """Fill a lake of each size and tell its utterances."""
    rows = by_size(options, SIZES, _make, _measured)
    failures = []
    if float(str(rows[-1]["CPU s to tell"])) > SECONDS:
        failures.append(f"telling utterances takes over {SECONDS} s")
    if int(str(rows[-1]["peak MB"])) > MEGABYTES:
        failures.append(f"telling utterances takes over {MEGABYTES} MB")
    return Result(rows=rows, failures=failures)


def _make(folder: Path, size: int, seed: int) -> None:
    """Fill a lake with made-up statements and their articles."""
    rng = Random(seed)
    of = [f"{number // TO_AN_ARTICLE:016x}" for number in range(size)]
    starts = [number % TO_AN_ARTICLE * 1_000 for number in range(size)]
    contents = list(_contents(size, rng))
    speakers = [f"person:{rng.randrange(SPEAKERS)}" for _ in range(size)]
    statements = {
        "statement_id": [f"{number:016x}" for number in range(size)],
        "article_id": of,
        "kind": rng.choices(KINDS, (3, 6, 1), k=size),
        "speaker_id": [one if rng.random() < 0.6 else None for one in speakers],
        "speaker_type": ["named"] * size,
        "cue_class": ["neutral"] * size,
        "is_negated": [False] * size,
        "start_char": starts,
        "end_char": [start + len(one) for start, one in zip(starts, contents, strict=True)],
        "content": contents,
    }
    ids = list(dict.fromkeys(of))
    first = date(2023, 1, 1)
    days = [first + timedelta(days=number * DAYS // len(ids)) for number in range(len(ids))]
    given = {"statements": statements, "articles": {"article_id": ids, "published_on": days}}
    with open_lake(LakeLocation.in_folder(folder)) as lake, lake.write() as con:
        for table, rows in given.items():
            con.register("made_up", pa.table(rows))
            con.execute(f"INSERT INTO lake.main.{table} BY NAME FROM made_up")
            con.unregister("made_up")


def _contents(size: int, rng: Random) -> Iterator[str]:
    """Yield what is said: three in ten repeat something said shortly before."""
    letters = str.maketrans("0123456789", "abdeghikln")
    vocabulary = [str(n).translate(letters) if n % FIGURES else str(n) for n in range(WORDS)]
    weights = list(accumulate(1 / (number + 3) for number in range(WORDS)))
    latest: deque[list[str]] = deque(maxlen=LAG)
    for _ in range(size):
        if latest and rng.random() < REPEATED:
            words = _repeated(rng.choice(latest), vocabulary, rng)
        else:
            words = rng.choices(vocabulary, cum_weights=weights, k=rng.randint(*LENGTHS))
        latest.append(words)
        yield " ".join(words)


def _repeated(words: list[str], vocabulary: list[str], rng: Random) -> list[str]:
    """Return `words` as they are, with one changed, or a part of them."""
    way = rng.randrange(3)
    place = rng.randrange(len(words))
    if way == 1:
        return [*words[:place], rng.choice(vocabulary), *words[place + 1 :]]
    return words[place // 2 : max(place, place // 2 + 6)] if way == 2 else words


def _measured(folder: Path) -> Row:
    """Tell the utterances of the lake, and return what that took."""
    with open_lake(LakeLocation.in_folder(folder)) as lake:
        lake.con.execute("SET memory_limit = '1GB'")
        begun, clock = time.process_time(), time.perf_counter()
        found = utterances(lake)
        told, told_at = time.process_time(), time.perf_counter()
        settle_utterances(lake, found)
        settled = time.process_time()
        statements = lake.rows("SELECT count(*) FROM lake.main.statements")[0][0]
    return {
        "statements": statements,
        "in utterances of several": len(found),
        "utterances of several": len({row.utterance_id for row in found}),
        "CPU s to tell": round(told - begun, 2),
        "s to tell": round(told_at - clock, 2),
        "CPU s to settle": round(settled - told, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
