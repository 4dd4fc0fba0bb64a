"""Small texts with marked expressions of time, in TimeML and as MEANTIME has them."""

from collections.abc import Callable
from pathlib import Path

from warehouse.tables import Article, TimeExpression, TimexType

BODY = (
    "The mill shut <SIGNAL>on</SIGNAL> <TIMEX3 tid='t1' type='DATE' value='2011-04-30'>Saturday"
    "</TIMEX3>.\nIt had <EVENT eid='e1'>run</EVENT> for <TIMEX3 tid='t2' type='DURATION' "
    "value='P40Y'>forty years </TIMEX3>&amp; a day; <s>workers met <TIMEX3 tid='t3' type='TIME' "
    "value='2011-05-02TMO'>this morning</TIMEX3></s><TIMEX3 tid='t4' type='DATE' value='1971'/>."
)
TEXT = "The mill shut on Saturday.\nIt had run for forty years & a day; workers met this morning."
DCT = "<TIMEX3 tid='t0' type='DATE' value='{}' functionInDocument='CREATION_TIME'>then</TIMEX3>"

Found = dict[str, tuple[TimexType, str | None]]
"""What is found in a text: type and value by words."""


def write_timeml(path: Path, body: str = BODY, *, day: str = "2011-05-02") -> Path:
    path.write_text(
        '<?xml version="1.0" ?>\r\n<TimeML><DOCID>a</DOCID>\r\n'
        f"<DCT>{DCT.format(day)}</DCT><TITLE>Rain</TITLE><TEXT>{body}</TEXT>\r\n"
        "<MAKEINSTANCE eventID='e1'/></TimeML>\r\n",
        encoding="utf-8",
    )
    return path


def finding(found: Found) -> Callable[[Article], list[TimeExpression]]:
    """Return what finds those words of `found` that are in an article, at their first place."""

    def find(article: Article) -> list[TimeExpression]:
        return [
            timex(article.text.index(words), words, type_, value)
            for words, (type_, value) in found.items()
            if words in article.text
        ]

    return find


def timex(start: int, words: str, type_: TimexType, value: str | None) -> TimeExpression:
    return TimeExpression(
        timex_id=f"t{start}",
        article_id="a",
        sentence_id="s",
        surface=words,
        start_char=start,
        end_char=start + len(words),
        type=type_,
        value=value,
        method="explicit",
    )
