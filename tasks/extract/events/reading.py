"""What is read at a word of action, before it becomes rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from tasks.extract.events.phrases import core
from tasks.extract.events.whom import Whom
from tasks.extract.events.words import Sense

MOST = 6
"""Pairs of one act: a longer list of parties is rarely read right."""
_WIDEST = 12
"""Tokens between the words of one act; farther apart, the first alone is given."""

Pair = tuple[Whom | None, Whom | None]
"""Actor and target, None where there is none."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its word, the verb that carries it, its category and who does it to whom.

    `action` are the characters of the words of action, `thing` the object that is part of what
    the verb means: 'signed a deal'.
    """

    token: Token
    clause: Token
    category: str
    pairs: Sequence[Pair]
    rule: str
    action: tuple[int, int]
    thing: Token | None = None


def act_of(
    token: Token,
    clause: Token,
    sense: Sense,
    pairs: Sequence[Pair],
    rule: str,
    thing: Token | None = None,
) -> Act | None:
    """Return the act that `token` names in the clause of a verb, None where nobody takes part."""
    if not pairs:
        return None
    near = token.doc[token.i + 1 : token.i + 6]
    further = set(sense.words[1:])
    words = [token, clause, *[t for t in near if t.lower_ in further][: len(further)]]
    is_target = thing is not None and any(t and t.token == core(thing) for _, t in pairs)
    wide = words if thing is None or is_target else [*words, thing, core(thing)]
    first, last = _ends(wide)
    if last.i - first.i > _WIDEST:
        first, last = _ends(words)
    if last.i - first.i > _WIDEST:
        first = last = token
    last = _to_target(last, pairs)
    action = first.idx, last.idx + len(last)
    return Act(token, clause, sense.category, pairs, rule, action, thing)


def _to_target(last: Token, pairs: Sequence[Pair]) -> Token:
    """Return the preposition right after the action that leads to the target: 'met with'."""
    if last.i + 1 >= len(last.doc) or last.nbor(1).pos_ != "ADP":
        return last
    mark = last.nbor(1)
    leads = any(t is not None and mark in t.token.children for _, t in pairs)
    return mark if leads else last


def _ends(words: Sequence[Token]) -> tuple[Token, Token]:
    return min(words, key=lambda t: t.i), max(words, key=lambda t: t.i)


def paired(whoms: Sequence[Whom]) -> Iterator[Pair]:
    """Yield the first with each other party that is not the same entity."""
    first, *others = whoms
    yield from ((first, other) for other in others if not _are_one(first, other))


def product(actors: Sequence[Whom], targets: Sequence[Whom]) -> list[Pair]:
    """Return each actor with each target that is another entity, at most `MOST` pairs."""
    some_actors: Sequence[Whom | None] = actors or [None]
    some_targets: Sequence[Whom | None] = targets or [None]
    pairs = ((a, _other(a, t)) for a in some_actors for t in some_targets)
    return [(a, t) for a, t in pairs if not _are_one(a, t)][:MOST]


def _are_one(one: Whom | None, other: Whom | None) -> bool:
    if one is None or other is None or one.entity_id is None:
        return False
    return one.entity_id == other.entity_id


def _other(actor: Whom | None, target: Whom | None) -> Whom | None:
    """Return the target, without whose it is where that is the actor."""
    if actor is None or target is None or target.whose is None:
        return target
    return replace(target, whose=None) if target.whose.entity_id == actor.entity_id else target
