"""Where the parties of a word of position stand: its doer, what it hits, its phrases."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tasks.extract.stances.parties import owner_tokens
from tasks.extract.stances.words import senses
from tasks.extract.statements.syntax import (
    agent,
    antecedent,
    child,
    is_passive,
    own_subject,
    phrases,
    relation,
    subject,
)

CLAUSES = ("ccomp", "xcomp", "csubj", "csubj:pass")
_GERUND_MARKS = frozenset({"for", "of", "from", "over"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def slot(token: Token, name: str) -> list[Token]:
    """Return the tokens in the place `name` of `token`: a relation or a preposition."""
    match name:
        case "subject":
            return _some(doer(token))
        case "object":
            return _some(patient(token))
        case "clause":
            return clauses(token)
        case "owner":
            return list(owner_tokens(token))
        case "voice":
            return []
    return list(after(token, name))


def _some(token: Token | None) -> list[Token]:
    return [] if token is None else [token]


def bearer_of_degree(word: Token) -> Token | None:
    """Return X of 'how displeased X was'."""
    if not word.i or word.nbor(-1).lower_ != "how" or word.pos_ not in {"ADJ", "VERB"}:
        return None
    return word.head if relation(word) == "amod" else child(word, "obj", "nsubj")


def doer(word: Token) -> Token | None:
    """Return who does what the verb says, or of whom the adjective or noun is said."""
    if (who := bearer_of_degree(word)) is not None:
        return who
    if word.pos_ in {"VERB", "AUX"} and is_passive(word):
        return agent(word) or _agent_below(word)
    if relation(word) in {"amod", "acl"} and word.pos_ == "ADJ":
        return word.head
    outer = word
    for _ in range(3):  # 'for refusing to help'
        is_open = relation(outer) == "xcomp" and own_subject(outer) is None
        if not is_open or child(outer.head, "obj", "iobj") is not None:
            break
        outer = outer.head
    if relation(outer) == "advcl" and own_subject(outer) is None:
        mark = next((c.lower_ for c in outer.lefts if relation(c) in {"mark", "case"}), "")
        told = child(outer.head, "obj", "iobj") if mark in _GERUND_MARKS else None
        if told is not None:
            return told
    return subject(word)


def _agent_below(verb: Token) -> Token | None:
    """Return who acts where the parser hangs 'by X' on a word before it: 'hailed as Y by X'."""
    for one in verb.rights:
        for phrase in phrases(one):
            if phrase.preposition.lower_ == "by" and phrase.head.pos_ in _NOUNS:
                return phrase.head
    return None


def patient(verb: Token) -> Token | None:
    """Return whom or what the verb is done to."""
    if verb.pos_ in {"VERB", "AUX"} and is_passive(verb):
        if (own := own_subject(verb)) is not None:
            return own
        return verb.head if relation(verb) in {"acl", "acl:relcl"} else subject(verb)
    told = child(verb, "obj") or child(verb, "iobj")
    if told is not None:
        return told
    if relation(verb) == "acl:relcl" and verb.pos_ == "VERB":
        own = own_subject(verb)
        is_subject = own is not None and own.lower_ in {"who", "which", "that"}
        return verb.head if own is not None and not is_subject else None
    return None


def clauses(token: Token) -> list[Token]:
    """Return the heads of the clauses that complete `token`."""
    found = [c for c in token.children if relation(c) in CLAUSES and c.i > token.i]
    if token.pos_ in {"NOUN", "PROPN"}:
        found += [c for c in token.rights if relation(c) == "acl" and c.tag_ not in {"VBN", "VBD"}]
        if relation(token) == "obj" and not found:
            found += [c for c in token.head.rights if _is_infinitive_at(c, token.i + 1)]
    elif token.pos_ == "ADJ":
        found += [c for c in token.rights if relation(c) == "advcl"]
    return found


def _is_infinitive_at(verb: Token, start: int) -> bool:
    """Tell whether an infinitive opens at token `start`: 'the push to topple', misread."""
    first = verb.left_edge
    return verb.pos_ == "VERB" and first.i == start and first.lower_ == "to"


def after(token: Token, preposition: str) -> Iterator[Token]:
    """Yield what stands after `preposition` below `token`, or below the verb that carries it."""
    for one in (token, *carriers(token)):
        for phrase in phrases(one):
            if phrase.preposition.lower_ == preposition and phrase.head.i > token.i:
                yield phrase.head
    head = token.head
    who = bearer_of_degree(token)
    if who is not None:  # 'how displeased X was with Y': the parser makes Y the predicate
        copula = who.doc[min(who.right_edge.i + 1, len(who.doc) - 1)]
        root = copula.head
        if copula.pos_ == "AUX" and any(
            c.dep_ == "case" and c.lower_ == preposition for c in root.lefts
        ):
            yield root
    is_said = relation(token) in {"obj", "xcomp", "amod"} and head.pos_ in {"VERB", "ADJ", "AUX"}
    if is_said and head not in carriers(token):
        yield from (
            p.head
            for p in phrases(head)
            if p.preposition.lower_ == preposition and p.head.i > token.i
        )


def carriers(noun: Token) -> Sequence[Token]:
    """Return the light verb that carries `noun`: 'voiced support', 'sanctions imposed'."""
    if noun.pos_ != "NOUN":
        return ()
    if relation(noun) in {"obj", "nsubj:pass"} and is_light(noun.head):
        return (noun.head,)
    return tuple(c for c in noun.rights if relation(c) in {"acl", "acl:relcl"} and is_light(c))[:1]


def is_light(verb: Token) -> bool:
    """Tell whether the verb lends its subject to a noun of position."""
    return any(s.kind == "light" for s in senses(verb))


def is_clause(token: Token) -> bool:
    """Tell whether `token` heads a clause, not a noun phrase."""
    if token.pos_ in {"VERB", "AUX"}:
        return True
    if token.pos_ in {"NOUN", "PROPN"} and child(token, "case") is not None:
        return False
    has_copula = child(token, "cop") is not None
    return has_copula or (token.pos_ == "ADJ" and own_subject(token) is not None)


def is_noun(token: Token) -> bool:
    """Tell whether `token` may head a noun phrase."""
    return token.pos_ in _NOUNS


def relative_of(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else `token`."""
    if token.lower_ in {"who", "which", "that", "whom"} and token.pos_ == "PRON":
        return antecedent(token) or token
    return token
