"""Plain text: a title, paragraphs, and lines of credit above or below."""

from tasks.ingest.parse.draft import Draft


def text_draft(text: str, *, url: str | None = None) -> Draft:
    """Return the draft of a plain text; its head is read from the lines of the text itself."""
    return Draft(text=text, url=url)
