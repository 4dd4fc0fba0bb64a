"""A flat view of an article for rules: words, mentions by token, and verb groups.

No tagger and no parser: a verb group is read backwards over auxiliaries and adverbs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from tasks.extract import grammar
from tasks.extract.document import Document
from tasks.extract.groups import MEMBERS
from warehouse.tables import Mention, Modality

REACH = 25
"""Most tokens that a rule looks to either side, so that time stays linear in the text."""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries: tokens `start` to `end` (exclusive) and how they put it."""

    start: int
    end: int
    is_negated: bool
    modality: Modality
    is_passive: bool
    has_auxiliary: bool
    is_infinitive: bool


_BEFORE_NOUN = grammar.DETERMINERS | {"'s", "'"}
_CLAUSE_STOPS = grammar.words(", ; : ( ) — – -- .")  # noqa: RUF001


class View:
    """Tokens of a document without white space, and the mention that each belongs to."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        """Lay out the tokens of `document`; of the sorted `mentions`, those of counted groups,
        which share their words, are passed over."""
        mentions = [one for one in mentions if not one.method.startswith(MEMBERS)]
        self.document = document
        self.text = document.article.text
        self.mentions = mentions
        tokens = [t for t in document.doc if not t.is_space]
        self.starts = [t.idx for t in tokens]
        self.surfaces = [t.text for t in tokens]
        self.ends = [s + len(w) for s, w in zip(self.starts, self.surfaces, strict=True)]
        self.words = [w.lower().replace("’", "'") for w in self.surfaces]  # noqa: RUF001
        self.mention_at = [-1] * len(tokens)
        self.spans: list[tuple[int, int]] = []
        for number, mention in enumerate(mentions):
            first = bisect_right(self.ends, mention.start_char)
            last = bisect_left(self.starts, mention.end_char)
            self.spans.append((first, last))
            for index in range(first, last):
                self.mention_at[index] = number

    def sentence_of(self, token: int) -> tuple[int, int]:
        """Return the token range of the sentence that holds `token`."""
        sentence = self.document.sentence_at(self.starts[token])
        return self.tokens(sentence.start_char, sentence.end_char)

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range that covers the characters `start` to `end`."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Return the character span of tokens `first` to `last` (exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def is_question(self, lo: int, hi: int) -> bool:
        """Tell whether the sentence of tokens `lo` to `hi` ends in a question mark."""
        return any(w.endswith("?") for w in self.words[max(lo, hi - 3) : hi])

    def ending_at(self, token: int) -> int | None:
        """Return the number of the mention whose last token is `token`."""
        if token < 0 or self.mention_at[token] < 0:
            return None
        number = self.mention_at[token]
        return number if self.spans[number][1] == token + 1 else None

    def starting_at(self, token: int) -> int | None:
        """Return the number of the mention whose first token is `token`."""
        if token >= len(self.words) or self.mention_at[token] < 0:
            return None
        number = self.mention_at[token]
        return number if self.spans[number][0] == token else None

    def word(self, token: int, lo: int = 0, hi: int | None = None) -> str:
        """Return the word at `token`, or '' outside `lo` to `hi`."""
        limit = len(self.words) if hi is None else hi
        return self.words[token] if lo <= token < limit else ""


def is_adverb(word: str) -> bool:
    """Tell whether `word` may stand inside a verb group."""
    return word in grammar.ADVERBS or (
        len(word) > 4 and word.endswith("ly") and word not in grammar.NOT_ADVERBS
    )


def is_plain(word: str) -> bool:
    """Tell whether `word` is an open-class word: a noun, verb or adjective."""
    return word[:1].isalpha() and word not in grammar.CLOSED


def verb_group(view: View, verb: int, end: int, lo: int) -> VerbGroup:
    """Return the group of the verb at tokens `verb` to `end`, read back no further than `lo`."""
    words = view.words
    negated = passive = auxiliary = infinitive = False
    modality: Modality = "asserted"
    at = verb - 1
    while at >= lo:
        word = words[at]
        if word in grammar.NEGATIONS:
            negated = not negated
        elif word in grammar.AUXILIARIES and not (word == "'s" and _is_genitive(view, at)):
            passive |= word in grammar.BE and not auxiliary and not words[verb].endswith("ing")
            auxiliary = True
            if word in grammar.POSSIBLE:
                modality = "possible"
            elif word in grammar.WILL:
                modality = "planned"
        elif word == "to" and words[at - 1] in grammar.CATENATIVES and at - 1 >= lo:
            at -= 1
            if view.word(at - 1, lo).endswith("ing") or view.word(at - 1, lo) in _BEFORE_NOUN:
                infinitive = True  # a noun: 'developing plans to attack'
                break
            kind = grammar.CATENATIVES[words[at]]
            negated ^= kind == "denied"
            if kind not in ("asserted", "denied"):
                modality = cast(Modality, kind)
            auxiliary = True
        elif word == "to":
            infinitive = True
            at -= 1
            break
        elif word == "," and words[at - 1] == "however" and view.word(at - 2, lo) == ",":
            at -= 2
        elif word == "course" and view.word(at - 1, lo) == "of":
            at -= 1
        elif not is_adverb(word) or view.mention_at[at] >= 0:
            break
        at -= 1
    return VerbGroup(at + 1, end, negated, modality, passive, auxiliary, infinitive)


def _is_genitive(view: View, at: int) -> bool:
    return at > 0 and view.words[at - 1] not in grammar.PRONOUNS | {"that", "there", "what"}


def is_hypothetical(view: View, start: int, lo: int) -> bool:
    """Tell whether the clause that ends before token `start` opens with 'if' or 'unless'."""
    for at in range(start - 1, max(lo, start - 8) - 1, -1):
        if view.words[at] in {",", ";", ":"}:
            return False
        if view.words[at] in {"if", "unless", "whether"}:
            return True
    return False


def clause_end(view: View, at: int, hi: int) -> int:
    """Return the token at or after `at` where the clause ends: punctuation or the sentence."""
    hi = min(hi, at + 4 * REACH)
    while at < hi and view.words[at] not in _CLAUSE_STOPS:
        at += 1
    while at > 0 and view.words[at - 1] in {".", "!", '"', "”", "“"}:
        at -= 1
    return at
