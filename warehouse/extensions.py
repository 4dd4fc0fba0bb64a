"""DuckDB extensions, loaded by path from their wheels; nothing is installed at run time."""

from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.errors import LakeError
from warehouse.schema import quoted

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Connection settings that keep DuckDB from fetching anything."""

QUIET = "SET enable_progress_bar = false"
"""DuckDB draws its bar to stdout, among the results, wherever a query takes two seconds."""


def extension_path(name: str) -> Path:
    """Return the file of extension `name` for the running DuckDB.

    Raises LakeError where the wheel is missing or made for another DuckDB.
    """
    wheel = f"duckdb-extension-{name.replace('_', '-')}"
    spec = find_spec(wheel.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise LakeError(f"the package {wheel} is not installed: run `make install`")
    folder = Path(spec.submodule_search_locations[0]) / "extensions" / f"v{duckdb.__version__}"
    path = folder / f"{name}.duckdb_extension"
    if not path.is_file():
        raise LakeError(
            f"{wheel} has no build for DuckDB {duckdb.__version__}: "
            "install the versions pinned in requirements.lock with `make install`"
        )
    return path


def load(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Load the extensions `names` in order. Raises LakeError where one is missing or altered."""
    for name in names:
        try:
            con.execute(f"LOAD {quoted(extension_path(name))}")
        except duckdb.Error as error:
            raise LakeError(f"extension {name} cannot be loaded: {error}") from error
