"""`demarche who`: what the lake knows of an entity."""

from typing import Annotated, Any

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json
from flows.cli.output import chosen_format, print_note, show_records
from flows.cli.queries.names import meant
from flows.cli.reading import Reader, literal, open_reader, settings_for
from flows.cli.text_tables import print_pairs


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, alias or id of an entity.")],
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
    limit: Annotated[
        int, typer.Option(min=1, metavar="ROWS", help="Partners and mentions shown.")
    ] = 5,
) -> None:
    """Show who or what NAME is: names, roles, outlets, links, partners, latest mentions.

    A slip in a long name is forgiven. A name of several entities gives the list of them; an id
    says which is meant.

    Example: demarche who "Sergei Lavrov"
    """
    fmt = chosen_format(as_json, as_csv)
    with open_reader(settings_for(config, data_dir), as_of, is_of_marts=True) as reader:
        profiles = reader.records(f"FROM who_is({literal(meant(reader, name))})")
        if fmt.kind == "csv":
            show_records(profiles, fmt)
            return
        if fmt.kind == "table" and len(profiles) > 1:
            _show_candidates(name, profiles)
            return
        for profile in profiles:
            profile["partners"] = _partners(reader, profile["entity_id"], limit)
            profile["latest_mentions"] = _latest_mentions(reader, profile["entity_id"], limit)
    if fmt.kind == "json":
        show_records(profiles, fmt)
        return
    for profile in profiles:
        _print(profile)


def _show_candidates(name: str, profiles: list[dict[str, Any]]) -> None:
    columns = ("entity_id", "name", "type", "country_iso3", "articles", "description")
    records = [{column: profile[column] for column in columns} for profile in profiles]
    show_records(records, chosen_format(False, False, 0))
    print_note(f"{len(profiles)} entities are called '{name}'; give the id of one")


def _partners(reader: Reader, entity_id: str, limit: int) -> list[dict[str, Any]]:
    wanted = literal(entity_id)
    return reader.records(
        f"""SELECT if(entity_a = {wanted}, name_b, name_a) AS partner, sentences, articles,
            if(entity_a = {wanted}, entity_b, entity_a) AS entity_id
        FROM entity_pairs WHERE {wanted} IN (entity_a, entity_b)
        ORDER BY sentences DESC, articles DESC, partner LIMIT {limit}"""
    )


def _latest_mentions(reader: Reader, entity_id: str, limit: int) -> list[dict[str, Any]]:
    """Return the latest sentences that mention the entity, each once."""
    return reader.records(
        f"""SELECT coalesce(a.published_on, a.published_not_before) AS day,
            coalesce(a.publisher, a.source_id) AS publisher, s.text AS sentence,
            m.article_id, min_by(m.mention_id, m.start_char) AS mention_id
        FROM mentions AS m
        JOIN sentences AS s USING (sentence_id)
        JOIN articles AS a ON a.article_id = m.article_id
        WHERE m.entity_id = {literal(entity_id)}
        GROUP BY ALL
        ORDER BY day DESC NULLS LAST, publisher, min(m.start_char), mention_id LIMIT {limit}"""
    )


def _print(profile: dict[str, Any]) -> None:
    fmt = chosen_format(False, False, 0)
    print_pairs(_lines(profile))
    for title in ("partners", "latest_mentions"):
        if profile[title]:
            print(f"\n{title.replace('_', ' ')}")
            show_records(profile[title], fmt)
    print()


def _lines(profile: dict[str, Any]) -> list[tuple[str, str]]:
    kind = " ".join(part for part in (profile["type"], profile["country_iso3"]) if part)
    origin = " ".join(part for part in (profile["origin"], profile["wikidata_id"]) if part)
    lines = [
        ("entity", f"{profile['name']} ({kind})"),
        ("id", f"{profile['entity_id']}, {origin}"),
        ("what", profile["description"]),
        ("names", profile["aliases"]),
        ("called", profile["names_used"]),
        ("mentioned by", profile["kinds"]),
        ("roles", profile["roles"]),
        (
            "seen",
            f"{profile['mentions']} mentions in {profile['articles']} articles of "
            f"{profile['outlets']} outlets",
        ),
        ("between", _period(profile)),
        ("outlets", profile["outlets_most"]),
        ("metonyms", _metonyms(profile)),
        ("linked", profile["links"]),
        ("said", f"{profile['statements']} statements"),
        ("holds", _positions(profile, "holder")),
        ("receives", _positions(profile, "target")),
    ]
    return [(label, text) for label, text in lines if text]


def _metonyms(profile: dict[str, Any]) -> str:
    share = profile["metonym_share"]
    return f"{100 * share:.0f} % of mentions" if share else ""


def _period(profile: dict[str, Any]) -> str | None:
    if profile["first_on"] is None:
        return None
    bound = "" if profile["basis"] == "dated" else f" ({profile['basis']})"
    return f"{profile['first_on']} and {profile['last_on']}{bound}"


def _positions(profile: dict[str, Any], part: str) -> str:
    return (
        f"{profile[f'{part}_stances']} positions: {profile[f'{part}_support']} support, "
        f"{profile[f'{part}_oppose']} oppose"
    )
