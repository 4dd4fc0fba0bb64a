"""Pronouns and descriptions that refer back to somebody named before them.

The language model weighs what each may refer to (`tasks.language.antecedents`); here its
candidates become entities, and what cannot be is left out. A wrong link costs more than a missing
one: what is not sure has no mention.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.extract.names import Named
from tasks.extract.nominals import Holders
from tasks.extract.nouns import can_be, class_of
from tasks.extract.organisations import SUFFIXES
from tasks.extract.roles import HEAD
from tasks.language.antecedents import ANTECEDENTS, Choice
from tasks.registry import Registry
from warehouse.tables import MentionKind, MentionLabel

SURE = 0.5
"""Least probability of a link, swept on GUM dev and MEANTIME dev (0.3 to 0.6)."""
_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
}
_LEADING = frozenset(
    {"det", "case", "prep", "cc", "mark", "punct", "advmod", "nsubj", "cop", "aux"}
)
"""Relations to a noun of what may stand before it in a mere reference: nothing that describes."""
_RESTRICTING = frozenset({"nmod", "acl", "prep"})
"""Relations of what tells which one is meant: 'the candidate with the best chance'."""
_APPOSED = frozenset({"appos", "flat", "nmod:desc", "compound"})
_NEUTRAL = frozenset({"it", "its", "itself"})
LEAST_NOUN = 0.2
"""Of a noun whose class an entity is of ('the company'): GUM, whose definite nouns are mostly first
mentions, taught the network to doubt them."""
MORE = 2.0
"""Times as likely as its best rival that such an entity must be. Both swept on the same parts."""


class Referent(NamedTuple):
    """Who or what is meant: an entity, or the token that heads a phrase no entity is known for."""

    entity_id: str | None
    label: MentionLabel
    anchor: int

    @property
    def key(self) -> object:
        """What tells referents apart."""
        return self.entity_id or self.anchor


def references(
    doc: Doc, named: Sequence[Named], registry: Registry, roles: Mapping[str, Holders]
) -> list[Named]:
    """Return the pronouns and descriptions of `doc` that refer to an entity of `named`.

    `roles` has, for each role noun, who holds such a role; 'the governor' is one of those.
    """
    choices: Sequence[Choice] = doc.user_data.get(ANTECEDENTS, ())
    referents = _named_tokens(doc, named, registry)
    genders: dict[object, str] = {}
    found: list[Named] = []
    for choice in choices:
        token = doc[choice.token]
        if token.i in referents or not _may_refer(token):
            continue
        gender = _GENDERS.get(token.lower_)
        best, chance = _likeliest(choice, referents, token, registry, genders)
        if best is None or not _may_hold(token, best, roles):
            continue  # not even a step on the way for what refers to it
        referents[token.i] = best
        if gender is not None:
            genders.setdefault(best.key, gender)
        if best.entity_id is None:
            continue
        kind: MentionKind = "pronoun" if token.pos_ == "PRON" else "nominal"
        start, end = _bounds(token, kind)
        found.append(
            Named(start, end, best.entity_id, kind, best.label, "antecedent", round(chance, 4))
        )
    return found


def _named_tokens(doc: Doc, named: Sequence[Named], registry: Registry) -> dict[int, Referent]:
    """Return what each token of a name refers to; a name without an entity is an anchor."""
    referents: dict[int, Referent] = {}
    for one in named:
        span = doc.char_span(one.start, one.end, alignment_mode="expand")
        if span is None or one.kind == "demonym":
            continue
        referent = Referent(one.entity_id, one.label, span.root.i)
        referents.update(dict.fromkeys(range(span.start, span.end), referent))
        if span.end < len(doc) and doc[span.end].text in SUFFIXES:
            referents[span.end] = referent
    for token in doc:
        if token.i not in referents and token.pos_ == "NOUN":
            apposed = next((referents[i] for i in _apposed(token) if i in referents), None)
            if apposed is not None and _fits(token, apposed, registry):
                referents[token.i] = apposed
    return referents


def _apposed(token: Token) -> Iterator[int]:
    """Yield the tokens that name what a noun is: 'the carmaker Ford', 'Ford, the carmaker'."""
    if token.dep_ in _APPOSED:
        yield token.head.i
    for child in token.rights:
        if child.dep_ in _APPOSED:
            yield child.i


def _likeliest(
    choice: Choice,
    referents: Mapping[int, Referent],
    token: Token,
    registry: Registry,
    genders: Mapping[object, str],
) -> tuple[Referent | None, float]:
    """Return the referent with the most probability over all its candidates, and how much.

    None where 'none of them' is likelier or an entity is not sure enough.
    """
    gender = _GENDERS.get(token.lower_)
    chances: dict[object, float] = {}
    meant: dict[object, Referent] = {}
    left = 1.0
    for candidate, chance in zip(choice.candidates, choice.probabilities, strict=True):
        referent = referents.get(candidate, Referent(None, "MISC", candidate))
        left -= chance
        key = referent.key
        clashes = gender is not None and genders.get(key, gender) != gender
        if clashes or not _fits(token, referent, registry):
            continue
        chances[key] = chances.get(key, 0.0) + chance
        meant[key] = referent
    if not chances:
        return None, 0.0
    best, *others = sorted(chances, key=lambda key: (-chances[key], str(key)))
    chance, is_entity = chances[best], meant[best].entity_id is not None
    is_sure = chance > left and (chance >= SURE or not is_entity)
    if token.pos_ != "PRON" and is_entity:
        rival = max((chances[key] for key in others), default=0.0)
        is_sure |= chance >= LEAST_NOUN and chance > MORE * rival
    return (meant[best], chance) if is_sure else (None, 0.0)


def _fits(token: Token, referent: Referent, registry: Registry) -> bool:
    """Tell whether `token` may mean `referent` by its kind alone."""
    if referent.entity_id is None:
        return True
    word = token.lower_
    if token.pos_ == "PRON":
        is_person = referent.label == "PERSON"
        return is_person if word in _GENDERS else not (is_person and word in _NEUTRAL)
    entity = registry.by_id.get(referent.entity_id)
    kind = entity.type if entity is not None else referent.entity_id.partition(":")[0]
    return can_be(class_of(token.lemma_.lower()), kind)


def _may_hold(token: Token, referent: Referent, roles: Mapping[str, Holders]) -> bool:
    """Tell whether a person is known to hold the role that `token` names, where it names one."""
    noun = token.lemma_.lower()
    if token.pos_ == "PRON" or referent.entity_id is None or not HEAD.fullmatch(noun):
        return True
    return any(entity_id == referent.entity_id for _, entity_id in roles.get(noun, ()))


def _may_refer(token: Token) -> bool:
    """Tell 'the company' from what is newly described ('the first company', 'his company').

    A plural noun may mean fighters ('the rebels'), but no single entity otherwise.
    """
    if token.pos_ == "PRON":
        return True
    is_new = any(one.dep_ not in _LEADING for one in token.lefts)
    is_new |= any(one.dep_ in _RESTRICTING for one in token.rights)
    is_name = token.text[:1].isupper() and not token.is_sent_start
    is_many = "Number=Plur" in str(token.morph) or token.tag_ == "NNS"
    return not (
        is_new or is_name or (is_many and not can_be(class_of(token.lemma_), "armed_group"))
    )


def _bounds(token: Token, kind: MentionKind) -> tuple[int, int]:
    """Return the characters of a pronoun, or of a noun with its determiner."""
    first = token
    if kind == "nominal":
        first = next((one for one in token.lefts if one.dep_ == "det"), token)
    return first.idx, token.idx + len(token)
