"""Mentions of entities, and which are the same entity's, against those that people marked.

The articles are annotated as any article is; what demarche finds are its `mentions`. Labels that a
corpus does not mark are left out, as is what lies after the part of a text that is marked.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.evaluation.coreference import Clusters, coreference_scores
from flows.evaluation.files import marked_files
from flows.evaluation.gum_coreference import read_gum
from flows.evaluation.meantime import read_meantime
from flows.evaluation.mention_spans import (
    MarkedArticle,
    MentionSpan,
    NameKind,
    mention_span,
    same_mentions,
    same_spans,
)
from flows.evaluation.scores import percent
from flows.evaluation.text_article import text_article
from warehouse.tables import Article, Mention

ENDINGS = (".xml", ".conllu")

Annotate = Callable[[Article], Sequence[Mention]]
"""What finds the mentions of an article."""

Counts = Counter[tuple[str, str]]
"""How many are right, found, wanted and, of the wanted, got; by figure."""

_LINKS: tuple[NameKind, ...] = ("pronoun", "nominal")


@dataclass(frozen=True, slots=True)
class Compared:
    """Marked and found mentions of one article; `pairs` leads from found to marked positions."""

    marked: Sequence[MentionSpan]
    found: Sequence[MentionSpan]
    pairs: Mapping[int, int]


def evaluate(data: Path, annotate: Annotate) -> tuple[int, dict[str, float]]:
    """Return how many articles `data` has, and how well `annotate` finds and links mentions.

    `data` is a file of MEANTIME (`.xml`) or GUM (`.conllu`), or a folder with such below it.
    Figures are in per cent. Raises EvaluationError.
    """
    compared = [compare(one, annotate) for one in read_articles(data)]
    counts: Counts = Counter()
    for one in compared:
        _count_mentions(counts, one)
        for kind in _LINKS:
            _count_links(counts, one, kind)
    metrics = _scores(counts, "mention") | {"mention_head_f1": _f1(counts, "mention_head")}
    metrics |= _scores(counts, "name") | {"name_head_f1": _f1(counts, "name_head")}
    metrics |= coreference_scores(map(clusters, compared))
    for kind in _LINKS:
        metrics |= _scores(counts, kind)
    return len(compared), metrics


def read_articles(data: Path) -> Iterator[MarkedArticle]:
    """Yield the marked articles at `data`; raises EvaluationError."""
    for path in marked_files(data, ENDINGS, below=True):
        if path.suffix == ".xml":
            yield read_meantime(path)
        else:
            yield from read_gum(path)


def compare(marked: MarkedArticle, annotate: Annotate) -> Compared:
    """Annotate the text and pair what is found with what is marked."""
    found = [
        mention_span(marked.text, one.start_char, one.end_char, _kind(one), one.entity_id)
        for one in annotate(text_article(marked.text, published_on=marked.published_on))
        if one.end_char <= marked.marked_to and one.label in marked.labels
    ]
    return Compared(marked.mentions, found, same_mentions(marked.mentions, found))


def right_links(one: Compared, kind: NameKind) -> set[int]:
    """Return the positions of found mentions of `kind` that are linked as they are marked.

    Such a mention has an entity, and a name of that entity was found that is marked as one of the
    same entity as the mention.
    """
    named: dict[str | None, set[str | None]] = defaultdict(set)
    for at, place in one.pairs.items():
        if one.found[at].kind == "name":
            named[one.found[at].entity].add(one.marked[place].entity)
    return {
        at
        for at, place in one.pairs.items()
        if (mention := one.found[at]).kind == kind
        and mention.entity is not None
        and one.marked[place].entity in named[mention.entity]
    }


def wanted_links(one: Compared, kind: NameKind) -> set[int]:
    """Return the positions of marked mentions of `kind` whose entity is also named."""
    named = {mention.entity for mention in one.marked if mention.kind == "name"}
    return {
        at
        for at, mention in enumerate(one.marked)
        if mention.kind == kind and mention.entity in named
    }


def claimed_links(one: Compared, kind: NameKind) -> set[int]:
    """Return the positions of found mentions of `kind` whose link can be judged.

    Either a name of their entity was found, or the text names who they are marked to be.
    """
    named = {mention.entity for mention in one.found if mention.kind == "name"}
    wanted = wanted_links(one, kind)
    return {
        at
        for at, mention in enumerate(one.found)
        if mention.kind == kind
        and mention.entity is not None
        and (mention.entity in named or one.pairs.get(at) in wanted)
    }


def clusters(one: Compared) -> tuple[Clusters, Clusters]:
    """Return the mentions by entity, marked and found; what is not marked has its own numbers."""
    numbers = [one.pairs.get(at, len(one.marked) + at) for at in range(len(one.found))]
    return _clusters(one.marked, range(len(one.marked))), _clusters(one.found, numbers)


def _clusters(mentions: Sequence[MentionSpan], numbers: Sequence[int]) -> Clusters:
    by_entity: dict[str, set[int]] = defaultdict(set)
    for mention, number in zip(mentions, numbers, strict=True):
        if mention.entity is not None:
            by_entity[mention.entity].add(number)
    return [frozenset(cluster) for cluster in by_entity.values()]


def _kind(mention: Mention) -> NameKind:
    if mention.kind == "pronoun" or mention.kind == "nominal":
        return mention.kind
    return "name"


def _count_mentions(counts: Counts, one: Compared) -> None:
    marked_names = [mention for mention in one.marked if mention.kind == "name"]
    found_names = [mention for mention in one.found if mention.kind == "name"]
    for figure, marked, found in (
        ("mention", one.marked, one.found),
        ("name", marked_names, found_names),
    ):
        _add(counts, figure, len(same_spans(marked, found)), len(found), len(marked))
        right = len(same_mentions(marked, found))
        _add(counts, f"{figure}_head", right, len(found), len(marked))


def _count_links(counts: Counts, one: Compared, kind: NameKind) -> None:
    right, wanted = right_links(one, kind), wanted_links(one, kind)
    _add(counts, kind, len(right), len(claimed_links(one, kind)), len(wanted))
    counts[kind, "got"] += len(wanted & {one.pairs[at] for at in right}) - len(right)


def _add(counts: Counts, figure: str, right: int, found: int, wanted: int) -> None:
    """Count for a figure; of the wanted, as many are got as are right."""
    for name, number in (("right", right), ("found", found), ("wanted", wanted), ("got", right)):
        counts[figure, name] += number


def _scores(counts: Counts, figure: str) -> dict[str, float]:
    return {
        f"{figure}_f1": _f1(counts, figure),
        f"{figure}_precision": percent(counts[figure, "right"], counts[figure, "found"]),
        f"{figure}_recall": percent(counts[figure, "got"], counts[figure, "wanted"]),
    }


def _f1(counts: Counts, figure: str) -> float:
    """Return the harmonic mean of precision and recall in per cent."""
    right, found, wanted, got = (counts[figure, one] for one in ("right", "found", "wanted", "got"))
    return percent(2 * right * got, right * wanted + got * found)
