"""Tell which statements of the lake are the same utterance."""

from itertools import starmap

from tasks.utterances import Said, utterance_links
from warehouse.lake import Lake
from warehouse.tables import UtteranceLink
from warehouse.utterances import said


def utterances(lake: Lake) -> list[UtteranceLink]:
    """Return the links that follow from all statements that the lake holds."""
    return utterance_links(starmap(Said, said(lake)))
