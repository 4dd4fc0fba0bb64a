"""Noun phrases around mentions: the object after a verb or a preposition."""

from tasks.extract import grammar
from tasks.extract.clauses import View, is_adverb, is_plain
from tasks.extract.phrases import PLACES, Head, Party, is_plural
from tasks.extract.things import with_complement


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
    if number is None or (at > start and _is_relative_clause(view, number, at)):
        return None
    return _possessor(view, number, start, hi)


def _is_relative_clause(view: View, number: int, at: int) -> bool:
    """Tell whether a plural noun stands before a name: 'the views Smith holds'."""
    word = view.words[at - 1]
    is_noun = word.endswith("s") and is_plain(word) and word not in grammar.TITLE_WORDS
    return is_noun and view.mentions[number].label == "PERSON"


def _titled(view: View, start: int, hi: int) -> int | None:
    """Return the person named after an office: 'US Secretary of State Mike Pompeo'."""
    for at in range(start, min(hi, start + 10)):
        number = view.starting_at(at)
        if number is not None and view.mentions[number].label == "PERSON":
            return number if at > start else None
        word = view.words[at]
        is_place = view.mention_at[at] >= 0 and view.mentions[view.mention_at[at]].label in PLACES
        may_stand = (
            is_place
            or word in grammar.TITLE_WORDS
            or (at == start and word in grammar.DETERMINERS - {"that"})
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
    owned = grammar.words("its his her their")
    while view.word(at, 0, hi) in grammar.DETERMINERS - owned and view.starting_at(at) is None:
        at += 1
    number = view.starting_at(at) if at < hi else None
    if number is None:
        return None
    last = view.spans[number][1]
    if view.mentions[number].kind == "demonym" and not is_plural(view.mentions[number]):
        if view.word(last, 0, hi) not in grammar.STATE_HEADS | {"people"}:
            return None
        last += 1
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
        if view.mention_at[end] >= 0 or view.words[end] in grammar.TIME_WORDS:
            break
        end += 1
    if end == at:
        bare = mention.kind == "demonym" and not is_plural(mention)
        return None if genitive or bare else Party(mention, start, last)
    nouns = view.words[at:end]
    if any(w in grammar.REVERSING_NOUNS for w in nouns):
        return None
    if nouns[-1] in grammar.STATE_HEADS:
        return Party(mention, start, end, "body")
    if genitive or (mention.kind == "demonym" and nouns[-1] in grammar.DEEDS):
        return Party(mention, start, end, "deed", (at, with_complement(view, end, hi)))
    return None
