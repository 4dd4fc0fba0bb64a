"""`demarche entity`: the user's own entities and names, and what is one and the same."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Config, Csv, DataDir, Json

if TYPE_CHECKING:
    from flows.settings import Settings
    from tasks.registry import Registry

HELP = """Add entities and names of your own, merge, split and keep apart, and check it all.

Example: demarche entity list
"""

app = typer.Typer(help=HELP, no_args_is_help=True)

AGAIN = "run `demarche annotate` to read the articles with it, then `demarche publish`"
LINK = "run `demarche annotate` to link anew, then `demarche publish`"

EntityId = Annotated[str, typer.Argument(metavar="ID", help="Id of an entity.")]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar="TEXT", help="Why, for later readers.", show_default=False),
]


@app.command()
def add(
    entity_id: Annotated[
        str, typer.Argument(metavar="ID", help="Type and name, such as person:zamir-kabulov.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Preferred English name.")],
    entity_type: Annotated[
        str | None,
        typer.Option(
            "--type", metavar="TYPE", help="What it is; default: as ID opens.", show_default=False
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            metavar="ISO3", help="State that it is or belongs to, as in RUS.", show_default=False
        ),
    ] = None,
    description: Annotated[
        str | None, typer.Option(metavar="TEXT", help="One line.", show_default=False)
    ] = None,
    alias: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name; may be repeated.", show_default=False),
    ] = None,
    config: Config = None,
) -> None:
    """Add an entity, or put your own in place of one that demarche knows.

    Example: demarche entity add company:acme "Acme Corporation" --country USA --alias Acme
    """
    from flows.entities import ALIASES, ENTITIES, change

    settings, registry = _open(config)
    row = {
        "entity_id": entity_id,
        "name": name,
        "type": entity_type or entity_id.partition(":")[0],
        "country_iso3": country,
        "description": description,
    }
    names = [{"entity_id": entity_id, "alias": one, "kind": "name"} for one in alias or []]
    change(settings.entities_folder, {ENTITIES: [row]} | ({ALIASES: names} if names else {}))
    done = "replaced" if entity_id in registry.by_id else "added"
    _tell(settings, f"{done} '{entity_id}'", AGAIN)


@app.command("alias")
def name_entity(
    entity_id: EntityId,
    alias: Annotated[str, typer.Argument(metavar="NAME", help="A name, letter for letter.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="name, acronym, demonym or metonym.")
    ] = "name",
    remove: Annotated[
        bool, typer.Option("--remove", help="Take the name away from the entity.")
    ] = False,
    config: Config = None,
) -> None:
    """Give an entity one more name, or take one away.

    Example: demarche entity alias person:zamir-kabulov "Zamir Qabulov"
    """
    from flows.cli.entity_ids import require_registered
    from flows.entities import add_name, has_name, take_name

    settings, registry = _open(config)
    require_registered(registry, entity_id)
    _check_kind(kind)
    is_there = has_name(registry, entity_id, alias, None if remove else kind)
    if is_there is not remove:
        problem = "is no name" if remove else f"is a {kind} already"
        raise typer.BadParameter(f"'{alias}' {problem} of '{entity_id}'", param_hint="NAME")
    if remove:
        take_name(settings.entities_folder, entity_id, alias)
    else:
        add_name(settings.entities_folder, entity_id, alias, kind)
    done = "took away" if remove else "added"
    _tell(settings, f"{done} the name '{alias}' of '{entity_id}'", AGAIN)


@app.command()
def merge(
    entity_id: Annotated[str, typer.Argument(metavar="ID", help="Entity that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Entity that stays.")],
    note: Note = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Have two entities be one from now on, in all articles; `apart` undoes it.

    Example: demarche entity merge person:zamir-qabulov person:zamir-kabulov
    """
    settings = _decide("merge", entity_id, into, note, config, data_dir)
    _tell(settings, f"merged '{entity_id}' into '{into}'", LINK)


