"""Records of one event each, in PLOVER's format, and rows that tell of events."""

import json
from pathlib import Path
from typing import Any

from tasks.extract.events.quad import QUAD_CLASS
from tasks.records import Annotations
from warehouse.tables import Event, Mention, Modality


def party(words: str, code: str = "") -> dict[str, str]:
    return {"actorText": words, "code": code}


def gold(text: str, event: str, source: Any, target: Any = None, **more: Any) -> dict[str, Any]:
    """Return a record; a target of None is left out."""
    given = {"id": "R-1", "date": "2001-05-07", "text": text, "event": event, "source": source}
    return given | ({} if target is None else {"target": target}) | more


def write_records(path: Path, *records: Any) -> Path:
    path.write_text(json.dumps(list(records)), encoding="utf-8")
    return path


def event(
    actor: str | None,
    code: str,
    target: str | None = None,
    *,
    ids: tuple[str | None, str | None] = (None, None),
    modality: Modality = "asserted",
    is_negated: bool = False,
) -> Event:
    return Event(
        event_id=f"{actor} {code} {target}",
        article_id="a",
        sentence_id="s",
        actor_id=ids[0],
        actor=actor,
        action=code.lower(),
        action_code=code,
        quad_class=QUAD_CLASS[code],
        target_id=ids[1],
        target=target,
        modality=modality,
        is_negated=is_negated,
        evidence="",
        start_char=0,
        end_char=0,
        confidence=1,
    )


def mention(surface: str, entity_id: str) -> Mention:
    return Mention(
        mention_id=surface,
        article_id="a",
        sentence_id="s",
        start_char=0,
        end_char=0,
        surface=surface,
        label="ORG",
        kind="name",
        entity_id=entity_id,
        method="test",
        confidence=1,
    )


def rows(*events: Event, mentions: tuple[Mention, ...] = ()) -> Annotations:
    return Annotations(events=list(events), mentions=list(mentions))
