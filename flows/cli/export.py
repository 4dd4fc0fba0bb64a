"""`demarche export`: the publication in PostgreSQL, or as CSV, Arrow or Parquet."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from flows.cli.options import Config, Csv, DataDir, Json
from flows.cli.running import settings_in_force, tell

if TYPE_CHECKING:
    from flows.settings import Settings
    from warehouse.export.postgres import Exported

SERVERS = ("postgres://", "postgresql://")
STANDARD_OUTPUT = "-"


def export(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="A database (postgres://USER@HOST/NAME), a folder, or '-' for standard output.",
            show_default=False,
        ),
    ],
    table: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only this table or mart; may be repeated. Default: all.",
            show_default=False,
        ),
    ] = None,
    file_format: Annotated[
        Literal["csv", "arrow", "parquet"] | None,
        typer.Option("--format", help="Of files; default csv.", show_default=False),
    ] = None,
    schema: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Schema in the database; default demarche.", show_default=False
        ),
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="Send all rows to the database, not only what changed."),
    ] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Copy the publication to a PostgreSQL database, or into files of a folder.

    A database gets what changed since the last export, in one transaction. Leave its password to
    PGPASSWORD or ~/.pgpass. In a folder each table is a file, replaced when the new one is whole.

    Example: demarche export postgres://analyst@db.example.org/news

    Example: demarche export - --table stances > stances.csv
    """
    settings = settings_in_force(config, data_dir=data_dir)
    names = table or []
    if target.startswith(SERVERS):
        _refuse("--format", "is for files", file_format)
        _to_database(settings, target, names, schema or "demarche", full, as_json, as_csv)
        return
    _refuse("--schema", "is for databases", schema)
    _refuse("--full", "is for databases; files are always whole", full)
    kind = file_format or "csv"
    if target == STANDARD_OUTPUT:
        _to_output(settings, names, kind)
    else:
        _to_folder(settings, target, names, kind, as_json, as_csv)


def _refuse(option: str, why: str, given: object) -> None:
    if given:
        raise typer.BadParameter(why, param_hint=option)


def _to_database(
    settings: "Settings",
    uri: str,
    names: list[str],
    schema: str,
    full: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    from warehouse.export.postgres import export_to_postgres

    exported = export_to_postgres(
        settings.publish_folder,
        uri,
        schema=schema,
        tables=names,
        is_full=full,
        lock_timeout=settings.lock_timeout,
        memory_limit=settings.memory_limit,
    )
    record = _record(exported)
    tell(record, _lines(exported, record, schema), as_json=as_json, as_csv=as_csv)


def _record(exported: "Exported") -> dict[str, Any]:
    return {
        "snapshot_id": exported.origin.snapshot_id,
        "is_older": exported.is_older,
        "tables_changed": len(exported.copied),
        "tables_unchanged": exported.unchanged,
        "rows_deleted": sum(copied.deleted for copied in exported.copied),
        "rows_inserted": sum(copied.inserted for copied in exported.copied),
    }


def _lines(exported: "Exported", record: dict[str, Any], schema: str) -> list[str]:
    snapshot = f"snapshot {exported.origin.snapshot_id}"
    if exported.is_older:
        return [f"schema {schema} shows a later snapshot than {snapshot}; it is left as it is"]
    if not exported.copied:
        return [f"schema {schema} shows {snapshot}; nothing had changed"]
    return [
        f"schema {schema} shows {snapshot}: {record['tables_changed']} tables changed, "
        f"{record['rows_deleted']:,} rows out, {record['rows_inserted']:,} rows in; "
        f"{record['tables_unchanged']} tables as they were"
    ]


def _to_output(settings: "Settings", names: list[str], kind: Any) -> None:
    if len(names) != 1:
        raise typer.BadParameter("standard output takes one table: name it", param_hint="--table")
    if kind != "csv" and sys.stdout.isatty():
        raise typer.BadParameter(f"{kind} is not for a terminal: redirect it", param_hint="TARGET")
    from warehouse.export.files import export_to_stream

    sys.stdout.flush()
    export_to_stream(
        settings.publish_folder,
        sys.stdout.buffer,
        kind,
        names[0],
        memory_limit=settings.memory_limit,
    )


def _to_folder(
    settings: "Settings", target: str, names: list[str], kind: Any, as_json: bool, as_csv: bool
) -> None:
    if "://" in target:
        scheme = target.partition("://")[0]
        raise typer.BadParameter(
            f"'{scheme}://' is not known; give postgres://, a folder or '-'", param_hint="TARGET"
        )
    from warehouse.export.files import export_to_folder

    written = export_to_folder(
        settings.publish_folder,
        Path(target),
        kind,
        tables=names,
        memory_limit=settings.memory_limit,
    )
    count = "1 table" if len(written) == 1 else f"{len(written)} tables"
    record = {"folder": target, "format": kind, "tables": len(written)}
    tell(record, [f"{count} as {kind} in {target}"], as_json=as_json, as_csv=as_csv)
