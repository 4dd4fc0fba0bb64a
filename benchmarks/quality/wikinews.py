"""Names in news: the 50 sentences of `wikinews_ner.jsonl`, each read within its article."""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from spacy.language import Language

from flows.evaluation.scores import f1_scores
from tasks.language import make_doc

MARKED = Path(__file__).with_name("wikinews_ner.jsonl")
ARTICLES = Path("articles", "wikinews-2019-2020.jsonl")

Name = tuple[int, int, str]


def measure(data: Path, nlp: Language) -> dict[str, Any]:
    """Return precision, recall and F1 in per cent, and the same by label with its items.

    `data` is the data folder, with the articles; raises ValueError where one is not as marked.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for wanted, found in _pairs(data / ARTICLES, nlp):
        for kind, names in (("correct", wanted & found), ("found", found), ("wanted", wanted)):
            counts.update((kind, label) for _, _, label in names)
            counts.update((kind, "all") for _ in names)
    labels = sorted({label for kind, label in counts if kind == "wanted"} - {"all"})
    return _scores(counts, "all") | {"per_label": {one: _scores(counts, one) for one in labels}}


def _pairs(articles: Path, nlp: Language) -> Iterator[tuple[set[Name], set[Name]]]:
    """Yield the names marked and found in each sentence."""
    with articles.open(encoding="utf-8") as lines:
        texts = {row["url"]: row["text"] for row in map(json.loads, lines)}
    with MARKED.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = texts[row["url"]]
            if sha256(text.encode()).hexdigest() != row["sha256"]:
                raise ValueError(f"{row['url']}: not the text that was marked")
            ents = make_doc(nlp, text).ents
            found = {(ent.start_char, ent.end_char, ent.label_) for ent in ents}
            inside = {one for one in found if row["start"] <= one[0] and one[1] <= row["end"]}
            yield {(start, end, label) for start, end, label in row["names"]}, inside


def _scores(counts: Counter[tuple[str, str]], label: str) -> dict[str, float]:
    correct, found, wanted = (counts[kind, label] for kind in ("correct", "found", "wanted"))
    return f1_scores(correct, found, wanted) | {"items": wanted}
