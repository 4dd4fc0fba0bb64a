"""The parties of an act: an entity, or those that a phrase names without one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.extract.events.phrases import core, is_animate, phrase_of
from tasks.extract.events.words import is_of_class
from tasks.extract.grammar import TIME_WORDS, words
from tasks.extract.stances.parties import Parties, is_body, joined, owner_tokens
from tasks.extract.stances.slots import relative_of
from tasks.extract.statements.syntax import agent, own_subject, relation
from warehouse.tables import Mention

_NAMED = frozenset({"compound", "amod", "nmod:poss", "nmod:desc", "nmod"})
_ACTING = ("FORCES", "WARSHIPS", "MISSILES", "OFFICIALS", "DIPLOMATS", "VEHICLES", "ARMS")
"""Classes of nouns by which whoever sends them acts."""
_FOLLOWERS = words("supporter critic opponent fan voter backer follower loyalist detractor")
"""Persons who are not the one they are of: 'X supporters'."""
_SAYING = frozenset({"he", "she", "it", "they", "their", "his", "her", "its", "them"})
_PERSONAL = frozenset({"i", "me", "we", "us", "he", "him", "she", "her", "they", "them"})
_STEPS = 8
_EMPTY = words(
    "it this that these those what which there something nothing anything everything one ones thing"
    " things way time day year fact case side rest itself himself herself themselves each other"
)
"""Heads that name nobody."""


@dataclass(frozen=True, slots=True)
class Whom:
    """One party: the token it stands at, its phrase as characters, the mention of its entity.

    `whose` is the mention of whose people or things they are, where they are none themselves:
    'Israeli changes', 'prisoners from Iraq'.
    """

    token: Token
    span: tuple[int, int]
    mention: Mention | None = None
    whose: Mention | None = None

    @property
    def entity_id(self) -> str | None:
        """The entity, where one is known."""
        return None if self.mention is None else self.mention.entity_id

    @property
    def known(self) -> Mention | None:
        """The entity's mention, or that of whose it is."""
        return self.mention or self.whose

    @property
    def is_animate(self) -> bool:
        """Whether an entity, persons or a body are named, not a thing."""
        return self.mention is not None or is_animate(self.token)


