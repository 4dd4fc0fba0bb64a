"""Tell which events of the lake are told more than once."""

from itertools import starmap

from flows.telling import Telling
from tasks.stories import Told, story_links
from warehouse.lake import Lake
from warehouse.settle import settle_stories
from warehouse.stories import TOLD, told
from warehouse.tables import StoryLink


def stories(lake: Lake) -> list[StoryLink]:
    """Return the links that follow from all events that the lake holds."""
    return story_links(starmap(Told, told(lake)))


STORIES = Telling(stories, settle_stories, TOLD, ("tasks.stories",))
