"""The title of a work in running text: in quotation marks, or capitalised behind its noun."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from tasks.extract.citations.days import Dates
from tasks.extract.citations.parties import Parties
from tasks.extract.quotes import Quote
from tasks.extract.statements.syntax import relation
from tasks.extract.wordlist import words

_NAMING = words("titled entitled called headlined headed named")
_SMALL = words("a an the of in on at to for and or but nor by with from as vs is de la le & : - –")  # noqa: RUF001
_BOOKS = words("book memoir autobiography biography monograph")
_OF_PHRASE = {"DET", "ADJ", "NOUN", "NUM"}
_GAP = 2
"""Characters between a noun and the mark that opens its title: a comma and a space."""
_LONGEST = 220
"""Characters of the longest title in quotation marks."""


class Titles:
    """The quotations of an article, read as titles of works."""

    def __init__(self, quotes: Sequence[Quote], dates: Dates, parties: Parties) -> None:
        """Index `quotes`, which are in order of their start."""
        self.quotes = quotes
        self._starts = [q.outer_start for q in quotes]
        self._dates, self._parties = dates, parties

    def of_noun(self, noun: Token) -> tuple[int, int] | None:
        """Return the characters of the title of the work called `noun`, without marks."""
        before = self.before(noun)
        if before is not None:
            return before.start, before.end
        for one in noun.rights:
            if one.lower_ in _NAMING and relation(one) in {"acl", "acl:relcl", "amod", "advcl"}:
                return self._behind(one, is_named=True)
        after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
        if after is not None and after.lower_ in _NAMING:
            return self._behind(after, is_named=True)
        return self._behind(noun, is_named=False)

    def _behind(self, token: Token, *, is_named: bool) -> tuple[int, int] | None:
        quote = self.opening(token.idx + len(token))
        if quote is not None and (is_named or self.is_title(quote)):
            return quote.start, quote.end
        return None if quote is not None else self._capitals(token, is_named=is_named)

    def is_title(self, quote: Quote) -> bool:
        """Tell whether a closed quotation is capitalised as titles are, or known to be one."""
        inside = quote.is_closed and self._parties.document.article.text[quote.start : quote.end]
        if not inside or quote.use in {"title", "name"}:
            return bool(inside) and quote.use == "title"
        long = [w for w in re.findall(r"[^\W\d_][\w\u2019'-]*", inside) if len(w) > 4]
        is_large = inside[0].isupper() and all(w[0].isupper() for w in long)
        return is_large and len(inside.split()) > 1 and len(long) > 0 and inside[-1] not in ".!,"

    def before(self, noun: Token) -> Quote | None:
        """Return the title that `noun` explains: '"Title", an essay by X'."""
        first = noun.i
        while first > 0 and first > noun.i - 5 and noun.nbor(first - 1 - noun.i).pos_ in _OF_PHRASE:
            first -= 1
        char = noun.doc[first].idx
        index = bisect_left(self._starts, char) - 1
        quote = self.quotes[index] if index >= 0 else None
        if quote is None or not self.is_title(quote) or first == noun.i:
            return None
        gap = self._parties.document.article.text[quote.end : char]
        return quote if "," in gap and not re.search(r"[^\W_]", gap) else None

    def opening(self, char: int) -> Quote | None:
        """Return the quotation that opens at `char` or a comma and a space after it."""
        index = bisect_left(self._starts, char)
        quote = self.quotes[index] if index < len(self.quotes) else None
        if quote is None or quote.outer_start - char > _GAP or not quote.is_closed:
            return None
        return quote if quote.end - quote.start <= _LONGEST else None

    def _capitals(self, token: Token, *, is_named: bool) -> tuple[int, int] | None:
        """Return the run of capitalised words behind `token`, where it is a title."""
        doc = token.doc
        first = token.i + 1
        has_comma = first < len(doc) and doc[first].text == ","
        first += has_comma
        last = self._run(token, first)
        if last is None or (has_comma and is_named):
            return None
        large = [t for t in doc[first : last + 1] if t.text[0].isupper()]
        if not is_named and not self._may_be_title(token, first, last, len(large), has_comma):
            return None
        return doc[first].idx, doc[last].idx + len(doc[last])

    def _run(self, token: Token, first: int) -> int | None:
        """Return the last token of the capitalised run from `first`, or None."""
        doc = token.doc
        last: int | None = None
        for at in range(first, min(first + 20, len(doc))):
            one = doc[at]
            if one.is_sent_start or self._dates.covers(one):
                break
            is_large = one.text[0].isupper() or (one.text[0].isdigit() and last is not None)
            if is_large:
                last = at
            elif last is None or not (one.lower_ in _SMALL or one.lower_ in {"'s", "’s"}):  # noqa: RUF001
                break
        return last

    def _may_be_title(
        self, noun: Token, first: int, last: int, large: int, has_comma: bool
    ) -> bool:
        """Tell a title in apposition from a name that follows: 'In the report, Ann Lee says'."""
        doc = noun.doc
        heads = [t for t in doc[first : last + 1] if not first <= t.head.i <= last]
        if any(relation(t) in {"nsubj", "nsubj:pass", "obl", "root", "ROOT"} for t in heads):
            return False
        mention = self._parties.at(doc[last]) or self._parties.at(doc[first])
        is_known = mention is not None and mention.entity_id is not None
        if is_known and mention is not None and mention.label in {"PERSON", "GPE", "ORG", "NORP"}:
            return False
        return large > 1 or (not has_comma and noun.lower_ in _BOOKS and large == 1)
