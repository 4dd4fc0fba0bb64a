"""Whether an act took place: told as a fact, planned, possible, only if, wished for, or denied."""

from spacy.tokens import Token

from tasks.extract import grammar
from tasks.extract.events.reading import Act
from tasks.extract.events.unreal import HAPPENED, beside_noun, governed_by
from tasks.extract.events.words import senses
from tasks.extract.statements.putting import Manner, is_negated, modality_of
from tasks.extract.statements.syntax import child, is_finite, own_subject, relation, with_to
from warehouse.tables import Modality

_AFTER = frozenset({"after", "since", "following", "by", "for", "upon", "over"})
_WITHOUT = frozenset({"without", "instead", "rather", "against"})
_COMING = frozenset({"before", "until", "till"})
_PROVIDED = frozenset({"provided", "providing", "assuming", "supposing"})
_SAYING = grammar.words("thank congratulate apologise apologize condemn salute welcome")
_POLITE = grammar.words("want like wish")
_CALLING = grammar.words("call push press plan hope ask wish prepare")
_NEARLY = frozenset({"nearly", "almost"})
_ALLEGED = grammar.words(
    "allegedly reportedly supposedly apparently purportedly perhaps maybe possibly probably"
)
_STEPS = 4


def put(act: Act) -> Manner:
    """Return whether the act is negated and how it is put, by its clause and what governs it."""
    if act.clause.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(act.clause)
    found = of_verb(act.clause)
    if act.token.i == act.clause.i:
        return found
    own = _by_adjectives(act.token) or Manner(False, "asserted")  # 'announced no talks'
    modality = own.modality if found.modality == "asserted" else found.modality
    return Manner(found.is_negated or own.is_negated, modality)  # one 'no' may show in both


def of_verb(verb: Token) -> Manner:
    """Return how the clause of `verb` is put, whoever tells it."""
    is_over = any(c.lower_ == "longer" and c.i < verb.i for c in verb.lefts)
    found = Manner(is_negated(verb) ^ _has_no_object(verb) ^ is_over, modality_of(verb))
    if _would_have(verb):
        return found._replace(modality="hypothetical")
    if _has_condition(verb) or verb.head.lower_ in _PROVIDED:
        return found._replace(modality="hypothetical")
    if any(a.lower_ in {"must", "should", "ought"} for a in verb.lefts):
        return found._replace(modality="desired")
    if _is_to_be(verb) or (relation(verb) == "ROOT" and with_to(verb)):
        return found._replace(modality="planned")
    if relation(verb) == "acl:relcl" and any(c.lower_ == "any" for c in verb.head.lefts):
        return found._replace(modality="hypothetical")
    words = {c.lower_ for c in verb.lefts}
    if words & _NEARLY:
        return Manner(not found.is_negated, "asserted")
    if words & _ALLEGED or _is_what_is_claimed(verb):
        return found._replace(modality="possible")
    node = verb
    for _ in range(_STEPS):
        above = _above(node)
        if above is None:
            break
        found = _under(found, node, above)
        node = above
    return found


def _above(node: Token) -> Token | None:
    """Return the word that the clause of `node` completes, or with which it shares its manner."""
    kind, head = relation(node), node.head
    if head == node:
        return None
    if kind == "conj" and with_to(node):
        return head
    if kind == "conj":
        shares = own_subject(node) is None and not _has_own_auxiliary(node)
        return head if shares or relation(head) in {"xcomp", "ccomp"} else None
    if kind in {"xcomp", "acl", "csubj"} or (kind == "ccomp" and not is_finite(node)):
        return head
    if kind == "advcl" and not is_finite(node):
        return head
    return None


