"""Plain text: a title, paragraphs, and lines of credit above or below."""

from tasks.ingest.parse.draft import Draft
from tasks.ingest.parse.encoding import decode
from tasks.records import Refusal


def text_draft(content: bytes) -> Draft | Refusal:
    """Return the draft of a plain text; its head is read from the lines of the text itself."""
    text = decode(content)
    return text if isinstance(text, Refusal) else Draft(text=text)
