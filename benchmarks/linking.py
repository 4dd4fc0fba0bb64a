"""Links across documents as the lake grows: seconds and memory for a batch of 500 articles.

Lakes of 50,000, 100,000 and 200,000 found entities are filled with made-up mentions: an article
for two entities, six found ones and eight of the registry in each, a quarter of the persons with
a role. One person in ten and one body in ten is another spelling of the one before.
"""

import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa

from benchmarks.result import Options, Result, Row
from benchmarks.sizes import by_size
from flows import linking
from tasks.extract.wordlist import words
from tasks.linking.words import words_of
from tasks.registry import Registry, load_registry
from warehouse.lake import Lake, open_lake
from warehouse.location import LakeLocation
from warehouse.settle import settle
from warehouse.tables import EntityLink

SIZES = (50_000, 100_000, 200_000)
BATCH = 500
"""Articles that come in before the step is measured."""
FOUND, TURNS, KNOWN = 6, 2, 8
"""Entities that an article names: found in articles (two of them in turn, so that all come up),
and of the registry."""
VARIANTS = 10
"""One name in this many is another spelling of the name before it."""
SECONDS, MEGABYTES = 30, 1_000
"""More than this for the largest lake breaks the promise."""
GIVEN = sorted(
    words(
        "Anna Boris Carla Dmitri Elena Farid Greta Hassan Ines James Karim Lena Mohammed Nadia "
        "Omar Paula Robert Sofia Thomas Yusuf"
    )
)
STARTS = sorted(
    words("Al Bar Cor Den El Fal Gar Hol Is Jor Kal Lem Mar Nor Ol Pet Rad Sam Tor Val")
)
MIDDLES = sorted(words("an ber co di en fi go ha ki lo ma ne or pa ri so ti ul ve za"))
ENDS = sorted(words("ev in ko li mann no ov ras sen ski ti vic way yan zadeh"))
Name = tuple[str, str]
"""Type and name of an entity."""
KINDS = sorted(
    words("Council Institute Agency Foundation Union Company Network Front League Bureau")
)
ROLES = ("minister", "senator", "mayor", "spokesman", "governor")
COUNTRIES = ("USA", "GBR", "FRA", "DEU", "RUS", "IRN", "IND", "BRA")


def measure(options: Options) -> Result:
    """Fill a lake of each size, let a batch of articles come in, and link."""
    rows = by_size(options, SIZES, _make, _measured)
    largest = rows[-1]
    failures = []
    if float(str(largest["s to link"])) > SECONDS:
        failures.append(f"linking takes over {SECONDS} s")
    if int(str(largest["peak MB"])) > MEGABYTES:
        failures.append(f"linking takes over {MEGABYTES} MB")
    return Result(rows=rows, figures={"articles in the batch": BATCH}, failures=failures)


def _make(folder: Path, size: int, seed: int) -> None:
    """Fill a lake, link it, and let a batch of articles come in."""
    registry, names = load_registry(), list(_names(size, Random(seed)))
    articles = size // 2
    with open_lake(LakeLocation.in_folder(folder)) as lake:
        _fill(lake, names, registry, range(articles), seed)
        _settle(lake, registry, linking.links(lake, registry))
        _fill(lake, names, registry, range(articles, articles + BATCH), seed + 1)


