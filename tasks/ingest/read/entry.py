"""What the readers of files yield."""

from typing import NamedTuple

from tasks.records import Refusal
from warehouse.tables import Fetch, MediaType


class Entry(NamedTuple):
    """One item of a file: its 1-based number (0: the file itself), and its bytes or why not.

    `media_type` is there where it is not that of the file's ending, `fetch` where the file is
    an archive of what somebody fetched.
    """

    number: int
    content: bytes | Refusal
    media_type: MediaType | None = None
    fetch: Fetch | None = None
