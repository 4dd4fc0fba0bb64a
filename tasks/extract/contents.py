"""What is said: where the content of a reporting word starts and ends."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tasks.extract import grammar
from tasks.extract.clauses import View, is_adverb, is_plain
from tasks.extract.lexicon import Cue
from warehouse.tables import Modality

MARKS = grammar.words('" “ ” « » „ ‘')  # noqa: RUF001
QUESTION_WORDS = grammar.words("whether if what why how when where who which")
_OPEN, _CLOSE = set('"“«'), set('"”»')
_DETAIL = 12
"""Most tokens between cue and content, as in 'said on Monday in a letter to the court that'."""
_LEAD = grammar.PREPOSITIONS | grammar.WEEKDAYS | {"yesterday", "today", "earlier", "last"}
_NO_CLAUSE = grammar.PREPOSITIONS | grammar.words(", . ; : ) and but or so to of")
_PRO_FORMS = grammar.words("it that this as so much")
_FINITE = grammar.AUXILIARIES - {"'s", "been", "being", "having", "be"}


class QuoteSpan(Protocol):
    """The inside of a quotation, without its marks."""

    @property
    def start(self) -> int:
        """First character inside."""

    @property
    def end(self) -> int:
        """One past the last character inside."""


@dataclass(frozen=True, slots=True)
class Content:
    """A span of text that is said; `rule` names how it was found."""

    start: int
    end: int
    rule: str


class Quotes:
    """The quotes of an article, found by position."""

    def __init__(self, text: str, quotes: Sequence[QuoteSpan]) -> None:
        """Index `quotes`, which are in order and do not overlap."""
        self.text = text
        self.quotes = quotes
        self._starts = [q.start for q in quotes]

    def around(self, char: int) -> QuoteSpan | None:
        """Return the quote that holds `char`."""
        index = bisect_right(self._starts, char) - 1
        return self.quotes[index] if index >= 0 and char < self.quotes[index].end else None

    def closing(self, char: int) -> QuoteSpan | None:
        """Return the quote whose closing mark stands just before `char`, but for a comma."""
        index = bisect_left(self._starts, char) - 1
        if index < 0:
            return None
        quote = self.quotes[index]
        gap = self.text[quote.end : char]
        if "\n" in gap or not 0 < len(gap.strip()) <= 4 or any(c.isalnum() for c in gap):
            return None
        # A full stop inside and a capital after it: a new sentence, not its attribution.
        is_ended = self.text[quote.end - 1] == "." or "." in gap
        if gap.strip() in {",", "."} or (is_ended and self.text[char].isupper()):
            return None
        return quote

    def opening(self, char: int, end: int) -> QuoteSpan | None:
        """Return the first quote whose opening mark stands within `char` to `end`."""
        index = bisect_right(self._starts, char)
        found = index < len(self.quotes) and self.quotes[index].start <= end
        return self.quotes[index] if found else None


def content_after(
    view: View, cue: Cue, start: int, hi: int, limit: int, quotes: Quotes
) -> Content | None:
    """Return the content that follows a cue whose words end before token `start`.

    The sentence ends at token `hi`, the clause that may be content at token `limit`.
    """
    at, has_addressee = _past_addressee(view, start, hi) if "told" in cue.patterns else (start, 1)
    if view.word(at, 0, hi) == "," and view.word(at + 1, 0, hi) == "however":
        at += 3
    that = _that(view, at, limit, "object" in cue.patterns)
    first = at if that is None else that
    quoted = _quote_at(view, first, hi, quotes)
    if quoted is not None and cue.patterns != {"object"}:
        return _with_quote(view, quoted, limit, cue)
    if that is not None and cue.patterns & {"that", "clause", "told"}:
        return _span(view, that, limit, "that")
    word = view.word(at, 0, limit)
    if "quote" in cue.patterns and not cue.patterns & {"that", "clause", "object"}:
        return _described(view, at, limit, quotes)
    if "ask" in cue.patterns:
        return _asked(view, at, limit)
    if cue.cue_class == "warn" and word == "against":
        return _span(view, at + 1, limit, "against")
    if cue.patterns & {"object", "against"}:
        return _span(view, at, limit, "object") if _opens_object(word) else None
    if "told" in cue.patterns and (not has_addressee or word == "about"):
        return None
    if cue.patterns & {"clause", "told"}:
        at = _past_time(view, at, limit)
        told_to = "told" in cue.patterns and word == "to"
        if told_to or (
            view.word(at, 0, limit) not in _NO_CLAUSE
            and _has_body(view, at, limit, cue.lemma == "say")
        ):
            return _span(view, at, limit, "clause")
    return None


def _has_body(view: View, at: int, limit: int, is_say: bool) -> bool:
    """Tell a clause from 'said so', 'maintained top spot' and 'claimed many lives'."""
    follow = view.word(at + 1, 0, limit)
    if limit - at < 2 or (
        view.words[at] in _PRO_FORMS and (follow in _NO_CLAUSE or is_adverb(follow))
    ):
        return False
    lead = view.words[at : min(limit, at + _DETAIL)]
    is_finite = lead[0] in grammar.PRONOUNS or any(w in _FINITE for w in lead)
    return is_say or is_finite


def _opens_object(word: str) -> bool:
    return word in {"to", "for", "against", "in"} or (
        word not in grammar.AUXILIARIES
        and word != ""
        and word not in _NO_CLAUSE
        and not is_adverb(word)
        and word not in MARKS
    )


def _past_addressee(view: View, start: int, hi: int) -> tuple[int, bool]:
    """Step over the hearer: a mention, a pronoun or a short phrase; say whether there is one."""
    if view.word(start, 0, hi) in {"him", "her", "them", "me", "us", "you", "it"}:
        return start + 1, True
    at = start
    while at < min(hi, start + 6):
        if view.words[at] in {"that", ":", ","} | MARKS or view.words[at] in _LEAD | {"to"}:
            break
        if not (is_plain(view.words[at]) or view.words[at] in grammar.DETERMINERS | {"'s", "-"}):
            break
        number = view.starting_at(at)
        if number is not None:
            after = view.spans[number][1]
            follow = view.word(after, 0, hi)
            if not (is_plain(follow) or follow == "'s") or follow in grammar.WEEKDAYS:
                return after, True
            at = after
            continue
        at += 1
    closed = view.word(at, 0, hi) in {"that", ":", "to"} | MARKS | _LEAD
    return at, at > start and closed


def _that(view: View, at: int, limit: int, takes_object: bool) -> int | None:
    """Return the token after a 'that' which follows the cue, but for time, place or hearer."""
    if view.word(at, 0, limit) == "that":
        following = view.word(at + 1, 0, limit)
        return at + 1 if following not in {".", ",", ""} else None
    if view.word(at, 0, limit) not in _LEAD and not is_adverb(view.word(at, 0, limit)):
        return None
    if takes_object and view.words[at] == "to":  # 'promised to lift that ban'
        return None
    for ahead in range(at, min(limit, at + _DETAIL)):
        if view.words[ahead] == "that":
            return ahead + 1
        if view.words[ahead] in {",", ";", ":", "which", "who", "when"} | MARKS:
            return None
    return None


def _past_time(view: View, at: int, limit: int) -> int:
    """Step over 'Monday', 'on Monday', 'yesterday' and adverbs."""
    word = view.word(at, 0, limit)
    if word == "on" and view.word(at + 1, 0, limit) in grammar.WEEKDAYS:
        return at + 2
    if word in grammar.WEEKDAYS | {"yesterday", "today"}:
        return at + 1
    return at


def _quote_at(view: View, first: int, hi: int, quotes: Quotes) -> QuoteSpan | None:
    """Return the quote that opens at token `first`, or after a lead that ends in `,` or `:`."""
    if first >= hi:
        return None
    end = first
    if view.words[first] in _LEAD:
        while end < min(hi - 1, first + _DETAIL) and view.words[end] not in MARKS | {",", ":"}:
            end += 1
    if view.words[end] in {",", ":"} and end + 1 < len(view.starts):
        end += 1
    if view.words[end] not in MARKS | {"'"}:
        return None
    return quotes.opening(view.starts[end] - 1, view.ends[end] + 1)


def _with_quote(view: View, quote: QuoteSpan, limit: int, cue: Cue) -> Content:
    """Return the quote alone, or with the words that complete its clause."""
    clause_end = view.ends[limit - 1]
    rest = view.text[quote.end : max(clause_end, quote.end)].strip("\"”“»'’.,;:!? \n")  # noqa: RUF001
    starts_lower = view.text[quote.start].islower()
    if rest and starts_lower and cue.patterns & {"that", "clause", "told"}:
        return Content(quote.start - 1, clause_end, "mixed")
    return Content(quote.start, quote.end, "quote")


def _described(view: View, at: int, limit: int, quotes: Quotes) -> Content | None:
    """Return the first quote of the clause ('called the plan "absurd"')."""
    if at >= limit:
        return None
    end = view.ends[min(limit, at + 8) - 1]
    quote = quotes.opening(view.starts[at], end)
    return None if quote is None else Content(quote.start, quote.end, "quote")


def _asked(view: View, at: int, limit: int) -> Content | None:
    for ahead in range(at, min(limit, at + 6)):
        word = view.words[ahead]
        if word in QUESTION_WORDS | {"to", "for"}:
            return _span(view, ahead, limit, "ask")
        if word in MARKS | {",", ";", "about"}:
            return None
    return None


def _span(view: View, first: int, limit: int, rule: str) -> Content | None:
    if first >= limit:
        return None
    start, end = view.slice(first, limit)
    return Content(start, end, rule)


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without outer quote marks, end punctuation and white space."""
    while start < end and text[start] in " \n\t\xa0,;:":
        start += 1
    while start < end and text[end - 1] in " \n\t\xa0.,;:!?…":
        end -= 1
    if text[end - 1 : end] == ")" and (opened := text.rfind(" (", start + 1, end)) > start:
        return tidy(text, start, opened)
    inside = text[start + 1 : end - 1]
    is_marked = text[start : start + 1] in _OPEN and text[end - 1 : end] in _CLOSE
    if is_marked and end - start > 2 and not set(inside) & (_OPEN | _CLOSE):
        return tidy(text, start + 1, end - 1)
    if text[end - 1 : end] in {"”", '"'} and not set(text[start : end - 1]) & set('"“'):
        return tidy(text, start, end - 1)
    if text[start : start + 1] in {"“", '"'} and not set(text[start + 1 : end]) & set('"”'):
        return tidy(text, start + 1, end)
    return start, end


def modality_of(view: View, start: int, end: int) -> Modality:
    """Return how the first clause of the content puts itself."""
    first, last = view.tokens(start, end)
    words = view.words[first : min(last, first + 14)]
    if words and words[0] in {"if", "unless"}:
        return "hypothetical"
    for at, word in enumerate(words):
        if word in grammar.POSSIBLE - {"'d"} | {"possibly", "perhaps", "likely"}:
            return "possible"
        if word in {"will", "'ll"}:
            return "planned"
        if word in {"plans", "intends"} and words[at + 1 : at + 2] == ["to"]:
            return "planned"
        if word in {"wants", "hopes"}:
            return "desired"
    return "asserted"
