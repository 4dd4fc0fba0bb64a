"""Files with marked expressions of time: TimeML, or CAT's XML as MEANTIME has it."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from flows.evaluation.errors import EvaluationError
from flows.evaluation.files import marked_files
from flows.evaluation.meantime import published_on, token_text
from flows.evaluation.timeml import TimedText, is_of_document, marked_time, timeml_text

ENDINGS = (".tml", ".xml")


def read_times(data: Path) -> Iterator[TimedText]:
    """Yield the texts of the file or folder `data`, with what is marked; raises EvaluationError."""
    for path in marked_files(data, ENDINGS, below=True):
        try:
            root = ElementTree.parse(path).getroot()
            yield timeml_text(root) if root.find("token") is None else _cat_text(root)
        except (ElementTree.ParseError, KeyError, ValueError) as error:
            raise EvaluationError(f"{path}: neither TimeML nor CAT's XML ({error!r})") from None


def _cat_text(root: Element) -> TimedText:
    """Return the text of the tokens below `root`; expressions without a token are left out."""
    text = token_text(root)
    spans = {
        timex: (min(anchors)[0], max(anchors)[1])
        for timex in root.iter("TIMEX3")
        if (anchors := [text.spans[one.attrib["t_id"]] for one in timex.iter("token_anchor")])
    }
    marked = [
        marked_time(timex.attrib, *span)
        for timex, span in sorted(spans.items(), key=lambda one: one[1])
        if not is_of_document(timex) and span[1] <= text.marked_to
    ]
    return TimedText(
        text.text,
        tuple(marked),
        published_on(root),
        text.marked_to,
        tuple(span for timex, span in spans.items() if is_of_document(timex)),
    )
