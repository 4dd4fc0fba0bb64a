"""Who speaks: the phrase of a cue's subject, agent or owner."""

from typing import NamedTuple

from spacy.tokens import Token

from tasks.extract.statements.syntax import child, relation

_LONGEST = 40
"""Tokens of the longest speaker with what explains it; a longer one ends at its first comma."""
_EDGES = frozenset({",", ";", ":", "—", "–", "--", "-", "(", "''", '"', "“", "”", "*", "•"})  # noqa: RUF001
_GENITIVE = frozenset({"'s", "’s", "’", "'"})  # noqa: RUF001
_LABELS = frozenset({"Q", "A"})
"""Letters that stand for who asks and answers."""
_EMPTY = frozenset({"there", "what", "whatever", "which", "that", "this", "those", "these"})


class Source(NamedTuple):
    """Tokens `first` to `last` (inclusive) of a speaker around `head`."""

    first: int
    last: int
    head: Token


def source(head: Token | None, cue_first: int, cue_last: int) -> Source | None:
    """Return the phrase around `head`, without the clause that holds the cue."""
    if head is None or head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"}:
        return None
    if head.lower_ == "who" and relation(head.head) != "acl:relcl":
        return None  # a question
    if (head.lower_ in _EMPTY and not _is_relative(head)) or head.text in _LABELS:
        return None
    first, last = head.left_edge.i, head.right_edge.i
    if first <= cue_last and cue_first <= last:
        if head.i < cue_first:
            last = _before_clause(head, cue_first)
        else:
            first = max(first, cue_last + 1)
    return _trimmed(head, first, last)


def _is_relative(head: Token) -> bool:
    return head.lower_ in {"which", "that"} and "Rel" in head.morph.get("PronType", [])


def _before_clause(head: Token, cue_first: int) -> int:
    """Return the last token of the phrase before the part of it that holds the cue."""
    for one in head.rights:
        if one.left_edge.i <= cue_first <= one.right_edge.i:
            return one.left_edge.i - 1
    return cue_first - 1


def _trimmed(head: Token, first: int, last: int) -> Source | None:
    doc = head.doc
    copula = child(head, "cop")
    if copula is not None and first <= copula.i < head.i:
        first = copula.i + 1  # 'it was the mayor who said'
    marker = child(head, "case", "cc", "mark")
    if marker is not None and first <= marker.i < head.i:
        first = marker.i + 1
    if last - first > _LONGEST:
        ends = (i - 1 for i in range(head.i + 1, last) if doc[i].text in {",", "(", "--", "—"})
        last = next(ends, head.i)
    while first < last and (doc[first].text in _EDGES or doc[first].is_space):
        first += 1
    while first < last and (doc[last].text in _EDGES | _GENITIVE or doc[last].is_space):
        last -= 1
    return Source(first, last, head) if first <= last else None


def owner(noun: Token) -> Token | None:
    """Return whose claim it is: the possessor, or who stands after 'by', 'from' or 'of'."""
    owned = child(noun, "nmod:poss")
    if owned is not None:
        return owned
    for one in noun.rights:
        if relation(one) in {"nmod", "obl", "obl:agent", "acl"}:
            mark = next((c.lower_ for c in one.lefts if c.dep_ == "case"), "")
            if mark in {"by", "from", "among"}:
                return one
        if one.dep_ == "prep" and one.lower_ in {"by", "from", "among"}:
            return next((c for c in one.children if c.dep_ == "pobj"), None)
    return None
