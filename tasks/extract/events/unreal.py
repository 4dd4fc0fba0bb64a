"""Words that say whether what they govern took place: a clause, or a noun of action."""

from collections.abc import Mapping

from spacy.tokens import Token

from tasks.extract.grammar import words
from warehouse.tables import Modality

HAPPENED = words(
    "manage help continue begin start proceed go come use force lead cause vote succeed "
    "keep resume finish cease stop end rush move dare happen get see watch catch find leave make "
    "prompt compel oblige admit confess acknowledge remember regret celebrate report "
    "involve include resort quick glad happy pleased delighted proud sad sorry first last second "
    "hasten hurry choose right wrong brave honoured honored lucky"
)
"""Words after which what an infinitive says took place, as far as they did."""


def _by_word(listed: Mapping[Modality, str]) -> dict[str, Modality]:
    return {word: modality for modality, line in listed.items() for word in line.split()}


_VERBS = _by_word(
    {
        "planned": "plan intend vow pledge promise threaten prepare schedule agree decide offer "
        "order expect announce swear resolve commit mean ready willing set due authorize "
        "authorise approve propose determine undertake poise",
        "desired": "want hope wish seek urge call demand need aim request appeal press push insist "
        "advise recommend encourage beg ask invite tell favour favor like persuade convince "
        "oppose support welcome",
        "possible": "consider mull weigh discuss try attempt accuse suspect allege blame charge "
        "fear warn worry believe think claim deny doubt debate contemplate suggest able likely "
        "free study explore struggle fight work",
        "denied": "refuse decline avoid prevent avert fail stop block ban bar prohibit forbid "
        "abandon cancel rule thwart foil deter dissuade abstain refrain stall unable unwilling "
        "reluctant halt reject",
    }
)
_NOUNS = _by_word(
    {
        "planned": "planned scheduled upcoming forthcoming proposed imminent future impending "
        "threatened coming next pending plan plans preparation preparations promise pledge offer "
        "threat threats",
        "possible": "perceived purported claimed supposed rumoured rumored claim claims "
        "complaint theory possible potential alleged suspected attempted apparent presumed likely "
        "risk "
        "fear fears possibility danger prospect prospects chance likelihood allegation allegations "
        "accusation accusations suspicion attempt attempts bid rumour rumours rumor rumors report "
        "charge charges",
        "hypothetical": "hypothetical case event",
        "desired": "call calls demand demands hope hopes appeal need request support wish",
        "denied": "foiled thwarted averted cancelled canceled aborted absence lack denial averting "
        "prevention",
    }
)


def beside_noun(word: str) -> Modality | None:
    """Return what an adjective, in lower case, does to the noun of action after it."""
    return _NOUNS.get(word)


def governed_by(word: Token) -> Modality | None:
    """Return what `word` does to the clause or noun it governs; None: it may have happened.

    `denied`: it did not happen.
    """
    if word.pos_ in {"NOUN", "PROPN"}:
        return _NOUNS.get(word.lower_) or _NOUNS.get(word.lemma_.lower())
    return _VERBS.get(word.lemma_.lower()) or _VERBS.get(word.lower_) or _by_stem(word.lower_)


def _by_stem(form: str) -> Modality | None:
    """Return it for a verb that the lemmatiser gets wrong: 'threatene'."""
    for end in ("ed", "s", "ing"):
        if form.endswith(end):
            for tail in ("", "e"):
                if found := _VERBS.get(form.removesuffix(end) + tail):
                    return found
    return None
