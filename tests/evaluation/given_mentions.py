"""A small article marked as MEANTIME has it."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SENTENCES = (
    "Vell buys mill",
    "May 2 , 2011",
    "Steel maker Vell said it buys a mill .",
    "Lena Orin leads the firm ; she praised Vell .",
    "There was rain .",
    "There was sun .",
    "Vell is old .",
)
TEXT = (
    "Vell buys mill\n\nMay 2, 2011\n\nSteel maker Vell said it buys a mill. "
    "Lena Orin leads the firm; she praised Vell. There was rain. There was sun. Vell is old."
)
ENTITIES = {"Vell": "ORG", "Orin": "PER", "mill": "PRO"}
Marked = tuple[str, int, int, int, str | None]
"""Entity, sentence, first word, one past the last, type."""
MENTIONS: tuple[Marked, ...] = (
    ("Vell", 0, 0, 1, "NAM"),
    ("mill", 0, 2, 3, "NOM"),
    ("Vell", 2, 0, 3, "APP"),  # Steel maker Vell: the name stands for it
    ("Vell", 2, 0, 2, "NOM"),
    ("Vell", 2, 2, 3, "PRE.NAM"),
    ("Vell", 2, 4, 5, "PRO"),
    ("Orin", 3, 0, 2, "NAM"),
    ("Vell", 3, 3, 5, ""),  # the firm
    ("Orin", 3, 6, 7, ""),  # she
    ("Vell", 3, 8, 9, None),
    ("Vell", 6, 0, 1, None),  # after the part that is fully marked
)


def write_meantime(path: Path, mentions: Sequence[Marked] = MENTIONS) -> Path:
    words = [sentence.split() for sentence in SENTENCES]
    firsts = [sum(map(len, words[:number])) for number in range(len(words))]
    tokens = [
        f'<token t_id="{firsts[number] + at}" sentence="{number}" number="{at}">{escape(word)}'
        "</token>"
        for number, sentence in enumerate(words)
        for at, word in enumerate(sentence)
    ]
    marked: list[str] = []
    links: list[str] = []
    for number, (entity, sentence, first, end, kind) in enumerate(mentions):
        type_ = "" if kind is None else f' syntactic_type="{kind}"'
        anchors = "".join(
            f'<token_anchor t_id="{firsts[sentence] + at}"/>' for at in range(first, end)
        )
        marked.append(f'<ENTITY_MENTION m_id="{number}"{type_}>{anchors}</ENTITY_MENTION>')
        links.append(f'<REFERS_TO><source m_id="{number}"/><target m_id="{entity}"/></REFERS_TO>')
    entities = [f'<ENTITY m_id="{one}" ent_type="{kind}"/>' for one, kind in ENTITIES.items()]
    day = '<TIMEX3 m_id="t" functionInDocument="CREATION_TIME" value="2011-05-02"/>'
    path.write_text(
        f"<Document>{''.join(tokens)}<Markables>{''.join(marked + entities)}{day}</Markables>"
        f"<Relations>{''.join(links)}</Relations></Document>",
        encoding="utf-8",
    )
    return path
