"""Utterances: what several articles report, once, with its first appearance and wordings."""

from tasks.utterances.link import utterance_links
from tasks.utterances.statements import Said

__all__ = ["Said", "utterance_links"]
