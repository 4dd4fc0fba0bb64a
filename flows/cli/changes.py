"""What a reprocessing would change, in words and as JSON."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from flows.reprocessing import Reprocessed
    from warehouse.difference import Difference, Sample, Tally
    from warehouse.staging import StageState

LISTED = 10
"""Sources and entities in a table for people; JSON has all."""

NEXT = "put it in force: demarche reprocess promote; let go of it: demarche reprocess discard"


def show_changes(
    done: "Reprocessed | None",
    state: "StageState | None",
    found: "Difference | None",
    *,
    as_json: bool,
) -> None:
    """Print what was `done`, what is staged, and what its promotion would change."""
    if as_json:
        _show_json(done, state, found)
        return
    lines = []
    if done is not None:
        steps = ", ".join(f"{name} {count}" for name, count in done.steps.items())
        lines.append(
            f"run {done.run_id}: {done.articles} articles read again"
            + (f" ({steps})" if steps else "")
            + f", {done.up_to_date} up to date"
        )
    if state is None or found is None:
        typer.echo("\n".join([*lines, "nothing is staged: there is nothing to promote"]))
        return
    overtaken = f", {state.overtaken} of them written to since" if state.overtaken else ""
    lines.append(f"staged: {state.articles} articles{overtaken}")
    typer.echo("\n".join([*lines, *_difference_lines(found), NEXT]))


def _show_json(
    done: "Reprocessed | None", state: "StageState | None", found: "Difference | None"
) -> None:
    record: dict[str, Any] = {"run": asdict(done)} if done is not None else {}
    record["staged"] = asdict(state) if state is not None else {"articles": 0, "overtaken": 0}
    record |= found.record() if found is not None else {}
    typer.echo(json.dumps(record, default=str, ensure_ascii=False))


def _difference_lines(found: "Difference") -> list[str]:
    from flows.cli.output import neutral

    if found.is_empty:
        return ["no row differs"]
    lines = ["", "rows by table", *map(tally_line, found.tables)]
    for title, tallies in (("source", found.sources), ("entity", found.entities)):
        if tallies:
            lines += ["", f"rows by {title}", *map(tally_line, tallies[:LISTED])]
            if len(tallies) > LISTED:
                lines.append(f"  ... and {len(tallies) - LISTED} more (--json lists all)")
    lines += ["", "samples"] if found.samples else []
    lines += [neutral(line) for one in found.samples for line in _sample(one)]
    return [*lines, ""]


def tally_line(one: "Tally") -> str:
    """Return the rows of one table, source or entity that differ, as a line."""
    return f"  {one.name}: {one.added} added, {one.removed} removed, {one.changed} changed"


SIGNS = {"added": "+", "removed": "-", "changed": "~"}
UNTOLD = frozenset({"article_id", "sentence_id", "start_char", "end_char", "speaker_start"}) | {
    "speaker_end",
    "cue_start",
    "cue_end",
    "paragraph",
    "position",
}
"""Columns left out of a line for people: they say where, not what."""


def _sample(one: "Sample") -> list[str]:
    where = f" [{one.article_id}]" if one.article_id else ""
    if one.change == "changed":
        key = next(iter(one.now.values()), "")
        told = ", ".join(f"{n}: {v!r} -> {one.now.get(n)!r}" for n, v in one.was.items())
        return [f"~ {one.table} {key}{where}: {told}"]
    row = one.now if one.change == "added" else one.was
    told = ", ".join(f"{n}={v}" for n, v in row.items() if v not in (None, "") and n not in UNTOLD)
    return [f"{SIGNS[one.change]} {one.table}{where}: {told}"]
