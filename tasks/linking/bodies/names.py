"""Normal forms of names that are no person's: one for all spellings of one name."""

import re
from collections.abc import Mapping, Sequence

from tasks.extract.wordlist import words as wordlist
from tasks.letters import folded
from tasks.linking.words import words_of

_LEGAL_FORMS = wordlist("inc incorporated corp corporation ltd limited llc plc co company gmbh")
_AMERICAN = {
    "centre": "center", "centres": "centers", "theatre": "theater", "defence": "defense",
    "programme": "program", "programmes": "programs", "harbour": "harbor",
    "armour": "armor", "honour": "honor", "neighbour": "neighbor", "neighbours": "neighbors",
    "favour": "favor", "colour": "color", "licence": "license", "offence": "offense",
    "catalogue": "catalog", "dialogue": "dialog", "grey": "gray", "aluminium": "aluminum",
}  # fmt: skip
_POSSESSIVE = re.compile(r"'s?(?!\w)")
_ISATION = re.compile(r"(?<=\w{3})is(?=(?:ations?|ational|e|ed|ing|ers?)$)")
_NO_ISE = wordlist(
    "exercise enterprise franchise surprise advise premise promise expertise precise concise "
    "paradise disguise revise supervise televise rise raise "
    "enterprises exercises merchandise wise otherwise"
)
_OFFICES = frozenset(("ministry", "department"))
_SUBJECTS = {
    "foreign": "foreign affairs",
    "external affairs": "foreign affairs",
    "internal affairs": "interior",
    "the interior": "interior",
    "national defense": "defense",
}
"""Subjects of ministries that go by two names."""

States = Mapping[str, str]
"""Names and demonyms of states, folded, to the state's id."""


def body_key(name: str, states: States) -> str:
    """Return what all spellings of `name` have in common; '' where nothing is left of it.

    Left out are 'the' (but for 'The Hindu', which is a paper), possessive endings and legal forms
    at the end ('Inc'); '&' is 'and', British spelling is American, but for the names of parties
    ('Labour'); a ministry is 'ministry of X of STATE' in whichever order.
    """
    plain = _POSSESSIVE.sub("", folded(name).replace("&", " and "))
    said = words_of(plain)
    words = [american(word) for word in said if word != "the" or len(said) == 2]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return _office(words, states) or " ".join(words)


def american(word: str) -> str:
    """Return `word`, folded, as Americans spell it."""
    if word in _NO_ISE:
        return word
    return _AMERICAN.get(word) or _ISATION.sub("iz", word)


def _office(words: Sequence[str], states: States) -> str | None:
    """Return 'ministry of X of STATE' for the name of a state's ministry or department."""
    at = next((i for i, word in enumerate(words) if word in _OFFICES), None)
    if at is None:
        return None
    before, after = list(words[:at]), list(words[at + 1 :])
    if after[:1] == ["of"]:
        subject, state = _of_state(after[1:], states) if not before else (after[1:], before)
    elif not after:
        subject, state = _after_state(before, states)
    else:
        return None
    state_id = states.get(" ".join(state))
    if state_id is None or not subject:
        return None
    told = " ".join(subject)
    return f"{words[at]} of {_SUBJECTS.get(told, told)} of {state_id}"


def _of_state(words: list[str], states: States) -> tuple[list[str], list[str]]:
    """Part 'foreign affairs of russia' into subject and state."""
    for at in range(len(words) - 2, 0, -1):
        if words[at] == "of" and " ".join(words[at + 1 :]) in states:
            return words[:at], words[at + 1 :]
    return words, []


def _after_state(words: list[str], states: States) -> tuple[list[str], list[str]]:
    """Part 'russian foreign' into subject and state."""
    for at in range(len(words) - 1, 0, -1):
        if " ".join(words[:at]) in states:
            return words[at:], words[:at]
    return words, []
