"""Mail: a newsletter's text, subject, sender and date (RFC 5322, MIME in RFC 2045 to 2049).

A digest of several articles stays one item: nothing in a mail says where one article ends.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from itertools import islice, zip_longest
from quopri import decodestring
from typing import NamedTuple, cast

from tasks.ingest.parse.dates import parse_date
from tasks.ingest.parse.draft import Draft, Published
from tasks.ingest.parse.encoding import decode
from tasks.ingest.parse.html_article import page_draft
from tasks.ingest.parse.lines import IN_TEXT
from tasks.ingest.parse.mail_footer import without_footers
from tasks.records import Refusal

MIN_WORDS = 20
"""An HTML part with fewer words, such as 'View in browser', gives way to the plain text."""

FIELD_CHARS = 2_000
"""What is read of a header field: the standard library takes quadratic time over longer ones."""

HEAD_BYTES, MAX_DEPTH, MAX_PARTS = 1 << 18, 10, 500
"""Bounds of a head and of multiparts; a newsletter nests three deep and has some ten parts."""

HEAD_END = re.compile(rb"(?:\A|\n)\r?\n")
BOUNDARY = re.compile(rb"^--([^\s-]\S{0,69})[ \t]*\r?$", re.M)
"""What looks like a boundary (at most 70 characters) where the one declared is not met."""

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
FIELDS = ("From", "Subject", "Date", "MIME-Version", "Content-Type")
FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.I)
COMMENT = re.compile(r"\([^()]*\)")
SIGNATURE = "\n-- \n"
"""What parts a text from the signature below it (RFC 3676, 4.3)."""

ADDRESS = re.compile(r"<?\s*(https?://[^\s<>]+)\s*>?")


class _Policy(EmailPolicy):
    """The default policy, with fields cut to FIELD_CHARS and read as UTF-8 where they are.

    A field that cannot be parsed is a plain string, without the attributes of its kind.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        raw = value[:FIELD_CHARS].encode("ascii", "surrogateescape")
        try:
            return name, raw.decode()
        except UnicodeDecodeError:
            return name, raw.decode("cp1252", "replace")

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            return cast(str, super().header_fetch_parse(name, value))
        except Exception:  # the standard library fails on some broken fields, in many ways
            return value


PARSER = BytesParser(policy=_Policy())


class _Part(NamedTuple):
    """A head with what stands below it, and how deep it is nested."""

    head: EmailMessage
    body: bytes
    depth: int = 0


def mail_draft(content: bytes) -> Draft | Refusal:
    """Return the draft of a message, or why it has none.

    The text is that of the first HTML part, or of the first plain one where that says too
    little; attachments and messages within the message are left out.
    """
    root = _part(content)
    if not any(_field(root.head, name) for name in FIELDS):
        return Refusal("malformed", "no head of a mail; deliver the whole message")
    body = _body(root)
    if isinstance(body, Refusal):
        return body
    found = parse_date(COMMENT.sub("", _field(root.head, "Date")))
    address = ADDRESS.fullmatch(_field(root.head, "Archived-At"))  # RFC 5064
    return replace(
        body,
        title=FORWARDED.sub("", _field(root.head, "Subject")) or body.title,
        publisher=_sender(root.head),
        url=address[1] if address else None,
        canonical=None,
        published=(Published(*found, "meta"), *body.published) if found else body.published,
    )


def _part(content: bytes, *, depth: int = 0, default: str = "text/plain") -> _Part:
    match = HEAD_END.search(content, 0, HEAD_BYTES)
    end = match.end() if match else min(len(content), HEAD_BYTES)
    head = cast(EmailMessage, PARSER.parsebytes(content[:end], headersonly=True))
    head.set_default_type(default)
    return _Part(head, content[end:], depth)


def _field(head: EmailMessage, name: str) -> str:
    """Return a decoded field on one line, or nothing where it is missing."""
    return " ".join(str(head.get(name, "")).split())


def _sender(head: EmailMessage) -> str | None:
    """Return the name, not the address, that the mail comes from."""
    addresses = getattr(head.get("From"), "addresses", ())
    name = addresses[0].display_name.strip() if addresses else ""
    return None if not name or "@" in name else name


