"""Labels of speakers at the start of a line: 'MR. SMITH:', 'Q', 'Smith:', '((Jane Smith))'.

Any word before a colon may look like one; which of them are labels is told by how they recur.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tasks.extract.wordlist import words

Style = Literal["letter", "double_bracket", "capitals", "mixed"]

_LABEL = re.compile(
    r"^[ \t\xa0]*[“\"„]?(?:"
    r"\(\((?P<bracket>[^()\n]{1,60})\)\)[ \t\xa0]*:?"
    r"|(?P<letter>[QA]\d{0,3}(?=[:.][ \t\xa0\n])|Q(?=\*{0,3}[ \t\xa0]))[:.*]{0,3}"
    r"|(?P<name>[^\W\d_][\w.'\u2019&/-]{0,30}(?: [\w.'\u2019&/#-]{1,30}){0,6})"
    r"(?: ?[(\[][^()\[\]\n]{1,60}[)\]])?[ \t\xa0]?:(?=[ \t\xa0\n])"
    r")[ \t\xa0]*",
    re.MULTILINE,
)
TITLES = words(
    "mr mrs ms miss dr prof sir lady lord the secretary minister senator representative "
    "congressman congresswoman president chairman chairwoman chair ambassador governor general "
    "admiral colonel judge justice director spokesman spokeswoman spokesperson deputy under vice "
    "undersecretary assistant senior press commissioner mayor king queen prince princess prime"
)
"""Words of titles and offices before a surname."""
_SMALL = words("de da di del van von der den bin ibn al el of the for and la le")
_NOBODY = words(
    "note notes editor's editor\u2019s correction corrections clarification update updates updated "
    "source sources image images photo photos picture video caption credit read more see also "
    "related watch listen monday tuesday wednesday thursday friday saturday sunday when where what "
    "why how who time date venue location place address phone tel telephone email e-mail fax "
    "website web contact contacts subject re cc from to ingredients method directions step tip "
    "tips warning pros cons fact facts claim claims myth verdict ruling rating score scores result "
    "results winner winners loser losers before after then now today yesterday tomorrow background "
    "context summary conclusion introduction overview example examples problem solution advice "
    "breaking exclusive poll analysis opinion comment review reality cost age born died goals goal "
    "scorers attendance referee points http https"
)
"""First words before a colon that open a heading or a field, not a turn."""
_PICTURES = words("image images photo photos picture video")
ANSWERS = words("a answer answers")
_QUESTIONS = words("q question questions reporter reporters interviewer journalist press")
_UNNAMED = _QUESTIONS | ANSWERS
_UNNAMED |= words("participant participants moderator host anchor speaker audience voice operator")
_UNNAMED |= words("official officials unknown unidentified corps member attendee")
_TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b|\?")
_TALK_CHARS = 600
"""Characters of a turn that are searched for what only talk has."""
MIN_TURNS = 3
"""Fewest labels that make a text a transcript: one or two may be a heading."""


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a label: its line starts at `line`, the name is `text[start:end]`.

    What is said starts at `content`; `key` is the same for labels of one speaker.
    """

    line: int
    start: int
    end: int
    content: int
    style: Style
    key: str
    has_title: bool = False

    @property
    def asks(self) -> bool:
        """Whether the label itself says that somebody asks."""
        return self.key.split()[0] in _QUESTIONS

    @property
    def is_named(self) -> bool:
        """Whether the label names a person, an office or an outlet."""
        return self.key.split()[0] not in _UNNAMED


def find_labels(text: str) -> list[Label]:
    """Return the labels of a transcript in order; none where `text` is no transcript."""
    found = _with_initials(text, [label for m in _LABEL.finditer(text) if (label := _label(m))])
    accepted = _accepted(text, found)
    count = Counter((label.key, label.style) for label in found)
    return [
        label
        for label in found
        if label.key in accepted
        # One 'Smith:' among many 'SMITH:' is a heading; a full name may open the interview.
        and (
            label.style != "mixed"
            or count[label.key, "mixed"] > 1
            or " " in text[label.start : label.end]
        )
    ]


def _label(match: re.Match[str]) -> Label | None:
    """Return the label of a match, or None where its words name no speaker."""
    group = match.lastgroup or "name"
    start, end = match.span(group)
    words = match[group].split()
    if not words:
        return None
    small = [word.casefold().strip(".") for word in words]
    if group == "letter":
        return Label(match.start(), start, end, match.end(), "letter", small[0][0])
    is_titled = small[0] in TITLES
    is_field = small[0] in _NOBODY or small[-1] in _PICTURES
    if group == "name" and not is_titled and (is_field or not _is_name(words)):
        return None
    last = small[-1] if len(small) > 1 and small[-1] not in TITLES else " ".join(small)
    capitals = sum(map(str.isupper, match[group])) > sum(map(str.islower, match[group]))
    style: Style = "capitals" if capitals else "mixed"
    style = "double_bracket" if group == "bracket" else style
    return Label(match.start(), start, end, match.end(), style, last, is_titled)


def _is_name(words: Sequence[str]) -> bool:
    """Tell whether the words are capitalised as those of a name are."""
    rest = [word for word in words[1:] if word.casefold() not in _SMALL]
    return words[0][0].isupper() and all(w[0].isupper() or w[0] in "#0123456789" for w in rest)


def _with_initials(text: str, labels: Sequence[Label]) -> list[Label]:
    """Return the labels, 'NG' with the key of the full name that it stands for."""
    full: dict[str, str] = {}
    for label in labels:
        words = text[label.start : label.end].split()
        if len(words) > 1:
            full.setdefault("".join(word[0] for word in words).casefold(), label.key)
    return [
        replace(label, key=full.get(label.key.replace(".", ""), label.key))
        if label.end - label.start <= 6 and label.style != "letter"
        else label
        for label in labels
    ]


def _accepted(text: str, labels: Sequence[Label]) -> set[str]:
    """Return the keys of the labels that open turns."""
    count = Counter(label.key for label in labels)
    recurring = [x for x in labels if count[x.key] > 1 or x.style == "letter"]
    capitals = [x for x in labels if x.style == "capitals"]
    keys: set[str] = set()
    if sum(x.style == "double_bracket" for x in labels) > 1:
        keys |= {x.key for x in labels if x.style == "double_bracket"}
        keys |= {x.key for x in recurring}
    if sum(x.has_title for x in capitals) >= MIN_TURNS or (count["q"] > 1 and capitals):
        keys |= {x.key for x in capitals} | {"q"}
    if _is_talk(text, recurring):
        keys |= {x.key for x in recurring}
        keys |= {x.key for x in labels if not x.is_named}
        if len(keys & {x.key for x in capitals}) > 1:
            keys |= {x.key for x in capitals}
    return keys


def _is_talk(text: str, labels: Sequence[Label]) -> bool:
    """Tell whether the labels take turns and what follows them is talk.

    Somebody must ask, and half of the turns speak as 'I', 'we' or to 'you'.
    """
    if len(labels) < MIN_TURNS or len({label.key for label in labels}) < 2:
        return False
    switches = sum(a.key != b.key for a, b in pairwise(labels))
    said = [
        text[label.content : min(after, label.content + _TALK_CHARS)]
        for label, after in zip(labels, [*(x.line for x in labels[1:]), len(text)], strict=True)
    ]
    talk = sum(_TALK.search(words) is not None for words in said)
    asked = any("?" in words for words in said)
    return asked and 2 * switches >= len(labels) - 1 and 2 * talk >= len(labels)
