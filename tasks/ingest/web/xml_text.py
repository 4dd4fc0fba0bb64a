"""XML as the web delivers it: its characters mended, and the limits of its parser told."""

import re
from html.entities import html5

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from tasks.records import Refusal

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids (section 2.2)."""

NUMBER = re.compile(r"&#(?:0*(\d+)|[xX]0*([0-9a-fA-F]+));", re.ASCII)
AMPERSAND = re.compile(r"&(?:(#\w+|\w{1,40});)?", re.ASCII)
XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def mended_xml(text: str) -> str:
    """Return `text` from its first `<` on, with characters and references that XML allows.

    An ampersand that stands for nothing is escaped, a name that only HTML knows becomes the
    number of its character; in CDATA sections they are plain text and stay.
    """
    text = ILLEGAL.sub("", text[max(text.find("<"), 0) :])
    # In CDATA too: what looks like such a section may stand in a comment that was cut.
    first, *parts = NUMBER.sub(_number, text).split("<![CDATA[")
    mended = [AMPERSAND.sub(_reference, first)]
    for part in parts:
        data, end, rest = part.partition("]]>")
        mended.append(data + end + AMPERSAND.sub(_reference, rest))
    return "<![CDATA[".join(mended)


def broken_off(parser: etree.XMLParser) -> Refusal | None:
    """Return why libxml2 read no further, where one of its limits ended the reading.

    The limits are those on depth (256), on text (10 MB) and on what entities multiply to.
    """
    for error in (*parser.error_log, *parser.feed_error_log):
        if error.type_name == "ERR_RESOURCE_LIMIT":
            said = f"{error.message.partition(',')[0]}; entries after line {error.line:,} are lost"
            return Refusal("malformed", f"{said}, ask the outlet to mend it")
    return None


def _number(match: re.Match[str]) -> str:
    """Return the reference to a character by its number, or U+FFFD where XML forbids it.

    Not nothing, since what is left on both sides could make up such a reference in turn.
    """
    digits, base = (match[1], 10) if match[1] else (match[2], 16)
    code = int(digits, base) if len(digits) <= len("1114111") else 0
    return match[0] if 0 < code < 0x110000 and not ILLEGAL.match(chr(code)) else "\ufffd"


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name.startswith("#") or name in XML_ENTITIES:
        return match[0]
    # One that HTML does not know may be declared in the document itself.
    return "".join(f"&#{ord(c)};" for c in html5.get(f"{name};", "")) or match[0]
