"""Readings and pairs as rows: who holds it, in whose voice, with which words and of which day."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from tasks.extract.carriers import Carriers
from tasks.extract.dating import clause_of
from tasks.extract.document import Document
from tasks.extract.stances.dates import Dates
from tasks.extract.stances.marking import mark_any
from tasks.extract.stances.pairs import Pair
from tasks.extract.stances.parties import Party, is_actor, may_be_target
from tasks.extract.stances.reading import INVERSE, Reading
from tasks.extract.stances.slots import carriers
from tasks.extract.statements.cues import cues
from tasks.extract.statements.putting import manner_of
from tasks.ids import row_id
from tasks.language.stance import Marked
from warehouse.tables import Mention, Modality, Polarity, Stance, StanceVoice, Statement

POLARITY: dict[int, Polarity] = {1: "support", -1: "oppose", 0: "neutral"}
_SPOKEN = ("attitude", "feeling")
"""Kinds of words whose use is a statement where a cue says so; a deed is told by others."""
AUTHOR, SPEAKER, UNNAMED = "author", "speaker", "unnamed"
"""Methods of mentions that are no words for an entity."""


class Key(NamedTuple):
    """A sentence with the entities that hold a position in it and that it is on."""

    sentence_id: str
    holder_id: str | None
    target_id: str | None


class Ruled(NamedTuple):
    """A rule's row, the sentence as marked for the classifier, and whether the word itself, not
    what it is composed with, gives the direction."""

    row: Stance
    marked: Marked | None
    is_direct: bool


class Rows:
    """Makes the rows of one article."""

    def __init__(self, document: Document, carriers: Carriers, dates: Dates) -> None:
        """Take the article, who says what in it, and its days."""
        self.document, self.carriers, self.dates = document, carriers, dates

    def voice(self, token: Token) -> Mention | None:
        """Return who says what stands at `token`: the one quoted, else the author of an opinion."""
        return self.carriers.voice(token.idx, token.idx + len(token))

    def cue_speaker(self, cue: Token, speaker: Token) -> Mention | None:
        """Return who `speaker` is where `cue` is the cue of a statement of theirs."""
        said = self.carriers.with_cue(cue.idx, cue.idx + len(cue))
        if said is None or said.speaker_start != speaker.idx:
            return None
        return self.carriers.speaker(said, speaker.idx, speaker.idx + len(speaker))

    def run_speaker(self, token: Token) -> Mention | None:
        """Return who spoke in the sentence before, where that is of the same paragraph."""
        sentence = self.document.sentence_at(token.idx)
        before = self.document.sentence_at(max(sentence.start_char - 1, 0))
        gap = self.document.article.text[before.end_char : sentence.start_char]
        if before == sentence or "\n" in gap:
            return None
        said = self.carriers.told_in(before.start_char, before.end_char)
        return self.carriers.speaker(said, token.idx, token.idx + len(token))

    def thing(self, first: int, last: int) -> Mention:
        """Return the characters `first` to `last` as a thing that no entity names."""
        return Mention(
            mention_id="",
            article_id=self.document.article.article_id,
            sentence_id="",
            start_char=first,
            end_char=last,
            surface=self.document.article.text[first:last],
            label="MISC",
            kind="nominal",
            method=UNNAMED,
            confidence=0.5,
        )

    def of(self, reading: Reading, confidence: float) -> Iterator[Ruled]:
        """Yield a row for each holder of a reading, with what the classifier is to read."""
        at = reading.at
        span = at.idx, at.idx + len(at)
        around = self.carriers.of(*span)
        is_denied = around is not None and (around.is_negated or around.modality == "denied")
        target = reading.towards.party
        for holder in reading.holders:
            if not self._fits(holder, target) or _are_joined(holder.token, target.token):
                continue
            if is_denied and around is not None and around.speaker_id != holder.entity_id:
                continue  # 'A denied that B supports C'
            sign = 0 if is_denied and not reading.is_negated else reading.sign
            statement = around or self.carriers.with_cue(*span)
            is_speaker = statement is not None and statement.speaker_id == holder.entity_id
            is_speaker |= holder.mention.method == SPEAKER
            is_told = around is not None and around.speaker_id != holder.entity_id
            if not is_speaker and not is_told:
                is_speaker = reading.rule.startswith(_SPOKEN) and _is_said(at)
            voice = _voice(holder.mention, is_speaker)
            if statement is not None and statement.speaker_id != holder.entity_id:
                statement = around
            start, end = self._evidence(reading, holder)
            day, basis = self.dates.of(at, is_said=is_speaker)
            row = self._row(
                (start, end),
                (holder.mention, target.mention),
                statement,
                voice,
                polarity=POLARITY[sign],
                score=round(sign * reading.strength, 2),
                confidence=confidence,
                modality=_put_by(reading.modality, around),
                aspect=self._text(target.aspect),
                method=f"{reading.rule}:{'>'.join((at.lemma_.lower(), *reading.towards.steps))}",
                as_of_on=day,
                as_of_method=basis,
            )
            is_composed = bool(reading.towards.steps) or reading.is_negated
            is_direct = not (is_composed or reading.rule.endswith(INVERSE))
            yield Ruled(row, self._marked(reading, holder.mention, voice), is_direct)

    def _marked(self, reading: Reading, holder: Mention, voice: StanceVoice) -> Marked | None:
        return mark_any(
            self.document.article.text,
            self.document.sentence_at(reading.at.idx),
            holder,
            reading.towards.party.mention,
            is_author=voice == "author",
        )

    def of_pair(self, pair: Pair, is_back: bool, polarity: Polarity, score: float) -> Stance:
        """Return the row of what the classifier reads in a pair; `is_back`: the other way round."""
        holder, target = self._sides(pair, is_back)
        doc = self.document.doc
        anchor = doc.char_span(target.start_char, target.end_char, alignment_mode="expand")
        assert anchor is not None
        statement = pair.statement
        is_speaker = statement is not None and statement.speaker_id == holder.entity_id
        day, basis = self.dates.of(anchor.root, is_said=is_speaker)
        put = manner_of(clause_of(anchor.root)).modality
        return self._row(
            (pair.sentence.start_char, pair.sentence.end_char),
            (holder, target),
            statement,
            _voice(holder, is_speaker),
            polarity=polarity,
            score=score,
            confidence=0.5,
            modality=_put_by(put, statement),
            aspect=None,
            method="model",
            as_of_on=day,
            as_of_method=basis,
        )

    def is_denied(self, pair: Pair, is_back: bool) -> bool:
        """Tell whether somebody else denies what the pair is found in."""
        told, holder = pair.statement, self._sides(pair, is_back)[0]
        if told is None or told.speaker_id == holder.entity_id:
            return False
        return told.is_negated or told.modality == "denied"

    def key(self, pair: Pair, is_back: bool) -> Key:
        """Return sentence, holder and target of a pair."""
        holder, target = self._sides(pair, is_back)
        return Key(pair.sentence.sentence_id, holder.entity_id, target.entity_id)

    def _sides(self, pair: Pair, is_back: bool) -> tuple[Mention, Mention]:
        first = pair.first or self.carriers.author
        assert first is not None, "a pair without a holder has an author"
        return (pair.second, first) if is_back else (first, pair.second)

    @staticmethod
    def _fits(holder: Party, target: Party) -> bool:
        if not is_actor(holder.mention) or holder.entity_id == target.entity_id:
            return False
        return target.mention.method == UNNAMED or may_be_target(target.mention)

    def _evidence(self, reading: Reading, holder: Party) -> tuple[int, int]:
        """Return the span from the first to the last of word, holder and target."""
        at, target = reading.at, reading.towards.party
        sentence = self.document.sentence_at(at.idx)
        spans = [(at.idx, at.idx + len(at)), _span(target)]
        if target.aspect is not None:
            spans.append(target.aspect)
        if holder.token != at:
            spans.append(_span(holder))
        inside = [s for s in spans if sentence.start_char <= s[0] and s[1] <= sentence.end_char]
        return min(s[0] for s in inside), max(s[1] for s in inside)

    def _text(self, span: tuple[int, int] | None) -> str | None:
        return None if span is None else self.document.article.text[slice(*span)] or None

    def _row(
        self,
        span: tuple[int, int],
        parties: tuple[Mention, Mention],
        statement: Statement | None,
        voice: StanceVoice,
        **fields: object,
    ) -> Stance:
        holder, target = parties
        article = self.document.article
        ids = holder.entity_id, target.entity_id
        told = target.entity_id or target.surface
        told_apart = fields["method"], fields["polarity"], voice
        return Stance(
            stance_id=row_id("stances", article.article_id, *span, ids[0], told, *told_apart),
            article_id=article.article_id,
            sentence_id=self.document.sentence_at(span[0]).sentence_id,
            statement_id=statement.statement_id if statement else None,
            holder_id=ids[0],
            holder=holder.surface,
            target_id=ids[1],
            target=target.surface,
            voice=voice,
            evidence=article.text[slice(*span)],
            start_char=span[0],
            end_char=span[1],
            **fields,  # type: ignore[arg-type]
        )


def _voice(holder: Mention, is_speaker: bool) -> StanceVoice:
    if holder.method == AUTHOR:
        return "author"
    return "speaker" if is_speaker else "actor"


def _are_joined(one: Token, other: Token) -> bool:
    """Tell 'A and B' of 'A and B opposed it': neither is the other's target."""
    return (other.dep_ == "conj" and other.head == one) or (
        one.dep_ == "conj" and one.head == other
    )


def _is_said(word: Token) -> bool:
    """Tell whether a word of position, or the light verb it hangs on, is one of saying."""
    tokens = (word, *carriers(word))
    return any(not found.cue.is_attitude for one in tokens for found in cues().at(one))


def _put_by(modality: Modality, around: Statement | None) -> Modality:
    """Return how a stance is put; within 'if ...' or a question that is told, only supposed."""
    if modality == "asserted" and around is not None:
        is_open = around.cue_class == "ask" or around.content_modality == "hypothetical"
        if is_open or around.modality == "hypothetical":
            return "hypothetical"
        if around.modality == "desired" and around.is_attitude:
            return "desired"
    return modality


def _span(party: Party) -> tuple[int, int]:
    mention = party.mention
    if mention.start_char <= party.token.idx < max(mention.end_char, 1):
        return mention.start_char, mention.end_char
    return party.token.idx, party.token.idx + len(party.token)
