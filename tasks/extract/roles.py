"""Roles that an article gives to the persons it names."""

import re
from collections.abc import Sequence

from tasks.extract.document import Document
from warehouse.tables import EntityRole, Mention

_HEAD = (
    r"(?:[Pp]rime [Mm]inister|[Ss]ecretary[- ][Gg]eneral|[Ss]ecretary of [Ss]tate|"
    r"[Ss]ecretary of [Dd]efen[sc]e|[Pp]ress [Ss]ecretary|[Aa]ttorney [Gg]eneral|"
    r"[Pp]resident|[Mm]inister|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Ee]nvoy|[Aa]mbassador|"
    r"[Rr]epresentative|[Ss]pokes(?:man|woman|person)|[Ss]enator|[Gg]overnor|[Mm]ayor|"
    r"[Cc]ommander|[Cc]hair(?:man|woman|person)|[Dd]irector|[Ll]eader|[Aa]dvis[eo]r|[Ss]peaker|"
    r"[Ee]mir|[Pp]resident-elect|[Nn]egotiator|[Dd]iplomat)"
)
_WORD = (
    r"(?:[A-Z][\w\u2019'-]*|(?:[A-Z]\.)+|(?:former|then|acting|deputy|vice|prime|foreign|special|"
    r"presidential|senior|chief|defen[cs]e|interior|finance|interim|national|security|press|first|permanent|"
    r"ex)(?:-\w+)?)"
)
_TAIL = (
    r"(?:\s(?:to|for|of|on|at)\s(?:the\s)?[A-Z][\w\u2019'.-]*(?:\s(?:of|and|the|for)\s[A-Z][\w\u2019'-]*|"
    r"\s[A-Z][\w\u2019'-]*){0,5})"
)
_BEFORE = re.compile(rf"((?:{_WORD}\s){{0,6}}{_HEAD}{_TAIL}?),?\s$")
_AFTER = re.compile(
    rf",\s(?:the\s|an?\s)?((?:[\w\u2019'.-]+\s){{0,5}}?{_HEAD}{_TAIL}?)(?=\s*[,.;:)]|\s(?:and|who)\b)"
)
_LEADING = re.compile(
    r"(?:(?:The|A|An|In|On|At|And|But|Then|When|While|After|As|By|With|For|From|To|Its|His|Her|"
    r"Their|Our|Yesterday|Today|Meanwhile|However|Former|Also|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday)\s)+"
)
_NOT_APPOSITIVE = re.compile(r"\b(?:and|or|but|said|told|met|was|is|were|has|had|who|with)\b")
_NESTED = re.compile(rf"{_HEAD}.*\s(?:to|for|of|on|at)\s(?:the\s)?(?=.*{_HEAD})")
HEAD = re.compile(rf"\b{_HEAD}\b")


def role_before(text: str, start: int) -> tuple[int, int] | None:
    """Return the span of the role that stands right before the name at `start`."""
    low = max(start - 120, text.rfind("\n", 0, start) + 1, 0)
    window = text[low:start]
    found = _BEFORE.search(window)
    if found is None:
        return None
    begin = found.start(1)
    tail = _NESTED.search(found.group(1))
    if tail:  # 'adviser to President X': the person holds the second role only
        begin = found.start(1) + tail.end()
        return (low + begin, low + found.end(1))
    leading = _LEADING.match(found.group(1))
    if leading and leading.end() < len(found.group(1)):
        begin += leading.end() if not leading.group().startswith("Former") else 0
    return (low + begin, low + found.end(1)) if HEAD.search(window, begin) else None


def role_after(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of the role that follows the name ending at `end` as an apposition."""
    found = _AFTER.match(text, end, end + 140)
    if found is None or _NOT_APPOSITIVE.search(found.group(1)):
        return None
    return found.span(1)


def find_roles(document: Document, mentions: Sequence[Mention]) -> list[EntityRole]:
    """Return one row a role: 'Foreign Minister X' or 'X, the Y's ambassador'.

    The country is the state named, or its demonym, before the head of the role or after 'of';
    the organisation is the body, or else that state, in the same places or after 'for'.
    """
    text = document.article.text
    rows: list[EntityRole] = []
    seen: set[tuple[str, str]] = set()
    for mention in mentions:
        if mention.label != "PERSON" or mention.kind not in ("name", "alias"):
            continue
        for span in (role_before(text, mention.start_char), role_after(text, mention.end_char)):
            if span is None or mention.entity_id is None:
                continue
            role = text[span[0] : span[1]]
            if (mention.entity_id, role.lower()) in seen or _overlaps_person(span, mentions):
                continue
            seen.add((mention.entity_id, role.lower()))
            organisation, country = _held_for(text, span, mentions)
            rows.append(
                EntityRole(
                    entity_id=mention.entity_id,
                    role=role,
                    organisation_id=organisation,
                    country_iso3=country,
                    article_id=document.article.article_id,
                    start_char=span[0],
                    end_char=span[1],
                )
            )
    return rows


def _overlaps_person(span: tuple[int, int], mentions: Sequence[Mention]) -> bool:
    """Tell whether another person is named inside the role."""
    return any(m.label == "PERSON" for m in _inside(span, mentions))


def _inside(span: tuple[int, int], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that lie within `span`; `mentions` are in order of start."""
    first = _first_from(mentions, span[0])
    inside: list[Mention] = []
    for index in range(first, len(mentions)):
        if mentions[index].start_char >= span[1]:
            break
        if mentions[index].end_char <= span[1]:
            inside.append(mentions[index])
    return inside


def _first_from(mentions: Sequence[Mention], start: int) -> int:
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].start_char < start:
            low = middle + 1
        else:
            high = middle
    return low


def _held_for(
    text: str, span: tuple[int, int], mentions: Sequence[Mention]
) -> tuple[str | None, str | None]:
    """Return the organisation and the state for which the role in `span` is held."""
    head = HEAD.search(text, span[0], span[1])
    organisation: str | None = None
    country: str | None = None
    for mention in _inside(span, mentions):
        link = text[head.end() if head else span[0] : mention.start_char].split()
        link = link[:-1] if link[1:] == ["the"] else link
        is_before = head is not None and mention.start_char < head.start()
        entity_id = mention.entity_id
        if entity_id is None or not (is_before or link == ["of"] or link == ["for"]):
            continue
        is_state = entity_id.startswith("state:")
        if is_state and (is_before or link != ["for"]):
            code = entity_id.removeprefix("state:").upper()
            country = country or (code if len(code) == 3 else None)
            organisation = organisation or entity_id
        elif not is_state and mention.label == "ORG":
            organisation = entity_id
    return organisation, country
