"""Prefect's environment: settled before its import, where the user set nothing."""

import os
from pathlib import Path

DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "demarche",  # our log shows in Prefect's pages
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # plain functions log as well
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the command line tells errors itself
}

STATE_BYTES = 100_000_000
"""Size at which the temporary server's state is dropped: some ten thousand task runs."""


def home_of(data_dir: Path) -> Path:
    """Return Prefect's folder, where the user set none: with the data, and gone with them."""
    return Path(os.environ.get("PREFECT_HOME") or (data_dir / "prefect").absolute())


def prepare(data_dir: Path) -> bool:
    """Set what Prefect reads at import, and return whether a running server will be used.

    Without a server, Prefect keeps its state under `data_dir`, so that it never fills the home
    folder and goes when the data go.
    """
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if os.environ.get("PREFECT_API_URL"):
        return True
    home = home_of(data_dir)
    os.environ["PREFECT_HOME"] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    forget(home)
    return False


def forget(home: Path, *, dry: bool = False) -> bool:
    """Start Prefect's own record of runs anew once it has grown large; the lake keeps ours.

    Return whether it has; with `dry` nothing is removed. No server may be using it.
    """
    is_large = state_bytes(home) > STATE_BYTES
    if is_large and not dry:
        for path in home.glob("prefect.db*"):
            path.unlink(missing_ok=True)
    return is_large


def state_bytes(home: Path) -> int:
    """Return the size of Prefect's database in its folder `home`, its journal included."""
    return sum(path.stat().st_size for path in home.glob("prefect.db*"))