class Whoms:
    """Reads the parties that noun phrases of one article name."""

    def __init__(self, parties: Parties) -> None:
        """Take the reader of entities of the article."""
        self.parties = parties

    def of(self, head: Token) -> list[Whom]:
        """Return who is named by the phrase of `head` and those joined to it; things too."""
        start = core(relative_of(head))
        found: list[Whom] = []
        for one in (start, *joined(start)):
            found += self._of_one(core(one))
        return found

    def _of_one(self, head: Token) -> list[Whom]:
        if head.pos_ == "PRON" or head.lower_ in _EMPTY:
            return self._meant(head)
        span = phrase_of(head)
        is_follower = head.lemma_.lower() in _FOLLOWERS
        named = [] if is_follower else [p.mention for p in self.parties.of_one(head)]
        if not any(m.label == "PERSON" for m in named):
            named += [m for m in self._sent_by(head) if m.entity_id not in _ids(named)]
        if named:
            return [Whom(head, span, mention) for mention in named]
        is_time = head.lower_ in TIME_WORDS or head.lower_[:1].isdigit()
        if is_time or head.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}:
            return []
        beside = self._named_after(head)
        if beside is not None:
            return [Whom(head, (span[0], beside.end_char), beside)]
        return [Whom(head, span, whose=self._whose(head))]

    def _meant(self, pronoun: Token) -> list[Whom]:
        """Return whom a pronoun means: the entity, or who says what it is the subject of."""
        known = self.parties.of_one(pronoun)
        if known:
            return [Whom(pronoun, _token(pronoun), p.mention) for p in known]
        speaker = _speaker_meant(pronoun)
        if speaker is not None:
            return self._of_one(core(speaker))
        return [Whom(pronoun, _token(pronoun))] if pronoun.lower_ in _PERSONAL else []

    def _named_after(self, head: Token) -> Mention | None:
        """Return the person whose name follows what they are called, where the parser parts them:
        'ordered former president X'."""
        after = head.i + 1
        if head.pos_ != "NOUN" or after >= len(head.doc) or head.doc[after].pos_ != "PROPN":
            return None
        mention = self.parties.mentions.at(head.doc[after])
        is_person = mention is not None and mention.label == "PERSON"
        return mention if is_person and mention is not None and mention.entity_id else None

    def _sent_by(self, head: Token) -> list[Mention]:
        """Return whose forces, officials or weapons act: 'Israeli tanks', 'Turkish and Greek
        sides'."""
        if not (is_body(head) or is_of_class(head, _ACTING)):
            return []
        owners = [one for one in owner_tokens(head) if one.i < head.i]
        owners += [other for one in owners for other in joined(one) if other.i < head.i]
        found = (p.mention for one in owners for p in self.parties.of_one(one))
        return [m for m in found if m.label in {"GPE", "NORP", "ORG"}]

    def _whose(self, head: Token) -> Mention | None:
        """Return whose people or things are named, or of what place or side things are.

        People are a state's or a body's; who belongs to a person ('his lawyer') is somebody else.
        """
        is_people = is_animate(head)
        for one in owner_tokens(head):
            if is_people and any(c.lower_ == "by" for c in one.lefts):
                continue
            for party in self.parties.of(one):
                if not is_people or party.mention.label in {"GPE", "NORP", "ORG"}:
                    return party.mention
        for token in () if is_people else _below(head):
            mention = self.parties.mentions.at(token)
            if mention is not None and mention.entity_id is not None:
                return mention
        return None

    def owners(self, noun: Token, *, of: bool) -> list[Whom]:
        """Return whose the act called `noun` is; `of` tells whether 'of X' may say so."""
        found: list[Whom] = []
        for one in owner_tokens(noun):
            is_of = relation(one) == "nmod" and any(c.lower_ == "of" for c in one.lefts)
            is_name = relation(one) in {"compound", "amod", "nmod:desc"}
            if is_of and not of:
                continue
            known = self.of(one)
            if is_name:
                known = [w for w in known if w.mention is not None]
            found += known
        return found

    def named_before(self, noun: Token) -> list[Whom]:
        """Return the entities named in the words before `noun`: 'the US-Taliban agreement'."""
        found: dict[str | None, Whom] = {}
        before = (t for one in noun.lefts if relation(one) in _NAMED for t in one.subtree)
        for token in before:
            for party in self.parties.of_one(token) if token.pos_ in {"PROPN", "ADJ"} else ():
                mention = party.mention
                span = mention.start_char, mention.end_char
                found.setdefault(mention.entity_id, Whom(token, span, mention))
        return list(found.values())


def _ids(mentions: Sequence[Mention]) -> set[str | None]:
    return {m.entity_id for m in mentions}


def _speaker_meant(pronoun: Token) -> Token | None:
    """Return who says what an unresolved pronoun is the subject of: 'rebels said they ...'."""
    if pronoun.lower_ not in _SAYING:
        return None
    node = pronoun
    for _ in range(_STEPS):
        if node.head == node:
            return None
        if relation(node) == "ccomp":
            who = own_subject(node.head)
            is_other = who is not None and who.i < pronoun.i and who.pos_ in {"NOUN", "PROPN"}
            return who if is_other and who is not None and is_animate(who) else None
        node = node.head
    return None


def _below(head: Token) -> Iterator[Token]:
    """Yield the nouns in the phrases of `head`, outermost first: 'aid for X', 'crimes by X'."""
    for one in head.rights:
        kind = relation(one)
        if one.i and one.left_edge.nbor(-1).is_punct:
            return
        if kind == "nmod":
            yield one
            yield from _below(one)
        elif kind == "acl" and (by := agent(one)) is not None:
            yield by


def is_place(whom: Whom) -> bool:
    """Tell whether the party is a mere place: a city or a region."""
    mention = whom.mention
    if mention is None:
        return False
    return mention.label == "LOC" or (mention.entity_id or "").startswith(("city:", "region:"))


def _token(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
