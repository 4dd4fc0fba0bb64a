"""'The latter', 'his country', 'these four countries'."""

import pytest

from tasks.extract.mentions import find_mentions
from tests.extract.given_articles import REGISTRY, document


def found(text: str, method: str) -> list[tuple[str, str | None]]:
    rows = find_mentions(document(text), REGISTRY, [])
    return [(m.surface, m.entity_id) for m in rows if m.method == method]


def test_former_and_latter() -> None:
    text = "China and Pakistan took part. The former paid, while the latter sent engineers."
    assert found(text, "nominal:pair") == [
        ("The former", "state:chn"),
        ("the latter", "state:pak"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "China and Pakistan took part. The former minister paid.",
        "China took part in the talks. The former paid.",
        "China and Pakistan took part. It rained. It was late. The latter paid.",
    ],
)
def test_no_pair_no_link(text: str) -> None:
    assert found(text, "nominal:pair") == []


def test_his_country() -> None:
    text = (
        "Russian Foreign Minister Sergey Lavrov spoke first. "
        "Lavrov said that his country would stay."
    )
    assert found(text, "nominal:own_country") == [("his country", "state:rus")]


def test_counted_states() -> None:
    text = "France, Germany and Poland signed. These three countries will meet again."
    assert found(text, "members:counted") == [
        ("These three countries", "state:deu"),
        ("These three countries", "state:fra"),
        ("These three countries", "state:pol"),
    ]


def test_counted_states_must_be_as_many() -> None:
    text = "France, Germany and Poland signed. These four countries will meet again."
    assert found(text, "members:counted") == []
