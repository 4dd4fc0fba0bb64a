"""Words of position read in place: who holds it and towards whom, one rule a shape."""

from collections.abc import Iterator
from dataclasses import replace

from tasks.extract import grammar, lexicon
from tasks.extract.carriers import Carriers
from tasks.extract.clauses import View, clause_end, is_plain, verb_group
from tasks.extract.finding import Finding
from tasks.extract.lexicon import StanceTerm
from tasks.extract.objects import after
from tasks.extract.phrases import Party, before
from tasks.extract.predicates import Predicate, owners, read_verb
from tasks.extract.things import thing_after, thing_before
from tasks.extract.verdicts import epithet, verdict
from warehouse.tables import Polarity


def find_positions(view: View, carriers: Carriers) -> Iterator[Finding]:
    """Yield the positions that the words of the article express, in their order."""
    terms = lexicon.stance_terms()
    for sentence in view.document.sentences:
        lo, hi = view.tokens(sentence.start_char, sentence.end_char)
        if lo >= hi or view.is_question(lo, hi):
            continue
        taken = lo
        for at in range(lo, hi):
            if view.words[at] == "anti":
                yield from _anti(view, at, lo, hi)
            if at < taken or view.words[at] not in terms.forms:
                continue
            for last, term in terms.at(view.words, at):
                found = list(_reading(view, carriers, term, (at, min(last, hi)), (lo, hi)))
                if found:
                    yield from found
                    taken = last
                    break


def _reading(
    view: View, carriers: Carriers, term: StanceTerm, word: tuple[int, int], span: tuple[int, int]
) -> Iterator[Finding]:
    if term.pattern == "noun":
        yield from _noun(view, term, *word, *span)
    elif term.pattern == "adjective":
        yield from _adjective(view, term, *word, *span)
    elif term.pattern == "naming":
        yield from _naming(view, term, *word, *span)
    elif term.pattern == "verdict":
        yield from verdict(view, carriers, term, *word, *span)
    elif term.pattern == "epithet":
        yield from epithet(view, carriers, term, *word, *span)
    elif term.pattern in {"verb", "inverse", "thing"}:
        yield from _verb(view, carriers, term, *word, *span)


