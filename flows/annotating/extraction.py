"""Extraction in this process: model and registry, loaded once, and articles read one by one."""

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

from tasks.extract.annotate import Annotator
from tasks.extract.steps.graph import ALL, StepName
from tasks.records import Annotations
from tasks.registry import Registry, load_registry
from warehouse.tables import Article

Extracted = dict[tuple[str, str], Annotations]
"""Rows of an article by its article_id and text_sha256."""
Broken = dict[str, str]
"""What broke, by article_id: kind and text of the error."""
Outcome = tuple[Extracted, Broken]
Gather = Callable[[], Outcome]
"""Waits for articles that were given out. Raises OutageError, CrewError."""

_LOADING = Lock()


def annotator(model: str | None, entities: Path | None = None) -> Annotator:
    """Return this process's extraction over `model` and a registry with the user's `entities`.

    Loading is slow, so it is done once, and again where a file of the registry has changed.
    """
    with _LOADING:
        return _annotator(model, load_registry(entities))


@lru_cache(maxsize=4)
def _annotator(model: str | None, registry: Registry) -> Annotator:
    return Annotator(registry, model=model)


def read_here(
    extraction: Annotator, articles: Sequence[Article], steps: Collection[StepName] = ALL
) -> Outcome:
    """Return the rows of each article, all or those of `steps`, and what broke."""
    extracted: Extracted = {}
    broken: Broken = {}
    for article in articles:
        try:
            rows = extraction.annotate(article, steps)
        except Exception as error:  # a bug met by one text must not spoil its batch
            broken[article.article_id] = f"{type(error).__name__}: {error}"
        else:
            extracted[article.article_id, article.text_sha256] = rows
    return extracted, broken
