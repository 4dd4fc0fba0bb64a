import pytest

from flows.evaluation.quotation import kind_of

DIRECT = [
    '["We have lost,"] she said.',
    "she said: [“We have lost.”]",
    "she said: “[We have lost].”",  # the marks left outside
    'she said: "[We have lost]".',
    "she said: [''We have lost.'']",
    "she said: [``We have lost.'']",
    "she said: [«We have lost.»]",
    "she said: [\u2018We haven\u2019t lost.\u2019]",
    "she said: ['We haven't lost.']",
    '["We have lost,"] she said, ["and we know it."]',
    "[“We have lost.”\n\n“We know it.”]",  # several paragraphs
    "[“We have lost.\n\n“We know it.”]",  # only the last one closed
    "she said: [“We have lost.]",  # never closed
    '"We have lost, she said, [and we know it."]',  # opened before
    "[”We have lost,”] she said.",  # a slip of the one who wrote
    "[“The \u2018bad joke\u2019 ends,”] she said.",
    "['The \"bad joke\" ends,'] she said.",
]
MIXED = [
    'she called [the plan "a bad joke"]',
    'she saw ["a bad joke" in the plan]',
    'she saw ["a joke" and "a trap"]',
    "Mill to close, citing [its 'poor' trade]",
    'she called [the \'90s plan "a bad joke"]',
    '["We have lost,"] she said and [left]',
    "she found [that they were lost,” and left]",
    "she saw [“a bad joke” and a trap”]",  # a mark too many
]
INDIRECT = [
    "she said [that the mill will close].",
    "she said [the workers' mill isn't lost].",
    "she said [the workers\u2019 mill isn\u2019t lost].",
    "she said [the '90s were good].",
    'she said [it will close], "soon enough".',
    "she said [-].",
    "she nodded.",
]


def kind(marked: str) -> str:
    """The kind of what stands in brackets."""
    spans: list[tuple[int, int]] = []
    text = ""
    for piece in marked.split("["):
        inner, bracket, after = piece.rpartition("]")
        if bracket:
            spans.append((len(text), len(text) + len(inner)))
        text += inner + after
    return kind_of(text, spans)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        *((marked, "direct") for marked in DIRECT),
        *((marked, "mixed") for marked in MIXED),
        *((marked, "indirect") for marked in INDIRECT),
    ],
)
def test_what_is_quoted_is_told_from_the_marks(marked: str, expected: str) -> None:
    assert kind(marked) == expected
