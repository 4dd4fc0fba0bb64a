"""What can go wrong in the warehouse.

WarehouseError
├── ContractError      a row outside the table contract: a bug, or a user's bad value
├── LakeError          the lake cannot be used as it is: newer version, no permission, no lake
├── QueryError         a user's SQL is wrong
├── ExportError        the target of an export refuses, or holds what is not ours
└── OutageError        the lake cannot be reached or written now; the same call may work later
"""


class WarehouseError(Exception):
    """Base of all errors of the warehouse; its text is one line with what to do next."""


class ContractError(WarehouseError):
    """A table, column or value that the contract does not know."""


class LakeError(WarehouseError):
    """The lake cannot be opened, or not by this version of demarche."""


class QueryError(WarehouseError):
    """A query that DuckDB refuses."""


class ExportError(WarehouseError):
    """The target of an export refuses what is to be written, or holds what is not ours."""


class OutageError(WarehouseError):
    """Storage or catalogue failed for now: disk full, server away, lock held too long."""
