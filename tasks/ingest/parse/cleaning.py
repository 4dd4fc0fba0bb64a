"""Characters: the form that `articles.text` always has."""

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


def clean(text: str) -> str:
    """Return `text` in NFC, with `\\n` line ends, plain spaces and no invisible characters."""
    text = SPACES.sub(" ", LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", DROPPED.sub("", text))


def one_line(text: str | None) -> str | None:
    """Return `text` clean and on one line, or None where nothing is left."""
    return " ".join(clean(text).split()) or None if text else None
