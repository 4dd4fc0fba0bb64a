"""Names as ids: letters that Unicode does not take apart are written out."""

import pytest

from tasks.ids import slug
from tasks.letters import folded


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Lech Wałęsa", "lech-walesa"),
        ("Zoöarchæology", "zooarchaeology"),
        ("O\u2019Brien's Group", "obriens-group"),
        ("Кремль", ""),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_folded_keeps_marks() -> None:
    assert folded("São Tomé & Príncipe") == "sao tome & principe"
