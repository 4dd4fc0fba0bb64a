"""The dashboard bundle of `deploy/superset/`, as data."""

import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SUPERSET = ROOT / "deploy" / "superset"
BUNDLE = SUPERSET / "demarche"

Asset = dict[str, Any]


def read(path: Path) -> Asset:
    content: Asset = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def assets(folder: str) -> dict[str, Asset]:
    """Return what lies below `folder` of the bundle, by the name of its file."""
    return {path.stem: read(path) for path in sorted((BUNDLE / folder).rglob("*.yaml"))}


def query(chart: Asset) -> Asset:
    """Return the one query of a chart's saved context."""
    (found,) = json.loads(chart["query_context"])["queries"]
    return dict(found)


def column(given: str | Asset) -> str:
    """Return the column that a query names, by itself or as its axis."""
    return given if isinstance(given, str) else str(given["sqlExpression"])
