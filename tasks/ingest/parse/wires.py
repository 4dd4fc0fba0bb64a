"""News agencies, and the forms in which a text credits one as its source."""

import re

WIRES = {
    "AFP": "Agence France[- ]Presse|AFP",
    "AP": "(?:The )?Associated Press|AP",
    "Reuters": "(?:Thomson )?Reuters",
    "Xinhua": "Xinhua(?: News Agency)?",
    "TASS": "(?:ITAR-)?TASS",
    "RIA Novosti": "RIA(?: Novosti)?",
    "Interfax": "Interfax",
    "Sputnik": "Sputnik",
    "UPI": "United Press International|UPI",
    "dpa": "(?:Deutsche Presse-Agentur|dpa|DPA)",
    "EFE": "(?:Agencia )?EFE",
    "ANSA": "ANSA",
    "Kyodo": "Kyodo(?: News)?",
    "Yonhap": "Yonhap(?: News(?: Agency)?)?",
    "PTI": "Press Trust of India|PTI",
    "ANI": "Asian News International|ANI",
    "IANS": "Indo-Asian News Service|IANS",
    "APP": "Associated Press of Pakistan|APP",
    "Anadolu": "Anadolu(?: Agency)?",
    "IRNA": "(?:Islamic Republic News Agency|IRNA)",
    "Bloomberg": "Bloomberg(?: News)?",
    "PA": "(?:Press Association|PA Media)",
    "agencies": "(?:news )?agencies|(?:Wire|Agency) (?:services|reports?)|Agencies",
}
"""News agencies by the name that is kept, with the names under which texts credit them."""

ANY = "|".join(f"(?:{names})" for names in WIRES.values())
NAME = re.compile(rf"(?:{ANY})")
DASH = r"(?:--?|[\u2013\u2014])"
DATELINE = re.compile(
    rf"(?:(?P<place>[A-Z][^()\n]{{1,60}}?)\s?)?\((?P<name>[^()\n]{{2,40}})\)\s?{DASH}\s?(?=\S)"
)
LEAD = re.compile(rf"(?P<name>{ANY})\s?(?:\||{DASH}|:)\s?(?=\S)")
END = re.compile(rf"(?:\s{DASH}|[\u2013\u2014]|\()\s?(?P<name>{ANY})\)?\.?$")
LINE = re.compile(
    rf"\W{{0,3}}(?:with (?:additional )?(?:inputs?|reporting|reports|files) from (?:the )?)?"
    rf"(?P<name>{ANY})(?:(?:,| and|/) ?(?:{ANY}))?\W{{0,3}}(?:\|\s?[\w ,:.+-]{{4,40}})?",
    re.I,
)
END_CHARS = 60


def wire_name(name: str | None) -> str | None:
    """Return the agency that the whole of `name` names, None where it names none."""
    bare = (name or "").strip()
    flags = re.IGNORECASE if bare.isupper() else 0
    found = (kept for kept, names in WIRES.items() if re.fullmatch(names, bare, flags))
    return next(found, None)


def wire_line(line: str) -> str | None:
    """Return the agency that a line such as '(With inputs from PTI)' credits."""
    match = LINE.fullmatch(line) if len(line) <= 2 * END_CHARS else None
    return _kept(match["name"]) if match else None


def wire_credit(first: str, last: str) -> str | None:
    """Return the agency credited in the first paragraph, 'KABUL (Reuters) - ', or the last.

    In brackets behind a place any name counts; elsewhere only that of an agency does.
    """
    if match := DATELINE.match(first):
        name = match["name"].strip()
        if wire_name(name) or (match["place"] and _is_dateline_place(match["place"], name)):
            return wire_name(name) or name
    if match := LEAD.match(first) or END.search(last[-END_CHARS:]):
        return _kept(match["name"])
    return None


def _is_dateline_place(place: str, name: str) -> bool:
    """Tell 'KABUL, Aug. 15 (Khaama Press)' from a sentence with brackets: capitals lead."""
    return place.split(",")[0].split()[0].isupper() and name[0].isupper() and not name.isdigit()


def _kept(name: str) -> str:
    return wire_name(name) or next(
        kept for kept, names in WIRES.items() if re.fullmatch(names, name, re.IGNORECASE)
    )
