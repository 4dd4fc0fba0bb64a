"""What the author, or a speaker, thinks of an actor: 'T was wrong to', "T's reckless decision"."""

from collections.abc import Iterator

from tasks.extract.carriers import Carriers
from tasks.extract.clauses import View, clause_end, is_plain, verb_group
from tasks.extract.finding import Finding
from tasks.extract.lexicon import StanceTerm
from tasks.extract.phrases import Party, before
from tasks.extract.predicates import is_actor


def verdict(
    view: View, carriers: Carriers, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield what the author or a speaker thinks of T: 'T was wrong to', 'T deserves credit'."""
    group = verb_group(view, first, last, lo)
    targets = before(view, group.start, lo)
    holder = carriers.voice(*view.slice(first, last))
    if targets and holder is not None:
        start, end = targets[0].start, clause_end(view, last, hi)
        parties = [Party(holder, start, end)]
        yield Finding(parties, targets, term, "verdict", start, end, group.is_negated, "asserted")


def epithet(
    view: View, carriers: Carriers, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield what the author or a speaker thinks of T: "T's reckless decision"."""
    at = first - 1
    while at > max(lo, first - 3) and is_plain(view.words[at]):
        at -= 1
    number = view.ending_at(at - 1) if view.word(at, lo) in {"'s", "'"} else None
    holder = carriers.voice(*view.slice(first, last))
    if number is None or holder is None or not is_plain(view.word(last, lo, hi)):
        return
    start = view.spans[number][0]
    target = Party(view.mentions[number], start, last + 1, "deed", (at + 1, last + 1))
    if is_actor(target):
        parties = [Party(holder, start, last + 1)]
        yield Finding(parties, [target], term, "epithet", start, last + 1)
