"""Copy the publication into a PostgreSQL schema: in one transaction, and only what changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import ExportError
from warehouse.export.changes import changed_sql, find_changed, named, rows_sql
from warehouse.export.published import Origin, Publication, Table, open_current
from warehouse.export.schema import Schema, describe, index, note_state, open_schema, shape
from warehouse.export.server import Server, transaction
from warehouse.keys import group_of
from warehouse.schema import quoted

CHANGED = "demarche_changed"


@dataclass(frozen=True, slots=True)
class Copied:
    """One table that was brought up to date: rows taken out, rows put in, and whether all were."""

    table: str
    is_whole: bool = False
    deleted: int = 0
    inserted: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: the publication that the target shows, and each table it wrote to.

    `is_older`: the target has a later snapshot, and was left as it is.
    """

    origin: Origin
    copied: tuple[Copied, ...] = ()
    unchanged: int = 0
    is_older: bool = False


def export_to_postgres(
    folder: Path,
    uri: str,
    *,
    schema: str = "demarche",
    tables: Sequence[str] = (),
    is_full: bool = False,
    lock_timeout: float = 600,
    memory_limit: str = "4GB",
) -> Exported:
    """Copy the current publication under `folder` into `schema` of the database at `uri`.

    All is one transaction: readers see all that was, then all that is. Tables stay, so that views
    and grants on them do; rows that are as at the last export are not sent. `tables` names those
    wanted, by default all; `is_full` sends all rows. Raises LakeError without publication or
    table, ExportError where the target refuses, OutageError where it is away; then nothing changes.
    """
    with open_current(folder, memory_limit=memory_limit) as publication:
        publication.tables(tables)  # what is wrong here is told before a server is asked
    with transaction(uri) as server:
        _settle(server, schema, lock_timeout)
        # Opened only now: an export that waited for another must not take the target back.
        with open_current(folder, memory_limit=memory_limit) as publication:
            return _exported(publication, open_schema(server, schema), tables, is_full)


def _settle(server: Server, schema: str, lock_timeout: float) -> None:
    """Take the export's lock, one a schema, which the server frees with the transaction."""
    for setting in (
        f"lock_timeout = {max(round(lock_timeout * 1000), 1)}",
        "statement_timeout = 0",
        "idle_in_transaction_session_timeout = 0",
        "standard_conforming_strings = on",
    ):
        server.execute(f"SET LOCAL {setting}")
    key = quoted(f"demarche export {schema}")
    server.rows(f"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))::text")


def _exported(
    publication: Publication, schema: Schema, tables: Sequence[str], is_full: bool
) -> Exported:
    origin, published = publication.origin, publication.tables()
    # What is no longer published stays, and says nothing of what the schema shows.
    shown = [schema.state[table.name] for table in published if table.name in schema.state]
    if not is_full:
        if any(held.lake_id != origin.lake_id for held in shown):
            raise ExportError(
                f"schema '{schema.name}' shows another lake; name another --schema, "
                "or replace what it holds with --full"
            )
        if any(held.snapshot_id > origin.snapshot_id for held in shown):
            return Exported(origin, is_older=True)
    copied = _brought_up(publication, schema, publication.tables(tables), is_full)
    changed = tuple(copy for copy in copied if copy.is_whole or copy.deleted or copy.inserted)
    return Exported(origin, changed, len(copied) - len(changed))


def _brought_up(
    publication: Publication, schema: Schema, tables: Sequence[Table], is_full: bool
) -> list[Copied]:
    """Bring `tables` up to date, together those that show the same earlier publication."""
    shown: dict[Origin | None, list[Table]] = defaultdict(list)
    for table in tables:
        is_new = is_full or table.name not in schema.held
        shown[None if is_new else schema.state.get(table.name)].append(table)
    copied = [Copied(table.name) for table in shown.pop(publication.origin, ())]
    for origin, of_one in shown.items():
        with publication.beside(origin) as old:
            copied += [_copy(publication, schema, table, old.get(table.name)) for table in of_one]
    return copied


def _copy(publication: Publication, schema: Schema, table: Table, before: Table | None) -> Copied:
    is_whole = shape(schema, table)
    groups = None if is_whole else find_changed(publication, table, before)
    if groups is None:
        copied = _replace(publication, schema, table)
    else:
        copied = _replace_changed(publication, schema, table) if groups else Copied(table.name)
    if table.name not in schema.held:
        index(schema, table)
    describe(schema, table)
    note_state(schema, table.name, publication.origin, publication.count(table.name))
    return copied


def _replace(publication: Publication, schema: Schema, table: Table) -> Copied:
    # No TRUNCATE: it would keep readers waiting until the transaction ends.
    deleted = schema.server.execute(f"DELETE FROM {schema.place(table.name)}")
    rows = publication.reader(rows_sql(table))
    return Copied(table.name, True, deleted, schema.server.append(rows, table.name, schema.name))


def _replace_changed(publication: Publication, schema: Schema, table: Table) -> Copied:
    server, place, group = schema.server, schema.place(table.name), group_of(table.name)
    server.execute(f"CREATE TEMP TABLE {CHANGED} AS SELECT {named(*group)} FROM {place} LIMIT 0")
    server.append(publication.reader("FROM changed"), CHANGED, None)
    server.execute(f"ANALYZE {CHANGED}")
    same = " AND ".join(f"old.{named(key)} = new.{named(key)}" for key in group)
    deleted = server.execute(f"DELETE FROM {place} AS old USING {CHANGED} AS new WHERE {same}")
    server.execute(f"DROP TABLE {CHANGED}")
    rows = publication.reader(changed_sql(table))
    return Copied(table.name, False, deleted, server.append(rows, table.name, schema.name))
