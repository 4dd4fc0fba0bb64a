"""Small registries, written by hand: a few states, offices and the persons who held them."""

from collections.abc import Mapping
from pathlib import Path

from tasks.registry import Registry, load_registry

ENTITIES = """\
entity_id,name,type,country_iso3,wikidata_id,description
state:usa,United States,state,USA,Q30,
state:afg,Afghanistan,state,AFG,,
city:moscow,Moscow,city,RUS,,
state:rus,Russia,state,RUS,,
institution:cia,Central Intelligence Agency,institution,USA,,
institution:us-presidency,White House,institution,USA,,
international_organisation:un,United Nations,international_organisation,,,
person:ann-lee,Ann Lee,person,USA,,
person:bo-lee,Bo Lee,person,USA,,
person:cy-roe,Cy Roe,person,,,
"""
ALIASES = """\
entity_id,alias,kind
state:usa,US,acronym
state:usa,American,demonym
state:rus,Moscow,metonym
state:rus,Russian Federation,name
state:rus,Russian,demonym
international_organisation:un,UN,acronym
person:ann-lee,Lee,name
"""
ROLES = """\
entity_id,role,organisation_id,country_iso3,valid_from,valid_to
person:ann-lee,president,state:usa,USA,2017-01-20,2021-01-20
person:bo-lee,president,state:usa,USA,2021-01-20,
"""
MEMBERS = """\
entity_id,member_id,valid_from,valid_to
international_organisation:un,state:usa,1945-10-24,
"""
FILES = {
    "entities.csv": ENTITIES,
    "entity_aliases.csv": ALIASES,
    "entity_roles.csv": ROLES,
    "entity_members.csv": MEMBERS,
}
HEADERS = {name: text.partition("\n")[0] for name, text in FILES.items()} | {
    "entity_decisions.csv": "decision,entity_id,other_id,article_id,decided_on,note"
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into `folder`, which is made where needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def rows(name: str, *lines: str) -> dict[str, str]:
    """Return the file `name` with its header and `lines`."""
    return {name: "\n".join([HEADERS[name], *lines]) + "\n"}


def registry(tmp_path: Path, changed: Mapping[str, str] | None = None) -> Registry:
    """Return the registry of the files above, some of them with another text."""
    return load_registry(shipped=write(tmp_path / "shipped", FILES | dict(changed or {})))


def with_own(tmp_path: Path, own: Mapping[str, str]) -> Registry:
    """Return the registry of the files above with the user's own."""
    shipped = write(tmp_path / "shipped", FILES)
    return load_registry(write(tmp_path / "entities", own), shipped=shipped)
