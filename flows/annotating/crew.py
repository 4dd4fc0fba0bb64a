"""Those who annotate where it is not this process alone: chunks go out, and rows come back."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import NoReturn

from flows.annotating.doing import pack_entities, versions_of
from flows.annotating.exchange import exchange_of
from flows.annotating.extraction import Broken, Extracted, Gather, Outcome
from flows.annotating.job import Done, Job
from flows.settings import Settings
from tasks.extract.annotate import Annotator
from tasks.extract.steps.graph import ALL, StepName
from tasks.records import Annotations
from warehouse.errors import WarehouseError
from warehouse.tables import Article

Wait = Callable[[], Done]
Submit = Callable[[Job], Wait]
"""Has a job done by others. Raises OutageError, CrewError."""


class Crew:
    """Hands out articles in chunks, through files at the exchange, and takes in their rows."""

    def __init__(self, settings: Settings, run_id: str, submit: Submit) -> None:
        """Make the crew of run `run_id`, whose jobs are done by `submit`."""
        self._settings, self._run_id, self._submit = settings, run_id, submit
        self._exchange = exchange_of(settings)
        self._names = (f"{run_id}/{number:06}" for number in count())
        self._entities: dict[str, str | None] = {}
        self._is_at_work = False

    def takes(self, articles: int) -> bool:
        """Whether it is worth handing out so many: less than a chunk is read sooner here."""
        return self._is_at_work or articles >= self._settings.annotate.chunk

    def submit(
        self,
        articles: Sequence[Article],
        extraction: Annotator,
        steps: Collection[StepName] = ALL,
    ) -> Gather:
        """Have `articles` read with the versions of `extraction`; what goes wrong is told later."""
        self._is_at_work = True
        size = self._settings.annotate.chunk
        sent = []
        try:
            for start in range(0, len(articles), size):
                chunk = articles[start : start + size]
                job = self._job(chunk, extraction, steps)
                sent.append((chunk, job, self._submit(job)))
        except WarehouseError as error:
            return partial(_fail, error)
        return partial(self._gather, sent)

    def _job(
        self, chunk: Sequence[Article], extraction: Annotator, steps: Collection[StepName]
    ) -> Job:
        name = next(self._names)
        self._exchange.put_articles(name, chunk)
        return Job(
            exchange=self._exchange,
            chunk=name,
            first=0,
            end=len(chunk),
            steps=frozenset(steps),
            model=self._settings.nlp.model,
            entities=self._own_entities(extraction.registry.digest),
            versions=versions_of(extraction),
        )

    def _own_entities(self, digest: str) -> str | None:
        """Return the file at the exchange that holds the user's own entities, if there are any."""
        if digest not in self._entities:
            packed = pack_entities(self._settings.entities_folder)
            name = f"{self._run_id}/entities-{digest[:12]}.zip"
            if packed is not None:
                self._exchange.put_bytes(name, packed)
            self._entities[digest] = None if packed is None else name
        return self._entities[digest]

    def _gather(self, sent: Sequence[tuple[Sequence[Article], Job, Wait]]) -> Outcome:
        extracted: Extracted = {}
        broken: Broken = {}
        for chunk, job, wait in sent:
            done = wait()
            if done.read + len(done.broken) != len(chunk):
                raise RuntimeError(f"{done.read} of {len(chunk)} articles came back: {done.broken}")
            rows: dict[str, Annotations] = {}
            for file in done.files:
                rows |= self._exchange.rows(file)
            for article in chunk:
                if article.article_id not in done.broken:
                    key = article.article_id, article.text_sha256
                    extracted[key] = rows.get(article.article_id) or Annotations()
            broken |= done.broken
            self._exchange.remove(job.chunk, *done.files)
        return extracted, broken

    def clear(self) -> None:
        """Remove what is left at the exchange; where that fails, maintenance does it later."""
        if self._is_at_work:
            with suppress(WarehouseError):
                self._exchange.clear(self._run_id)


def _fail(error: WarehouseError) -> NoReturn:
    raise error
