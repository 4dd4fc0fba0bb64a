"""The whole report: from an open publication to the text of a file."""

from dataclasses import dataclass
from datetime import datetime

from flows.cli.output import neutral
from flows.cli.reading import Reader
from flows.reporting.company import company
from flows.reporting.content import Section, counted
from flows.reporting.courses import courses
from flows.reporting.coverage import coverage
from flows.reporting.days import days
from flows.reporting.evidence import PER_MARK, Evidence
from flows.reporting.page import page
from flows.reporting.positions import positions
from flows.reporting.quotes import quotes
from flows.reporting.rejected import rejected
from flows.reporting.scope import Scope, prepare
from warehouse.publication import Manifest


@dataclass(frozen=True, slots=True)
class Made:
    """The text of the file, how many articles it is about, and sentences kept for a mark."""

    text: str
    articles: int
    per_mark: int


def make_report(reader: Reader, scope: Scope, manifest: Manifest) -> Made:
    """Return the report of what `reader`, an open publication, has in `scope`.

    The same publication and scope give the same bytes.
    """
    articles = prepare(reader, scope)
    evidence = Evidence()
    sections: list[Section] = [
        coverage(reader, evidence),
        company(reader, scope, evidence),
        positions(reader, scope, evidence),
        courses(reader, scope, evidence),
        days(reader, scope, evidence),
        quotes(reader, scope, evidence),
        rejected(reader, scope, evidence),
    ]
    content = evidence.content(reader)
    kept = f"At most {counted(evidence.per_mark, 'sentence')} are kept for each mark"
    kept += "." if evidence.per_mark == PER_MARK else f", not {PER_MARK}, to keep the file small."
    text = page(
        title=scope.title(),
        snapshot=f"{manifest.snapshot_id}",
        published_at=f"{datetime.fromisoformat(manifest.published_at):%Y-%m-%d %H:%M} UTC",
        facts=_facts(reader),
        sections=sections,
        evidence=content,
        kept=kept,
    )
    return Made(text, articles, evidence.per_mark)


def _facts(reader: Reader) -> list[str]:
    ((articles, copies, outlets, first, last),) = reader.rows(
        """SELECT count(*), count(duplicate_of), count(DISTINCT outlet), min(day), max(day)
        FROM in_scope"""
    )
    of_them = f", {counted(copies, 'copy of another', 'copies of others')}" if copies else ""
    facts = [
        f"{counted(articles, 'article')}{of_them}",
        counted(outlets, "outlet"),
    ]
    if first:
        facts.append(neutral(f"{first} to {last}"))
    return facts
