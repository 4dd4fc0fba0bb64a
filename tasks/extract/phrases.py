"""Noun phrases around mentions: the subject before a verb, the object after it.

A phrase is a mention with what may stand around it: a title, a body ('officials'), a deed ('the
decision by'), others joined to it. Whatever does not fit is not returned.
"""

from dataclasses import dataclass
from typing import Literal

from tasks.extract import grammar
from tasks.extract.clauses import REACH, View, is_adverb, is_plain
from warehouse.tables import Mention

Head = Literal["self", "body", "deed", "hostile"]
"""How a mention relates to its phrase: the entity itself, a body of it ('Russian officials'),
a deed of it ('its decision'), or a deed aimed at it ('sanctions on it')."""


_PLACES = frozenset({"GPE", "NORP"})
_TIME_NOUNS = grammar.words(
    "day week month year night morning afternoon evening weekend time times today minutes hours "
    "days weeks months years january february march april may june july august september october "
    "november december"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A mention in a noun phrase of tokens `start` to `end` (exclusive)."""

    mention: Mention
    start: int
    end: int
    head: Head = "self"
    aspect: tuple[int, int] | None = None


def before(view: View, end: int, lo: int) -> list[Party]:
    """Return the mentions of the noun phrase that ends just before token `end` (a subject)."""
    at = _skip_relative(view, end - 1, lo)
    if at < lo:
        return []
    found = _body_before(view, at, lo)
    if found is None:
        number = view.ending_at(at)
        found = _itself(view, number, lo) if number is not None else None
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
            return back - 1 if view.mention_at[back + 1] < 0 or opener == "(" else lo - 1
        if words[back] in {";", ":", '"', "“", "”"}:
            break
    return lo - 1


def _is_apposed(view: View, number: int, lo: int) -> bool:
    """Tell whether a person stands alone between commas: 'its envoy, Zamir Kabulov, said'."""
    first = view.spans[number][0]
    while _is_capital(view, first - 1, lo):
        first -= 1
    return view.mentions[number].label == "PERSON" and view.word(first - 1, lo) == ","


def _itself(view: View, number: int, lo: int) -> Party | None:
    """Return the mention as a phrase of its own, or as 'the government of X'."""
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
    if _lead(view, first, lo) in grammar.PREPOSITIONS - grammar.SUBORDINATORS or (
        mention.kind == "demonym" and not _is_plural(mention)
    ):
        return None
    return Party(mention, at + 1, last)


def _lead(view: View, first: int, lo: int) -> str:
    """Return the word before a name and its titles: 'for' of 'for U.S. President X'."""
    at = first - 1
    while at >= max(lo, first - 8) and (
        view.words[at] in grammar.DETERMINERS - {"that"} | {"former", "acting", "then"}
        or (view.mention_at[at] >= 0 and view.mentions[view.mention_at[at]].label in _PLACES)
        or (view.words[at] == "of" and view.word(at - 1, lo) in grammar.ROLES)
        or (view.words[at] in grammar.ROLES and first - at > 1)
        or _is_capital(view, at, lo)
    ):
        at -= 1
    return view.word(at, lo)


def _is_capital(view: View, at: int, lo: int) -> bool:
    return at > lo and is_plain(view.words[at]) and view.surfaces[at][0].isupper()


def _is_plural(mention: Mention) -> bool:
    return mention.surface.endswith("s")


def _body_before(view: View, at: int, lo: int) -> Party | None:
    """Return 'Russian officials', 'the Syrian government', 'Iran's foreign ministry'."""
    if view.words[at] not in grammar.STATE_HEADS or view.mention_at[at] >= 0:
        return None
    for back in range(at - 1, max(lo, at - 4) - 1, -1):
        number = view.ending_at(back)
        if number is not None:
            first = view.spans[number][0]
            lead = view.word(first - 1, lo)
            if lead in grammar.DETERMINERS - {"that"}:
                first, lead = first - 1, view.word(first - 2, lo)
            is_inner = lead in grammar.PREPOSITIONS - grammar.SUBORDINATORS
            if is_inner or view.mentions[number].label == "PERSON":
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


def after(view: View, start: int, hi: int) -> list[Party]:
    """Return the mentions of the noun phrase that starts at token `start` (an object)."""
    found = _object(view, start, hi)
    if found is None:
        return []
    parties = [found]
    at = found.end
    while found.head == "self" and len(parties) < 6:
        joined = view.word(at, 0, hi)
        if joined not in {"and", ",", "or"}:
            break
        at += 2 if joined == "," and view.word(at + 1, 0, hi) == "and" else 1
        more = _object(view, at, hi)
        if more is None or more.head != "self" or _opens_clause(view, more.end, hi, joined):
            break
        parties.append(more)
        at = more.end
    return parties


def pair(view: View, start: int, hi: int) -> list[Party]:
    """Return A and B of 'A and B' at token `start`, or nothing."""
    first = _object(view, start, hi)
    if first is None or view.word(first.end, 0, hi) != "and":
        return []
    second = _object(view, first.end + 1, hi)
    return [] if second is None else [first, second]


def _opens_clause(view: View, at: int, hi: int, joined: str) -> bool:
    """Tell whether a joined phrase that ends before `at` is the subject of a new clause."""
    word = view.word(at, 0, hi)
    if word in grammar.AUXILIARIES or is_adverb(word) or is_plain(word):
        return True
    return joined == "," and word not in {",", "and", "or"}


def _object(view: View, start: int, hi: int) -> Party | None:
    titled = _titled(view, start, hi)
    if titled is not None:
        return _possessor(view, titled, start, hi)
    at = start
    while at < min(hi, start + 5) and view.mention_at[at] < 0:
        word = view.words[at]
        if word == "of" and at > start and view.words[at - 1] in grammar.STATE_HEADS:
            at += 1
            continue
        if word in grammar.DEEDS | grammar.HOSTILE_NOUNS:
            deed = _deed_of(view, start, at, hi)
            if deed is not None:
                return deed
        may_lead = word in grammar.DETERMINERS - {"that"} or is_plain(word) or word == "-"
        if not may_lead:
            return None
        if word.endswith("ing"):  # 'opposed ending the war': the target is no thing named here
            return None
        at += 1
    number = view.starting_at(at) if at < hi else None
    return None if number is None else _possessor(view, number, start, hi)


def _titled(view: View, start: int, hi: int) -> int | None:
    """Return the person named after an office: 'US Secretary of State Mike Pompeo'."""
    for at in range(start, min(hi, start + 10)):
        number = view.starting_at(at)
        if number is not None and view.mentions[number].label == "PERSON":
            return number if at > start else None
        word = view.words[at]
        is_place = (
            view.mention_at[at] >= 0 and view.mentions[view.mention_at[at]].label in _PLACES
        )
        may_stand = (
            is_place
            or word in grammar.TITLE_WORDS
            or (at == start and word in grammar.DETERMINERS)
            or (word in {"of", "'s", "'", "-"} and at > start)
            or (is_plain(word) and view.surfaces[at][0].isupper())
        )
        if not may_stand:
            return None
    return None


def _deed_of(view: View, start: int, noun: int, hi: int) -> Party | None:
    """Return 'the decision by X', 'sanctions on X', 'efforts to weaken X'."""
    link = view.word(noun + 1, 0, hi)
    at = noun + 2
    head: Head = "deed"
    if link == "to" and view.word(at, 0, hi) in grammar.HOSTILE_VERBS:
        at, head = at + 1, "hostile"
    elif link in {"against", "on"} and view.words[noun] in grammar.HOSTILE_NOUNS:
        head = "hostile"
    elif link not in {"of", "by", "from"} and not (
        link == "for" and view.words[noun] in grammar.BENEFITS
    ):
        return None
    while view.word(at, 0, hi) in grammar.DETERMINERS - {"its", "his", "her", "their"}:
        at += 1
    number = view.starting_at(at) if at < hi else None
    if number is None:
        return None
    last = view.spans[number][1]
    if view.mentions[number].kind == "demonym" and not _is_plural(view.mentions[number]):
        return None
    return Party(view.mentions[number], start, last, head, (start, noun + 1))


def _possessor(view: View, number: int, start: int, hi: int) -> Party | None:
    """Return the mention itself, or the body or deed of it that the phrase names."""
    mention = view.mentions[number]
    first, last = view.spans[number]
    at = last
    # A possessive pronoun ('its capacities') carries its genitive in itself.
    own = mention.kind == "pronoun" and view.words[first] in grammar.DETERMINERS
    genitive = own or view.word(at, 0, hi) in {"'s", "'"}
    if genitive and not own:
        at += 1
    end = at
    is_bare_name = not genitive and mention.kind != "demonym"
    if is_bare_name and view.word(at, 0, hi).endswith("ed"):
        return Party(mention, start, last)  # a verb: 'talks between A and B resumed'
    while end < min(hi, at + 5) and (is_plain(view.words[end]) or view.words[end] == "-"):
        if view.mention_at[end] >= 0 or _is_time(view.words[end]):
            break
        end += 1
    if end == at:
        bare = mention.kind == "demonym" and not _is_plural(mention)
        return None if genitive or bare else Party(mention, start, last)
    nouns = view.words[at:end]
    if any(w in grammar.REVERSING_NOUNS for w in nouns):
        return None
    if nouns[-1] in grammar.STATE_HEADS:
        return Party(mention, start, end, "body")
    if genitive or (mention.kind == "demonym" and nouns[-1] in grammar.DEEDS):
        return Party(mention, start, end, "deed", (at, _with_complement(view, end, hi)))
    return None


def _with_complement(view: View, end: int, hi: int) -> int:
    """Return the end of a noun phrase with what 'of' adds: 'freezing of funds'."""
    if view.word(end, 0, hi) != "of":
        return end
    at = end + 1
    while at < min(hi, end + 6) and _may_follow(view, at):
        at += 1
    return at if at > end + 1 and is_plain(view.words[at - 1]) else end


def _may_follow(view: View, at: int) -> bool:
    word = view.words[at]
    return is_plain(word) or word in grammar.DETERMINERS - {"that"} or word in {"-", "'s", "'"}


def thing_after(view: View, start: int, hi: int, nouns: frozenset[str]) -> Party | None:
    """Return the thing that a verb ending before token `start` is about and no entity names.

    Its head must be one of `nouns`; `*` stands for any. Pronouns, clauses and persons are none.
    """
    end = head = start
    while end < min(hi, start + 10) and _may_follow(view, end):
        word = view.words[end]
        is_participle = word.endswith(("ed", "ing")) and head > start
        if is_participle or _is_time(word) or word in _TIME_NOUNS:
            break
        end += 1
        if is_plain(word) and view.mention_at[end - 1] < 0:
            head = end
    if head == start or not (nouns & {"*", view.words[head - 1]}):
        return None
    if view.words[start].endswith("ing") or view.surfaces[head - 1][0].isupper():
        return None
    return unnamed(view, start, _with_complement(view, head, hi))


def thing_before(view: View, end: int, lo: int, nouns: frozenset[str]) -> Party | None:
    """Return the thing that ends just before token `end` and that no entity names."""
    at = end
    while at > max(lo, end - 10) and (
        _may_follow(view, at - 1) or view.words[at - 1] in {"of", "for", "on"}
    ):
        at -= 1
    while at < end and not (
        view.words[at] in grammar.DETERMINERS or is_plain(view.words[at])
    ):
        at += 1
    if at == end or not is_plain(view.words[end - 1]) or view.mention_at[end - 1] >= 0:
        return None
    if not nouns & {"*", *view.words[at:end]}:
        return None
    return unnamed(view, at, end)


def unnamed(view: View, first: int, last: int) -> Party:
    """Return tokens `first` to `last` as a party that is no entity known by name."""
    start, end = view.slice(first, last)
    mention = Mention(
        mention_id="",
        article_id=view.document.article.article_id,
        sentence_id="",
        start_char=start,
        end_char=end,
        surface=view.text[start:end],
        label="MISC",
        kind="nominal",
        entity_id=None,
        method="unnamed",
        confidence=0.5,
    )
    return Party(mention, first, last)


def _is_time(word: str) -> bool:
    return word in grammar.WEEKDAYS or word in {"last", "next", "earlier", "late", "early"}
