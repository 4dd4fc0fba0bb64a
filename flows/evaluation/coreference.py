"""Who is the same as whom: found clusters of mentions against marked ones, as CoNLL 2012 scores.

MUC (Vilain et al. 1995) counts links, B-cubed (Bagga and Baldwin 1998) mentions, CEAF with phi-4
(Luo 2005) clusters in their best pairing. A mention of one side that the other lacks counts
against it, nothing is added or taken away (Pradhan et al. 2014).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

from flows.evaluation.assignment import best_total

Clusters = Sequence[frozenset[int]]
"""Numbers of the mentions of each entity; a number is the same mention on both sides."""

Measure = Callable[[Clusters, Clusters], tuple[float, int]]
"""How much of the first clusters the second have, and of how much; swapped, precision."""


def muc(wanted: Clusters, found: Clusters) -> tuple[float, int]:
    """Return how many links of `wanted` clusters hold in `found`, and how many there are."""
    cluster_of = _cluster_of(found)
    kept = 0
    for cluster in wanted:
        parts = Counter(cluster_of.get(mention, -1 - mention) for mention in cluster)
        kept += len(cluster) - len(parts)
    return kept, sum(len(cluster) - 1 for cluster in wanted)


def b_cubed(wanted: Clusters, found: Clusters) -> tuple[float, int]:
    """Return the sum over `wanted` mentions of the share of their cluster found with them."""
    cluster_of = _cluster_of(found)
    shares = 0.0
    for cluster in wanted:
        parts = Counter(cluster_of[mention] for mention in cluster if mention in cluster_of)
        shares += sum(size * size for size in parts.values()) / len(cluster)
    return shares, sum(map(len, wanted))


def ceaf_e(wanted: Clusters, found: Clusters) -> tuple[float, int]:
    """Return the likeness of clusters in their best pairing, and how many are `wanted`."""
    likeness = [
        [2 * len(one & other) / (len(one) + len(other)) for other in found] for one in wanted
    ]
    return best_total(likeness), len(wanted)


MEASURES: Mapping[str, Measure] = {"muc": muc, "b_cubed": b_cubed, "ceaf_e": ceaf_e}


def coreference_scores(documents: Iterable[tuple[Clusters, Clusters]]) -> dict[str, float]:
    """Return the F1 of each measure, and of the three their mean, in per cent.

    `documents` are wanted and found clusters; clusters of one mention are left out of both.
    """
    pairs = [(_without_single(wanted), _without_single(found)) for wanted, found in documents]
    scores = {name: _f1(measure, pairs) for name, measure in MEASURES.items()}
    return {"coref_conll_f1": round(fmean(scores.values()), 2)} | {
        f"{name}_f1": round(score, 2) for name, score in scores.items()
    }


def _f1(measure: Measure, pairs: Iterable[tuple[Clusters, Clusters]]) -> float:
    recall, precision = [0.0, 0], [0.0, 0]
    for wanted, found in pairs:
        for total, part in ((recall, measure(wanted, found)), (precision, measure(found, wanted))):
            total[0] += part[0]
            total[1] += part[1]
    shares = [part / whole if whole else 0.0 for part, whole in (recall, precision)]
    return 200 * shares[0] * shares[1] / sum(shares) if sum(shares) else 0.0


def _without_single(clusters: Clusters) -> Clusters:
    return [cluster for cluster in clusters if len(cluster) > 1]


def _cluster_of(clusters: Clusters) -> dict[int, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
