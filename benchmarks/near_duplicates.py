"""Copies found and lookalikes spared: precision and recall over pairs, through the whole path.

Each pair goes through `decide` in both orders of arrival: keys, candidates, comparison, dates.
Thresholds were chosen on the tuning parts alone: generated texts of another seed, and one half of
the articles given with `--data`.
"""

import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from benchmarks.generated import articles
from benchmarks.reports import REPORTS
from benchmarks.result import Options, Result, Row, SkippedError, given_file
from benchmarks.variants import EDITS, Pair, copies, lookalikes
from tasks.ingest import similarity
from tasks.ingest.deduplicate import decide
from tasks.ingest.originals import Known
from tasks.ingest.parse.identity import normalised_text, text_sha256
from tasks.records import RawItem
from warehouse.tables import Article

WIKINEWS = "articles/wikinews-2019-2020.jsonl"
COPIES = 1050
TUNING_SEED = 10_000
"""Added to the seed for the texts on which thresholds may be chosen."""
SWEEP = [(size, covered, 0.6) for size in (3, 4, 5) for covered in (0.6, 0.7, 0.75, 0.8, 0.85, 0.9)]
SWEEP += [(4, 0.8, figures) for figures in (0.0, 0.4, 0.8)]
NOTHING = Known(heads={}, by_text={}, old_revisions=frozenset(), previous={})
NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAYS = date(2024, 1, 1), date(2024, 1, 2)
LONG_ENOUGH = 8
"""Words of a paragraph below which it is a date line, which no wording changes."""

FEWEST_WORDS = 60
"""Words below which a text is a stub, of which no variant could be told from a lookalike."""


def measure(options: Options) -> Result:
    """Find the copies among the pairs, and sweep the thresholds on the tuning parts."""
    size = COPIES // 7 if options.is_quick else COPIES
    tuning = _generated(options.seed + TUNING_SEED, size)
    parts = {"generated": _generated(options.seed, size)}
    figures: dict[str, object] = {}
    try:
        halves = _given(given_file(options, WIKINEWS), options.seed)
        tuning, parts["wikinews"] = tuning + halves[0], halves[1]
    except SkippedError as reason:
        figures["wikinews"] = f"skipped, {reason}"
    rows: list[Row] = []
    failures: list[str] = []
    for name, pairs in parts.items():
        begun = time.perf_counter()
        found = [_is_found(pair) for pair in pairs]
        figures |= {f"{name}: {key}": value for key, value in _scores(pairs, found).items()}
        figures[f"{name}: ms a pair and order"] = round(
            500 * (time.perf_counter() - begun) / len(pairs), 2
        )
        rows += _by_kind(name, pairs, found)
        failures += [
            f"{name}, {pair.kind}: the order of arrival counts"
            for pair, one in zip(pairs, found, strict=True)
            if one != _is_found(pair, is_turned=True)
        ]
    return Result(rows=rows + _sweep(tuning), figures=figures, failures=failures)


def _generated(seed: int, size: int) -> list[Pair]:
    """Return `size` copies and as many lookalikes, half of those from running templates."""
    rng = Random(seed)
    texts = [article["text"] for article in articles(size, seed=seed)]
    made = copies(rng, texts) + lookalikes(rng, texts[: size - size // 2])
    return made + [REPORTS[number % len(REPORTS)](rng) for number in range(size // 2)]


def _given(path: Path, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Return pairs of the articles with even numbers, and of those with odd ones."""
    texts = []
    for line in path.read_text(encoding="utf-8").splitlines():
        paragraphs = (part.strip() for part in re.split(r"\n+", json.loads(line)["text"]))
        texts.append("\n\n".join(p for p in paragraphs if len(p.split()) >= LONG_ENOUGH))
    texts = [text for text in texts if len(text.split()) >= FEWEST_WORDS]
    halves = []
    for start in (0, 1):
        rng = Random(seed + start)
        half = texts[start::2]
        kinds = len(EDITS) + 1
        halves.append(copies(rng, half * kinds) + lookalikes(rng, half * kinds))
    return halves[0], halves[1]


def _is_found(pair: Pair, *, is_turned: bool = False) -> bool:
    """Whether the later text ends as a copy of the earlier one; turned, it arrives first."""
    items = [
        made_article(text, str(number), DAYS[number])
        for number, text in enumerate((pair.earlier, pair.later))
    ]
    decisions = decide(items[::-1] if is_turned else items, NOTHING)
    repeats = {d.article.article_id: d.article.duplicate_of for d in decisions}
    repeats |= {head.article_id: head.duplicate_of for d in decisions for head in d.moved}
    return repeats["1"] == "0" or repeats["0"] == "1"


def made_article(text: str, name: str, day: date) -> tuple[RawItem, Article]:
    """Return a text as `parse` gives it, with an address of its own."""
    article = Article(
        article_id=name,
        source_id="s",
        canonical_url=f"https://generated.example/{name}",
        published_on=day,
        fetched_at=NOW,
        text=text,
        text_sha256=text_sha256(normalised_text(text)),
        word_count=len(text.split()),
        cluster_id=name,
        raw_ref="",
        media_type="text/plain",
    )
    raw = RawItem(
        source_id="s",
        item_ref=name,
        media_type="text/plain",
        raw_ref="",
        fetched_at=NOW,
        seen_at=NOW,
    )
    return raw, article


def _scores(pairs: Sequence[Pair], found: Iterable[bool]) -> dict[str, object]:
    right = wrong = missed = 0
    for pair, is_found in zip(pairs, found, strict=True):
        right += pair.is_copy and is_found
        wrong += not pair.is_copy and is_found
        missed += pair.is_copy and not is_found
    return {
        "pairs": len(pairs),
        "precision %": round(100 * right / max(1, right + wrong), 2),
        "recall %": round(100 * right / max(1, right + missed), 2),
        "F1 %": round(200 * right / max(1, 2 * right + wrong + missed), 2),
    }


def _by_kind(name: str, pairs: Sequence[Pair], found: Sequence[bool]) -> list[Row]:
    """Return for each kind how many were called copies, and how many share a key of each sort."""
    rows: dict[str, dict[str, object]] = {}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair, is_found in zip(pairs, found, strict=True):
        one, other = (similarity.words_of(text) for text in (pair.earlier, pair.later))
        rows[pair.kind] = {"part": name, "kind": pair.kind, "is copy": pair.is_copy}
        counts[pair.kind] += Counter(
            {
                "pairs": 1,
                "called copies": int(is_found),
                "share a band": int(not similarity.minhash_keys(one).isdisjoint(
                    similarity.minhash_keys(other))),
                "share a passage": int(not similarity.passage_keys(one).isdisjoint(
                    similarity.passage_keys(other))),
            }
        )  # fmt: skip
    shown = ("pairs", "called copies", "share a band", "share a passage")
    return [rows[kind] | {key: counts[kind][key] for key in shown} for kind in rows]


def _sweep(pairs: Sequence[Pair]) -> list[Row]:
    """Return precision, recall and F1 of the comparison alone for each setting of it."""
    rows: list[Row] = []
    for size, covered, figures in SWEEP:
        setting: dict[str, Any] = {"SHINGLE": size, "COVERED": covered, "FIGURES": figures}
        with patch.multiple(similarity, **setting):
            found = [
                similarity.similarity(
                    similarity.wording(pair.later), similarity.wording(pair.earlier)
                )
                is not None
                for pair in pairs
            ]
        rows.append({"part": "tuning", **setting, **_scores(pairs, found)})
    return rows
