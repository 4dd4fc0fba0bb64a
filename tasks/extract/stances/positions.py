"""From the words of an article to the positions that they express."""

from collections.abc import Iterator

from spacy.tokens import Token

from tasks.extract.stances.between import Between
from tasks.extract.stances.held import Held
from tasks.extract.stances.manner import turned_by
from tasks.extract.stances.parties import Parties
from tasks.extract.stances.reading import Context, Reading, Voices
from tasks.extract.stances.toward import Reach
from tasks.extract.stances.voiced import Voiced
from tasks.extract.stances.words import Word, senses

_COMPARED = frozenset({"JJR", "RBR"})


class Positions:
    """Reads the positions that start from the words of one article."""

    def __init__(self, parties: Parties, voices: Voices) -> None:
        """Take the reader of noun phrases, and who says what."""
        self.parties = parties
        context = Context(parties, voices, Reach(parties))
        self._held, self._voiced = Held(context), Voiced(context)
        self._between = Between(context)

    def at(self, token: Token) -> Iterator[Reading]:
        """Yield the positions that `token` expresses."""
        if self.parties.is_name(token) or _is_countered(token):
            return
        if token.lower_.startswith(("anti", "pro")):
            yield from self._between.anti(token)
        if token.tag_ in {"VBN", "VBD"} and token.i > 1 and token.nbor(-1).text == "-":
            yield from self._between.backed(token)
            return
        if token.tag_ in _COMPARED:
            yield from self._voiced.compared(token)
        for word in senses(token):
            found = list(self._of(token, word))
            yield from found
            if found:
                return

    def _of(self, token: Token, word: Word) -> Iterator[Reading]:
        match word.kind:
            case "attitude" | "act" | "feeling" | "wish":
                yield from self._held.read(token, word)
            case "effect" if word.pos == "noun" and turned_by(token) is not None:
                yield from self._held.read(token, word)  # 'cut ties with X'
            case "quality":
                yield from self._voiced.quality(token, word)
            case "cause":
                yield from self._voiced.cause(token, word)
            case "relation":
                yield from self._between.relation(token, word)
            case "naming":
                yield from self._between.naming(token)


def _is_countered(token: Token) -> bool:
    """Tell the 'terrorist' of 'anti-terrorist'."""
    if token.i < 2 or token.nbor(-1).text != "-":
        return False
    return token.nbor(-2).lower_ in {"anti", "counter", "non"}
