import pytest

from tasks.ingest.parse.encoding import decode
from tests.ingest.given import MORE, PROSE

QUOTED = "\u201cThe caf\u00e9 isn\u2019t open,\u201d he said."


def test_a_text_that_was_decoded_wrongly_before_is_repaired() -> None:
    broken = QUOTED.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert broken != QUOTED
    assert decode(f"{PROSE} {broken}".encode()) == f"{PROSE} {QUOTED}"


def test_one_broken_line_among_healthy_ones_is_repaired_alone() -> None:
    broken = "caf\u00c3\u00a9s are open"
    text = f"{PROSE} {QUOTED}\n{broken}\n{MORE} \u0416"
    assert decode(text.encode()) == f"{PROSE} {QUOTED}\ncaf\u00e9s are open\n{MORE} \u0416"


@pytest.mark.parametrize(
    "text",
    [
        QUOTED,
        "Z\u00fcrich \u2013 \u00c5ngstr\u00f6m, na\u00efve \u00c0 la carte\u2026 \u00a35 \u00bd",
        "\u041a\u0430\u0431\u0443\u043b",
        "S\u00c3O PAULO \u00c2NGELA",
        "\u0141\u00f3d\u017a \u2014 Bras\u00edlia \u00bfqu\u00e9?",
    ],
)
def test_healthy_text_is_never_touched(text: str) -> None:
    assert decode(f"{PROSE} {text}".encode()) == f"{PROSE} {text}"
