"""What the tests of the language model compare and hold for every text."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from spacy.tokens import Doc

from tasks.language.features import Ints
from tasks.language.names import CONFIDENCE
from tasks.language.trees import Scores

Analysis = dict[str, list[Any]]


def analysis(doc: Doc) -> Analysis:
    """Return all that the pipeline says of `doc` but its vectors."""
    columns = ("text", "idx", "tag_", "pos_", "lemma_", "dep_", "is_sent_start")
    found: Analysis = {name: [getattr(token, name) for token in doc] for name in columns}
    found["morph"] = [str(token.morph) for token in doc]
    found["heads"] = [token.head.i for token in doc]
    found["names"] = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    found["confidence"] = list(doc.user_data[CONFIDENCE])
    return found


def sentences(doc: Doc) -> list[tuple[int, int]]:
    return [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


def check_sound(doc: Doc, text: str) -> None:
    """Check what holds for the analysis of any text."""
    assert doc.text == text
    for sentence in doc.sents:
        inside = range(sentence.start, sentence.end)
        assert [token.i for token in sentence if token.head.i not in inside] == []
        assert [token.head.i == token.i for token in sentence].count(True) == 1
        assert all(_reaches_root(doc, token.i) for token in sentence)
    for token in doc:
        assert (token.dep_ == "ROOT") == (token.head.i == token.i and not token.is_space)
        if token.is_space:
            assert (token.dep_, token.pos_, token.tag_) == ("dep", "SPACE", "_SP")
    for ent in doc.ents:
        assert ent.text == ent.text.strip()
        assert ent.sent.start <= ent.start < ent.end <= ent.sent.end
    assert len(doc.user_data[CONFIDENCE]) == len(doc.ents)


def _reaches_root(doc: Doc, at: int) -> bool:
    for _ in range(len(doc)):
        if doc[at].head.i == at:
            return True
        at = doc[at].head.i
    return False


def zigzag(scores: Scores) -> Ints:
    """Return heads: first word below the last, that below the second, that below the last but one.

    spaCy loses the start of a long sentence whose arcs cross so.
    """
    half = len(scores) // 2
    order = [at for first in range(half) for at in (first, len(scores) - 1 - first)]
    order += [half] * (len(scores) % 2)
    heads = np.zeros(len(scores), dtype=np.int64)
    heads[order[:-1]] = 1 + np.array(order[1:], dtype=np.int64)
    return heads


def cpu_seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """Return the least processor time of `work`, which a busy machine hardly changes."""
    spent: list[float] = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)
