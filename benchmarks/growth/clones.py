"""Articles cloned from annotated ones, with all their rows, by the hundred thousand: no NLP.

A clone has the layout of its template: as many sentences, mentions, statements and so on, at the
same places. Plain words are drawn anew, in the template's lengths, so that no offset moves and no
two texts are alike. Names that only the language model found are spelt anew; other entities of the
registry, of the same type, stand in for half of the registry's. Days move with publication.

How often words, names and entities come back follows Zipf; found names grow with the number of
articles to the power of 0.72 (Heaps). One article in ten retells an earlier one, with half of its
sentences as they were; two in a hundred are copies. What is made follows from the seed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks.growth.template import ID_COLUMNS, VERBATIM, Templates
from benchmarks.growth.wording import Cast, cast_of, texts_of
from warehouse.arrow import arrow_schema
from warehouse.tables import ARTICLE_ROWS

CHUNK = 10_000
"""Articles made at once: bounds memory to some 1.5 GB."""
FIRST_DAY, A_DAY = date(2020, 1, 1), 548
"""Articles a day: a million in five years."""
OUTLETS = 200
RETOLD, COPIED, BACK = 0.1, 0.02, 200
"""Shares of retellings and copies, and how many articles ago, at most, is what they repeat."""
RUN_ID = "made"

Ints = NDArray[np.int64]
Ids = NDArray[np.uint64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Clones `first`, `first + 1` and so on: their templates, keys, parents (-1: none), days."""

    first: int
    templates: Ints
    keys: Ids
    parents: Ints
    is_copy: NDArray[np.bool_]
    days: Ints
    outlets: Ints
    texts: list[str]
    cast: Cast


def clones(
    templates: Templates, count: int, *, seed: int, first: int = 0
) -> Iterator[dict[str, pa.Table]]:
    """Yield `count` clones from number `first` on, as rows by table, `CHUNK` articles at a time."""
    for start in range(first, first + count, CHUNK):
        size = min(CHUNK, first + count - start)
        chunk = _chunk(templates, start, size, np.random.default_rng((seed, start)))
        yield _tables(templates, chunk)