def _verb(
    view: View, carriers: Carriers, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield 'H condemned T', 'T was condemned by H', 'T, which H backs', 'H-backed T'."""
    if view.word(first - 1, lo) == "-":
        yield from _backed(view, term, first, last, lo, hi)
        return
    read = read_verb(view, first, last, lo, hi)
    if read is None:
        return
    holders, targets, rule = read.agents, read.patients, f"verb-{read.rule}"
    if read.rule == "passive" and not holders:
        holders, rule = _banned_in(view, last, hi), "banned-in"
    if term.pattern == "thing":
        targets = []
    if term.pattern == "inverse":
        holders, targets, rule = targets, holders, "inverse"
    group, start, end = read.group, read.start, read.end
    if not holders and view.word(group.start - 1, lo) in grammar.FIRST_PERSON:
        holders, rule = _own_voice(view, carriers, group.start - 1), "first-person"
    elif not holders and rule == "verb-active":
        holders = _cue_speaker(view, carriers, first, last)
    if holders and not targets and term.objects:
        targets = _things(view, term, read, last, (lo, hi))
        start = min([start, *(t.start for t in targets)])
    if rule == "banned-in" and holders:
        end = max(end, clause_end(view, holders[-1].end, hi))
    yield Finding(holders, targets, term, rule, start, end, group.is_negated, read.modality)
    yield from _third_party(view, term, targets, hi)


def _things(
    view: View, term: StanceTerm, read: Predicate, last: int, span: tuple[int, int]
) -> list[Party]:
    """Return what the position is about where it is no entity: 'Iran criticised the deal'."""
    if read.rule == "passive":
        found = thing_before(view, read.group.start, span[0], term.objects)
    else:
        found = thing_after(view, last, span[1], term.objects)
        if term.pattern == "thing" and found and view.word(found.end, 0, span[1]) == "to":
            return []  # 'called for the president to resign'
    return [] if found is None else [found]


def _own_voice(view: View, carriers: Carriers, at: int) -> list[Party]:
    """Return who says 'I' or 'we' at token `at`: the speaker of the quote, else the author."""
    span = view.slice(at, at + 1)
    statement = carriers.of(*span)
    if statement is not None and statement.kind != "direct":
        return []
    holder = carriers.voice(*span)
    if holder is None or (statement is None and view.words[at] != "i"):
        return []
    number = view.mention_at[at]
    if number >= 0 and view.mentions[number].entity_id not in {None, holder.entity_id}:
        return []
    return [Party(holder, at, at + 1)]


def _cue_speaker(view: View, carriers: Carriers, first: int, last: int) -> list[Party]:
    """Return who speaks where the verb is itself a reporting word: 'She criticised T'."""
    start, end = view.slice(first, last)
    speaker = carriers.speaker(carriers.by_cue(start, end), start, end)
    return [] if speaker is None else [Party(speaker, first, last)]


def _banned_in(view: View, last: int, hi: int) -> list[Party]:
    """Return H of 'T is banned in H'."""
    if view.word(last, 0, hi) != "in" or view.words[last - 1] not in {"banned", "outlawed"}:
        return []
    parties = after(view, last + 1, hi)
    return [p for p in parties if p.head == "self" and p.mention.label == "GPE"]


def _third_party(view: View, term: StanceTerm, targets: list[Party], hi: int) -> Iterator[Finding]:
    """Yield that X opposes Y from "praised X's struggle against Y"."""
    for target in targets:
        if target.aspect is None or target.head != "deed":
            continue
        noun, link = view.words[target.end - 1], view.word(target.end, 0, hi)
        if noun not in grammar.HOSTILE_NOUNS | {"support"} or term.polarity == "neutral":
            continue
        is_support = noun == "support"
        if link not in ({"for"} if is_support else {"against", "on"}):
            continue
        objects = [p for p in after(view, target.end + 1, hi) if p.head == "self"]
        polarity: Polarity = "support" if is_support else "oppose"
        stance = replace(term, polarity=polarity, strength=0.6, if_negated=None)
        owner = replace(target, head="self", aspect=None)
        if objects:
            end = objects[-1].end
            yield Finding([owner], objects, stance, "third-party", target.start, end)


def _backed(
    view: View, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield 'Iran-backed Houthis'."""
    number = view.ending_at(first - 2) if first - 2 >= lo else None
    if number is None or not view.words[first].endswith("ed"):
        return
    start = view.spans[number][0]
    targets = [p for p in after(view, last, hi) if p.head == "self"][:1]
    if targets:
        holder = Party(view.mentions[number], start, first - 1)
        yield Finding([holder], targets, term, "backed", start, targets[0].end)


def _noun(
    view: View, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield "H's support for T" and 'Russian opposition to T'."""
    targets = _entities_or_thing(view, term, last, hi)
    holders = owners(view, first, lo) if targets else []
    if targets and not holders:
        holders = _voicing(view, first, lo)
    if holders and targets:
        yield Finding(holders, targets, term, "noun", holders[0].start, targets[-1].end)


def _entities_or_thing(view: View, term: StanceTerm, last: int, hi: int) -> list[Party]:
    targets = after(view, last, hi)
    if targets or not term.objects:
        return targets
    found = thing_after(view, last, hi, term.objects)
    return [] if found is None else [found]


def _voicing(view: View, noun: int, lo: int) -> list[Party]:
    """Return H of 'H voiced strong support'."""
    at = noun - 1
    while at > max(lo, noun - 5) and (
        view.words[at] in grammar.DETERMINERS or is_plain(view.words[at])
    ):
        if view.words[at] in grammar.LIGHT_VERBS:
            break
        at -= 1
    if view.word(at, lo) not in grammar.LIGHT_VERBS:
        return []
    group = verb_group(view, at, at + 1, lo)
    return [] if group.is_negated or group.is_passive else before(view, group.start, lo)


def _adjective(
    view: View, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield 'H is critical of T', 'H is against T' and 'how displeased H was with T'."""
    group = verb_group(view, first, last, lo)
    targets = _entities_or_thing(view, term, last, hi)
    if group.has_auxiliary and view.words[group.start] not in grammar.HAVE:
        holders = before(view, group.start, lo)
        start = holders[0].start if holders else group.start
        end = clause_end(view, targets[-1].end if targets else last, hi)
        negated, modality = group.is_negated, group.modality
        yield Finding(holders, targets, term, "adjective", start, end, negated, modality)


def _naming(
    view: View, term: StanceTerm, first: int, last: int, lo: int, hi: int
) -> Iterator[Finding]:
    """Yield 'H designates T as terrorists' and 'T is considered by H to be a rival'."""
    read = read_verb(view, first, last, lo, hi)
    if read is None or not read.agents or not read.patients:
        return
    labels = lexicon.stance_terms()
    parties = [*read.agents, *read.patients]
    begin = max([read.group.end, *(p.end for p in parties)])
    for at in range(begin, min(hi, begin + 8)):
        if view.words[at] in {",", ";", "."}:
            return
        for end, label in labels.at(view.words, at):
            if label.pattern == "label":
                found = replace(label, lemma=term.lemma)
                negated, modality = read.group.is_negated, read.modality
                evidence = read.start, max(end, read.end)
                yield Finding(
                    read.agents, read.patients, found, "naming", *evidence, negated, modality
                )
                return


_ANTI = StanceTerm("anti-", "noun", "oppose", 0.6, None)


def _anti(view: View, at: int, lo: int, hi: int) -> Iterator[Finding]:
    """Yield "H's anti-T campaign"."""
    number = view.starting_at(at + 2) if view.word(at + 1, lo, hi) == "-" else None
    if number is None:
        return
    holders = owners(view, at, lo)
    last = view.spans[number][1]
    target = Party(view.mentions[number], at + 2, last)
    end = last + 1 if last < hi and view.words[last].isalpha() else last
    if holders:
        yield Finding(holders, [target], _ANTI, "anti", holders[0].start, end)
