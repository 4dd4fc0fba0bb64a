"""A small corpus with the timelines of two of its entities, as SemEval-2015 task 4 has them."""

from pathlib import Path

DOCUMENTS = {
    "11": ("2011-05-02", ("Vell shuts mill", "May 2 , 2011", "Vell closed a mill in 2010 .")),
    "12": (
        "2011-06-07",
        ("Mill gone", "June 7 , 2011", "On Monday Vell sold it .", "It closed last year ."),
    ),
}
TIMELINE = (
    "Vell Steel",
    "0\tXXXX-XX-XX\t11-0-shuts",
    "1\t2010-XX-XX\t11-2-closed\t12-3-closed",
    "1\t2010\t11-2-shut_down",
    "2\t2011-06-06\t12-2-sold",
)


def write_cat(path: Path, number: str) -> Path:
    day, sentences = DOCUMENTS[number]
    words = [(at, word) for at, one in enumerate(sentences) for word in one.split()]
    tokens = "".join(
        f'<token t_id="{count}" sentence="{at}">{word}</token>'
        for count, (at, word) in enumerate(words, start=1)
    )
    timex = f'<TIMEX3 m_id="0" functionInDocument="CREATION_TIME" value="{day}"/>'
    path.write_text(
        f'<Document doc_id="{number}">{tokens}<Markables>{timex}</Markables></Document>',
        encoding="utf-8",
    )
    return path


def write_tml(path: Path, number: str) -> Path:
    """Write a document as TimeML: its headline is no sentence."""
    day, sentences = DOCUMENTS[number]
    inside = "".join(
        f'<s id="{at}">{one.replace("closed", "<EVENT>closed</EVENT>")}</s>'
        for at, one in enumerate(sentences)
        if at
    )
    path.write_text(
        f"<TimeML><DOCID>{number}</DOCID><DCT><TIMEX3 value='{day}'>{day}</TIMEX3></DCT>"
        f"<EXTRAINFO>{sentences[0]}</EXTRAINFO><TEXT>{inside}</TEXT></TimeML>",
        encoding="utf-8",
    )
    return path


def write_corpus(folder: Path, *lines: str) -> Path:
    """Write both documents and a timeline, by default TIMELINE, into `folder`."""
    (folder / "docs").mkdir(parents=True)
    (folder / "timelines").mkdir()
    for number in DOCUMENTS:
        write_cat(folder / "docs" / f"{number}-mill.xml", number)
    text = "\n".join(lines or TIMELINE) + "\n"
    (folder / "timelines" / "vell_steel.txt").write_text(text, encoding="utf-8")
    return folder
