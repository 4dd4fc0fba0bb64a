"""Noun phrases around mentions: what a phrase is, and the subject before a verb.

A phrase is a mention with what may stand around it: a title, a body ('officials'), a deed ('the
decision by'), others joined to it. Whatever does not fit is not returned.
"""

from dataclasses import dataclass
from typing import Literal

from tasks.extract import grammar
from tasks.extract.clauses import REACH, View, is_plain
from warehouse.tables import Mention

Head = Literal["self", "body", "deed", "hostile"]
"""How a mention relates to its phrase: the entity itself, a body of it ('Russian officials'),
a deed of it ('its decision'), or a deed aimed at it ('sanctions on it')."""

PLACES = frozenset({"GPE", "NORP"})
_OF_PERSONS = frozenset({"administration", "campaign", "government", "team"})
"""Bodies that act for the person they are named after."""


@dataclass(frozen=True, slots=True)
class Party:
    """A mention in a noun phrase of tokens `start` to `end` (exclusive)."""

    mention: Mention
    start: int
    end: int
    head: Head = "self"
    aspect: tuple[int, int] | None = None

    @property
    def is_unnamed(self) -> bool:
        """Whether it is a thing or a group that no entity names."""
        return self.mention.method == "unnamed"


def before(view: View, end: int, lo: int) -> list[Party]:
    """Return the mentions of the noun phrase that ends just before token `end` (a subject)."""
    if view.word(end - 1, lo) in grammar.WEEKDAYS and view.word(end - 2, lo) == "on":
        end -= 2  # 'X on Monday adopted'
    at = _skip_relative(view, end - 1, lo)
    if at < lo:
        return []
    is_antecedent = view.words[end - 1] in {"who", "which"} and view.words[end - 2] in {",", "("}
    found = _body_before(view, at, lo, is_antecedent)
    if found is None:
        number = view.ending_at(at)
        found = _itself(view, number, lo, is_antecedent) if number is not None else None
    return [] if found is None else _joined_before(view, found, lo)


def _skip_relative(view: View, at: int, lo: int) -> int:
    """Step back over 'who', over a parenthesis and over an apposition between commas."""
    words = view.words
    if view.word(at, lo) in {"who", "which", "that"}:
        at -= 1
        return at - 1 if view.word(at, lo) in {",", "("} else at
    opener = {")": "(", ",": ","}.get(view.word(at, lo))
    if opener is None:
        return at
    number = view.ending_at(at - 1)
    if number is not None and _is_apposed(view, number, lo):
        return at - 1
    for back in range(at - 1, max(lo, at - REACH), -1):
        if words[back] == opener:
            if _holds_verb(words[back + 1 : at]):
                return lo - 1
            return back - 1 if view.mention_at[back + 1] < 0 or opener == "(" else lo - 1
        if words[back] in {";", ":", '"', "“", "”"}:
            break
    return lo - 1


def _holds_verb(words: list[str]) -> bool:
    """Tell a clause from an apposition: ', attended the talks,' and ', a man went out,'."""
    if not words:  # ', ,'
        return False
    opens = words[0].endswith("ed") and words[1:2] != ["by"]
    is_relative = words[0] in grammar.RELATIVES
    return opens or (not is_relative and not grammar.IRREGULAR_PAST.isdisjoint(words))


def _is_apposed(view: View, number: int, lo: int) -> bool:
    """Tell whether a person stands alone between commas: 'its envoy, Zamir Kabulov, said'."""
    first = view.spans[number][0]
    while _is_capital(view, first - 1, lo):
        first -= 1
    return view.mentions[number].label == "PERSON" and view.word(first - 1, lo) == ","