@app.command()
def apart(
    entity_id: EntityId,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id of another entity.")],
    note: Note = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Keep two entities apart, whatever a rule says; undoes a merge of the two.

    Example: demarche entity apart person:john-smith person:john-r-smith
    """
    settings = _decide("apart", entity_id, other, note, config, data_dir)
    _tell(settings, f"'{entity_id}' and '{other}' stay apart", LINK)


@app.command()
def split(
    entity_id: EntityId,
    new_id: Annotated[
        str, typer.Argument(metavar="NEW_ID", help="Entity that is meant instead, new or known.")
    ],
    article: Annotated[
        list[str],
        typer.Option(metavar="ARTICLE_ID", help="Where that is so; may be repeated."),
    ],
    note: Note = None,
    config: Config = None,
    data_dir: DataDir = None,
) -> None:
    """Say that in some articles another entity of that name is meant.

    Example: demarche entity split person:a-khan person:a-khan.gbr --article 3f2a91c04d5e6b78
    """
    from flows import entities
    from flows.cli.entity_ids import require_known

    settings, registry = _open(config, data_dir)
    require_known(settings, registry, entity_id)
    entities.split(settings.entities_folder, entity_id, new_id, article, note)
    _tell(settings, f"in {len(article)} articles '{entity_id}' means '{new_id}'", LINK)


@app.command("list")
def list_own(config: Config = None, as_json: Json = False, as_csv: Csv = False) -> None:
    """List your own entities, names, roles, members and decisions.

    Example: demarche entity list --csv
    """
    from flows.cli.output import chosen_format, show
    from flows.cli.reading import Answer
    from flows.entities import LISTED, listed

    fmt = chosen_format(as_json, as_csv)
    settings, _ = _open(config)
    show(Answer(LISTED, list(listed(settings.entities_folder))), fmt)


@app.command()
def check(config: Config = None, as_json: Json = False, as_csv: Csv = False) -> None:
    """Read the whole registry with what is your own, and warn of names that are common words.

    Example: demarche entity check
    """
    from flows.cli.running import tell
    from flows.entities import listed
    from tasks.registry import common_words

    settings, registry = _open(config)
    counts = {
        name: len(getattr(registry, name))
        for name in ("entities", "aliases", "roles", "members", "decisions")
    }
    own = len(list(listed(settings.entities_folder)))
    words = common_words(registry)
    lines = [", ".join(f"{count} {name}" for name, count in counts.items())]
    lines.append(f"{own} rows of your own in {settings.entities_folder}")
    lines += [f"warning: '{w}' ({_owner(registry, w)}) is a common word" for w in words]
    record = counts | {"own_rows": own, "common_words": words}
    tell(record, lines, as_json=as_json, as_csv=as_csv)


def _open(config: Path | None, data_dir: Path | None = None) -> "tuple[Settings, Registry]":
    from flows.cli.running import settings_in_force
    from tasks.registry import load_registry

    settings = settings_in_force(config, data_dir=data_dir)
    return settings, load_registry(settings.entities_folder)


def _check_kind(kind: str) -> None:
    from typing import get_args

    from warehouse.tables import AliasKind

    if kind not in get_args(AliasKind):
        known = ", ".join(get_args(AliasKind))
        raise typer.BadParameter(f"'{kind}' is none of {known}", param_hint="--kind")


def _decide(
    kind: str,
    entity_id: str,
    other_id: str,
    note: str | None,
    config: Path | None,
    data_dir: Path | None,
) -> "Settings":
    """Write a decision on two entities that are known, and return the settings in force."""
    from flows.cli.entity_ids import require_known
    from flows.entities import decide

    settings, registry = _open(config, data_dir)
    require_known(settings, registry, entity_id, other_id)
    decide(settings.entities_folder, kind, entity_id, other_id, note)
    return settings


def _owner(registry: "Registry", name: str) -> str:
    return ", ".join(alias.entity_id for alias in registry.by_alias[name])


def _tell(settings: "Settings", done: str, then: str) -> None:
    typer.echo(f"{done} in {settings.entities_folder}; {then}")
