"""From an article to all its rows: one `Doc`, one pass, one function a table.

Tokens, sentences and names come from the language model; the rest are rules. Each step is a
function behind a fixed signature; a better one takes its place in `annotate_doc` and `RULES`
changes with it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from threading import Lock

from spacy.tokens import Doc

from tasks.extract.acronyms import find_acronyms
from tasks.extract.citations import find_citations
from tasks.extract.document import Document
from tasks.extract.events import find_events
from tasks.extract.first_person import first_persons
from tasks.extract.mentions import find_mentions
from tasks.extract.names import alias_matcher
from tasks.extract.quotes import Quote, find_quotes
from tasks.extract.roles import find_roles
from tasks.extract.sentences import Span2, sentence_rows
from tasks.extract.stances import find_stances
from tasks.extract.stances.decision import Classifier
from tasks.extract.statements import find_statements
from tasks.extract.statements.said import dated
from tasks.extract.steps import keys_text, step_keys, with_needs
from tasks.extract.steps.graph import ALL, StepName
from tasks.extract.times import find_time_expressions
from tasks.extract.turns import Turn, find_turns
from tasks.language import language_version, load_language, make_doc
from tasks.language.stance import load_stance_model
from tasks.records import Annotations
from tasks.registry import Registry, load_registry
from warehouse.tables import Article, Statement

RULES = "rules-6"
"""Version of the rules; articles annotated by another are annotated anew."""
BATCH_SIZE = 64
"""Articles a memory zone holds: strings they bring are freed with it."""


class Annotator:
    """Extracts the rows of articles; holds the language model and the registry."""

    def __init__(self, registry: Registry | None = None, *, model: str | None = None) -> None:
        """Take `registry` and the language model called `model`, or those that ship with demarche.

        Raises LanguageError where a model cannot be used.
        """
        self.registry = load_registry() if registry is None else registry
        self._nlp = load_language(model)
        self._classifier = load_stance_model()
        # Strings of a memory zone are freed with it, whichever thread brought them.
        self._lock = Lock()
        versions = language_version(self._nlp), self._classifier.version, RULES
        self.model_version = f"{' '.join(versions)} {self.registry.digest[:8]}"
        self.step_keys = step_keys(
            {
                "language": f"{versions[0]} spacy-{version('spacy')}",
                "names": self.registry.digest,
                "stances": self._classifier.version,
            }
        )
        self.step_versions = keys_text(self.step_keys)
        # Built here, since what is built inside a memory zone is freed with it.
        alias_matcher(self.registry)

    def annotate(self, article: Article, steps: Collection[StepName] = ALL) -> Annotations:
        """Return the rows of `article`: all, or those of `steps` and of what these need."""
        with self._lock, self._nlp.memory_zone():
            return self._rows(article, steps)

    def annotate_batch(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Annotations]]:
        """Yield each article with its rows, in order; memory does not grow with their number."""
        remaining = iter(articles)
        while batch := list(islice(remaining, BATCH_SIZE)):
            with self._lock, self._nlp.memory_zone():
                done = [(article, self._rows(article)) for article in batch]
            yield from done

    def _rows(self, article: Article, steps: Collection[StepName] = ALL) -> Annotations:
        if not article.text.strip():
            return Annotations()
        doc = make_doc(self._nlp, article.text)
        return annotate_doc(article, doc, self.registry, self._classifier, steps=steps)


def annotate_doc(
    article: Article,
    doc: Doc,
    registry: Registry,
    classifier: Classifier | None = None,
    *,
    steps: Collection[StepName] = ALL,
) -> Annotations:
    """Return all rows of `article`; `doc` is over its text and has sentence boundaries.

    With `steps`, only the rows of these and of what they need; the other tables stay empty.
    """
    wanted = with_needs(steps)
    document = Document.of(article, doc)
    found = Annotations()
    if "times" in wanted:
        found = replace(found, time_expressions=find_time_expressions(document))
    if "names" in wanted:
        acronyms = find_acronyms(document, registry)
        mentions = find_mentions(document, registry, acronyms)
        roles = find_roles(document, mentions)
        found = replace(found, acronyms=acronyms, mentions=mentions, entity_roles=roles)
    if "statements" in wanted:
        found = _with_statements(document, found, registry, classifier, wanted)
    return found


def _with_statements(
    document: Document,
    found: Annotations,
    registry: Registry,
    classifier: Classifier | None,
    wanted: Collection[StepName],
) -> Annotations:
    """Return what is `found` with statements, and with what rests on them where it is wanted."""
    text, times = document.article.text, found.time_expressions
    quotes, turns = find_quotes(text), find_turns(text)
    statements = dated(document, find_statements(document, found.mentions, quotes, turns), times)
    # Whoever says "I" is known now; names that no statement bears on are as they were.
    mentions = first_persons(document, found.mentions, statements)
    found = replace(found, statements=statements, mentions=mentions)
    read = document, mentions, statements, times
    if "stances" in wanted:
        stances = find_stances(*read, found.entity_roles, registry=registry, classifier=classifier)
        sentences = [
            replace(row, pairs_left_out=stances.left_out.get(row.sentence_id, 0))
            for row in sentence_rows(document, spoken_spans(quotes, turns, statements))
        ]
        found = replace(found, stances=stances.rows, sentences=sentences)
    if "events" in wanted:
        found = replace(found, events=find_events(*read))
    if "citations" in wanted:
        found = replace(found, citations=find_citations(*read))
    return found


def spoken_spans(
    quotes: Sequence[Quote], turns: Sequence[Turn], statements: Sequence[Statement]
) -> list[Span2]:
    """Return the spans that are not the author's words, sorted; they may overlap.

    These are what is said or quoted and the turns of a transcript, questions with them; what
    somebody is told to think or want is told by the author.
    """
    spans = [(s.start_char, s.end_char) for s in statements if not s.is_attitude]
    spans += [(q.start, q.end) for q in quotes if q.is_speech]
    spans += [(t.start, t.end) for t in turns]
    return sorted(spans)
