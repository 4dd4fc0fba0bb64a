"""Read annotated articles from a lake as templates: their rows, their words and their names."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.growth.template import ID_COLUMNS, VERBATIM, Ints, Template, Templates
from benchmarks.tables import lake_of
from tasks.registry import load_registry
from warehouse.lake import Lake
from warehouse.linked import entity_columns
from warehouse.tables import ARTICLE_ROWS

TABLES = ("blocks", "text_bands", *ARTICLE_ROWS)
PIECE = re.compile(r"[^\W\d_]+|[\W\d_]+")
PLAIN, SHORTEST = 120, 4
"""Most frequent words, which stay as they are, and letters of the shortest that is drawn."""
POOL = 4_096
"""Entries of the pool of a length: words stand there as often as in the templates."""


def read_templates(data_dir: Path) -> Templates:
    """Return the articles of the lake at `data_dir` that have rows, with them."""
    with lake_of(data_dir) as lake:
        heads = lake.query(
            """FROM lake.main.articles
            WHERE duplicate_of IS NULL AND annotated_with IS NOT NULL ORDER BY article_id"""
        )
        tables = {table: _rows(lake, table) for table in TABLES}
    order = {article_id: n for n, article_id in enumerate(heads["article_id"].to_pylist())}
    owners = {
        table: np.array([order[i] for i in rows["article_id"].to_pylist()], np.int64)
        for table, rows in tables.items()
    }
    registry: dict[str, str] = {
        entity.entity_id: entity.type for entity in load_registry().entities
    }
    templates = Templates(
        all=[],
        heads=heads,
        tables=tables,
        bounds={t: np.searchsorted(o, np.arange(len(heads) + 1)) for t, o in owners.items()},
        ids=dict(_old_ids(tables)),
        cast={},
        spans={},
        days=np.array(
            [
                (d or n).toordinal() if d or n else 737_000
                for d, n in zip(
                    heads["published_on"].to_pylist(),
                    heads["published_not_before"].to_pylist(),
                    strict=True,
                )
            ]
        ),
        pool=np.zeros(0, object),
        registry=registry,
        by_type=_by_type(registry),
    )
    templates.all = [
        Template(
            PIECE.findall(text),
            [],
            templates.bounds["sentences"][n + 1] - templates.bounds["sentences"][n],
        )
        for n, text in enumerate(heads["text"].to_pylist())
    ]
    _place_entities(templates, owners)
    _place_words(templates)
    for table, name in VERBATIM:
        templates.spans[table, name] = _spans(tables[table], owners[table], heads, table, name)
    return templates


def _rows(lake: Lake, table: str) -> pa.Table:
    place = ", start_char" if table != "text_bands" else ""
    return lake.query(
        f"""FROM lake.main.{table} SEMI JOIN (
            FROM lake.main.articles WHERE duplicate_of IS NULL AND annotated_with IS NOT NULL
        ) AS a USING (article_id) ORDER BY article_id{place}"""
    ).combine_chunks()


def _by_type(registry: dict[str, str]) -> dict[str, list[str]]:
    """Return the registry's entities by type, in an order that says nothing."""
    found: dict[str, list[str]] = {}
    for entity_id in Random(1).sample(sorted(registry), len(registry)):
        found.setdefault(registry[entity_id], []).append(entity_id)
    return found


def _old_ids(tables: dict[str, pa.Table]) -> Iterator[tuple[tuple[str, str], NDArray[np.uint64]]]:
    """Yield each column of row ids as numbers; 0 stands for NULL."""
    for table, rows in tables.items():
        for name in ID_COLUMNS.intersection(rows.column_names):
            numbers = [int(value or "0", 16) for value in rows[name].to_pylist()]
            yield (table, name), np.array(numbers, np.uint64)


