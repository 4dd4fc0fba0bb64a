"""From a file, folder or glob to items with their raw bytes."""

from tasks.ingest.read.source import read_source

__all__ = ["read_source"]