def _body(root: _Part) -> Draft | Refusal:
    """Return the text of the first part that says something, HTML before plain."""
    leaves = _leaves(root)
    if isinstance(leaves, Refusal):
        return leaves
    short: Draft | None = None
    refusal = Refusal("no_text", "no part with text; look at the raw message")
    for kind, read in READERS.items():
        for leaf in leaves:
            draft = read(leaf) if leaf.head.get_content_type() == kind else None
            if isinstance(draft, Draft):
                draft = without_footers(draft)
                if _words(draft) >= MIN_WORDS:
                    return draft
                short = short if short and _words(short) >= _words(draft) else draft
            refusal = draft if isinstance(draft, Refusal) else refusal
    return short or refusal


def _leaves(root: _Part) -> list[_Part] | Refusal:
    """Return the parts with text, in order.

    The standard library recurses and tries every open boundary on every line; nesting and
    number are bounded here, and time is linear.
    """
    pending, leaves, seen = [root], [], 0
    while pending:
        part = pending.pop()
        if part.head.get_content_type().startswith("multipart/"):
            inner = list(_split(part))
            seen += len(inner)
            if part.depth == MAX_DEPTH or seen > MAX_PARTS:
                return Refusal("malformed", f"over {MAX_DEPTH} levels or {MAX_PARTS} parts of mail")
            pending += reversed(inner)
        elif part.head.get_content_type() in READERS and not _is_attached(part.head):
            leaves.append(part)
    return leaves


def _split(part: _Part) -> Iterator[_Part]:
    """Yield the parts of a multipart; without any boundary, all of it as plain text."""
    declared = _parameter(part.head, "boundary").encode("utf-8", "replace")
    marks = _marks(declared, part.body) if declared else []
    if not marks and (guess := BOUNDARY.search(part.body)):
        marks = _marks(guess[1], part.body)
    default = (
        "message/rfc822" if part.head.get_content_type() == "multipart/digest" else "text/plain"
    )
    if not marks:
        yield _part(b"\n" + part.body, depth=part.depth + 1)
    for mark, after in zip_longest(marks, marks[1:]):
        if mark[1]:
            return
        content = part.body[mark.end() + 1 : after.start() if after else None]
        yield _part(content, depth=part.depth + 1, default=default)


def _marks(boundary: bytes, body: bytes) -> list[re.Match[bytes]]:
    mark = re.compile(rb"^--%b(--)?[ \t]*\r?$" % re.escape(boundary), re.M)
    return list(islice(mark.finditer(body), MAX_PARTS + 2))


def _parameter(head: EmailMessage, name: str) -> str:
    return str(getattr(head.get("Content-Type"), "params", {}).get(name, ""))


def _is_attached(head: EmailMessage) -> bool:
    return _field(head, "Content-Disposition").lower().startswith("attachment")


def _html(part: _Part) -> Draft | Refusal:
    text = _text(part, is_html=True)
    return text if isinstance(text, Refusal) else page_draft(text, url=None)


def _plain(part: _Part) -> Draft | Refusal:
    text = _text(part, is_html=False)
    if isinstance(text, Refusal):
        return text
    text = text.replace("\r\n", "\n")
    text = text.rpartition(SIGNATURE)[0] or text
    if _parameter(part.head, "format").lower() == "flowed":
        text = _joined(text, is_spaceless=_parameter(part.head, "delsp").lower() == "yes")
    return Draft(text=text)


READERS: dict[str, Callable[[_Part], Draft | Refusal]] = {"text/html": _html, "text/plain": _plain}


def _text(part: _Part, *, is_html: bool) -> str | Refusal:
    content = _unencoded(part.body, _field(part.head, "Content-Transfer-Encoding").lower())
    return decode(content, declared=_parameter(part.head, "charset") or None, is_html=is_html)


def _unencoded(body: bytes, encoding: str) -> bytes:
    """Undo a transfer encoding (RFC 2045, 6); a broken one is read as far as it goes."""
    if encoding == "quoted-printable":
        return decodestring(body)
    if encoding == "base64":
        letters = NOT_BASE64.sub(b"", body.partition(b"=")[0])
        whole = letters[: len(letters) - (len(letters) % 4 == 1)]
        return b64decode(whole + b"=" * (-len(whole) % 4))
    return body


def _joined(text: str, *, is_spaceless: bool) -> str:
    """Join the lines of `format=flowed` (RFC 3676): one that ends in a space goes on."""
    pieces = []
    for line in text.split("\n"):
        bare = line.removeprefix(" ")
        if bare.endswith(" "):
            pieces.append(bare[:-1] if is_spaceless else bare)
        else:
            pieces += [bare, "\n"]
    return "".join(pieces)


def _words(draft: Draft) -> int:
    texts = [line.text for line in draft.lines if line.kind in IN_TEXT]
    return sum(len(text.split()) for text in [draft.text, *texts])