def _place_entities(templates: Templates, owners: dict[str, Ints]) -> None:
    """Number the entities of each template, and write the numbers beside its rows (-1: none)."""
    known: list[dict[str, int]] = [{} for _ in templates.all]
    for table in ARTICLE_ROWS:
        for name in entity_columns(table):
            values = templates.tables[table][name].to_pylist()
            pairs = zip(owners[table].tolist(), values, strict=True)
            templates.cast[table, name] = np.array(
                [-1 if v is None else known[n].setdefault(v, len(known[n])) for n, v in pairs],
                np.int64,
            )
    for template, entities in zip(templates.all, known, strict=True):
        template.entities = list(entities)


def _place_words(templates: Templates) -> None:
    """Find, in each template, the plain words and the words of found names."""
    texts = [template.pieces for template in templates.all]
    counts = Counter(piece for pieces in texts for piece in pieces if piece.islower())
    plain = {word for word, _ in counts.most_common(PLAIN)}
    lengths: dict[int, list[str]] = {}
    for word in (w for pieces in texts for w in pieces if _is_drawn(w, plain)):
        lengths.setdefault(len(word), []).append(word)
    rng, pool, begins = Random(1), list[str](), dict[int, int]()
    for length, words in lengths.items():
        begins[length] = len(pool)
        pool += rng.choices(words, k=POOL)
    templates.pool = np.array(pool, object)
    for number, template in enumerate(templates.all):
        _place(templates, number, template, plain, begins)


def _is_drawn(word: str, plain: set[str]) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word.islower() and word not in plain


def _place(
    templates: Templates, number: int, template: Template, plain: set[str], begins: dict[int, int]
) -> None:
    names = _found_names(templates, number, template)
    sentences = _part(templates, "sentences", number)["end_char"].to_pylist()
    drawn, drawn_in, start = [], [], 0
    for place, piece in enumerate(template.pieces):
        if start in names and piece.isalpha():
            template.names.append((place, piece, names[start]))
        elif _is_drawn(piece, plain):
            drawn.append(place)
            drawn_in.append(bisect_right(sentences, start))
        start += len(piece)
    template.drawn, template.drawn_in = np.array(drawn, np.int64), np.array(drawn_in, np.int64)
    first = [begins[len(template.pieces[place])] for place in drawn]
    template.pool_first = np.array(first, np.int64)
    template.pool_size = np.full(len(first), POOL, np.int64)


def _found_names(templates: Templates, number: int, template: Template) -> dict[int, int]:
    """Return the entity at each character of a name that the registry does not have."""
    rows = _part(templates, "mentions", number)
    begin = templates.bounds["mentions"][number]
    local = templates.cast["mentions", "entity_id"][begin : begin + len(rows)].tolist()
    spans = zip(local, rows["start_char"].to_pylist(), rows["end_char"].to_pylist(), strict=True)
    kinds = rows["kind"].to_pylist()
    return {
        place: entity
        for (entity, start, end), kind in zip(spans, kinds, strict=True)
        if entity >= 0 and kind == "name" and template.entities[entity] not in templates.registry
        for place in range(start, end)
    }


def _part(templates: Templates, table: str, number: int) -> pa.Table:
    begin, end = templates.bounds[table][number : number + 2].tolist()
    return templates.tables[table].slice(begin, end - begin)


def _spans(
    rows: pa.Table, owners: Ints, heads: pa.Table, table: str, name: str
) -> tuple[Ints, Ints]:
    """Return where the words of a column stand in the text; -1 where they do not."""
    start, end = VERBATIM[table, name]
    texts = heads["text"].to_pylist()
    is_given = start.endswith(("_char", "_start"))
    begins = rows[start if is_given else "start_char"].to_pylist()
    ends = rows[end if is_given else "end_char"].to_pylist()
    found = []
    for owner, begin, stop, words in zip(
        owners.tolist(), begins, ends, rows[name].to_pylist(), strict=True
    ):
        place = -1 if begin is None or words is None else texts[owner].find(words, begin, stop)
        found.append((place, place + len(words or "")) if place >= 0 else (-1, -1))
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
