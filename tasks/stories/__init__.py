"""Stories: the same event, told in several articles, once."""

from tasks.stories.link import story_links
from tasks.stories.tellings import Told

__all__ = ["Told", "story_links"]
