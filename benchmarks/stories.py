"""Stories across articles: are retellings of one event told as one story, and others kept apart?

Wikinews is read in by the pipeline; 300 articles are made that tell its events again, and half as
many of other acts, two each (`retellings.py`). All go through the pipeline into one lake. The gold
cluster of an article is the event it was made from. B-cubed (Bagga and Baldwin, 1998) is over the
source events and all articles made; an article in which no such event is found is a cluster of its
own. Beside them, some 70 stories written by hand (`tests/stories/tellings.jsonl`), in a lake of
their own: those of the part 'report' were written when the thresholds stood.
"""

import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from random import Random

from benchmarks.result import Options, Result, Row, given_file
from benchmarks.retellings import PATTERNS, Act, Retelling, padded, retellings
from benchmarks.tables import lake_of
from flows import pipeline
from flows.settings import Settings
from tasks.records import Source
from tasks.registry import load_registry
from warehouse.lake import Lake

WIKINEWS = "articles/wikinews-2019-2020.jsonl"
OWN = Path("tests/stories/tellings.jsonl")
RETOLD = 300
FLOOR = 85.0
"""Percent: a B-cubed F1 below it breaks the promise."""
APART = 40
"""Days by which source events of the same two differ, so that each is surely another."""

Clusters = Mapping[str, Hashable]


