"""The days of what a clause tells: by its own expression of time, one nearby, or publication."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Token

from tasks.extract.document import Document, SentenceSpan
from tasks.extract.statements.syntax import is_finite, relation, with_to
from warehouse.tables import DateMethod, Granularity, TimeExpression

_BEFORE = frozenset({"before", "until", "till"})
_BY = frozenset({"by"})
_SINCE = frozenset({"since", "after", "from", "following"})
_TO = frozenset({"to", "until", "till", "through", "-", "\u2013"})
_APART = frozenset({"after", "before", "since", "until", "following", "despite", "over"})
"""Prepositions of what another time is told by: 'after his conviction last summer'."""
_DURING = frozenset({"during", "in", "at", "on"})
_OCCURRING = frozenset(
    {"happen", "occur", "take", "begin", "start", "end", "resume", "continue", "follow", "be"}
    | {"come", "break", "erupt", "last", "hold", "open", "conclude", "complete"}
)
_BESIDE = frozenset({"compound", "amod", "nmod:poss", "nummod", "nmod:desc"})
_STEPS = 12
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, either end open, with its unit, origin and expression of time."""

    start: date | None
    end: date | None
    granularity: Granularity | None
    method: DateMethod
    timex: TimeExpression | None = None

    @property
    def day(self) -> date | None:
        """The day, where it is one."""
        return self.start if self.start == self.end else None

    @property
    def timex_start(self) -> int | None:
        """The first character of the expression."""
        return None if self.timex is None else self.timex.start_char


@dataclass(frozen=True, slots=True)
class _Placed:
    """An expression of time, the token that governs it, and the preposition before it."""

    time: TimeExpression
    root: Token
    governor: Token
    preposition: str


class Dating:
    """The dated expressions of an article, by the clause that they belong to."""

    def __init__(self, document: Document, times: Sequence[TimeExpression]) -> None:
        """Index `times`, which are in order of their start."""
        self.document = document
        self._times = [t for t in times if t.from_on is not None or t.to_on is not None]
        self._starts = [t.start_char for t in self._times]
        self._placed: dict[str, list[_Placed]] = {}

    def of(
        self, token: Token, others: frozenset[int] = frozenset(), *, until: date | None = None
    ) -> When | None:
        """Return the days that the clause of `token`, a verb or a noun of action, gives.

        `others` are the tokens of the sentence that stand for acts of their own: what belongs to
        them is not taken, nor what begins after `until`.
        """
        placed = self._in(self.document.sentence_at(token.idx))
        if until is not None:
            placed = [p for p in placed if p.time.from_on is None or p.time.from_on <= until]
        best = min(
            (
                (_distance(token, p, others), abs(p.root.i - token.i), p)
                for p in placed
                if p.preposition != "to"  # 'extended it to 1 May'
            ),
            key=lambda found: found[:2],
            default=None,
        )
        if best is None or best[0] > 3:
            return None
        return self._up_to(best[2], placed) or _when(best[2].time, best[2].preposition, "clause")

    def _up_to(self, first: _Placed, placed: Sequence[_Placed]) -> When | None:
        """Return the days of 'from 3 to 5 May', where `first` is either end."""
        text = self.document.article.text
        for one, other in pairwise(placed):
            gap = text[one.time.end_char : other.time.start_char].strip().lower()
            marks = {"from": _TO, "between": {"and"}}.get(one.preposition, frozenset())
            is_range = gap in marks
            if is_range and first in (one, other):
                return _range(one.time, other.time)
        return None

    def near(self, token: Token) -> When | None:
        """Return the day of the main clause of the sentence before in the paragraph, where both
        tell what is past."""
        sentence = self.document.sentence_at(token.idx)
        before = self.document.sentence_at(max(sentence.start_char - 1, 0))
        text = self.document.article.text
        if before == sentence or "\n" in text[before.end_char : sentence.start_char]:
            return None
        if self._in(sentence) or _is_perfect(token) or not _is_main(token):
            return None
        days = [p for p in self._in(before) if p.time.granularity == "day"]
        main = [p for p in days if _is_main(p.governor) and p.preposition in {"", "on", "in"}]
        if len(main) != 1 or main[0].governor.tag_ not in {"VBD", "VBN"}:
            return None
        return _when(main[0].time, "", "adjacent")

    def _in(self, sentence: SentenceSpan) -> list[_Placed]:
        """Return the dated expressions of a sentence in their places."""
        found = self._placed.get(sentence.sentence_id)
        if found is None:
            lo = bisect_left(self._starts, sentence.start_char)
            hi = bisect_left(self._starts, sentence.end_char)
            found = [p for t in self._times[lo:hi] if (p := self._place(t)) is not None]
            self._placed[sentence.sentence_id] = found
        return found

    def _place(self, time: TimeExpression) -> _Placed | None:
        if time.type not in {"DATE", "TIME", "DURATION"}:
            return None
        doc = self.document.doc
        span = doc.char_span(time.start_char, time.end_char, alignment_mode="expand")
        if span is None:
            return None
        root = span.root
        mark = next(
            (c.lower_ for c in root.children if relation(c) in {"case", "mark", "prep"}), ""
        )
        if not mark and span.start and doc[span.start - 1].pos_ in {"ADP", "SCONJ"}:
            mark = doc[span.start - 1].lower_
        head = root.head if root.head != root else root
        while head.pos_ == "ADP" and head.head != head:  # spaCy's labels: the preposition between
            mark, head = head.lower_, head.head
        return _Placed(time, root, head, mark)


