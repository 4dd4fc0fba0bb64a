"""`demarche why`: what a row rests on, back to the raw bytes and the run."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import AsOf, Config, Csv, DataDir, Json
from flows.cli.output import chosen_format, show_records
from flows.cli.queries.corrected import correction_line, corrections_of, rejected_by
from flows.cli.reading import Reader, literal, open_reader, settings_for
from flows.cli.text_tables import print_pairs

if TYPE_CHECKING:
    from flows.settings import Settings

ID_COLUMNS = {
    "articles": "article_id",
    "sentences": "sentence_id",
    "mentions": "mention_id",
    "statements": "statement_id",
    "stances": "stance_id",
    "time_expressions": "timex_id",
    "events": "event_id",
    "citations": "citation_id",
    "rejections": "rejection_id",
}
LEAST_DIGITS = 6
CONTEXT_CHARS = 200
"""Characters that the macro `why` gives before the evidence."""

SAID = frozenset({"statements", "stances", "events"})
"""Tables whose rows may rest on statements."""

FOLLOWS = """SELECT stance_id, holder, polarity, target, voice, method, confidence, evidence
    FROM stances WHERE stance_id = {row_id}"""

ITEMS = """SELECT source_id, item_ref, state, run_id, seen_at FROM ledger
    WHERE {wanted} ORDER BY seen_at DESC, run_id LIMIT 5"""


class UnknownRowError(typer.TyperException):
    """An id that no row has, or too many."""


def why(
    row_id: Annotated[
        str, typer.Argument(metavar="ROW_ID", help="Id of a row, or its first 6 digits or more.")
    ],
    data_dir: DataDir = None,
    config: Config = None,
    as_of: AsOf = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show what a row rests on: the words, the article, the raw bytes, the run that found it.

    Works for each row with an id: stances, statements, events, mentions, time expressions,
    citations, sentences, articles and rejections. A stance or an event is told with the statement
    that carries it and who passes that on; a stance that follows from a spokesman's, with that.
    Corrections that made the row what it is are told with author and reason.

    Example: demarche why 3f2a91
    """
    fmt = chosen_format(as_json, as_csv)
    settings = settings_for(config, data_dir)
    with open_reader(settings, as_of) as reader:
        table, full_id = _resolve(reader, row_id)
        if table in ("articles", "rejections"):
            record = _item_record(reader, table, full_id)
        else:
            record = reader.records(f"FROM why({literal(full_id)})")[0]
            record["row"] = json.loads(record.pop("row_json"))
            record |= _chain(reader, table, full_id, record["row"])
        row, article_id = record["row"], record["row"].get("article_id")
        record["corrections"] = corrections_of(reader, row, full_id, article_id)
    record |= _raw_place(settings, record["raw_ref"])
    if fmt.kind == "table":
        _print(full_id, record)
    else:
        show_records([record], fmt)


def _resolve(reader: Reader, row_id: str) -> tuple[str, str]:
    """Return the table and the full id of the only row whose id starts with `row_id`."""
    wanted = row_id.strip().lower()
    if len(wanted) < LEAST_DIGITS or set(wanted) - set("0123456789abcdef"):
        raise typer.BadParameter(
            f"'{row_id}' is no row id: give {LEAST_DIGITS} to 16 hex digits", param_hint="ROW_ID"
        )
    found = reader.rows(
        " UNION ".join(
            f"SELECT '{table}', {column} FROM {table} WHERE starts_with({column}, '{wanted}')"
            for table, column in ID_COLUMNS.items()
        )
        + " ORDER BY ALL LIMIT 6"
    )
    if not found:
        if rejected := rejected_by(reader, wanted):
            raise UnknownRowError(rejected)
        raise UnknownRowError(f"no row has the id {row_id}")
    if len(found) > 1:
        several = ", ".join(f"{full_id} ({table})" for table, full_id in found[:5])
        raise UnknownRowError(f"several rows start with {row_id}: {several}; give more digits")
    table, full_id = found[0]
    return table, full_id


