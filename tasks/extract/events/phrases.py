"""Noun phrases of parties: which words they are, what they count, whether they name persons."""

from spacy.tokens import Token

from tasks.extract.events.words import is_of_class
from tasks.extract.grammar import words
from tasks.extract.nouns import class_of
from tasks.extract.statements.speakers import is_party
from tasks.extract.statements.syntax import phrases, relation

_AMOUNTS = words(
    "number series dozen hundred thousand million group wave round part score couple pair handful "
    "majority string spate kind type tens lot member total team most many some several two three "
    "state day week hour month part end portion piece plenty range batch patch contingent unit "
    "ton tonne barrel bag box truckload load pound kilogram litre liter gallon"
)
"""Nouns before 'of' that only count: 'dozens of civilians', 'a group of deputies'."""
_EDGES = frozenset({"case", "mark", "cc", "punct", "det", "cc:preconj", "det:predet", "advmod"})
_INNER = frozenset({"nmod", "flat", "compound", "case", "nmod:poss", "nummod", "fixed"})
_BEFORE = frozenset(
    {"amod", "compound", "nummod", "nmod:poss", "nmod:desc", "nmod", "flat", "det", "advmod"}
)
_LONGEST = 14
"""Tokens of the longest phrase that is taken whole."""
_THINGS = words(
    "water power number center centre paper weather matter order letter river winter summer border "
    "tower computer factor sector error horror terror door floor color colour labor labour harbor "
    "harbour layer shelter quarter chapter corner danger disaster wonder timber fiber fibre meter "
    "metre liter litre trailer container server router scooter helicopter theater theatre "
    "register transfer offer dinner fever cancer ladder finger hammer laser lever poster rubber "
    "silver tender thunder tiger timer trigger vapor vigor motor monitor reactor tractor vector "
    "corridor mirror rumor rumour humor favour favor behavior behaviour flavor vaccine "
    "list mist fist twist wrist waist coast virus elephant plant warrant restaurant variant "
    "fruit coffee fee tree degree guarantee"
)
"""Nouns that end as those for persons do, and are none."""


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
    lemma = noun.lemma_.lower()
    return is_party(noun) and lemma not in _THINGS and not {"city", "region"} & class_of(lemma)


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
