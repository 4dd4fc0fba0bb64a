"""Tell which statements of the lake are the same utterance."""

from itertools import starmap

from flows.telling import Telling
from tasks.utterances import Said, utterance_links
from warehouse.lake import Lake
from warehouse.settle import settle_utterances
from warehouse.tables import UtteranceLink
from warehouse.utterances import SAID, said


def utterances(lake: Lake) -> list[UtteranceLink]:
    """Return the links that follow from all statements that the lake holds."""
    return utterance_links(starmap(Said, said(lake)))


UTTERANCES = Telling(utterances, settle_utterances, SAID, ("tasks.utterances",))