def _chain(reader: Reader, table: str, full_id: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the statements that a row rests on, and the stance that it follows from."""
    chain = reader.records(f"FROM said_by({literal(full_id)})") if table in SAID else []
    source = row.get("from_stance_id")
    found = reader.records(FOLLOWS.format(row_id=literal(source))) if source else []
    return {"said_by": chain, "follows_from": found[0] if found else None}


def _item_record(reader: Reader, table: str, full_id: str) -> dict[str, Any]:
    """Return what there is on an article or a rejection, with the items that led to it."""
    row = reader.records(f"FROM {table} WHERE {ID_COLUMNS[table]} = '{full_id}' LIMIT 1")[0]
    text = row.pop("text", None)
    if table == "articles":
        wanted = f"article_id = '{full_id}'"
    else:
        wanted = (
            f"source_id = {literal(row['source_id'])} AND item_ref = {literal(row['item_ref'])}"
        )
    run_id = row["run_id"]
    run = reader.records(
        f"SELECT code_version, model_version FROM runs WHERE run_id = {literal(run_id)}"
    )
    return {
        "table_name": table,
        "evidence": row["detail"] if text is None else text[:CONTEXT_CHARS],
        "items": reader.records(ITEMS.format(wanted=wanted)),
        "raw_ref": row["raw_ref"],
        "row": row,
        "run_id": run_id,
        **(run[0] if run else {"code_version": None, "model_version": None}),
    }


def _raw_place(settings: "Settings", raw_ref: str | None) -> dict[str, Any]:
    from warehouse.errors import WarehouseError

    if raw_ref is None:
        return {"raw_path": None, "has_raw": False}
    store = settings.raw_store
    with suppress(WarehouseError):  # a store that is away: what it rests on is told all the same
        return {"raw_path": store.address(raw_ref), "has_raw": store.has(raw_ref)}
    return {"raw_path": store.address(raw_ref), "has_raw": False}


def _print(full_id: str, record: dict[str, Any]) -> None:
    missing = "" if record["has_raw"] else " (not there)"
    run = (record["run_id"], record["code_version"], record["model_version"])
    lines = [
        ("row", f"{full_id} in {record['table_name']}"),
        ("evidence", record["evidence"]),
        ("sentence", record.get("sentence")),
        ("context", _marked(record)),
        ("stance", _position(record["row"]) if "polarity" in record["row"] else None),
        *(("said", _statement(one)) for one in record.get("said_by", ())),
        ("follows from", _followed(record.get("follows_from"))),
        *(("corrected", correction_line(one)) for one in record["corrections"]),
        ("article", _article(record)),
        *(("item", _item(item)) for item in record.get("items", ())),
        ("raw", record["raw_ref"] and f"{record['raw_ref']}\n{record['raw_path']}{missing}"),
        ("run", "{}, demarche {}, model {}".format(*(part or "unknown" for part in run))),
    ]
    print_pairs((label, text) for label, text in lines if text)
    print("\ncolumns")
    print_pairs(
        (name, str(value)) for name, value in record["row"].items() if value not in (None, "")
    )


def _marked(record: dict[str, Any]) -> str | None:
    """Return the context with the evidence in double brackets."""
    if record.get("context") is None:
        return None
    start = min(record["start_char"], CONTEXT_CHARS)
    end = start + record["end_char"] - record["start_char"]
    context = record["context"]
    return f"{context[:start]}[[{context[start:end]}]]{context[end:]}"


def _position(row: dict[str, Any]) -> str:
    aspect = f" ({row['aspect']})" if row["aspect"] else ""
    return (
        f"{row['holder']}: {row['polarity']} of {row['target']}{aspect}, in the {row['voice']}'s "
        f"voice; method {row['method']}, confidence {row['confidence']}"
    )


def _statement(one: dict[str, Any]) -> str:
    """Return who said what, and who passes it on where no statement tells."""
    via = f"; passed on by {one['via']}" if one["via"] and not one["via_statement_id"] else ""
    said = f"{one['speaker'] or 'somebody'} ({one['cue'] or one['kind']}): {one['content']}"
    return f"{said} [{one['statement_id']}]{via}"


def _followed(stance: dict[str, Any] | None) -> str | None:
    if stance is None:
        return None
    return f"{_position(stance | {'aspect': None})} [{stance['stance_id']}]"


def _article(record: dict[str, Any]) -> str | None:
    parts = [record.get(name) for name in ("title", "publisher", "published_on", "url")]
    named = [str(part) for part in (*parts, record.get("article_id")) if part is not None]
    return "; ".join(named) or None


def _item(item: dict[str, Any]) -> str:
    return f"{item['source_id']}: {item['item_ref']} ({item['state']} in {item['run_id']})"
