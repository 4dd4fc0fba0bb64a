"""Definitions of acronyms, after Schwartz and Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 2003.
"""

import re
from collections.abc import Callable, Iterator

from tasks.extract.document import Document
from tasks.extract.kinds import kind_of
from tasks.extract.wordlist import words
from tasks.ids import slug
from tasks.registry import Registry
from warehouse.tables import Acronym

_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[A-Z](?:[\w&./-]{0,8}[A-Z0-9])(?:-[A-Z])?|(?:[A-Z]\.){2,5}")
_SEAT = re.compile(r"[RDI]-[A-Z][A-Za-z.]+")
"""Party and state of a member of the US Congress: '(R-TX)'."""
_INSIDE = re.compile(
    r"(?:(?:or|the|hereafter|hereinafter|henceforth|also|better|known|abbreviated|called|as|in|"
    r"short|simply),? )*[\u201c\u2018\"']?([^\s\u201d\u2019\"',;]{2,13}?)"
    r"(?:s(?<=[A-Z]s))?[\u201d\u2019\"']?"
    r"(?:[,;] [^()]*)?"
)
"""What else may stand in a bracket: '(hereafter "GEP")', '(NGOs)', '(GEP; 2015)'."""
_WORD = re.compile(r"[\w\u2019'&.-]+")
_PARTICLES = words("a an and at by de del du et for in la le of on the to und y")


def find_acronyms(document: Document, registry: Registry) -> list[Acronym]:
    """Return one row a definition: 'long form (SHORT)' or 'SHORT (long form)'.

    The span covers long form, short form and brackets. A long form that is no name must have the
    letters of the short form as its first letters, and has no entity; that of a name is the
    registry's where it knows the long form, else its slug, of the kind that its words tell.
    """
    text = document.article.text
    rows: list[Acronym] = []
    for bracket in _BRACKET.finditer(text):
        found = _defined(text, bracket)
        if found is None:
            continue
        short, (start, end), span = found
        expansion = text[start:end]
        is_name = _is_name(expansion)
        if not is_name and not _spells(short, expansion):
            continue
        rows.append(
            Acronym(
                acronym=short,
                expansion=expansion,
                entity_id=_entity_id(expansion, registry) if is_name else None,
                article_id=document.article.article_id,
                start_char=span[0],
                end_char=span[1],
            )
        )
    return rows


def _defined(
    text: str, bracket: re.Match[str]
) -> tuple[str, tuple[int, int], tuple[int, int]] | None:
    """Return short form, span of the long form and span of the definition, or None."""
    found = _INSIDE.fullmatch(bracket.group(1))
    inside = found.group(1) if found else ""
    if _SHORT.fullmatch(inside) and not _SEAT.fullmatch(inside):
        window = _words_before(text, bracket.start(), inside)
        long_form = _long_form(inside, text, window) if window else None
        if long_form is None:
            return None
        return inside, long_form, (long_form[0], bracket.end())
    before = re.search(
        r"(?<![\w-])(\S{2,10}) $", text[max(bracket.start() - 12, 0) : bracket.start()]
    )
    if before is None or not _SHORT.fullmatch(before.group(1)):
        return None
    short = before.group(1)
    window = (bracket.start(1), bracket.end(1))
    long_form = _long_form(short, text, window)
    if long_form is None or not _starts_window(text, long_form[0], window[0]):
        return None
    return short, long_form, (bracket.start() - 1 - len(short), bracket.end())


def _words_before(text: str, end: int, short: str) -> tuple[int, int] | None:
    """Return the span of the words before `end` that may hold the long form of `short`."""
    letters = sum(map(str.isalnum, short))
    low = max(end - 150, 0)
    line = max(text.rfind("\n", low, end), low - 1) + 1
    clause = max((text.rfind(mark, line, end) + 1 for mark in '(;:“"'), default=line)
    words = list(_WORD.finditer(text, max(line, clause), end))
    if not words or text[words[-1].end() : end].strip():
        return None
    first = words[-min(len(words), min(letters + 5, letters * 2))]
    return first.start(), words[-1].end()


def _long_form(short: str, text: str, window: tuple[int, int]) -> tuple[int, int] | None:
    """Match the letters of `short` from right to left in `text[window]`, as in the paper.

    The first letter must begin a word, with a capital where there is such a one. Returns the span
    of the long form, or None.
    """
    return _matched(short, text, window, str.isupper) or _matched(short, text, window, str.isalnum)


def _matched(
    short: str, text: str, window: tuple[int, int], may_begin: Callable[[str], bool]
) -> tuple[int, int] | None:
    at = window[1]
    letters = [c.lower() for c in short if c.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= window[0] and not (
            text[at].lower() == letters[index]
            and (index > 0 or (may_begin(text[at]) and _begins_word(text, at)))
        ):
            at -= 1
        if at < window[0]:
            return None
    words = text[at : window[1]].split()
    if len(words) < 2 or text[at : window[1]].lower().startswith(short.lower() + " "):
        return None
    return at, window[1]


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "\u2019'")


def _starts_window(text: str, start: int, window_start: int) -> bool:
    """Tell whether nothing but an article stands before `start` in its brackets."""
    return text[window_start:start].strip().lower() in ("", "the", "a", "an")


def _is_name(expansion: str) -> bool:
    """Tell whether every word but the particles carries a capital."""
    content = list(_content_words(expansion))
    return bool(content) and all(word[0].isupper() for word in content)


def _spells(short: str, expansion: str) -> bool:
    """Tell whether the first letters of a long form that is no name are its short form."""
    initials = "".join(word[0] for word in _content_words(expansion))
    return initials.lower() == short.lower()


def _content_words(expansion: str) -> Iterator[str]:
    words = list(_WORD.finditer(expansion))
    return (w.group() for w in words if w.group().lower() not in _PARTICLES or len(words) == 1)


def _entity_id(expansion: str, registry: Registry) -> str | None:
    """Return the registry's entity of that name, else an id from the long form itself."""
    known = [a for a in registry.by_alias.get(expansion, ()) if a.kind == "name"]
    if known:
        return known[0].entity_id
    name = slug(expansion)
    return f"{kind_of(expansion, 'MISC')}:{name}" if name else None
