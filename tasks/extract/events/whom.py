"""The parties of an act: an entity, or those that a phrase names without one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from tasks.extract.events.words import is_of_class
from tasks.extract.grammar import TIME_WORDS, words
from tasks.extract.nouns import class_of
from tasks.extract.stances.parties import Parties, is_body, joined, owner_tokens
from tasks.extract.stances.slots import relative_of
from tasks.extract.statements.speakers import is_party
from tasks.extract.statements.syntax import agent, own_subject, phrases, relation
from warehouse.tables import Mention

_AMOUNTS = words(
    "number series dozen hundred thousand million group wave round part score couple pair handful "
    "majority string spate kind type tens lot member total team most many some several two three "
    "state day week hour month part end portion piece plenty range batch patch contingent unit"
)
"""Nouns before 'of' that only count: 'dozens of civilians', 'a group of deputies'."""
_EDGES = frozenset({"case", "mark", "cc", "punct", "det", "cc:preconj", "det:predet", "advmod"})
_INNER = frozenset({"nmod", "flat", "compound", "case", "nmod:poss", "nummod", "fixed"})
_NAMED = frozenset({"compound", "amod", "nmod:poss", "nmod:desc", "nmod"})
_BEFORE = frozenset(
    {"amod", "compound", "nummod", "nmod:poss", "nmod:desc", "nmod", "flat", "det", "advmod"}
)
_LONGEST = 14
"""Tokens of the longest phrase that is taken whole."""
_ACTING = ("FORCES", "WARSHIPS", "MISSILES", "OFFICIALS", "DIPLOMATS", "VEHICLES", "ARMS")
"""Classes of nouns by which whoever sends them acts."""
_SAYING = frozenset({"he", "she", "it", "they", "their", "his", "her", "its", "them"})
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
        named = [p.mention for p in self.parties.of_one(head)]
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
        return [] if speaker is None else self._of_one(core(speaker))

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
        """Return whose people or things are named, or of what place or side they are."""
        for one in owner_tokens(head):
            for party in self.parties.of(one):
                return party.mention
        for token in _below(head):
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


def core(noun: Token) -> Token:
    """Return what is counted in 'dozens of civilians', else `noun`."""
    for _ in range(2):
        if noun.lemma_.lower() not in _AMOUNTS and noun.pos_ != "NUM":
            return noun
        inner = next((p.head for p in phrases(noun) if p.preposition.lower_ == "of"), None)
        if inner is None:
            return noun
        noun = inner
    return noun


def is_animate(noun: Token) -> bool:
    """Tell whether `noun` names persons or a body of them."""
    if noun.pos_ == "PRON" or is_of_class(noun, ("PERSONS", "FORCES")):
        return True
    return is_party(noun) and not {"city", "region"} & class_of(noun.lemma_.lower())


def phrase_of(head: Token) -> tuple[int, int]:
    """Return the characters of the phrase of `head`, from its first content word to what 'of'
    and names add; clauses and what is joined are left out."""
    first, last = head, head
    for one in reversed(list(head.lefts)):
        is_next = one.right_edge.i + 1 == first.i or one.right_edge.nbor(1).text in {"-", "'"}
        if relation(one) not in _BEFORE or not is_next or head.i - one.left_edge.i > _LONGEST:
            break
        first = one.left_edge
    while first.i < head.i and (relation(first) in _EDGES or first.is_space):
        first = first.nbor(1)
    for one in head.rights:
        is_inner = relation(one) in _INNER and one.tag_ != "POS"
        if head.pos_ == "PROPN" and relation(one) == "nmod" and not _is_of(one):
            break
        is_apart = one.left_edge.i and one.left_edge.nbor(-1).is_punct and one.i > head.i + 1
        is_long = one.right_edge.i - first.i > _LONGEST
        if not is_inner or is_apart or is_long or _is_dated(one):
            break
        last = _end_of(one)
    return first.idx, last.idx + len(last)


def _is_of(token: Token) -> bool:
    return any(c.lower_ == "of" for c in token.lefts)


def _end_of(token: Token) -> Token:
    """Return the last token of a phrase without clauses."""
    last = token
    for one in token.rights:
        if relation(one) not in _INNER or one.tag_ == "POS":
            break
        last = _end_of(one)
    return last


def _is_dated(token: Token) -> bool:
    """Tell whether a phrase tells when or by whom, not which: 'refugees in March'."""
    words_ = {c.lower_ for c in token.lefts}
    if words_ & {"during", "after", "before", "since", "until", "following", "by"}:
        return True
    return bool(words_ & {"in", "on", "at"}) and token.pos_ not in {"PROPN", "NOUN"}


def _token(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
