"""A publication written by hand: a state that changes its mind, and articles that mean harm."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.rows import NOW, article, ledger_entry, run
from warehouse.commit import append, replace_articles
from warehouse.lake import Lake, open_lake
from warehouse.location import LakeLocation
from warehouse.publication import publish
from warehouse.runs import put_run
from warehouse.settle import settle
from warehouse.tables import (
    Entity,
    EntityAlias,
    Event,
    Mention,
    Rejection,
    Sentence,
    Stance,
    Statement,
)

TITLE = "</script><script>window.harmed = 'title'</script>"
OUTLET = "<img src=x onerror=\"window.harmed = 'outlet'\">"
ADDRESS = "javascript:window.harmed='address'"
HARM = (
    "\U0001f4f0\U0001f4f0 <svg onload=window.harmed=1> Ruritania </SCRIPT><!--<script> \u2028 "
    "praised Freedonia."
)
NAME = "Syldavia <b onclick=window.harmed=2>&amp;</b>"
ITEM = "\"><script>window.harmed = 'item'</script>"
RURITANIA, FREEDONIA, SYLDAVIA = "state:rur", "state:fre", "state:syl"
FIRST = date(2024, 3, 1)
FOR, AGAINST = "Ruritania backs Freedonia.", "Ruritania condemns Freedonia."
DAYS = 12
"""Articles, one a day; the state turns with the seventh."""

Rows = dict[str, list[Any]]


@dataclass(frozen=True)
class Given:
    """Where the publication is, and the report over all of it."""

    data_dir: Path


def build(data_dir: Path) -> Given:
    """Make lake and publication under `data_dir`."""
    with open_lake(LakeLocation.in_folder(data_dir / "lake")) as lake:
        _put(lake, [*map(_given, range(DAYS)), _harm()])
        _settle(lake)
        _put_bookkeeping(lake)
        publish(lake, data_dir / "publish", keep=1, code_version="1.0")
    return Given(data_dir)


def _given(number: int) -> Rows:
    text = FOR if number < DAYS // 2 else AGAINST
    score = (0.8 if text == FOR else -0.8) - number / 100
    article_id = f"{number:016x}"
    head = article(
        article_id,
        text=text,
        title=f"Day {number}",
        publisher="Gazette" if number % 3 else "Courier",
        published_on=FIRST + timedelta(days=number),
        url=f"https://news.example/{number}",
    )
    return _rows(head, text, text, score)


def _harm() -> Rows:
    head = article(
        "h" * 16,
        text=HARM,
        title=TITLE,
        publisher=OUTLET,
        published_on=FIRST + timedelta(days=200),
        url=ADDRESS,
    )
    return _rows(head, HARM, "praised Freedonia", 0.6, holder=(SYLDAVIA, NAME))


def _rows(
    head: Any,
    text: str,
    evidence: str,
    score: float,
    holder: tuple[str, str] = (RURITANIA, "Ruritania"),
) -> Rows:
    own: dict[str, Any] = {"article_id": head.article_id, "sentence_id": f"s{head.article_id}"}
    start = text.index(evidence)
    span: dict[str, Any] = {"start_char": start, "end_char": start + len(evidence)}
    rows: dict[str, list[Any]] = {
        "sentences": [
            Sentence(
                **own,
                position=0,
                paragraph=0,
                start_char=0,
                end_char=len(text),
                text=text,
                voice="author",
            )
        ],
        "mentions": [
            Mention(
                **own,
                mention_id=f"m{head.article_id}{name}",
                start_char=text.index(name),
                end_char=text.index(name) + len(name),
                surface=name,
                label="GPE",
                kind="name",
                entity_id=entity_id,
                method="registry",
                confidence=1.0,
            )
            for name, entity_id in (("Ruritania", RURITANIA), ("Freedonia", FREEDONIA))
        ],
        "stances": [
            Stance(
                **own,
                **span,
                stance_id=f"t{head.article_id}",
                holder_id=holder[0],
                holder=holder[1],
                target_id=FREEDONIA,
                target="Freedonia",
                polarity="support" if score > 0 else "oppose",
                score=score,
                confidence=0.9,
                voice="actor",
                evidence=evidence,
                method="verb",
            )
        ],
        "statements": [
            Statement(
                **own,
                **span,
                statement_id=f"q{head.article_id}",
                kind="direct",
                speaker_id=holder[0],
                speaker=holder[1],
                cue="said",
                content=evidence,
                speaker_type="named",
                method="that",
                confidence=0.9,
            )
        ],
        "events": [
            Event(
                **own,
                **span,
                event_id=f"e{head.article_id}",
                actor_id=holder[0],
                actor=holder[1],
                action="spoke of",
                action_code="SUPPORT",
                quad_class="verbal_cooperation",
                target_id=FREEDONIA,
                happened_from=head.published_on,
                happened_to=head.published_on,
                granularity="day",
                date_method="clause",
                evidence=evidence,
                confidence=0.6,
            )
        ],
    }
    return {"articles": [head], **rows}


def _put(lake: Lake, articles: list[Rows]) -> None:
    rows = {name: [row for one in articles for row in one[name]] for name in articles[0]}
    heads = rows.pop("articles")
    with lake.write() as con:
        replace_articles(con, heads, [], rows, run_id="run-1", now=NOW)


def _settle(lake: Lake) -> None:
    names = {RURITANIA: "Ruritania", FREEDONIA: "Freedonia", SYLDAVIA: NAME}
    settle(
        lake,
        entities=[
            Entity(entity_id=key, name=name, type="state", origin="registry")
            for key, name in names.items()
        ],
        aliases=[
            EntityAlias(entity_id=key, alias=name, kind="name", origin="registry")
            for key, name in names.items()
        ],
        roles=[],
    )


def _put_bookkeeping(lake: Lake) -> None:
    put_run(lake, "run-1", run())
    rejection = Rejection(
        rejection_id="r1",
        source_id="local",
        item_ref=ITEM,
        stage="parse",
        reason="wrong_type",
        detail=f"{ITEM} cannot be used",
        rejected_at=NOW,
    )
    with lake.write() as con:
        append(con, "ledger", [ledger_entry("a.txt")], run_id="run-1")
        append(con, "rejections", [rejection], run_id="run-1")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found[-1:] and self.found[-1][0] not in ("script", "style"):
            self.text.append(data)


def content_of(page: str) -> dict[str, Any]:
    """Return what the page's script reads."""
    start = page.index('id="content">') + len('id="content">')
    content: dict[str, Any] = json.loads(page[start : page.index("</script>", start)])
    return content


def rows_of(content: dict[str, Any], chart: str, name: str = "rows") -> list[dict[str, Any]]:
    """Return the rows of the picture `chart`."""
    (found,) = [one for one in content["charts"] if one["id"] == chart]
    rows: list[dict[str, Any]] = found["data"][name]
    return rows
