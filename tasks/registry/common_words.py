"""Names that are common words, and hence found where nobody means the entity."""

import re

from tasks.extract.wordlist import words
from tasks.registry.record import Registry

_FREQUENT = words(
    "act agency airport alliance army art assembly bank bar bill black board border bridge brown "
    "bush cabinet camp capital castle center centre chamber chancellor charter chief church "
    "citizen city coalition coast college commission committee congress constitution corps "
    "council court crisis crown dawn day defence defense democracy department desert dialogue "
    "director east economist embassy emergency empire envoy event express father federation "
    "fleet force forces foreign forum foundation free freedom friday front future general gold "
    "government governor grand great green group guard guardian hill home hope house independent "
    "institute institution interior international island joint journal judge june justice king "
    "labor labour lady league left liberal liberty life light march marine marines may mayor "
    "metro military minister ministry mirror mission monday money monitor moon mother mountain "
    "movement nation national navy news north observer office opposition order organisation "
    "organization palace parliament party peace people police post power premier president press "
    "prime prince process project quad queen reform region republic resistance rice rights river "
    "road rose royal saturday school secretariat secretary security senate solidarity south "
    "speaker square standard star state states strait summit sun sunday supreme telegraph "
    "thursday time times today trade treasury treaty tribune trust tuesday union unit united "
    "unity valley victory voice war watch way wednesday west white will world yesterday youth "
    "zone"
)
"""Words that open sentences or name very many things, and that somebody might take for a name."""

_REVIEWED = frozenset({"US", "WHO", "dpa"})
"""Written so, these mean the state, the organisation and the agency and nothing else."""

_SHORT = re.compile(r"[a-z]{1,3}")


def common_words(registry: Registry) -> list[str]:
    """Return the names of `registry` that are common English words, in order."""
    from spacy.lang.en.stop_words import STOP_WORDS  # slow to import

    common = _FREQUENT | STOP_WORDS
    return sorted(
        name
        for name in registry.by_alias
        if name not in _REVIEWED and (name.lower() in common or _SHORT.fullmatch(name))
    )