def _chunk(templates: Templates, first: int, size: int, rng: np.random.Generator) -> Chunk:
    kinds = rng.integers(len(templates.all), size=size)
    roll = rng.random(size)
    parents = np.arange(size) - rng.integers(1, BACK, size)
    parents[(roll >= RETOLD + COPIED) | (parents < 0)] = -1
    is_copy = (roll < COPIED) & (parents >= 0)
    for number in np.flatnonzero(parents >= 0):
        parent = parents[number]
        parents[number] = parents[parent] if is_copy[parent] else parent
        kinds[number] = kinds[parents[number]]
    keys = _mixed(np.arange(first, first + size, dtype=np.uint64) + np.uint64(1))
    days = (np.arange(first, first + size) // A_DAY) + FIRST_DAY.toordinal()
    cast = cast_of(templates, kinds, parents, rng)
    texts = texts_of(templates, kinds, parents, is_copy, cast, rng)
    outlets = np.minimum(rng.zipf(1.3, size), OUTLETS) - 1
    return Chunk(first, kinds, keys, parents, is_copy, days, outlets, texts, cast)


def _tables(templates: Templates, chunk: Chunk) -> dict[str, pa.Table]:
    tables = {"articles": _articles(templates, chunk)}
    tables["ledger"] = _ledger(tables["articles"], chunk)
    kept = np.flatnonzero(~chunk.is_copy)
    for table in ("blocks", *ARTICLE_ROWS, "text_bands"):
        owners = np.arange(len(chunk.keys)) if table == "blocks" else kept
        tables[table] = _rows(templates, chunk, table, owners)
    return tables


def _rows(templates: Templates, chunk: Chunk, table: str, articles: Ints) -> pa.Table:
    """Return the rows of `table` of those of the chunk's `articles`, in their order."""
    bounds = templates.bounds[table]
    kinds = chunk.templates[articles]
    counts = bounds[kinds + 1] - bounds[kinds]
    owners = np.repeat(articles, counts)
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    taken = np.arange(counts.sum()) - begins + np.repeat(bounds[kinds], counts)
    rows = templates.tables[table].take(pa.array(taken))
    if table == "text_bands":
        return _bands(rows, chunk, owners)
    for name in rows.column_names:
        column = rows.column(name)
        if name == "article_id":
            column = pa.array(hexed(chunk.keys)).take(pa.array(owners))
        elif name in ID_COLUMNS:
            column = _row_ids(templates.ids[table, name][taken], chunk.keys[owners])
        elif (table, name) in templates.cast:
            column = _entities(templates.cast[table, name][taken], chunk.cast, owners)
        elif (table, name) in VERBATIM:
            starts, ends = (bound[taken] for bound in templates.spans[table, name])
            column = _slices(chunk.texts, owners, starts, ends, column)
        elif pa.types.is_date(column.type):
            column = _moved(column, (chunk.days - templates.days[chunk.templates])[owners])
        elif name == "run_id":
            column = pa.repeat(RUN_ID, len(rows))
        rows = rows.set_column(rows.column_names.index(name), name, column)
    return rows.select(arrow_schema(table).names).cast(arrow_schema(table))


def _bands(rows: pa.Table, chunk: Chunk, owners: Ints) -> pa.Table:
    """Return keys of the index of near duplicates; a retelling has half of its parent's."""
    old = rows.column("band").to_numpy().view(np.uint64)
    is_shared = (chunk.parents[owners] >= 0) & (old >> np.uint64(7) & np.uint64(1) == 0)
    keys = chunk.keys[np.where(is_shared, chunk.parents[owners], owners)]
    bands = (_mixed(old ^ keys) & ~np.uint64(1)) | (old & np.uint64(1))
    ids = pa.array(hexed(chunk.keys)).take(pa.array(owners))
    return pa.table([ids, pa.array(bands.view(np.int64))], schema=arrow_schema("text_bands"))


def _row_ids(old: Ids, keys: Ids) -> pa.Array:
    """Return new ids; an id of 0 stands for NULL."""
    return pc.if_else(pa.array(old != 0), pa.array(hexed(_mixed(old ^ keys))), None)


def _entities(local: Ints, cast: Cast, owners: Ints) -> pa.Array:
    places = np.where(local >= 0, cast.first[owners] + local, 0)
    return pc.if_else(pa.array(local >= 0), pa.array(cast.ids[places], pa.string()), None)


def _slices(
    texts: Sequence[str], owners: Ints, starts: Ints, ends: Ints, column: pa.ChunkedArray
) -> pa.Array:
    """Return the words at each span; those of the template where it has none."""
    spans = zip(owners.tolist(), starts.tolist(), ends.tolist(), strict=True)
    found = [texts[owner][start:end] if start >= 0 else None for owner, start, end in spans]
    return pc.coalesce(pa.array(found, pa.string()), column.combine_chunks())


def _moved(column: pa.ChunkedArray, by: Ints) -> pa.Array:
    days = pc.add(column.combine_chunks().cast(pa.int32()), pa.array(by.astype(np.int32)))
    return days.cast(pa.date32())


def _articles(templates: Templates, chunk: Chunk) -> pa.Table:
    ids = hexed(chunk.keys).tolist()
    parents = [
        ids[parent] if is_copy else None
        for parent, is_copy in zip(chunk.parents.tolist(), chunk.is_copy.tolist(), strict=True)
    ]
    days = list(map(date.fromordinal, chunk.days.tolist()))
    outlets = [f"outlet-{number + 1:03d}" for number in chunk.outlets.tolist()]
    urls = [
        f"https://{outlet}.example/{day:%Y/%m/%d}/{i}"
        for outlet, day, i in zip(outlets, days, ids, strict=True)
    ]
    fetched = [datetime(d.year, d.month, d.day, 23, tzinfo=UTC) for d in days]
    head = templates.heads.take(pa.array(chunk.templates))
    given: Mapping[str, object] = {
        "article_id": ids,
        "source_id": outlets,
        "url": urls,
        "canonical_url": urls,
        "publisher": [f"The {outlet.title()}" for outlet in outlets],
        "published_at": [None] * len(ids),
        "published_on": pc.if_else(pc.is_valid(head["published_on"]), pa.array(days), None),
        "published_not_before": pc.if_else(
            pc.is_valid(head["published_not_before"]), pa.array(days), None
        ),
        "fetched_at": fetched,
        "text": chunk.texts,
        "text_sha256": [sha256(text.encode()).hexdigest() for text in chunk.texts],
        "duplicate_of": parents,
        "similarity": [None if parent is None else 1.0 for parent in parents],
        "cluster_id": [parent or own for own, parent in zip(ids, parents, strict=True)],
        "raw_ref": [sha256(i.encode()).hexdigest() for i in ids],
        "run_id": [RUN_ID] * len(ids),
    }
    schema = arrow_schema("articles")
    arrays = [
        pa.array(given[f.name], f.type)
        if isinstance(given.get(f.name), list)
        else given.get(f.name, head[f.name])
        for f in schema
    ]
    return pa.table(arrays, schema=schema)


def _ledger(articles: pa.Table, chunk: Chunk) -> pa.Table:
    size = len(articles)
    states = pc.if_else(pa.array(chunk.is_copy), "duplicate", "processed")
    given = {
        "source_id": articles["source_id"],
        "item_ref": articles["url"],
        "state": states,
        "article_id": articles["article_id"],
        "raw_ref": articles["raw_ref"],
        "media_type": articles["media_type"],
        "is_repeat": pa.array([False] * size),
        "seen_at": articles["fetched_at"],
        "run_id": articles["run_id"],
    }
    return pa.table(
        [given.get(f.name, pa.nulls(size, f.type)) for f in arrow_schema("ledger")],
        schema=arrow_schema("ledger"),
    )


def hexed(numbers: Ids) -> NDArray[np.str_]:
    """Return each number as 16 hex digits."""
    digits = numbers.astype(">u8").tobytes().hex().encode()
    return np.frombuffer(digits, "S16").astype("U16")


def _mixed(numbers: Ids) -> Ids:
    """Return well-mixed numbers, one for one (the finaliser of SplitMix64; Steele et al. 2014)."""
    mixed = numbers * _FACTOR
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
