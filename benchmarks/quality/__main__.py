"""`python -m benchmarks.quality PATH`: measure on the data folder at PATH against `baseline.json`.

The exit status is 1 where a figure fell below its floor. `--accept` writes the figures as new
floors. `--peers` shows beside them what other libraries reach on the same files.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks.quality.gate import BASELINE, Figures, below, measured, peer_figures
from benchmarks.result import SkippedError


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the data sets")
    parser.add_argument("--accept", action="store_true", help="write the figures as new floors")
    parser.add_argument("--peers", action="store_true", help="measure other libraries as well")
    given = parser.parse_args()
    figures = measured(given.data)
    peers: Figures = {}
    if given.peers:
        try:
            peers = peer_figures(given.data)
        except SkippedError as error:
            print(f"no peers: {error}", file=sys.stderr)
    print(json.dumps(figures | peers, indent=2))
    if given.accept:
        BASELINE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
        return 0
    fallen = below(figures)
    for line in fallen:
        print(line, file=sys.stderr)
    return int(bool(fallen))


if __name__ == "__main__":
    sys.exit(main())
