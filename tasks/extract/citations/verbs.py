"""Verbs around the noun of a work: which of them publish, write and tell, and which are unreal."""

from spacy.tokens import Token

from tasks.extract.statements.syntax import relation, with_to
from tasks.extract.wordlist import words

PUBLISHING = words("publish release issue print post appear")
WRITING = words("write author compile produce prepare conduct pen undertake co-author coauthor")
SAYING = words(
    "write argue note warn say report conclude find claim explain predict estimate call describe "
    "propose suggest reveal outline discuss examine recall show tell state urge accuse add "
    "observe contend assert point remark maintain criticise criticize recommend document"
)
_DEMANDS = words("ask request order commission await expect demand want need promise plan seek")
_UNREAL = words("will would shall may might could should must can 'll wo not never n't n\u2019t")
_NONE = words("no any every each neither such")


def is_unreal(verb: Token) -> bool:
    """Tell whether what `verb` says has not taken place: to come, wished for or denied."""
    for one in verb.children:
        is_before = relation(one) in {"aux", "advmod"} and one.i < verb.i
        if is_before and (one.lower_ in _UNREAL or one.dep_ == "neg"):
            return True
    return with_to(verb)


def is_missing(noun: Token) -> bool:
    """Tell whether there is no such work yet: 'no report', 'ordered a report'."""
    if any(one.lower_ in _NONE for one in noun.lefts):
        return True
    verb = noun.head
    if relation(noun) == "obj" and (
        verb.lemma_.lower() in _DEMANDS or is_unreal(verb) or _is_going_on(verb)
    ):
        return True
    return relation(noun) in {"nsubj", "nsubj:pass"} and (
        verb.lemma_.lower() in PUBLISHING and is_unreal(verb)
    )


def _is_going_on(verb: Token) -> bool:
    """Tell 'is undertaking a review', which is not there yet."""
    return verb.tag_ == "VBG" and any(c.lemma_.lower() == "be" for c in verb.lefts)


def lemma_is_tell(verb: Token) -> bool:
    """Tell whether `verb` names its hearer as its object."""
    return verb.lemma_.lower() == "tell"
