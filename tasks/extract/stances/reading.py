"""One position as the rules read it, before it becomes rows; and what its readers share."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from spacy.tokens import Token

from tasks.extract.stances.parties import Parties, Party
from tasks.extract.stances.toward import Reach, Towards
from warehouse.tables import Mention, Modality


class Voices(Protocol):
    """Knows who says what in an article."""

    def voice(self, token: Token) -> Mention | None:
        """Return who says what stands at `token`: the one quoted, else an opinion's author."""

    def cue_speaker(self, cue: Token, speaker: Token) -> Mention | None:
        """Return who `speaker` is where `cue` is the cue of a statement of theirs."""

    def run_speaker(self, token: Token) -> Mention | None:
        """Return who spoke in the sentence before, where that is of the same paragraph."""

    def thing(self, first: int, last: int) -> Mention:
        """Return the characters `first` to `last` as a thing that no entity names."""


INVERSE = "-inverse"
"""How the rule of a word ends that gives the position of its object: 'X angered Y'."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A position of `holders` on one target; `sign` 0: explicitly none."""

    holders: tuple[Party, ...]
    towards: Towards
    sign: int
    strength: float
    modality: Modality
    rule: str
    at: Token
    is_negated: bool = False


class Context(NamedTuple):
    """The readers of one article: of noun phrases, of who says what, of whom a position reaches."""

    parties: Parties
    voices: Voices
    reach: Reach