def _range(first: TimeExpression, last: TimeExpression) -> When | None:
    """Return the days from `first` to `last`; where they cross, as weekdays read one by one do,
    the first is that of the week before."""
    start, end = first.from_on, last.to_on
    if start is not None and end is not None and start > end:
        if start - end > _WEEK or start - date.min < _WEEK:
            return None
        start -= _WEEK
    return When(start, end, last.granularity, "clause", first)


def _distance(token: Token, placed: _Placed, others: frozenset[int]) -> int | float:
    """Return how far an expression is from being that of `token`: 0 its own, infinity not its.

    One step up a chain of heads that share their date each: from an object to its verb, from an
    infinitive to the verb that governs it.
    """
    node = placed.governor
    if node.i != token.i and _is_of_thing(placed.root, node):
        return float("inf")  # 'promised winter supplies'
    for step in range(_STEPS):
        if node.i == token.i:
            return 0 if step == 0 else 1
        if node.pos_ in {"VERB", "AUX"} or node.head == node:
            break
        marks = {c.lower_ for c in node.lefts if c.dep_ == "case"}
        if relation(node) in {"acl:relcl", "acl"} or marks & _APART:
            return float("inf")
        if node.i in others and not marks & _DURING:
            break
        node = node.head
    owner = node
    if token.pos_ not in {"VERB", "AUX"} and not _occurs(token):
        return float("inf")  # 'condemned the attack on Monday'
    node = token
    for step in range(1, _STEPS):
        kind, head = relation(node), node.head
        if head == node:
            return float("inf")
        if kind in {"acl:relcl", "parataxis", "advcl", "ccomp"} and is_finite(node):
            return float("inf")
        if kind in {"conj", "acl"} and _has_own(node):
            return float("inf")
        marks = {c.lower_ for c in node.lefts if relation(c) in {"mark", "case"}}
        if marks & _APART or (kind == "advcl" and "for" in marks):
            return float("inf")
        if kind in {"xcomp", "advcl", "acl"} and with_to(node):
            return float("inf")  # 'agreed on Monday to withdraw'
        node = head
        if node.i == owner.i:
            return 1 + step * 0.1 if token.pos_ in {"VERB", "AUX"} else 2 + step * 0.1
    return float("inf")


def _is_of_thing(root: Token, noun: Token) -> bool:
    """Tell whether a time before a noun says which thing is meant, not when: 'winter supplies',
    but 'in last week's action'."""
    if relation(root) not in _BESIDE or noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    return not _DURING & {c.lower_ for c in noun.lefts if c.dep_ == "case"}


def _occurs(noun: Token) -> bool:
    """Tell whether the verb of which `noun` is the subject says no more than that it took place."""
    return relation(noun) in {"nsubj", "nsubj:pass"} and noun.head.lemma_.lower() in _OCCURRING


def _has_own(verb: Token) -> bool:
    """Tell whether a joined verb has an expression of time for itself, or another subject."""
    return any(relation(c) in {"nsubj", "nsubj:pass"} for c in verb.lefts)


def _is_main(token: Token) -> bool:
    for _ in range(_STEPS):
        if token.head == token:
            return True
        if relation(token) in {"ccomp", "acl:relcl", "advcl", "parataxis", "acl"}:
            return False
        token = token.head
    return False


def _is_perfect(token: Token) -> bool:
    return any(c.lower_ in {"had", "has", "have", "will", "would"} for c in token.lefts)


def _when(time: TimeExpression, preposition: str, method: DateMethod) -> When:
    """Return the days that an expression gives after `preposition`."""
    start, end = time.from_on, time.to_on
    is_day = time.type == "DATE"
    if preposition in _BEFORE and is_day and start is not None and start > date.min:
        end = start if preposition != "before" else start - _DAY
        start = None
    elif preposition in _BY:
        start = None
    elif preposition in _SINCE and is_day:
        end = None
    return When(start, end, time.granularity, method, time)


def clause_of(token: Token) -> Token:
    """Return the verb, or else the root, whose clause `token` is in."""
    for _ in range(20):
        if token.pos_ in {"VERB", "AUX"} or token.head == token:
            break
        token = token.head
    return token
