"""Who is for or against whom: positions of one entity on another, by rules.

The words of position are in `seeds/stance_verbs.csv`. A row needs a resolved holder and target
in one clause; whatever does not fit a rule is left out.
"""

from collections.abc import Iterator, Sequence

from tasks.extract.carriers import Carriers
from tasks.extract.clauses import View
from tasks.extract.document import Document
from tasks.extract.finding import Finding
from tasks.extract.phrases import Party
from tasks.extract.positions import find_positions
from tasks.extract.predicates import is_actor
from tasks.ids import row_id
from warehouse.tables import Mention, Polarity, Stance, StanceVoice, Statement

CONFIDENCE = {
    "verb-active": 0.75,
    "verb-passive": 0.75,
    "verb-relative": 0.6,
    "adjective": 0.65,
    "noun": 0.65,
    "third-party": 0.65,
    "anti": 0.6,
    "backed": 0.7,
    "banned-in": 0.7,
    "naming": 0.7,
    "inverse": 0.6,
    "first-person": 0.7,
    "verdict": 0.6,
    "epithet": 0.6,
}
"""How sure each rule is, from reading its rows on Wikinews; ordered, not calibrated."""
DEED_DISCOUNT = 0.1
_SUFFIX = {"deed": "-deed", "hostile": "-flipped"}
_OPPOSITE: dict[Polarity, Polarity] = {
    "support": "oppose",
    "oppose": "support",
    "neutral": "neutral",
}


def find_stances(
    document: Document, mentions: Sequence[Mention], statements: Sequence[Statement]
) -> list[Stance]:
    """Return the positions of `document`, in order of their evidence."""
    view = View(document, mentions)
    carriers = Carriers(document, mentions, statements)
    rows: dict[str, Stance] = {}
    for finding in find_positions(view, carriers):
        for row in _rows(view, finding, carriers):
            rows.setdefault(row.stance_id, row)
    return sorted(rows.values(), key=lambda r: (r.start_char, r.end_char, r.stance_id))


def _rows(view: View, finding: Finding, carriers: Carriers) -> Iterator[Stance]:
    start, end = view.slice(finding.start, finding.end)
    carrier = carriers.of(start, end)
    if carrier is not None and (carrier.is_negated or carrier.modality == "denied"):
        return
    for holder in finding.holders:
        for target in finding.targets:
            if not is_actor(holder) or not (is_actor(target) or target.is_unnamed):
                continue
            if holder.mention.entity_id == target.mention.entity_id:
                continue
            row = _row(view, finding, holder, target, (start, end), carrier, carriers)
            if row is not None:
                yield row


def _polarity(finding: Finding, target: Party) -> tuple[Polarity, float] | None:
    """Return direction and strength, after negation and after deeds aimed at the target."""
    polarity, strength = finding.term.polarity, finding.term.strength
    if finding.is_negated:
        if finding.term.if_negated is None:
            return None
        polarity, strength = finding.term.if_negated, strength * 0.7
    if target.head == "hostile":
        return _OPPOSITE[polarity], strength * 0.8
    return polarity, strength


def _voice(holder: Party, is_speaker: bool) -> StanceVoice:
    if holder.mention.method == "author":
        return "author"
    return "speaker" if is_speaker else "actor"


def _row(
    view: View,
    finding: Finding,
    holder: Party,
    target: Party,
    span: tuple[int, int],
    carrier: Statement | None,
    carriers: Carriers,
) -> Stance | None:
    found = _polarity(finding, target)
    if found is None:
        return None
    polarity, strength = found
    article = view.document.article
    own = carrier or carriers.by_cue(*span)
    is_speaker = own is not None and own.speaker_id == holder.mention.entity_id
    carrier = own if carrier is not None or is_speaker else None
    confidence = CONFIDENCE[finding.rule] - DEED_DISCOUNT * (target.head in {"deed", "hostile"})
    confidence -= DEED_DISCOUNT * target.is_unnamed
    confidence -= 0.15 * (finding.modality != "asserted") + 0.1 * finding.is_negated
    aspect = view.text[slice(*view.slice(*target.aspect))] if target.aspect else None
    suffix = "-thing" if target.is_unnamed else _SUFFIX.get(target.head, "")
    ids = holder.mention.entity_id, target.mention.entity_id
    return Stance(
        stance_id=row_id("stances", article.article_id, *span, *ids),
        article_id=article.article_id,
        sentence_id=view.document.sentence_at(span[0]).sentence_id,
        statement_id=carrier.statement_id if carrier else None,
        holder_id=ids[0],
        holder=holder.mention.surface,
        target_id=ids[1],
        target=target.mention.surface,
        aspect=aspect,
        polarity=polarity,
        score=round(strength if polarity == "support" else -strength, 2),
        confidence=round(max(confidence, 0.2), 2),
        voice=_voice(holder, is_speaker),
        modality=finding.modality,
        evidence=view.text[slice(*span)],
        start_char=span[0],
        end_char=span[1],
        method=f"{finding.rule}{suffix}:{finding.term.lemma}",
        as_of_on=article.published_on,
    )
