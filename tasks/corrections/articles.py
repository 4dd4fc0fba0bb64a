"""Corrections of an article's head, before anything is read from its text."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from tasks.corrections.loading import Corrections
from tasks.corrections.values import column_of, parsed, place, shown
from warehouse.tables import Article, Correction

DATED = ("published_on", "published_at", "published_method", "published_not_before")
"""Columns that a corrected day of publication replaces together."""


def correct_article(article: Article, corrections: Corrections) -> tuple[Article, list[Correction]]:
    """Return `article` with what is corrected in its head, and what became of each correction."""
    outcomes = []
    for one in corrections.by_subject.get(article.article_id, ()):
        table, name = place(one)
        if table != "articles":
            continue
        found = getattr(article, name)
        done: Correction
        if found == parsed(column_of(table, name), one.expect):
            changes = _changes(one, name)
            before = {key: shown(getattr(article, key)) for key in changes}
            article = replace(article, **changes)
            done = replace(one, state="applied", found=json.dumps(before))
        elif found == parsed(column_of(table, name), one.value):
            continue  # done before, or an outlet that has seen its error
        else:
            done = replace(one, state="stale", found=shown(found))
        outcomes.append(replace(done, article_id=article.article_id))
    return article, outcomes


def restored(article: Article, correction: Correction) -> Article:
    """Return `article` as it was before `correction` was applied; unchanged where it was not."""
    _, name = place(correction)
    wanted = parsed(column_of("articles", name), correction.value)
    if correction.state != "applied" or getattr(article, name) != wanted or not correction.found:
        return article
    before: dict[str, str | None] = json.loads(correction.found)
    values = {key: _read(key, text) for key, text in before.items()}
    return replace(article, **{k: v for k, v in values.items() if k in asdict(article)})


def _changes(one: Correction, name: str) -> dict[str, Any]:
    value = parsed(column_of("articles", name), one.value)
    if name != "published_on":
        return {name: value}
    method = "correction" if value else "none"
    return dict(zip(DATED, (value, None, method, None), strict=True))


def _read(name: str, text: str | None) -> Any:
    if text is None:
        return None
    kind = column_of("articles", name).sql_type
    if kind == "TIMESTAMPTZ":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if kind == "DATE" else text
