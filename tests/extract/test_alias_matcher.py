"""Names of the registry are found however the tokeniser parts them."""

from pathlib import Path

from tasks.extract.names import alias_matcher
from tasks.language.tokens import blank_english
from tests.extract.given_registry import registry, rows

NAMES = [
    "Northern Wool Board",
    "TIME Weekly",  # spaCy has ids of its own for such words
    "X",
    "Cannot Wait Club",  # two tokens, though letters alone
    "Gonna",
    "O'Hara & Sons",
    "Tel-Aviv Post",
    "U.S. Wool",
    "Łódź Fair",
    "Group of 7",
    "Wool  Board",
]


def test_each_name_is_found_as_the_tokeniser_parts_it(tmp_path: Path) -> None:
    lines = [f"state:usa,{name},name" for name in NAMES]
    matcher = alias_matcher(registry(tmp_path, rows("entity_aliases.csv", *lines)))
    nlp, found = blank_english(), []
    for name in NAMES:
        doc = nlp(f"They met {name} in Oslo.")
        found += [doc[start:end].text for _, start, end in matcher(doc)]
    assert found == NAMES
