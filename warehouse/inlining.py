"""Macros written out where a mart calls them: a view of the lake cannot rest on a macro.

A mart thus is its macro with the values that the macro takes where none are given, and no SQL is
written twice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from warehouse.errors import ContractError

HEAD = re.compile(r"\w+\(([^()]*)\)\s+AS\s+(?:TABLE\s+)?")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro's parameters with their default values (None: must be given), and its body."""

    defaults: Mapping[str, str | None]
    body: str
    is_table: bool

    @property
    def signature(self) -> str:
        """The parameters as a reader writes them: '(p_name, kinds := NULL)'."""
        given = (f"{n} := {value}" if value else n for n, value in self.defaults.items())
        return f"({', '.join(given)})"


def read_macro(sql: str) -> Macro:
    """Return the macro that `sql`, all after CREATE MACRO, makes."""
    head = HEAD.match(sql)
    if head is None:
        raise ContractError(f"no macro: {sql[:60]}")
    parts = [part.partition(":=") for part in head[1].split(",")]
    defaults = {name.strip(): value.strip() or None for name, _, value in parts if name.strip()}
    return Macro(defaults, sql[head.end() :], is_table=head[0].split()[-1] == "TABLE")


def inlined(sql: str, macros: Mapping[str, Macro]) -> str:
    """Return `sql` with each call of one of `macros` replaced by its body, in brackets."""
    calls = re.compile(rf"\b({'|'.join(macros)})\(") if macros else None
    while calls and (call := calls.search(sql)):
        given, end = _arguments(sql, call.end())
        sql = f"{sql[: call.start()]}({_filled(call[1], macros[call[1]], given)}){sql[end:]}"
    return sql


def _arguments(sql: str, start: int) -> tuple[list[str], int]:
    """Return the arguments of the call whose bracket opens before `start`, and where it ends."""
    depth, since, found = 1, start, []
    for place in range(start, len(sql)):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sql[place], 0)
        if not depth or (depth == 1 and sql[place] == ","):
            found.append(sql[since:place].strip())
            since = place + 1
        if not depth:
            return [argument for argument in found if argument], place + 1
    raise ContractError(f"a bracket is not closed: {sql[start : start + 60]}")


def _filled(name: str, macro: Macro, given: list[str]) -> str:
    values = dict(macro.defaults) | dict(_named(macro, given))
    missing = [parameter for parameter, value in values.items() if value is None]
    if missing or len(values) > len(macro.defaults):
        raise ContractError(f"{name}({', '.join(given)}) does not fit its parameters")
    if not values:
        return macro.body
    # A parameter handed on by its own name stays where it is a name.
    uses = re.compile(rf"\b({'|'.join(values)})\b(?!\s*:=)")
    return uses.sub(lambda use: str(values[use[1]]), macro.body)


def _named(macro: Macro, given: list[str]) -> Iterator[tuple[str, str]]:
    parameters = list(macro.defaults)
    for place, argument in enumerate(given):
        name, is_named, value = argument.partition(":=")
        if is_named:
            yield name.strip(), value.strip()
        else:
            yield (parameters[place] if place < len(parameters) else argument), argument
