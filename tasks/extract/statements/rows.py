"""Attributions as rows: the speaker resolved, each piece of content a row of its own."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.extract.carriers import author_of
from tasks.extract.document import Document
from tasks.extract.statements.attribution import Attribution
from tasks.extract.statements.putting import (
    CLASS_MODALITY,
    Manner,
    carrier_of,
    content_manner,
    manner_of,
)
from tasks.extract.statements.quoted import Quotes
from tasks.extract.statements.sources import Source
from tasks.extract.statements.sources import source as find_source
from tasks.extract.statements.speakers import Speakers, is_party, of_one_who_speaks, speaker_type
from tasks.extract.statements.syntax import (
    agent,
    antecedent,
    is_passive,
    own_subject,
    relation,
)
from tasks.extract.statements.tidying import tidy
from tasks.extract.statements.verbs import quoted_as
from tasks.extract.statements.weak import is_told
from tasks.ids import row_id
from warehouse.tables import Mention, SpeakerType, Statement, StatementKind

CONFIDENCE = {
    "quote": 0.9,
    "clause": 0.85,
    "source": 0.85,
    "naming": 0.7,
    "preposed": 0.6,
    "question": 0.6,
    "infinitive": 0.6,
    "gerund": 0.6,
    "passive": 0.6,
    "object": 0.55,
    "phrase": 0.55,
}
"""How sure each rule is: the share of its rows with right speaker and content among some 580 read
by hand, of Wikinews and briefings (quote 85 of 93, clause 179 of 210, source 37 of 42, naming 31 of
44; object and phrase, of the last 177 rows alone, 23 of 40). Of the others too few were read."""
UNSURE = 0.2
"""Taken off where the cue is a noun or an adjective, and half of it where it is unsure who speaks:
nobody that is known, or a pronoun (29 of 44 rows of pronouns were right, 65 of 82 of names)."""
LEAST = 0.7
"""Confidence of a mention below which who speaks is unsure."""
TAKEN_UP = 0.5
"""Most for a pronoun or role that takes up the last speaker."""
_EVIDENCE = frozenset({"show", "indicate", "suggest", "document"})
"""Verbs whose plain object only a document says: 'the poll shows a close race'."""
_BROKEN_OFF = (" to", " the", " a", " an", " of", " and")
"""Last words of what a speaker in a transcript did not bring to an end."""
_LOOSE = frozenset({"object", "phrase", "naming", "infinitive", "passive"})
_POINTING = frozenset({"it", "this", "that", "these", "those", "so", "which", "what", "as much"})
_EMPTY = _POINTING | {
    "himself",
    "herself",
    "itself",
    "themselves",
    "i mean",
    "each other",
    "among other things",
}
_TALKS = frozenset({"interview", "statement", "conversation", "talk", "comments", "remarks"})
"""Nouns of an occasion on which an outlet hears something."""
_SINGULAR = frozenset({"he", "she", "his", "her"})


class Rows:
    """Makes the rows of one article."""

    def __init__(self, document: Document, mentions: Sequence[Mention], quotes: Quotes) -> None:
        """Keep the article, where its mentions and where its quotes are."""
        self.document = document
        self.quotes = quotes
        self.text = document.article.text
        self.speakers = Speakers(mentions)
        self.author = author_of(document, mentions)

    def of(self, attributions: Sequence[Attribution]) -> list[Statement]:
        """Return the rows of `attributions`; a pronoun may take the person who spoke before."""
        rows: list[Statement] = []
        person: str | None = None
        heard_in = -2
        for one in attributions:
            made = list(self._rows(one))
            if not made:
                continue
            position = self._sentence_number(one)
            if made[0].speaker_id is None and self._takes_up(one.source):
                person = person if position - heard_in <= 1 else None
                made = [
                    replace(r, speaker_id=person, confidence=min(r.confidence, TAKEN_UP))
                    for r in made
                ]
            else:  # somebody unknown as well: 'she' is then nobody known
                known = made[0].speaker_id or ""
                person = known if known.startswith("person:") else None
            heard_in = position
            rows += made
        return rows

    def _rows(self, one: Attribution) -> Iterator[Statement]:
        doc = self.document.doc
        mention = self.speakers.of(one.source)
        source = self._shown(one.source, mention)
        is_author = source.head.lower_ in {"i", "my", "we", "our"}
        speaker = (doc[source.first].idx, doc[source.last].idx + len(doc[source.last]))
        cue = (doc[one.first].idx, doc[one.last].idx + len(doc[one.last]))
        manner = manner_of(carrier_of(one.head))
        part = 0
        for start, end in one.pieces:
            start, end = tidy(self.text, start, end)
            is_apart = end <= speaker[0] or speaker[1] <= start
            if start <= cue[0] < end or not is_apart or not self._tells(start, end):
                continue
            if one.rule != "quote" and self.text[start:end].lower().endswith(_BROKEN_OFF):
                continue
            kind = speaker_type(source, mention, is_author=is_author)
            if not self._may_hold(one, manner, kind):
                continue
            yield self._row(one, (start, end), part, speaker, cue, mention, manner, kind)
            part += 1

    def _row(
        self,
        one: Attribution,
        content: tuple[int, int],
        part: int,
        speaker: tuple[int, int],
        cue: tuple[int, int],
        mention: Mention | None,
        manner: Manner,
        kind: SpeakerType,
    ) -> Statement:
        start, end = content
        text, article_id = self.text, self.document.article.article_id
        span = self.document.doc.char_span(start, end, alignment_mode="expand")
        said = Manner(False, "asserted") if span is None else content_manner(span)
        class_modality = CLASS_MODALITY.get(one.cue.cue_class)
        return Statement(
            statement_id=row_id("statements", article_id, start, end, cue[0]),
            article_id=article_id,
            sentence_id=self.document.sentence_at(start).sentence_id,
            kind=self._kind(one, start, end),
            speaker_id=self._speaker_id(mention, is_author=kind == "author"),
            speaker=text[speaker[0] : speaker[1]],
            speaker_type=kind,
            speaker_start=speaker[0],
            speaker_end=speaker[1],
            cue=text[cue[0] : cue[1]],
            cue_lemma=one.cue.lemma,
            cue_class=one.cue.cue_class,
            is_attitude=one.cue.is_attitude,
            cue_start=cue[0],
            cue_end=cue[1],
            content=text[start:end],
            start_char=start,
            end_char=end,
            part=part,
            is_negated=manner.is_negated,
            modality=class_modality or manner.modality,
            is_content_negated=said.is_negated,
            content_modality=said.modality,
            via_id=self._hearer(one),
            method=one.rule,
            confidence=self._confidence(one, mention, kind),
        )

    def _may_hold(self, one: Attribution, manner: Manner, kind: SpeakerType) -> bool:
        """Tell whether the speaker may say it: a thing shows something only as a document.

        Where no clause or quote follows, somebody without a name has to be a person or a body,
        and to be the subject of the cue itself.
        """
        if not is_told(one, manner, is_document=kind == "document"):
            return False
        if one.cue.pos == "adjective" and kind == "unnamed" and not is_party(one.source.head):
            return False
        if one.rule == "object" and one.cue.lemma in _EVIDENCE:
            return kind == "document"
        if kind != "unnamed" or one.rule not in _LOOSE:
            return True
        is_far = one.cue.pos != "noun" and own_subject(one.head) is None
        return not is_far and is_party(one.source.head)

    def _confidence(self, one: Attribution, mention: Mention | None, kind: str) -> float:
        confidence = CONFIDENCE[one.rule]
        if one.cue.pos in {"noun", "adjective"}:
            confidence -= UNSURE
        is_known = mention is not None and mention.confidence >= LEAST and kind != "pronoun"
        confidence -= UNSURE / 2 * (not is_known and kind != "author")
        return round(confidence, 2)

    def _shown(self, source: Source, mention: Mention | None) -> Source:
        """Return the phrase that a relative pronoun stands for where nobody is named."""
        if source.head.lower_ not in {"who", "which", "that"} or mention is not None:
            return source
        noun = antecedent(source.head)
        if noun is None or noun.left_edge.i >= source.first:
            return source
        return find_source(noun, source.first, source.last) or source

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether the content is more than marks and a word that points elsewhere."""
        said = self.text[start:end]
        return any(c.isalnum() for c in said) and said.lower() not in _EMPTY

    def _kind(self, one: Attribution, start: int, end: int) -> StatementKind:
        if one.rule == "quote":
            return "direct"
        return "mixed" if self.quotes.within(start, end) else "indirect"

    def _speaker_id(self, mention: Mention | None, *, is_author: bool) -> str | None:
        if mention is not None and mention.entity_id is not None:
            return of_one_who_speaks(mention.entity_id)
        return self.author.entity_id if is_author and self.author is not None else None

    def _hearer(self, one: Attribution) -> str | None:
        """Return the outlet that was told it, through which we know it.

        As in 'told Reuters', 'said in an interview with Reuters', 'quoted X as saying'.
        """
        if (quoting := quoted_as(one.head)) is not None:
            reporter = own_subject(quoting)
            if is_passive(quoting):
                reporter = agent(quoting) or agent(one.head)
            known = None if reporter is None else self.speakers.at(reporter)
            return None if known is None else known.entity_id
        doc = self.document.doc
        for child in one.head.children:
            is_hearer = relation(child) in {"obj", "iobj"} and child.i > one.last
            if not is_hearer and child.lower_ not in _TALKS:
                continue
            last = doc[child.right_edge.i]
            for heard in self.speakers.within(doc[child.left_edge.i].idx, last.idx + len(last)):
                if (heard.entity_id or "").startswith("media:"):
                    return heard.entity_id
        return None

    def _sentence_number(self, one: Attribution) -> int:
        at = self.document.doc[one.first].idx
        return bisect_right(self.document.sentences, at, key=lambda s: s.start_char) - 1

    def _takes_up(self, source: Source) -> bool:
        """Tell whether the speaker is 'he' or 'she': the one who spoke just before."""
        is_alone = source.first == source.last
        return is_alone and self.document.doc[source.first].lower_ in _SINGULAR
