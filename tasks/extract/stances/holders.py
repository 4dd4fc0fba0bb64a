"""Who holds the position that a word names: its subject, object, owner, or who issued it."""

from spacy.tokens import Token

from tasks.extract.stances.parties import Party
from tasks.extract.stances.reading import Context
from tasks.extract.stances.slots import carriers, doer, patient, relative_of, slot
from tasks.extract.stances.words import Word
from tasks.extract.statements.speakers import is_document
from tasks.extract.statements.syntax import child, is_passive, own_subject, phrases, relation

_FORMAL = frozenset({"banned", "outlawed", "prohibited", "proscribed", "criminalised", "forbidden"})
_FIRST = frozenset({"i", "we"})


class Holders:
    """Finds the holders of positions in one article."""

    def __init__(self, context: Context) -> None:
        """Take the readers of the article."""
        self.parties, self.voices = context.parties, context.voices

    def of(self, token: Token, base: Token, word: Word, targets: list[Token]) -> tuple[Party, ...]:
        """Return who holds what `token` in the sense of `word` says of `targets`."""
        if word.holder == "owner" or (word.pos == "noun" and word.holder == "subject"):
            return self._owners(token, targets)
        if word.holder == "object":
            who = patient(base)
        elif word.holder == "subject":
            is_state = word.pos == "adjective" and base.pos_ == "VERB" and is_passive(base)
            who = own_subject(base) if is_state else doer(base)
            if who is None and word.pos == "verb":
                who = _banned_in(base)
        else:
            found = [p for t in slot(base, word.holder) for p in self.parties.of(t)]
            return tuple(found)
        if who is None or who.i == token.i:
            return ()
        return self.who(token, relative_of(who))

    def who(self, token: Token, who: Token) -> tuple[Party, ...]:
        """Return the entities that `who` stands for as the holder of what `token` says."""
        found = tuple(self.parties.of(who))
        if found:
            return found
        if who.pos_ == "PRON":
            said = (
                self.voices.voice(who)
                if who.lower_ in _FIRST
                else self.voices.cue_speaker(token, who)
            )
            return () if said is None else (Party(said, who),)
        if relation(token) == "acl" and who == token.head and who.head.pos_ == "VERB":
            issuer = doer(who.head)
            if issuer is not None and (found := tuple(self.parties.of(relative_of(issuer)))):
                return found
        if is_document(who):
            return tuple(Party(p.mention, p.token) for p in self.parties.owners(who))
        return ()

    def _owners(self, noun: Token, targets: list[Token]) -> tuple[Party, ...]:
        """Return who holds the position that a noun names: its owner, or a light verb's subject."""
        for verb in carriers(noun):
            who = doer(verb)
            if who is not None:
                found = self.who(noun, relative_of(who))
                if found:
                    return found
        standing = _standing(noun)
        if standing is not None and (found := self.who(noun, relative_of(standing))):
            return found
        agents = [p.head for p in phrases(noun) if p.preposition.lower_ == "by"]
        if agents:
            return tuple(p for one in agents for p in self.parties.of(one))
        taken = {t.i for t in targets}
        return tuple(
            Party(p.mention, p.token)
            for p in self.parties.owners(noun)
            if p.token.i not in taken and not any(_within(p.token, t) for t in targets)
        )


def _banned_in(verb: Token) -> Token | None:
    """Return X of 'T is banned in X'."""
    if verb.lower_ not in _FORMAL:
        return None
    if child(verb, "nsubj:pass", "aux:pass") is None and relation(verb) not in {"acl", "acl:relcl"}:
        return None
    return next((t for t in slot(verb, "in") if t.pos_ == "PROPN"), None)


def _standing(noun: Token) -> Token | None:
    """Return who is 'at war with', 'in favour of' or 'spoke in support of' something."""
    marker = child(noun, "case")
    if marker is None or marker.lower_ not in {"at", "in", "to"} or child(noun, "nmod:poss"):
        return None
    if child(noun, "cop") is not None:
        return own_subject(noun)
    is_bare = not any(relation(c) in {"det", "amod", "compound"} for c in noun.lefts)
    return doer(noun.head) if is_bare and noun.head.pos_ == "VERB" else None


def _within(token: Token, node: Token) -> bool:
    return node.left_edge.i <= token.i <= node.right_edge.i
