"""Verbs as cues: 'X said that ...', '"...", said X', 'X praised ...', 'was praised by X'."""

from spacy.tokens import Token

from tasks.extract.grammar import TIME_WORDS, words
from tasks.extract.statements.attribution import Attribution, of_complement, of_pieces
from tasks.extract.statements.complements import complement
from tasks.extract.statements.cues import Found
from tasks.extract.statements.preposed import around, preposed
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.reports import spoken
from tasks.extract.statements.sources import source
from tasks.extract.statements.syntax import (
    agent,
    child,
    governor_of_infinitive,
    group_start,
    is_finite,
    is_imperative,
    is_passive,
    own_subject,
    relation,
    sentence_end,
    subject,
)

_SPEECH = frozenset({"quote", "clause"})
"""Frames with which a verb may stand beside or behind what is said."""
_OPENERS = words("begin start open continue conclude end finish close respond")
"""Verbs that with 'by' join the cue: 'began the interview by stating'."""
_GAP = 3
"""Most tokens from a verb to the infinitive whose cue it joins: 'went on to explain'."""


def read_verb(found: Found, quotes: Quotes) -> Attribution | None:
    """Return what the verb reports: a quote beside it, what follows it, or the clause before."""
    verb = found.token
    if any(quoted_as(one) == verb for one in verb.children):
        return None  # 'quoted X as saying': X says it
    asking = governor_of_infinitive(verb) or verb
    if is_imperative(verb) or relation(verb) in {"amod", "compound"}:
        return None
    if is_asked(verb) or is_asked(asking):
        return None
    passive = is_passive(verb)
    first = cue_start(verb)
    if (quoting := quoted_as(verb)) is not None:
        who = _who_is_quoted(quoting)
        first = group_start(quoting) if is_passive(quoting) else verb.i - 1
    else:
        who = agent(verb) if passive else _subject(found, quotes) or _name_before(verb, first)
    speaker = source(who, first, found.last)
    if speaker is None:
        return None
    may_speak = bool(found.cue.frames & _SPEECH) and not passive
    if may_speak and (pieces := spoken(found, speaker, first, quotes)):
        return of_pieces(found, first, speaker, pieces, "quote", verb)
    if may_speak and (pieces := around(found, speaker, first)):
        return of_pieces(found, first, speaker, pieces, "preposed", verb)
    if (told := complement(found, verb)) is not None:
        return of_complement(found, first, speaker, told, verb, quotes)
    may_tell = bool(found.cue.frames & {"clause", "that"}) and not passive
    if may_tell and (pieces := preposed(found, speaker, first)):
        return of_pieces(found, first, speaker, pieces, "preposed", verb)
    return None


def _subject(found: Found, quotes: Quotes) -> Token | None:
    """Return the verb's subject; where the parse found it in a quote before, who stands behind."""
    verb = found.token
    who = subject(verb) or _subject_of_as(verb)
    quote = None if who is None else quotes.around(who.idx)
    if quote is None or quote.end > verb.idx or child(verb, "nsubj") != who:
        return who
    near = (c for c in verb.rights if c.left_edge.i <= found.last + 1)
    return next((c for c in near if c.pos_ in {"PROPN", "NOUN", "PRON"}), who)


def _subject_of_as(verb: Token) -> Token | None:
    """Return the subject of 'As X put it' that the parse gave to the clause behind."""
    mark = child(verb, "mark")
    if mark is None or mark.lower_ != "as" or mark.i > verb.i:
        return None
    return next((t for t in verb.doc[mark.i + 1 : verb.i] if relation(t) == "nsubj"), None)


def cue_start(verb: Token) -> int:
    """Return the first token of the cue: of the verb whose infinitive it is, else of its group."""
    first = group_start(verb)
    mark = child(verb, "mark")
    opener = verb.head
    if mark is not None and mark.lower_ == "by" and opener.lemma_.lower() in _OPENERS:
        is_near = 0 < first - opener.i <= 2 * _GAP
        return group_start(opener) if is_near else first
    while (outer := governor_of_infinitive(verb)) is not None:
        if relation(verb) != "xcomp" or first - outer.i > _GAP:
            break
        first, verb = group_start(outer), outer
    return first


def quoted_as(verb: Token) -> Token | None:
    """Return the verb of 'quoted X as saying' and 'X was quoted as saying'."""
    mark, head = child(verb, "mark", "case"), verb.head
    is_as = mark is not None and mark.lower_ == "as" and relation(verb) in {"advcl", "obl", "xcomp"}
    return head if is_as and head.lemma_.lower() in {"quote", "cite"} else None


def _who_is_quoted(quoting: Token) -> Token | None:
    return own_subject(quoting) if is_passive(quoting) else child(quoting, "obj", "iobj")


def is_asked(verb: Token) -> bool:
    """Tell whether the verb itself is in question: 'Did X say that ...?', 'Had X said that'."""
    helper = child(verb, "aux", "aux:pass", "cop")
    own = own_subject(verb)
    if helper is None or own is None or not helper.i < own.i < verb.i:
        return False
    if helper.lower_ == "had":
        return True  # 'Had I said ...': nobody did
    end = sentence_end(verb)
    return any(t.text in {"?", "--"} for t in verb.doc[max(verb.i, end - 3) : end])


def _name_before(verb: Token, first: int) -> Token | None:
    """Return the name or pronoun just before a finite verb that the parse left without subject."""
    if first == 0 or not is_finite(verb) or relation(verb) not in {"ROOT", "ccomp", "parataxis"}:
        return None
    word = verb.doc[first - 1]
    if word.pos_ == "PRON":
        return word if word.lower_ in {"he", "she", "they", "who", "it"} else None
    if word.pos_ not in {"PROPN", "NOUN"} or word.lower_ in TIME_WORDS:
        return None
    while word.head.i < word.i and word.head.pos_ == "PROPN" and word.dep_ in {"flat", "compound"}:
        word = word.head
    return word
