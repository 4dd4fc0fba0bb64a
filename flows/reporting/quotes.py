"""Who said what: the speakers heard most, and statements in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.cli.reading import Reader, literal
from flows.reporting.content import Chart, Quote, Row, Section, Table, counted, left_out
from flows.reporting.evidence import PER_MARK, Evidence, Found, safe_url
from flows.reporting.positions import quoted
from flows.reporting.scope import Scope

SPEAKERS, QUOTES, OF_ONE = 15, 40, 3
"""Speakers of the picture, quotes, and those of them of one speaker in one article."""
SPEAKER = "coalesce(q.speaker_id, lower(q.speaker))"
"""What tells speakers apart: the entity, else the words."""


def quotes(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of statements: by the entity, or naming it."""
    _make(reader, scope)
    speakers = reader.records(
        f"""SELECT {SPEAKER} AS speaker_key, min(speaker) AS speaker, count(*) AS statements,
            count(DISTINCT article_id) AS articles
        FROM said AS q WHERE speaker_id IS NOT NULL OR speaker_type = 'named'
        GROUP BY ALL ORDER BY statements DESC, speaker_key"""
    )
    _keep_speakers(reader, evidence, speakers[:SPEAKERS])
    shown = _quotes(reader, evidence)
    ((total,),) = reader.rows("SELECT count(DISTINCT utterance_id) FROM said")
    how = f"demarche statements {quoted(scope.about)}" if scope.about else _sql("quotes")
    return Section(
        "quotes",
        "Quotes",
        "The speakers with a name who are heard most, and some of what was said: at most "
        f"{OF_ONE} statements of a speaker from one article. What several articles report is shown "
        "once, where it stood first."
        if shown
        else "No statement was found.",
        [_chart(speakers[:SPEAKERS])] if speakers else [],
        [_table(speakers[:SPEAKERS])] if speakers else [],
        shown,
        notes=[
            *left_out(min(SPEAKERS, len(speakers)), len(speakers), "speakers", _sql("quotes")),
            *left_out(
                len(shown),
                total,
                "utterances, those that most outlets report first, then direct "
                "speech, then the latest",
                how,
            ),
        ],
    )


def _sql(table: str) -> str:
    return f'demarche sql "FROM {table}"'


def _make(reader: Reader, scope: Scope) -> None:
    """Make the table `said`, the statements in scope with their sentence."""
    names = (
        f"""AND (q.speaker_id IN {scope.ids} OR EXISTS (
            FROM mentions AS m WHERE m.article_id = q.article_id AND m.entity_id IN {scope.ids}
            AND m.start_char >= q.start_char AND m.end_char <= q.end_char))"""
        if scope.about
        else ""
    )
    reader.rows(
        f"""CREATE OR REPLACE TEMP TABLE said AS
        SELECT q.*, i.day, s.sentence_id
        FROM quotes AS q
        JOIN in_scope AS i USING (article_id)
        JOIN statements AS s USING (statement_id)
        WHERE NOT coalesce(q.is_attitude, false) {names}"""
    )


def _keep_speakers(reader: Reader, evidence: Evidence, speakers: Sequence[dict[str, Any]]) -> None:
    keys = ", ".join(literal(speaker["speaker_key"]) for speaker in speakers) or "NULL"
    latest: dict[str, list[Found]] = {}
    for key, sentence_id, start, end in reader.rows(
        f"""SELECT {SPEAKER} AS speaker_key, sentence_id, start_char, end_char
        FROM said AS q WHERE speaker_key IN ({keys})
        QUALIFY row_number() OVER (
            PARTITION BY speaker_key ORDER BY day DESC NULLS LAST, statement_id) <= {PER_MARK}
        ORDER BY day DESC NULLS LAST, statement_id"""
    ):
        latest.setdefault(key, []).append(Found(sentence_id, start, end))
    for number, speaker in enumerate(speakers):
        speaker["label"] = f"{speaker['speaker']}: {counted(speaker['statements'], 'statement')}"
        hint = f"demarche statements {quoted(speaker['speaker'])}"
        found = latest[speaker["speaker_key"]]
        speaker["key"] = evidence.add(
            f"q{number}", speaker["label"], found, speaker["statements"], hint
        )


def _quotes(reader: Reader, evidence: Evidence) -> list[Quote]:
    rows = reader.records(
        f"""SELECT q.*, u.articles, u.outlets
        FROM (
            FROM said QUALIFY row_number() OVER (
                PARTITION BY utterance_id ORDER BY is_first DESC, start_char, statement_id) = 1
        ) AS q JOIN utterances AS u USING (utterance_id)
        QUALIFY row_number() OVER (
            PARTITION BY q.article_id, q.speaker_id, q.speaker
            ORDER BY u.outlets DESC, q.kind <> 'indirect' DESC, q.confidence DESC, q.statement_id
        ) <= {OF_ONE}
        ORDER BY u.outlets DESC, q.kind <> 'indirect' DESC, q.day DESC NULLS LAST,
            q.confidence DESC, q.statement_id LIMIT {QUOTES}"""
    )
    return [_quote(evidence, number, row) for number, row in enumerate(rows)]


def _quote(evidence: Evidence, number: int, row: Mapping[str, Any]) -> Quote:
    speaker = row["speaker"] or "somebody without a name"
    found = [Found(row["sentence_id"], row["start_char"], row["end_char"])]
    title = f"{speaker} {row['cue'] or 'said'}"
    key = evidence.add(f"u{number}", title, found, 1, f"demarche why {row['statement_id']}")
    day = "no day known" if row["day"] is None else f"{row['day']}"
    spread = f"in {counted(row['outlets'], 'outlet')}" if row["outlets"] > 1 else ""
    is_denied = " (not)" if row["is_negated"] else ""
    return Quote(
        speaker,
        (row["cue"] or "") + is_denied,
        row["content"],
        f"{row['publisher']}, {day}",
        spread,
        key,
        safe_url(row["url"]),
    )


def _chart(speakers: Sequence[Mapping[str, Any]]) -> Chart:
    rows = [
        {
            "key": speaker["key"],
            "label": speaker["label"],
            "name": speaker["speaker"],
            "id": speaker["key"],
            "number": speaker["statements"],
        }
        for speaker in speakers
    ]
    return Chart(
        "quotes", "Statements by speaker", "bars", {"rows": rows}, height=40 + 26 * len(rows)
    )


def _table(speakers: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row((s["speaker"], f"{s['statements']}", f"{s['articles']}"), s["key"]) for s in speakers
    ]
    columns = ("speaker", "statements", "articles")
    return Table("Statements by speaker", columns, rows, frozenset(columns[1:]))