def _itself(view: View, number: int, lo: int, is_antecedent: bool = False) -> Party | None:
    """Return the mention as a phrase of its own, or as 'the government of X'.

    A subject follows no preposition; the antecedent of ', who' may ('with the X, who left').
    """
    first, last = view.spans[number]
    mention = view.mentions[number]
    at = first - 1
    while view.word(at, lo) in grammar.DETERMINERS - {"that"}:
        at -= 1
    word = view.word(at, lo)
    if at == first - 1 and mention.label == "GPE" and _is_capital(view, at, lo):
        return None  # the end of a longer name, such as 'Marriage Equality Coalition Taiwan'
    if word == "of" and view.word(at - 1, lo) in grammar.STATE_HEADS:
        return Party(mention, at - 1, last, "body")
    lead = _lead(view, first, lo)
    is_inner = lead in grammar.PREPOSITIONS - grammar.SUBORDINATORS
    if (is_inner and (lead == "of" or not is_antecedent)) or (
        mention.kind == "demonym" and not is_plural(mention)
    ):
        return None
    return Party(mention, at + 1, last)


def _lead(view: View, first: int, lo: int) -> str:
    """Return the word before a name and its titles: 'for' of 'for U.S. President X'."""
    at = first - 1
    while at >= max(lo, first - 8) and view.words[at] not in grammar.TIME_WORDS:
        if view.words[at] in grammar.DETERMINERS - {"that"}:
            at -= 1
            if view.word(at, lo) != "of":
                break
        is_place = view.mention_at[at] >= 0 and view.mentions[view.mention_at[at]].label in PLACES
        may_lead = (
            is_place
            or view.words[at] in {"former", "acting", "then"}
            or (view.words[at] == "of" and view.word(at - 1, lo) in grammar.ROLES)
            or (view.words[at] in grammar.ROLES and first - at > 1)
            or _is_capital(view, at, lo)
        )
        if not may_lead:
            break
        at -= 1
    return view.word(at, lo)


def _is_capital(view: View, at: int, lo: int) -> bool:
    return at > lo and is_plain(view.words[at]) and view.surfaces[at][0].isupper()


def _body_before(view: View, at: int, lo: int, is_antecedent: bool) -> Party | None:
    """Return 'Russian officials', 'the Syrian government', 'the Obama administration'."""
    if view.words[at] not in grammar.STATE_HEADS | _OF_PERSONS or view.mention_at[at] >= 0:
        return None
    for back in range(at - 1, max(lo, at - 4) - 1, -1):
        number = view.ending_at(back)
        if number is not None:
            first = view.spans[number][0]
            lead = view.word(first - 1, lo)
            if lead in grammar.DETERMINERS - {"that"}:
                first, lead = first - 1, view.word(first - 2, lo)
            is_inner = lead in grammar.PREPOSITIONS - grammar.SUBORDINATORS
            is_person = view.mentions[number].label == "PERSON"
            if (is_inner and (lead == "of" or not is_antecedent)) or (
                is_person and view.words[at] not in _OF_PERSONS
            ):
                return None
            return Party(view.mentions[number], first, at + 1, "body")
        if not (is_plain(view.words[back]) or view.words[back] in {"'s", "'", "-"}):
            return None
    return None


def _joined_before(view: View, last: Party, lo: int) -> list[Party]:
    """Add what is joined in front: 'A and B', 'A, B and C'."""
    parties = [last]
    at, has_and = last.start - 1, False
    while len(parties) < 6:
        word = view.word(at, lo)
        if word == "and":
            has_and = True
            at -= 2 if view.word(at - 1, lo) == "," else 1
        elif word == "," and has_and:
            at -= 1
        else:
            break
        number = view.ending_at(at)
        if number is None:
            break
        party = _itself(view, number, lo)
        if party is None:
            # 'between A and B' and 'in A and B' are no subjects; 'In A, B and C' is.
            return [] if word == "and" and len(parties) == 1 else parties[::-1]
        if _is_object(view, party.start - 1, lo):
            break
        parties.append(party)
        at = party.start - 1
    return parties[::-1]


def _is_object(view: View, at: int, lo: int) -> bool:
    """Tell whether a lower-case word, most likely a verb, stands before the phrase."""
    word = view.word(at, lo)
    is_lower = word != "" and view.surfaces[at].islower()
    return is_lower and is_plain(word) and word not in grammar.STATE_HEADS


def is_plural(mention: Mention) -> bool:
    """Tell whether a demonym stands for people: \'Russians\', and no adjective."""
    return mention.surface.endswith("s")
