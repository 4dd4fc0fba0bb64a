"""Where what is said ends: noun phrases without what is set off, clauses that the parse broke."""

from spacy.tokens import Token

from tasks.extract.grammar import words
from tasks.extract.statements.syntax import relation, sentence_end

_SET_OFF = words("acl:relcl advcl parataxis acl")
_DASHES = frozenset({",", "--", "-", "—", "–", ";"})  # noqa: RUF001
_OWN = words("obl advmod advcl obl:unmarked cc punct discourse conj")
_MARKS = frozenset({",", ";", ".", "—", "–", "--", ")", "?", "!", ":"})  # noqa: RUF001


def noun_end(noun: Token) -> int:
    """Return the last token of a noun phrase, without a clause that a comma or dash sets off."""
    doc = noun.doc
    for one in noun.rights:
        left = one.left_edge.i
        if relation(one) not in _SET_OFF or left <= noun.i:
            continue
        mark = left if doc[left].text in _DASHES else left - 1
        is_apart = doc[mark - 1].whitespace_ or doc[mark].text == ","  # no hyphen
        if doc[mark].text in _DASHES and mark > noun.i and is_apart:
            return mark - 1
    return noun.right_edge.i


def clause_end(first: int, last: int, head: Token) -> int:
    """Return the end of the clause that starts at `first`, where the parse broke it off.

    A clause that ends is followed by a mark, or by what belongs to the cue itself.
    """
    doc = head.doc
    end = sentence_end(head)
    while last + 1 < end:
        following = doc[last + 1]
        if following.text == ":" and last + 2 < end and doc[last + 2].text.islower():
            last = end - 1
            break
        if following.is_punct or following.is_space or following.pos_ == "CCONJ":
            break
        top = following
        while top.head != top and top.head != head and not first <= top.head.i <= last:
            top = top.head
        is_own = top.head == head and relation(top) in _OWN
        is_of_noun = following.lower_ in {"being", "having"}  # 'spoke of it being late'
        if (is_own and not is_of_noun) or top.is_ancestor(head):
            break
        last = max(last + 1, min(top.right_edge.i, end - 1))
    while last > first and (doc[last].text in _MARKS or doc[last].is_space):
        last -= 1
    return last
