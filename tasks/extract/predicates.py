"""Who does what to whom: a lexicon verb with its subject and object, for stances and events."""

from dataclasses import dataclass, replace

from tasks.extract import grammar, lexicon
from tasks.extract.clauses import (
    REACH,
    VerbGroup,
    View,
    clause_end,
    is_hypothetical,
    is_plain,
    verb_group,
)
from tasks.extract.objects import after
from tasks.extract.phrases import Party, before
from tasks.extract.stances.words import verb_forms
from tasks.extract.statements.cues import cues
from tasks.extract.statements.speakers import NOT_ACTORS
from warehouse.tables import Modality

_BEFORE_NOUN = grammar.DETERMINERS | grammar.PREPOSITIONS | {"'s", "'", "-"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb read in place: who does it (`agents`) to whom (`patients`), and how it is put."""

    agents: list[Party]
    patients: list[Party]
    group: VerbGroup
    modality: Modality
    start: int
    end: int
    rule: str


def read_verb(view: View, first: int, last: int, lo: int, hi: int) -> Predicate | None:
    """Read the verb at tokens `first` to `last` of the sentence `lo` to `hi`.

    Active, passive with 'by', 'T that H verbs', and the participle with 'by'; None where the
    word does not stand as a verb or lacks both sides.
    """
    group = verb_group(view, first, last, lo)
    if not _stands_as_verb(view, group, first, lo):
        return None
    subjects = before(view, group.start, lo)
    joint = {"and", "but"} | ({","} if view.words[first].endswith("ing") else set())
    if not subjects and view.word(group.start - 1, lo) in joint:
        subjects = _shared_subject(view, group.start - 1, lo)
    by = _agent(view, last, hi if group.is_passive else min(hi, last + 1))
    is_past = view.words[first].endswith(("ed", "en", "wn", "t", "ung", "ound", "ught"))
    if group.is_passive or (by and is_past and not group.has_auxiliary):
        if not is_past and view.words[first] not in {"shot", "hit", "met", "led", "beat"}:
            return None
        return _predicate(view, by, subjects, group, lo, hi, "passive")
    if group.is_infinitive or not _agrees(view.words[first], subjects, group):
        return None
    objects = after(view, last, hi)
    if not objects and view.word(group.start - 1, lo) not in grammar.RELATIVES and subjects:
        objects = _relativised(view, subjects[0].start, lo)
        if objects:
            return _predicate(view, subjects, objects, group, lo, hi, "relative")
    return _predicate(view, subjects, objects, group, lo, hi, "active")


def _stands_as_verb(view: View, group: VerbGroup, first: int, lo: int) -> bool:
    lead = view.word(group.start - 1, lo)
    if view.mention_at[first] >= 0 or view.word(first + 1) == "-" or view.word(first - 1) == "-":
        return False
    if view.words[first].endswith("ing") and not group.has_auxiliary:
        return lead == ","
    return group.has_auxiliary or lead not in grammar.DETERMINERS | grammar.PREPOSITIONS | {"'s"}


def _agrees(word: str, subjects: list[Party], group: VerbGroup) -> bool:
    """Tell whether a form fits one state or person: not 'the US blockade', a noun."""
    if group.has_auxiliary or len(subjects) != 1 or subjects[0].head != "self":
        return True
    is_base = word in lexicon.base_forms() - grammar.SAME_PAST
    return not is_base or subjects[0].mention.label not in {"GPE", "PERSON"}


def _shared_subject(view: View, at: int, lo: int) -> list[Party]:
    """Return the subject that 'X did this and did that' shares; token `at` is the 'and'.

    Walks back over joined verbs to the first one with a subject; gives up at a verb whose
    subject is no mention.
    """
    for back in range(at - 1, max(lo, at - 2 * REACH) - 1, -1):
        word = view.words[back]
        if word in {";", ":", '"', "“", "”"}:
            return []
        if not _is_finite(view, back, lo):
            continue
        group = verb_group(view, back, back + 1, lo)
        if group.is_infinitive:
            continue
        found = before(view, group.start, lo)
        if found or view.word(group.start - 1, lo) not in {"and", "but"}:
            return found
    return []


def _is_finite(view: View, at: int, lo: int) -> bool:
    """Tell whether the token is most likely a verb with a subject."""
    word = view.words[at]
    if view.mention_at[at] >= 0 or view.word(at - 1, lo) in _BEFORE_NOUN:
        return False
    if word in grammar.AUXILIARIES:
        return word not in {"'s", "be", "been", "being"}
    forms = (cues().verb_forms, verb_forms(), lexicon.event_terms().forms)
    known = any(word in form for form in forms) and not word.endswith("ing")
    return known or word in grammar.IRREGULAR_PAST or (len(word) > 4 and word.endswith("ed"))


def _agent(view: View, last: int, hi: int) -> list[Party]:
    """Return the mentions after 'by' that follow a participle, but for a few words."""
    for at in range(last, min(hi, last + 8)):
        word = view.words[at]
        if view.mention_at[at] >= 0 and view.mentions[view.mention_at[at]].label in {"GPE", "LOC"}:
            continue
        if word == "by":
            sentence_end = view.sentence_of(at)[1]
            return [p for p in after(view, at + 1, sentence_end) if p.head in {"self", "body"}]
        if view.mention_at[at] >= 0 or word in {",", ".", ";", "and", "that", "for", "with"}:
            break
    return []


def _relativised(view: View, start: int, lo: int) -> list[Party]:
    """Return T of 'T that H verbs', where H starts at token `start`."""
    at = start - 1
    if view.word(at, lo) not in {"that", "which", "whom"}:
        return []
    at -= 2 if view.word(at - 1, lo) == "," else 1
    number = view.ending_at(at)
    if number is None:
        return []
    return [Party(view.mentions[number], *view.spans[number])]


def _predicate(
    view: View,
    agents: list[Party],
    patients: list[Party],
    group: VerbGroup,
    lo: int,
    hi: int,
    rule: str,
) -> Predicate:
    parties = [*agents, *patients]
    if agents and view.word(agents[0].start - 1, lo) in {"neither", "nor"}:
        group = replace(group, is_negated=not group.is_negated)
    start = min([group.start, *(p.start for p in parties)])
    end = clause_end(view, max([group.end, *(p.end for p in parties)]), hi)
    modality = group.modality
    if is_hypothetical(view, start, lo):
        modality = "hypothetical"
    return Predicate(agents, patients, group, modality, start, end, rule)


def owners(view: View, noun: int, lo: int) -> list[Party]:
    """Return who has the noun at token `noun`: "X's strong support", 'Russian support'."""
    at = noun - 1
    while at > max(lo, noun - 4) and is_plain(view.word(at, lo)) and view.mention_at[at] < 0:
        at -= 1
    genitive = view.word(at, lo) in {"'s", "'"}
    number = view.ending_at(at - 1 if genitive else at)
    if number is None:
        return []
    mention = view.mentions[number]
    if not genitive and mention.kind != "demonym":
        return []
    return [Party(mention, view.spans[number][0], noun)]


def is_actor(party: Party) -> bool:
    """Tell whether the party is a resolved entity that can act, not a place."""
    entity_id = party.mention.entity_id
    return (
        entity_id is not None
        and not entity_id.startswith(NOT_ACTORS)
        and party.mention.label not in {"LOC", "EVENT"}
    )
