"""Structured logs: one JSON object a line in `logs/demarche.jsonl` under the data folder.

Log with `LOG.info("batch done", extra={"run_id": ..., ...})`; each extra becomes a key.
"""

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger("demarche")

MAX_BYTES = 10_000_000
KEPT_FILES = 5

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every log record carries; all else on a record is an extra."""


class JsonLines(logging.Formatter):
    """Formats a record as one JSON object: time, level, message, extras, and error if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `record` as one line of JSON."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in STANDARD}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


class LogFile(RotatingFileHandler):
    """A log file that stays silent where it cannot be written: that must not hide a run's error."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's
        """Let the line go."""


def log_to(data_dir: Path) -> None:
    """Send the logs to the data folder, the last 60 MB of them; warnings go to stderr as well."""
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    for handler in LOG.handlers[:]:
        if isinstance(handler, LogFile) or type(handler) is logging.StreamHandler:
            LOG.removeHandler(handler)  # ours from before; Prefect's own stay
            handler.close()
    to_person = logging.StreamHandler()
    to_person.setLevel(logging.WARNING)
    to_person.setFormatter(logging.Formatter("demarche: %(message)s"))
    LOG.addHandler(to_person)
    with suppress(OSError):  # a log that cannot be written must not stop a run
        folder = data_dir / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        to_file = LogFile(
            folder / "demarche.jsonl",
            maxBytes=MAX_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            delay=True,
        )
        to_file.setFormatter(JsonLines())
        LOG.addHandler(to_file)