def measure(options: Options) -> Result:
    """Read the articles, tell their events again, and score the clusters."""
    wikinews = given_file(options, WIKINEWS)
    data_dir = options.work / "lake"
    _run(wikinews, data_dir)
    with lake_of(data_dir) as lake:
        alone = _counts(lake)
        acts, names = _acts(lake), _names(lake)
    rng = Random(options.seed)
    rng.shuffle(acts)
    made = list(retellings(acts, names, count=RETOLD // (10 if options.is_quick else 1), rng=rng))
    used = {one.act_id for one in made}
    sources = {act.act_id: act.act_id for act in acts if act.act_id in used}
    rows = _scores("retold", data_dir, _written(options.work / "retold.jsonl", made), made, sources)
    for part, own in _own(rng).items():
        path = _written(options.work / f"{part}.jsonl", own)
        rows += _scores(f"by hand, {part}", options.work / part, path, own, {})
    failures = [
        f"stories, {row['articles']}: B-cubed F1 is under {FLOOR}"
        for row in rows
        if float(str(row["F1"])) < FLOOR
    ]
    figures = alone | {"source events": len(sources), "articles made": len(made)}
    return Result(rows=rows, figures=figures, failures=failures)


def _scores(
    name: str, data_dir: Path, path: Path, made: Sequence[Retelling], sources: Mapping[str, str]
) -> list[Row]:
    """Read `made` from `path` into the lake that holds `sources`, and return the scores."""
    _run(path, data_dir)
    with lake_of(data_dir) as lake:
        told = dict(sources) | _found(lake, made)
        stories = dict(lake.rows("SELECT event_id, story_id FROM lake.main.story_links"))
    gold = dict(sources) | {one.record["url"]: one.act_id for one in made}
    found = {item: stories.get(told.get(item, item), told.get(item, item)) for item in gold}
    is_told = {key: one for key, one in gold.items() if key in told}
    return [_row(name, gold, found), _row(f"{name}, where an event is found", is_told, found)]


def _own(rng: Random) -> dict[str, list[Retelling]]:
    """Return the stories written by hand, by part."""
    parts: dict[str, list[Retelling]] = {}
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        record = {
            "url": f"https://by-hand.example/{number}",
            "title": f"News in brief, {number}",
            "publisher": row["publisher"],
            "published_at": row["published_at"],
            "text": padded(row["text"], rng),
        }
        one = Retelling(row["story"], row["category"], "by hand", record)
        parts.setdefault(row["part"], []).append(one)
    return parts


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    """Return precision, recall and F1 in percent of the clusters `found`, over the keys of `gold`.

    Bagga and Baldwin (1998): of each item, the share of those in its cluster that belong there,
    and the share of those that belong there that are in its cluster; the mean over all items.
    """
    wanted, given = _members(gold, gold), _members(found, gold)
    precision = recall = 0.0
    for item in gold:
        both = len(wanted[gold[item]] & given[found[item]])
        precision += both / len(given[found[item]])
        recall += both / len(wanted[gold[item]])
    precision, recall = 100 * precision / len(gold), 100 * recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _members(clusters: Clusters, items: Clusters) -> dict[Hashable, set[str]]:
    members: dict[Hashable, set[str]] = defaultdict(set)
    for item in items:
        members[clusters[item]].add(item)
    return members


def _run(path: Path, data_dir: Path) -> None:
    settings = Settings.model_validate({"data_dir": data_dir})
    pipeline.run(settings, [Source(location=str(path))])


def _written(path: Path, made: Sequence[Retelling]) -> Path:
    path.write_text("".join(json.dumps(dict(one.record)) + "\n" for one in made), encoding="utf-8")
    return path


def _acts(lake: Lake) -> list[Act]:
    """Return facts between two entities, of the day that is told or of publication.

    No two of the same two entities are within `APART` days.
    """
    sql = """
        SELECT
            e.event_id, e.actor_id, e.target_id, e.action_code,
            coalesce(e.happened_from, a.published_on) AS happened_on
        FROM lake.linked.events AS e
        JOIN lake.main.articles AS a USING (article_id)
        WHERE coalesce(e.happened_from = e.happened_to, e.happened_to = a.published_on)
            AND e.modality = 'asserted' AND NOT e.is_negated AND e.actor_id <> e.target_id
            AND a.published_on - happened_on BETWEEN 0 AND 30
        ORDER BY happened_on, e.event_id"""
    kept: list[Act] = []
    last: dict[frozenset[str], int] = {}
    for row in lake.rows(sql):
        act = Act(*row)
        key = frozenset((act.actor_id, act.target_id))
        day = act.day.toordinal()
        if act.category in PATTERNS and day - last.get(key, 0) > APART:
            kept.append(act)
            last[key] = day
    return kept


def _names(lake: Lake) -> dict[str, list[str]]:
    """Return the names by which an entity can act in a sentence; of a found one, its full name."""
    names = dict(lake.rows("SELECT entity_id, [name] FROM lake.main.entities"))
    registry = load_registry()
    for alias in registry.aliases:
        if alias.kind in ("name", "acronym", "metonym") and alias.entity_id in names:
            names[alias.entity_id].append(alias.alias)
    return names


def _found(lake: Lake, made: Sequence[Retelling]) -> dict[str, str]:
    """Return, by address, the event in the first sentence that has the category told there."""
    sql = """
        SELECT a.url, e.action_code, e.event_id
        FROM lake.main.events AS e
        JOIN lake.main.sentences AS s USING (sentence_id)
        JOIN lake.main.articles AS a ON a.article_id = e.article_id
        WHERE s.position = 0 ORDER BY e.start_char, e.event_id"""
    wanted = {one.record["url"]: one.category for one in made}
    found: dict[str, str] = {}
    for url, code, event_id in lake.rows(sql):
        if wanted.get(url) == code:
            found.setdefault(url, event_id)
    return found


def _counts(lake: Lake) -> dict[str, object]:
    events, linked, stories, several = lake.rows(
        """WITH told AS (
            SELECT l.story_id, count(DISTINCT e.article_id) AS articles, count(*) AS events
            FROM lake.main.story_links AS l JOIN lake.main.events AS e USING (event_id) GROUP BY 1
        )
        SELECT (SELECT count(*) FROM lake.main.events), sum(events), count(*),
            count(*) FILTER (articles > 1) FROM told"""
    )[0]
    return {
        "Wikinews: events": events,
        "Wikinews: events of stories told again": linked,
        "Wikinews: stories told again": stories,
        "Wikinews: stories of several articles": several,
    }


def _row(name: str, gold: Clusters, found: Clusters) -> dict[str, object]:
    precision, recall, f1 = b_cubed(gold, found)
    return {
        "articles": name,
        "items": len(gold),
        "precision": round(precision, 1),
        "recall": round(recall, 1),
        "F1": round(f1, 1),
    }
