"""'I' in direct speech is who speaks."""

from tasks.extract.first_person import first_persons
from tests.extract.documents import document
from warehouse.tables import Statement


def statement(text: str, content: str, speaker: str | None, kind: str = "direct") -> Statement:
    start = text.index(content)
    return Statement(
        statement_id="1",
        article_id="a" * 16,
        sentence_id="s",
        kind=kind,  # type: ignore[arg-type]
        speaker_id=speaker,
        speaker_type="named",
        content=content,
        start_char=start,
        end_char=start + len(content),
        method="quote",
        confidence=0.8,
    )


def test_speaker_is_meant() -> None:
    text = "\u201cI will sign it, and my party knows,\u201d Holm said. I was there."
    given = [statement(text, "I will sign it, and my party knows", "person:anna-holm")]
    rows = first_persons(document(text), [], given)
    assert [(m.start_char, m.surface, m.entity_id) for m in rows] == [
        (1, "I", "person:anna-holm"),
        (21, "my", "person:anna-holm"),
    ]


def test_inner_speech_is_its_own_speakers() -> None:
    text = "\u201cBrandt told us \u2018I refuse\u2019 and I left,\u201d Holm said."
    given = [
        statement(text, "I refuse", "person:karl-brandt"),
        statement(text, "Brandt told us \u2018I refuse\u2019 and I left", "person:anna-holm"),
    ]
    rows = first_persons(document(text), [], given)
    assert [m.entity_id for m in rows] == ["person:karl-brandt", "person:anna-holm"]


def test_only_persons_in_direct_speech() -> None:
    text = "I will come, Holm said."
    for given in (
        statement(text, "I will come", "person:anna-holm", "indirect"),
        statement(text, "I will come", "institution:ministry"),
        statement(text, "I will come", None),
    ):
        assert first_persons(document(text), [], [given]) == []
