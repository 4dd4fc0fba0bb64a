from pathlib import Path

import pytest

from benchmarks.petrarch import measure
from benchmarks.petrarch_records import known_names, named, read, write_registry
from tasks.records import Annotations
from tasks.registry import load_registry
from tests.evaluation.given_events import event, rows
from tests.extract import given_registry
from warehouse.tables import Article

NAMES = {"ARN": ("Arnor",), "GON": ("Gondor", "Minas Tirith"), "OSG": ("Osgiliath",)}


def sentence(text: str, *codings: str, kind: str = "DEMO", on: str = "true", more: str = "") -> str:
    """Return a record; codings are `SOURCE TARGET CODE`."""
    coded = "".join(
        '<EventCoding sourcecode="{}" targetcode="{}" eventcode="{}"/>'.format(*one.split())
        for one in codings
    )
    return (
        f'<Sentence date="19950101" id="{text}" category="{kind}" sentence="{on}">'
        f"{coded}{more}<Text>\n{text}\n</Text><Parse>(ROOT)</Parse></Sentence>"
    )


def write(path: Path, *sentences: str) -> Path:
    path.write_text(f"<Validation><Sentences>{''.join(sentences)}</Sentences></Validation>")
    return path


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (sentence("Arnor left Gondor.", "ARN GON 194"), None),
        (sentence("Arnor left Gondor.", "ARNGOV GONMIL 111"), None),
        (sentence("Arnor left Gondor.", "ARN GON 111", on="false"), "switched off"),
        (sentence("Arnor left Gondor.", "ARN GON 111", kind="SYNSET"), "of a dictionary"),
        (sentence("Arnor left Gondor.", "ARN GON 111", kind="PARSING"), "of a parse"),
        (sentence("Arnor left.", more='<EventCoding error="storydiscard"/>'), "of a parse"),
        (sentence("Arnor left.", more='<EventCoding noevents="True"/>'), "no event"),
        (sentence("Arnor left Gondor.", "ARN GON 023"), "no category"),
        (sentence("Arnor left Gondor.", "ARN GON 1117"), "no category"),
        (sentence("Arnor left Gondor.", "ARN GON 111", "ARN GON 901"), "no category"),
        (sentence("Arnor left Gondor.", "ARN --- 111"), "no actor"),
        (sentence("Arnor left it.", "ARN GON 111"), "no actor"),  # not named there
    ],
)
def test_only_what_plain_text_tells_is_asked(
    given: str, reason: str | None, tmp_path: Path
) -> None:
    [case] = read(write(tmp_path / "a.xml", given), NAMES)
    assert case.not_asked == reason


def test_texts_are_of_one_line_and_actors_of_three_letters(tmp_path: Path) -> None:
    [case] = read(write(tmp_path / "a.xml", sentence("Arnor\nleft", "ARNGOV GON 111")), NAMES)
    assert case.text == "Arnor left"
    assert str(case.record.published_on) == "1995-01-01"
    assert case.codings[0] == ("ARN", "GON", "111")


FOUND = {
    "Arnor rebuffed Gondor.": rows(event("Arnor", "REJECT", "Gondor")),
    "Arnor will visit Minas Tirith.": rows(
        event("Arnor", "CONSULT", "Minas Tirith", modality="planned")
    ),
    "Arnor freed Gondor.": rows(event("Arnor", "ASSAULT", "Gondor")),
    "Arnor sued Gondor and Osgiliath.": rows(event("Arnor", "ACCUSE", "Gondor")),
    "Gondor fell.": rows(),
}
RECORDS = (
    sentence("Arnor rebuffed Gondor.", "ARN GON 111"),
    sentence("Arnor will visit Minas Tirith.", "ARN GON 032", "GON ARN 033", kind="COMPOUND"),
    sentence("Arnor freed Gondor.", "ARN GON 066"),
    sentence("Arnor sued Gondor and Osgiliath.", "ARN GON 121", "ARN OSG 121", kind="COMPOUND"),
    sentence("Gondor fell.", "GON GON 222"),
    sentence("Rain fell.", "GON GON 222"),
)


def annotate(article: Article) -> Annotations:
    return FOUND[article.text]


def test_records_pass_where_all_their_events_are_found(tmp_path: Path) -> None:
    found = measure(write(tmp_path / "a.xml", *RECORDS), annotate, NAMES)
    not_asked = found.pop("not asked")
    assert isinstance(not_asked, dict)
    assert not_asked["no actor"]["records"] == 1
    assert found == {
        "records": 6,
        "asked": 5,
        "passed": 2,
        "passed %": 40.0,
        "by kind": {"COMPOUND": {"asked": 2, "passed": 1}, "DEMO": {"asked": 3, "passed": 1}},
        "failures": {"other category": 1, "other target": 1, "nothing found": 1},
        "failed": {
            "Arnor freed Gondor.": "other category",
            "Arnor sued Gondor and Osgiliath.": "other target",
            "Gondor fell.": "nothing found",
        },
    }


def test_invented_actors_join_the_registry(tmp_path: Path) -> None:
    shipped = given_registry.write(tmp_path / "shipped", given_registry.FILES)
    own = tmp_path / "own"
    own.mkdir()
    registry = load_registry(write_registry(own), shipped=shipped)
    assert registry.by_id["state:petrarch-gon"].name == "Gondor"
    assert registry.by_alias["Minas Tirith"][0].kind == "metonym"
    names = known_names(registry)
    assert set(names["USA"]) == {"United States", "US", "American"}
    assert names["ITH"] == ("Ithilen",)
    assert named("Ithilen and american firms", names) == {"ITH", "USA"}
