"""A small text with marked attributions, in brat's format as PolNeAR has it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from warehouse.tables import Statement

TEXT = (
    "Anna Holm said that the mill will close. "
    '"We have lost," she added, "and we know it." '
    'Critics called the plan "a bad joke". '
    "Rain fell on Monday.\n"
)
Marked = tuple[str, str, tuple[str, ...]]
"""Source, cue and the pieces of content; an empty source is none."""
MARKED: tuple[Marked, ...] = (
    ("Anna Holm", "said", ("that the mill will close",)),
    ("she", "added", ('"We have lost,"', '"and we know it."')),
    ("Critics", "called", ('the plan "a bad joke"',)),
)


FOUND: tuple[Marked, ...] = (
    ("Holm", "said", ("the mill will close",)),
    ("she", "added", ("We have lost",)),
    ("she", "added", ("and we know it",)),  # a piece of the same
    ("Rain", "fell", ("on Monday",)),  # false
    ("", "", ("a bad joke",)),
)


def offsets(*pieces: str, text: str = TEXT) -> str:
    """Return where `pieces` stand in `text`, as brat writes it."""
    starts = [text.index(piece) for piece in pieces]
    return ";".join(
        f"{start} {start + len(piece)}" for start, piece in zip(starts, pieces, strict=True)
    )


def lines(marked: Sequence[Marked] = MARKED, *, text: str = TEXT) -> list[str]:
    """Return the lines that mark `marked` in `text`."""
    found: list[str] = []
    for number, (source, cue, content) in enumerate(marked):
        first = 4 * number + 1
        found += [
            f"T{first}\tCue {offsets(cue, text=text)}\t{cue}",
            f"T{first + 1}\tContent {offsets(*content, text=text)}\t{' '.join(content)}",
            f"T{first + 2}\tAttribution {offsets(cue, text=text)}\t{cue}",
        ]
        if source:
            found.append(f"T{first + 3}\tSource {offsets(source, text=text)}\t{source}")
        sourced = f" Source:T{first + 3}" if source else ""
        tied = f"Attribution:T{first + 2} Content:T{first + 1} Cue:T{first}{sourced}"
        found.append(f"E{number + 1}\t{tied}")
    return found


def write_polnear(folder: Path, *, name: str = "post", readers: Sequence[str] = ("0a1b",)) -> Path:
    """Write TEXT into `folder` as PolNeAR has it, marked alike by each of `readers`."""
    for below in ("text", "attributions"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    for reader in readers:
        write_marks(folder / "attributions" / f"{name}_{reader}.ann", lines())
    return folder


def write_marks(path: Path, marks: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in marks), encoding="utf-8")


def row(number: int, source: str, cue: str, content: str, text: str = TEXT) -> Statement:
    def span(words: str) -> tuple[int, int] | tuple[None, None]:
        start = text.index(words)
        return (start, start + len(words)) if words else (None, None)

    start = text.index(content)
    return Statement(
        statement_id=f"q{number}",
        article_id="a",
        sentence_id="s",
        kind="indirect",
        speaker_type="named",
        speaker_start=span(source)[0],
        speaker_end=span(source)[1],
        cue_start=span(cue)[0],
        cue_end=span(cue)[1],
        content=content,
        start_char=start,
        end_char=start + len(content),
        method="test",
        confidence=1,
    )


def rows(found: Iterable[Marked]) -> list[Statement]:
    pieces = [(source, cue, piece) for source, cue, content in found for piece in content]
    return [row(number, *one) for number, one in enumerate(pieces)]
