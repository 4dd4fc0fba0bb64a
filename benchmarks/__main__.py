"""`python -m benchmarks [NAME...]`: measure, print a table, write `results/<name>.json`."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.result import Measure, Options, SkippedError, show, write

NAMES = (
    "rerun",
    "reprocess",
    "kill",
    "remote",
    "readers",
    "scale",
    "million",
    "near_duplicates",
    "text_index",
    "linking",
    "utterances",
    "stories",
    "story_links",
    "stance_marts",
    "overhead",
    "crew",
    "memory",
    "startup",
    "html_report",
    "feeds",
    "web",
    "archives",
    "extraction",
    "nlp",
    "stance",
    "annotate",
    "serve",
)
PLACES = {"nlp": "speed.nlp", "stance": "speed.stance", "annotate": "speed.annotate"}
PLACES |= {"million": "growth.million"}
"""Modules of benchmarks that are in a folder of their own."""
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks named, or all; return 1 where one found a promise broken."""
    arguments = sys.argv[1:] if arguments is None else arguments
    given = _parser().parse_args(arguments)
    names = given.names or list(NAMES)
    if unknown := set(names) - set(NAMES):
        _parser().error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    if len(names) > 1:
        rest = [argument for argument in arguments if argument not in names]
        return max(_apart(name, rest) for name in names)
    return _measure(names[0], given)


def _apart(name: str, arguments: Sequence[str]) -> int:
    """Run one benchmark in a process of its own, so that none finds the other's memory."""
    command = [sys.executable, "-m", "benchmarks", name, *arguments]
    return int(subprocess.run(command, check=False).returncode != 0)


def _measure(name: str, given: argparse.Namespace) -> int:
    measure: Measure = import_module(f"benchmarks.{PLACES.get(name, name)}").measure
    with tempfile.TemporaryDirectory(prefix="demarche-bench-", dir=given.scratch) as work:
        options = Options(
            work=Path(work),
            data=given.data,
            is_quick=given.quick,
            articles=given.articles or (2_000 if given.quick else 20_000),
            seed=given.seed,
            minutes=given.minutes,
            keep=given.keep,
            only=given.articles,
            parts=tuple(given.part),
        )
        try:
            result = measure(options)
        except SkippedError as reason:
            print(f"{name}: skipped, {reason}")
            return 0
    print(show(name, result), flush=True)
    if given.out or not given.quick:
        write(given.out or RESULTS, name, result, options)
    return int(bool(result.failures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; none: all")
    parser.add_argument(
        "--data",
        type=Path,
        help="folder that holds articles/*.jsonl; for `nlp` and `stance` also a JSONL file",
    )
    parser.add_argument("--quick", action="store_true", help="small; writes only with --out")
    parser.add_argument("--articles", type=int, help="articles for `scale` and `million`")
    parser.add_argument("--keep", type=Path, help="folder in which `million` keeps its lakes")
    parser.add_argument("--part", action="append", default=[], help="measure this of `million`")
    parser.add_argument("--minutes", type=float, default=60, help="how long `serve` is watched")
    parser.add_argument("--seed", type=int, default=1, help="seed of all that is random")
    parser.add_argument("--out", type=Path, help="folder of the results")
    parser.add_argument("--scratch", type=Path, help="folder for temporary lakes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
