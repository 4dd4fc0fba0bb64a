"""How sure a stance is: the share of such rows that readers found right."""

import numpy as np
from numpy.typing import NDArray

from tasks.extract.stances.reading import Reading
from warehouse.tables import Polarity

_MODAL = {"asserted": 0.0, "hypothetical": 0.25}
_BY_RULE = {
    "act-verb": 0.82,
    "attitude-noun": 0.68,
    "feeling-adjective": 0.58,
    "feeling-noun": 0.68,
    "quality-owned": 0.7,
    "wish-noun": 0.55,
    "wish-verb": 0.58,
}
"""Share of right rows by rule, where many were read; the others had 0.75 together."""
AUTHORS = 0.8
"""The tone of a sentence towards somebody is often not the author's judgement of them."""


def of_rule(reading: Reading) -> float:
    """Return the confidence of what a rule reads."""
    party = reading.towards.party
    found = _BY_RULE.get(reading.rule, 0.75) - 0.07 * len(reading.towards.steps)
    found -= _MODAL.get(reading.modality, 0.1) + 0.05 * (party.aspect is not None)
    if party.entity_id is None and reading.rule.startswith("wish"):
        found -= 0.2
    kinds = {p.mention.kind for p in reading.holders} | {party.mention.kind}
    found -= 0.12 * ("pronoun" in kinds)
    return round(max(found, 0.05), 2)


def weighed(confidence: float, agrees: float, *, is_direct: bool) -> float:
    """Return a rule's confidence given the probability that the classifier gives its direction.

    Of 149 rows read by hand 38 % were right where the classifier gave less than 0.1, 50 % up to
    0.25, 70 % up to 0.75 and 85 % above. It reads denials and what turns a word round less well
    than the rules do, so that its say counts less there.
    """
    shift: float = 0.45 * agrees**0.6 - 0.3
    found = confidence + (shift if is_direct else 0.4 * shift)
    return round(min(max(found, 0.05), 0.95), 2)


_ALONE = (0.85, 0.9, 0.95, 1.0), (0.35, 0.4, 0.48, 0.58)
"""Probability of the classifier alone and share right: of 45 such rows of news and briefings, read
by hand, 39 % at about 0.9, 55 % at the top. On marked pairs it is surer (85 % from 0.9 on the
directed dev part), but most pairs of a text are not worth marking."""


def of_model(scores: NDArray[np.float64], *, is_author: bool) -> tuple[Polarity | None, float]:
    """Return what the classifier alone decides, or None where it is not sure enough.

    `scores` are the probabilities of oppose, neutral and support.
    """
    best = int(scores.argmax())
    if best == 1 or scores[best] < _ALONE[0][0]:
        return None, 0.0
    found = float(np.interp(scores[best], *_ALONE))
    polarity: Polarity = "support" if best == 2 else "oppose"
    return polarity, round(found * (AUTHORS if is_author else 1), 2)