def _measured(folder: Path) -> Row:
    """Link what is in the lake, and return what that took."""
    registry = load_registry()
    with open_lake(LakeLocation.in_folder(folder)) as lake:
        lake.con.execute("SET memory_limit = '1GB'")
        begun = time.perf_counter()
        found = linking.links(lake, registry)
        linked = time.perf_counter()
        _settle(lake, registry, found)
        settled = time.perf_counter()
        counts = lake.rows(
            """SELECT count(*), count(DISTINCT article_id),
                count(DISTINCT entity_id) FILTER (origin IS DISTINCT FROM 'registry')
            FROM lake.main.mentions LEFT JOIN lake.main.entities USING (entity_id)"""
        )
    mentions, articles, entities = counts[0]
    return {
        "found entities": entities,
        "articles": articles,
        "mentions": mentions,
        "links": len(found),
        "s to link": round(linked - begun, 2),
        "s to settle": round(settled - linked, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }


def _names(size: int, rng: Random) -> Iterator[Name]:
    """Yield type and name of `size` entities: six in ten persons, three bodies, one region."""
    last = ("person", "Anna Albany")
    for number in range(size):
        if number % VARIANTS == 1 and last[0] != "region":
            yield last[0], _respelt(last[1])
            continue
        word = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(MIDDLES) + rng.choice(ENDS)
        kind = rng.choices(("person", "organisation", "region"), (6, 3, 1))[0]
        last = (kind, word)
        if kind == "person":
            last = (kind, f"{rng.choice(GIVEN)} {rng.choice('ABCDEFGH')}. {word}")
        elif kind == "organisation":
            last = (kind, f"{word} {rng.choice(ENDS).title()}ic {rng.choice(KINDS)}")
        yield last


def _respelt(name: str) -> str:
    first, *rest = name.split()
    return f"The {name}" if len(rest[0]) > 2 else f"{first} {rest[-1]}"


def _fill(
    lake: Lake, names: Sequence[Name], registry: Registry, articles: range, seed: int
) -> None:
    """Write `articles` with their mentions and roles."""
    heads = pa.table({"article_id": _article_ids(np.arange(len(articles)), articles)})
    mentions = _mentions(names, registry, articles, seed)
    with lake.write() as con:
        given = {"articles": heads, "mentions": mentions, "entity_roles": _roles(mentions)}
        for table, rows in given.items():
            con.register("made_up", rows)
            con.execute(f"INSERT INTO lake.main.{table} BY NAME FROM made_up")
            con.unregister("made_up")


def _mentions(names: Sequence[Name], registry: Registry, articles: range, seed: int) -> pa.Table:
    """Return the mentions of `articles`: each found entity in turn, then any, the first most."""
    rng = np.random.default_rng(seed)
    often = rng.random(len(articles) * (FOUND - TURNS)) ** 3 * len(names)
    found = pa.array(
        np.concatenate([np.arange(len(articles) * TURNS) % len(names), often.astype(np.int64)])
    )
    known = pa.array([entity.entity_id for entity in registry.entities])
    beside = (rng.random(len(articles) * KNOWN) ** 2 * len(known)).astype(np.int64)
    ids = pa.array([f"{kind}:{'-'.join(words_of(name))}" for kind, name in names])
    entity_ids = pa.concat_arrays([ids.take(found), known.take(pa.array(beside))])
    surfaces = pa.array([name for _, name in names]).take(found)
    return pa.table(
        {
            "mention_id": pa.array([f"{articles.start}-{n}" for n in range(len(entity_ids))]),
            "article_id": _article_ids(np.arange(len(entity_ids)), articles),
            "entity_id": entity_ids,
            "surface": pa.concat_arrays([surfaces, known.take(pa.array(beside))]),
            "kind": pa.array(["name"] * len(entity_ids)),
        }
    )


def _article_ids(numbers: "np.typing.NDArray[np.int64]", articles: range) -> pa.Array:
    """Return an article for each number, all of them in turn."""
    return pa.array([f"{articles.start + n % len(articles):016x}" for n in numbers.tolist()])


def _roles(mentions: pa.Table) -> pa.Table:
    """Return a role for one mention in four of a person, always the same for a surname."""
    chosen = [
        (row["entity_id"], row["article_id"])
        for row in mentions.select(["entity_id", "article_id"]).to_pylist()[::4]
        if row["entity_id"].startswith("person:")
    ]
    surnames = [sum(map(ord, entity_id.rsplit("-", 1)[-1])) for entity_id, _ in chosen]
    return pa.table(
        {
            "entity_id": pa.array([entity_id for entity_id, _ in chosen]),
            "article_id": pa.array([article_id for _, article_id in chosen]),
            "role": pa.array([ROLES[n % len(ROLES)] for n in surnames]),
            "country_iso3": pa.array([COUNTRIES[n % len(COUNTRIES)] for n in surnames]),
        }
    )


def _settle(lake: Lake, registry: Registry, links: Sequence[EntityLink]) -> None:
    entities, aliases, roles = registry.entities, registry.aliases, registry.roles
    settle(lake, entities=entities, aliases=aliases, roles=roles, links=links)