def _under(found: Manner, node: Token, above: Token) -> Manner:
    """Return how a clause is put that completes `above`."""
    kind = relation(node)
    if kind == "conj":
        if found.modality == "asserted":
            told: Modality = "planned" if with_to(node) else modality_of(above)
            return Manner(found.is_negated, told)
        return found
    marks = {c.lower_ for c in node.lefts if relation(c) in {"mark", "case", "cc"}}
    if marks & _WITHOUT:
        return Manner(not found.is_negated, found.modality)
    if found.modality != "asserted":
        return found
    if kind == "advcl" and not with_to(node):
        over = governed_by(above)
        if not marks:
            return found._replace(modality=modality_of(above))
        if "to" in marks:  # 'committed to helping'
            found = found._replace(is_negated=found.is_negated ^ is_negated(above))
        if over is None or (marks & _AFTER and over != "possible"):
            return found
        return found._replace(modality=over)
    found = found._replace(is_negated=found.is_negated ^ is_negated(above))
    word = governed_by(above)
    if above.lower_ == "able" and any(c.lower_ in {"was", "were"} for c in above.lefts):
        return found  # 'was able to sign'
    if word == "desired" and node.lemma_.lower() in _SAYING and above.lower_ in _POLITE:
        return found  # 'I want to thank'
    if word == "denied":
        return Manner(not found.is_negated, modality_of(above))
    if above.lower_ == "going" and with_to(node):
        word = "planned"
    is_noun = above.pos_ in {"NOUN", "PROPN"}
    if word is None and with_to(node) and (is_noun or above.lemma_.lower() not in HAPPENED):
        is_aim = kind == "advcl" or is_noun or above.pos_ == "ADJ" or bool(senses(above))
        word = "planned" if is_aim else "possible"
    outer = modality_of(above)
    return found._replace(modality=outer if outer == "hypothetical" else word or outer)


def _is_what_is_claimed(verb: Token) -> bool:
    """Tell 'the accusation is that he met'."""
    outer = child(verb, "nsubj:outer")
    return outer is not None and governed_by(outer) == "possible"


def _is_to_be(verb: Token) -> bool:
    """Tell 'is to step down'."""
    before = [c for c in verb.lefts if c.lower_ in {"is", "are", "was", "were", "to"}]
    return len(before) > 1 and before[-1].lower_ == "to" and before[-2].i == before[-1].i - 1


def _would_have(verb: Token) -> bool:
    """Tell 'would have bombed', which did not happen."""
    helpers = {c.lower_ for c in verb.lefts if relation(c) in {"aux", "aux:pass"}}
    return bool(helpers & {"would", "'d"}) and "have" in helpers


def _has_no_object(verb: Token) -> bool:
    """Tell 'deployed no troops'."""
    thing = child(verb, "obj")
    return thing is not None and any(c.lower_ == "no" and relation(c) == "det" for c in thing.lefts)


def _has_condition(verb: Token) -> bool:
    inner = (c for c in verb.children if relation(c) == "advcl")
    own = any(m.lower_ in {"if", "unless"} for c in inner for m in c.lefts)
    would = any(a.lower_ in {"would", "'d", "could", "might"} for a in verb.lefts)
    return own and would


def _has_own_auxiliary(verb: Token) -> bool:
    return any(relation(c) in {"aux", "aux:pass"} for c in verb.lefts)


def _by_adjectives(noun: Token) -> Manner | None:
    """Return how the words before `noun` put it: 'no talks', 'planned talks'."""
    words = [c.lower_ for c in noun.lefts]
    if any(word in {"no", "without"} for word in words):
        return Manner(True, "asserted")
    for word in words:
        if (said := beside_noun(word)) is not None:
            return _as_manner(said)
    return None


def _of_noun(noun: Token) -> Manner:
    """Return how an act that a noun names is put: by its adjectives and what governs it."""
    words = [c.lower_ for c in noun.lefts]
    own = _by_adjectives(noun)
    if own is not None:
        return own
    head, kind = noun.head, relation(noun)
    marks = set(words)
    if kind in {"nmod", "obl", "obj", "nsubj:pass", "xcomp"} and head != noun:
        if marks & {"after", "since", "following", "during"}:
            return Manner(False, "asserted")
        if marks & _COMING:
            return Manner(False, "planned")
        found = governed_by(head)
        if found is not None and not (
            kind == "obl" and marks & {"over", "for"} and head.lemma_.lower() not in _CALLING
        ):
            return _as_manner(found)
    if head != noun and kind in {"obj", "nsubj:pass", "nsubj"}:
        said = beside_noun(head.lower_) if head.pos_ == "ADJ" else None
        if said is not None:  # 'cooperation is possible'
            return _as_manner(said)
        outer = of_verb(head)
        if outer.modality != "asserted":
            return Manner(False, outer.modality)
    return Manner(False, "asserted")


def _as_manner(modality: Modality) -> Manner:
    return Manner(True, "asserted") if modality == "denied" else Manner(False, modality)
