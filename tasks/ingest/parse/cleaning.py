"""Characters and layout: the form that `articles.text` always has."""

import re
import unicodedata

DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control, zero-width and direction characters, soft hyphens and lone surrogates."""

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
LIST_MARK = re.compile(r"[*\u2022\u25aa\u25cf\u2023\u00b7-]\s+(?=\S)")

WRAPPED_LINE = 120
"""No program wraps lines this wide: a longer line is a whole paragraph."""


def clean(text: str) -> str:
    """Return `text` in NFC, with `\\n` line ends, plain spaces and no invisible characters."""
    text = SPACES.sub(" ", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", DROPPED.sub("", text))


def one_line(text: str | None) -> str | None:
    """Return `text` clean and on one line, or None where nothing is left."""
    return " ".join(clean(text).split()) or None if text else None


def lay_out(lines: list[str]) -> str:
    """Join stripped lines: paragraphs parted by one blank line, list items by themselves.

    Lines that a program wrapped stay together in their paragraph.
    """
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        item = LIST_MARK.match(line)
        if not line or item:
            paragraphs.append([])
        if line:
            paragraphs[-1].append("* " + line[item.end() :] if item else line)
        if len(line) > WRAPPED_LINE:
            paragraphs.append([])
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)
