"""How long a command takes from the shell, over a small lake: median of five."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.result import Options, Result
from flows import pipeline
from flows.settings import Settings
from tasks.records import Source

SAMPLES = Path("seeds/articles")
TIMES = 5
COMMANDS = (("--help",), ("sql", "select 1"), ("who", "Russia"))


def measure(options: Options) -> Result:
    """Make a lake of the sample articles and time the commands in new processes."""
    data_dir = options.work / "data"
    pipeline.run(Settings(data_dir=data_dir), [Source(location=str(SAMPLES))])
    rows = []
    for command in COMMANDS:
        place = () if command == ("--help",) else ("--data-dir", str(data_dir))
        seconds = [_seconds((*command, *place)) for _ in range(TIMES)]
        rows.append(
            {
                "command": " ".join(("demarche", *command)),
                "median s": round(median(seconds), 2),
                "slowest s": round(max(seconds), 2),
            }
        )
    return Result(rows=rows, figures={"times": TIMES})


def _seconds(arguments: tuple[str, ...]) -> float:
    command = [sys.executable, "-m", "flows.cli.main", *arguments]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
