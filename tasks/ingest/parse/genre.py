"""The kind of a text, by a few stated cues."""

import re
from collections import Counter
from collections.abc import Sequence

from warehouse.tables import Genre

TURN = re.compile(r"[A-Z][A-Z .'\u2019-]{2,50}:\s|Q\.?\s+(?=\S)")
"""A speaker's turn: a name in capitals and a colon, or Q for a question."""

INTERVIEW_TURN = re.compile(
    r"\(\([^()]{1,60}\)\)|(?:Q|A|Question|Answer|Interviewer)\s?[:.]\s"
    r"|[A-Z][\w.'\u2019-]{1,20}(?: [A-Z][\w.'\u2019-]{0,20}){0,3}:\s"
)
MIN_TURNS, MIN_TURN_SHARE = 4, 0.2
RELEASE = re.compile(
    r"for immediate release|press release|news release|media contacts?:|press contacts?:"
    r"|/ ?pr ?newswire ?/|\(business wire\)|globe newswire",
    re.I,
)
RELEASE_PATH = re.compile(r"/(?:press|news)-?_?releases?/", re.I)

OPINION_PATH = re.compile(
    r"/(?:opinions?|op-?eds?|commentisfree|commentary|comment|columns?|columnists?|editorials?"
    r"|perspectives?|viewpoints?|views)(?:/|$)",
    re.I,
)
OPINION_SECTION = re.compile(
    r"\b(?:opinions?|op-?eds?|editorials?|comment(?:ary)?|columns?)\b", re.I
)
OPINION_TITLE = re.compile(
    r"(?:opinion|op-?ed|editorial|commentary|column|analysis)\s*[:|\u2013-]", re.I
)
DISCLAIMER = re.compile(
    r"\b(?:views?|opinions?) expressed\b.{0,80}\b(?:author|writer|own)\b|\bthe author is\b", re.I
)
SELF = re.compile(
    r"\b(?:the (?:present )?(?:author|writer|columnist)"
    r"(?:[\u2019']s (?:prior|previous|earlier|own|views?|analys\w+)| believes| argues| thinks)"
    r"|(?:the|this|the present) (?:piece|essay|analysis|column|article) (?:will|argues|aims|seeks"
    r"|examines|points)"
    r"|in my (?:view|opinion)|i (?:believe|think|argue|submit)|we must|let us)\b",
    re.I,
)
EVALUATION = re.compile(
    r"\b(?:of course|that[\u2019']s why|needless to say|to be sure|make no mistake|evidently"
    r"|obviously|clearly|undoubtedly|no denying|to sum (?:it )?up|in conclusion|after all"
    r"|the truth is|the fact is|simply put|in other words|it is (?:high )?time|ought to"
    r"|should (?:not )?be|rather than|in (?:this|that) respect|this further|unfortunately|sadly)\b",
    re.I,
)
QUOTED = re.compile('[\u201c"][^\u201c\u201d"\n]{1,2000}[\u201d"]')

OPINION_POINTS = 4
"""Chosen on 290 Wikinews reports, of which under 3 % may pass, and on one opinion article."""

DATELINE = re.compile(
    r"[A-Z][A-Z .'\u2019-]{2,40}(?:, [A-Z][\w. ]{2,30}){0,2}\s?(?:\([^()\n]{2,40}\)\s?)?"
    r"[\u2014\u2013-]{1,2}\s"
)


def genre_of(
    text: str,
    *,
    title: str | None,
    byline: str | None,
    url: str | None,
    section: str | None,
    has_date: bool,
) -> Genre:
    """Return the genre of an article; `has_date` says that a publication date was found."""
    paragraphs = text.split("\n\n")
    if _turns(paragraphs, TURN):
        return "transcript"
    if _turns(paragraphs, INTERVIEW_TURN):
        return "interview"
    if RELEASE_PATH.search(url or "") or RELEASE.search(text[:300]):
        return "press_release"
    if _is_opinion(text, title=title, byline=byline, url=url, section=section):
        return "opinion"
    return "news" if has_date or DATELINE.match(text) else "unknown"


def _turns(paragraphs: Sequence[str], turn: re.Pattern[str]) -> bool:
    """Tell speech by turns, in which somebody speaks twice, from a list of names."""
    found = Counter(match[0] for paragraph in paragraphs if (match := turn.match(paragraph)))
    turns = found.total()
    is_shared = turns >= MIN_TURNS and turns >= MIN_TURN_SHARE * len(paragraphs)
    return is_shared and max(found.values()) > 1


def _is_opinion(
    text: str, *, title: str | None, byline: str | None, url: str | None, section: str | None
) -> bool:
    """Tell opinion by its place, its label, or an author who speaks and judges.

    Points, outside quotation marks: two for speaking of oneself, one for each different word
    of judgement up to three, one for a byline.
    """
    if OPINION_PATH.search(url or "") or OPINION_SECTION.search(section or ""):
        return True
    if OPINION_TITLE.match(title or "") or DISCLAIMER.search(text[-1000:]):
        return True
    own = QUOTED.sub(" ", text)
    judged = {match[0].casefold() for match in EVALUATION.finditer(own)}
    points = 2 * bool(SELF.search(own)) + min(len(judged), 3) + bool(byline)
    return points >= OPINION_POINTS
