"""What kind of thing a name that the registry does not know is the name of, told by its words.

The name alone decides where it can, so that one name has one type in every article.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from warehouse.tables import EntityType, MentionLabel

TYPES: Mapping[MentionLabel, EntityType] = MappingProxyType(
    {
        "PERSON": "person",
        "ORG": "organisation",
        "GPE": "region",
        "LOC": "region",
        "NORP": "people",
        "EVENT": "event",
        "MISC": "other",
    }
)
"""Type of an entity of which only the label is known; the registry has states and large cities."""
ORGANISATION = re.compile(
    r"\b(?:Academy|Administration|Agency|Alliance|Army|Assembly|Association|Authority|Bank|Board|"
    r"Bureau|Cent(?:er|re)|Coalition|College|Command|Commission|Committee|Confederation|"
    r"Conference|Congress|Cooperation|Corporation|Council|Court|Department|Federation|Force|"
    r"Foundation|Front|Fund|Group|Guard|Institute|Institution|League|Ministry|Mission|Movement|"
    r"Network|Observatory|Office|Organi[sz]ation|Party|Police|Secretariat|Service|Society|"
    r"Survey|Syndicate|Union|University)s?\b"
)
"""Words of which one in a name says that it is a body's."""
_LAST: tuple[tuple[EntityType, re.Pattern[str]], ...] = (
    ("party", re.compile(r".*\bParty")),
    ("institution", re.compile(r"(?:Ministry|Department|Embassy) of .*|.* (?:Ministry|Embassy)")),
    ("armed_group", re.compile(r".* (?:Brigades?|Militias?|Liberation (?:Army|Front))")),
    ("company", re.compile(r".* (?:Inc|Corp|Ltd|PLC|plc|LLC|AG|Corporation|Airlines|Airways)\.?")),
    ("media", re.compile(r".* (?:Times|Herald|Tribune|Gazette|Radio|TV|Broadcasting|Daily)")),
    ("group_of_states", re.compile(r".* (?:Republics|States|Countries|Nations)")),
    ("format", re.compile(r".* (?:Format|Dialogue|Forum|Talks|Process)")),
    ("initiative", re.compile(r".* (?:Initiative|Partnership|Plan|Programme|Program|Project)")),
)


def kind_of(name: str, label: MentionLabel) -> EntityType:
    """Return the type of the entity called `name`, which stands in a text with `label`.

    Only names of bodies and of nothing certain (ORG, MISC) are told by their words.
    """
    if label not in ("ORG", "MISC"):
        return TYPES[label]
    for kind, pattern in _LAST:
        if pattern.fullmatch(name):
            return kind
    return "organisation" if ORGANISATION.search(name) else TYPES[label]
