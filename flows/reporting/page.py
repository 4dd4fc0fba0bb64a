"""Puts the sections of a report into one HTML file that needs nothing else."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from flows.cli.output import neutral
from flows.reporting.content import Chart, Section, short

FILES = Path(__file__).parent / "files"
VEGA_LITE = "6.4"
"""Version of the specifications, of those that the library ships."""
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end a script element, or a line of JavaScript, to their escapes in JSON."""


def page(
    *,
    title: str,
    snapshot: str,
    published_at: str,
    facts: Sequence[str],
    sections: Sequence[Section],
    evidence: Mapping[str, Any],
    kept: str,
) -> str:
    """Return the page. All text is escaped by the template, or as JSON that only scripts read.

    The policy in its head lets the browser run the two scripts that stand in it and load nothing.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    charts = [chart for section in sections for chart in section.charts]
    library, script = _inert(_library()), _file("page.js")
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader(FILES),
        finalize=_shown,
    )
    environment.filters["short"] = short
    return environment.get_template("page.html").render(
        title=neutral(title),
        snapshot=snapshot,
        published_at=published_at,
        facts=facts,
        sections=sections,
        kept=kept,
        policy=_policy(library, script),
        css=Markup(_file("page.css")),
        content=Markup(_content(charts, evidence)),
        library=Markup(library),
        script=Markup(script),
    )


def _shown(value: object) -> object:
    """Return text with its control characters made visible; what is markup already stays."""
    return neutral(value) if type(value) is str else value


def _file(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


@cache
def _library() -> str:
    """Return Vega with what draws specifications, as one script."""
    from vl_convert import javascript_bundle

    return javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)


@cache
def drawing(name: str) -> Mapping[str, Any]:
    """Return the specification in the file `name`, compiled: the browser need not."""
    from vl_convert import vegalite_to_vega

    spec = json.loads(_file(f"{name}.vl.json")) | {"config": json.loads(_file("config.vl.json"))}
    compiled: Mapping[str, Any] = vegalite_to_vega(spec, vl_version=VEGA_LITE)
    return compiled


def _content(charts: Sequence[Chart], evidence: Mapping[str, Any]) -> str:
    """Return what the script reads, as JSON that cannot end its element."""
    content = {
        "charts": [
            {
                "id": chart.chart_id,
                "title": chart.title,
                "spec": chart.spec,
                "width": chart.width,
                "data": _clean(asdict(chart)["data"]),
            }
            for chart in charts
        ],
        "specs": {chart.spec: drawing(chart.spec) for chart in charts},
        "evidence": evidence,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(IN_SCRIPT)


def _clean(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    return {
        name: [{key: _written(value) for key, value in row.items()} for row in rows]
        for name, rows in data.items()
    }


def _written(value: Any) -> Any:
    return neutral(short(value)) if isinstance(value, str) else value


def _inert(script: str) -> str:
    """Return `script` so that no text in it ends its element; it means the same."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(*scripts: str) -> str:
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
