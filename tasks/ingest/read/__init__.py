"""From a file, folder or glob to items with their raw bytes."""

from tasks.ingest.read.source import Taken, read_source

__all__ = ["Taken", "read_source"]
