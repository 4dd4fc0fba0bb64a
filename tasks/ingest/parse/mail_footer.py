"""Lines of a newsletter that are about the newsletter: 'Unsubscribe | View in browser'."""

import re
from dataclasses import replace

from tasks.ingest.parse.draft import Draft
from tasks.ingest.parse.lines import IN_TEXT, Line

MAX_WORDS = 40
"""A longer line is prose; notices on why a mail was sent have up to 35 words."""

MAIL = r"(?:e-?mails?|messages?|newsletters?|issue|post|bulletin|mailing list|list)"
WHICH = rf"(?:(?:this|the|your|our|these|all|future) )?(?:{MAIL} )?"

ACTION = re.compile(
    r"(?:click here to )?(?:"
    rf"unsubscribe(?: here| now| instantly| from {WHICH}(?:{MAIL})?)?|opt[- ]?out"
    rf"|(?:view|read|open|see) {WHICH}"
    r"(?:online|in (?:(?:your|a|the|our) )?(?:web )?(?:browser|app))"
    r"|(?:view )?(?:the )?(?:web|online|browser) version"
    rf"|(?:manage|update|change|edit)(?: your)?(?: (?:{MAIL}|subscription|account))? "
    r"(?:preferences|settings|subscriptions?|profile|options)"
    rf"|(?:{MAIL}|subscription) (?:preferences|settings)"
    rf"|forward(?: {WHICH}?(?:{MAIL})?)?(?: to a (?:friend|colleague))?"
    r"|(?:privacy|cookie) (?:policy|notice|statement)|terms(?: of (?:service|use)| and conditions)?"
    r"|contact(?: us)?|about us|advertise(?: with us)?|faqs?|help|share|tweet|like|comment|restack"
    r"|(?:subscribe|sign up)(?: here| now| today)?|why did i get this"
    r")",
    re.I,
)
"""One thing that a reader may do with a newsletter; a line of nothing else is no part of it."""

NOTICE = re.compile(
    r"you(?:['\u2019]re| are| have)? (?:receiv(?:ing|ed)|getting|got|subscribed to) "
    rf"(?:this|our) {MAIL}"
    rf"|you can (?:unsubscribe|opt out|(?:update|change|manage) your)"
    rf"|this {MAIL} (?:was|is|has been) sent (?:to|by|from)"
    r"|if you (?:no longer (?:wish|want)|(?:would|['\u2019]d) (?:prefer|like) not|"
    r"do(?:n['\u2019]t| not) (?:wish|want)) to (?:receive|get)"
    rf"|(?:no longer|don['\u2019]t) want (?:to (?:receive|get) )?(?:this|these|our) {MAIL}"
    rf"|(?:(?:was|is) this|were you|did (?:someone|a friend)) (?:{MAIL} )?forward"
    r"|(?:if you(?:['\u2019]re| are) )?(?:having )?(?:trouble|problems?) (?:viewing|reading|seeing)"
    r"|to (?:unsubscribe|opt out|stop receiving|(?:manage|change|update) your "
    rf"(?:{MAIL}|subscription|preferences))"
    r"|our (?:mailing|postal) address is"
    r"|(?:please )?add \S+ to your (?:address book|contacts|safe)",
    re.I,
)
"""How a notice begins that says why the mail came and how to stop it."""

LINK = re.compile(r"[<(\[]?\s*https?://[^\s<>()\[\]]+\s*[>)\]]?")
BETWEEN = re.compile(
    r"[|/\u00b7\u2022\u25cf\u2013\u2014<>()\[\]{}.,:;!?*_]+|\s-\s|\b(?:or|and|here)\b", re.I
)


def without_footers(draft: Draft) -> Draft:
    """Return `draft` without such lines in its text; as blocks they stay, as sign-up text."""
    rows = [row for row in draft.text.split("\n") if not is_footer(row)]
    lines = [
        Line("sign_up", line.text) if line.kind in IN_TEXT and is_footer(line.text) else line
        for line in draft.lines
    ]
    return replace(draft, text="\n".join(rows), lines=tuple(lines))


def is_footer(line: str) -> bool:
    """Tell whether a line is about the mail itself, not about what it reports."""
    bare = " ".join(LINK.sub(" ", line[:2000]).split())
    if not bare or len(bare.split()) > MAX_WORDS:
        return False
    if NOTICE.match(bare):
        return True
    phrases = [" ".join(phrase.split()) for phrase in BETWEEN.split(bare)]
    return any(phrases) and all(ACTION.fullmatch(phrase) for phrase in phrases if phrase)
