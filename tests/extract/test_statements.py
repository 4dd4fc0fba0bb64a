from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from tasks.extract.quotes import find_quotes
from tasks.extract.stances.words import stance_words
from tasks.extract.statements import cues, find_statements
from tasks.extract.statements.attribution import is_one_word
from tasks.extract.turns import find_turns
from tests.extract.documents import document, mentions, nlp
from warehouse.tables import Statement


def read(text: str) -> list[Statement]:
    doc = document(text)
    return find_statements(doc, mentions(doc), find_quotes(text), find_turns(text))


def only(text: str) -> Statement:
    rows = read(text)
    assert len(rows) == 1, [row.content for row in rows]
    return rows[0]


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "cue", "content"),
    [
        (
            "“We will rebuild the bridge,” said Anna Holm.",
            "direct",
            "Anna Holm",
            "said",
            "We will rebuild the bridge",
        ),
        (
            '"The harvest was poor," Karl Brandt told Daily Post.',
            "direct",
            "Karl Brandt",
            "told",
            "The harvest was poor",
        ),
        (
            "Anna Holm said: “The road is open. It will stay open.”",
            "direct",
            "Anna Holm",
            "said",
            "The road is open. It will stay open",
        ),
        (
            "Anna Holm said on Monday in a letter that the road is open.",
            "indirect",
            "Anna Holm",
            "said",
            "the road is open",
        ),
        (
            "Karl Brandt insisted that the plan is “sound and fair”.",
            "mixed",
            "Karl Brandt",
            "insisted",
            "the plan is “sound and fair”",
        ),
        (
            "The dam held because it was new, Anna Holm said.",
            "indirect",
            "Anna Holm",
            "said",
            "The dam held because it was new",
        ),
        (
            "According to Karl Brandt, the port will close in June.",
            "indirect",
            "Karl Brandt",
            "According to",
            "the port will close in June",
        ),
        (
            "The port will close in June, according to Karl Brandt.",
            "indirect",
            "Karl Brandt",
            "according to",
            "The port will close in June",
        ),
        (
            "Anna Holm cautioned against hasty promises.",
            "indirect",
            "Anna Holm",
            "cautioned against",
            "hasty promises",
        ),
        (
            "Anna Holm cautioned, however, against hasty promises.",
            "indirect",
            "Anna Holm",
            "cautioned",
            "hasty promises",
        ),
        (
            "Karl Brandt praised the rescue teams.",
            "indirect",
            "Karl Brandt",
            "praised",
            "the rescue teams",
        ),
        (
            "Anna Holm, the mayor of the town, said the ferry was late.",
            "indirect",
            "Anna Holm, the mayor of the town",
            "said",
            "the ferry was late",
        ),
        (
            "A government source said the ferry was late.",
            "indirect",
            "A government source",
            "said",
            "the ferry was late",
        ),
        (
            "Anna Holm expressed relief that nobody was hurt.",
            "indirect",
            "Anna Holm",
            "expressed relief",
            "nobody was hurt",
        ),
        (
            "The insurers rejoiced at Anna Holm's claim that the ferry was late.",
            "indirect",
            "Anna Holm",
            "claim",
            "the ferry was late",
        ),
    ],
)
def test_speaker_cue_and_content(
    text: str, kind: str, speaker: str, cue: str, content: str
) -> None:
    row = only(text)
    assert (row.kind, row.speaker, row.cue, row.content) == (kind, speaker, cue, content)


def test_speaker_is_resolved_only_where_a_mention_is() -> None:
    assert only("Anna Holm said the ferry was late.").speaker_id == "person:anna-holm"
    assert only("Officials said the ferry was late.").speaker_id is None


def test_pronoun_takes_the_person_who_spoke_in_the_sentence_before() -> None:
    first, second = read("Anna Holm said the ferry was late. She added that it was full.")
    assert second.speaker == "She"
    assert second.speaker_id == "person:anna-holm"
    assert second.confidence < first.confidence


def test_pronoun_stays_open_two_sentences_later() -> None:
    rows = read("Anna Holm said the ferry was late. It rained. It was cold. She said it was full.")
    assert [row.speaker_id for row in rows] == ["person:anna-holm", None]


def test_joined_reports_are_parted() -> None:
    rows = read("Anna Holm praised the crew and said that the ferry was late.")
    assert [row.content for row in rows] == ["the crew", "the ferry was late"]
    assert {row.speaker_id for row in rows} == {"person:anna-holm"}


def test_nested_report_names_who_reports_it() -> None:
    outer, inner = read("Daily Post reported that Anna Holm said the ferry was late.")
    assert outer.via_id is None
    assert (inner.speaker_id, inner.via_id) == ("person:anna-holm", "media:daily-post")


def test_outlet_that_is_told_is_via() -> None:
    assert only("Anna Holm told Daily Post that the ferry was late.").via_id == "media:daily-post"
    assert only("Anna Holm told the League that the ferry was late.").via_id is None


def test_clause_around_its_cue_is_two_pieces() -> None:
    first, second = read("A balance is needed, Anna Holm implied, between speed and care.")
    assert (first.content, first.part) == ("A balance is needed", 0)
    assert (second.content, second.part) == ("between speed and care", 1)
    assert first.cue_start == second.cue_start


@pytest.mark.parametrize(
    ("text", "modality", "negated"),
    [
        ("Anna Holm did not say that the ferry was late.", "asserted", True),
        ("Nobody said that the ferry was late.", "asserted", True),
        ("Anna Holm may say that the ferry was late.", "possible", False),
        ("Anna Holm will say that the ferry was late.", "planned", False),
        ("Anna Holm hopes that the ferry is late.", "desired", False),
        ("Anna Holm denied that the ferry was late.", "denied", False),
        ("If Anna Holm says that the ferry was late, nobody moves.", "hypothetical", False),
    ],
)
def test_how_the_report_is_put(text: str, modality: str, negated: bool) -> None:
    row = only(text)
    assert (row.modality, row.is_negated) == (modality, negated)


@pytest.mark.parametrize(
    ("text", "modality", "negated"),
    [
        ("Anna Holm said the ferry was late.", "asserted", False),
        ("Anna Holm said the ferry was not late.", "asserted", True),
        ("Anna Holm said the ferry might be late.", "possible", False),
        ("Anna Holm said the ferry will be late.", "planned", False),
        ("Anna Holm said that if it rains the ferry stops.", "hypothetical", False),
    ],
)
def test_how_the_content_is_put(text: str, modality: str, negated: bool) -> None:
    row = only(text)
    assert (row.content_modality, row.is_content_negated) == (modality, negated)


def test_quote_after_the_attribution_goes_to_the_same_speaker() -> None:
    rows = read("“It was cold,” said Anna Holm. “Nobody had a coat with them.”")
    assert [row.content for row in rows] == ["It was cold", "Nobody had a coat with them"]
    assert {row.speaker_id for row in rows} == {"person:anna-holm"}


def test_i_outside_quotes_is_the_author() -> None:
    row = only("I think the ferry was late.")
    assert (row.speaker, row.speaker_type, row.cue) == ("I", "author", "think")


def test_i_in_a_quote_is_part_of_it() -> None:
    assert len(read("“I think the ferry was late,” said Anna Holm.")) == 1


def test_quote_alone_in_its_paragraph_has_no_speaker() -> None:
    assert read("The town was quiet.\n\n“Nobody had a coat with them.”") == []


def test_sentence_after_a_quote_is_no_attribution() -> None:
    rows = read("Anna Holm said, “It was cold and wet.” Karl Brandt said the road was open.")
    assert [(row.speaker, row.content) for row in rows] == [
        ("Anna Holm", "It was cold and wet"),
        ("Karl Brandt", "the road was open"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The claims of the insurers rose last year.",
        "Anna Holm was told by the court to wait.",
        "It is said that the bridge is old.",
        "Did Anna Holm say that the ferry was late?",
        "The club maintained top spot in the league.",
    ],
)
def test_what_is_no_report(text: str) -> None:
    assert read(text) == []


def test_turns_of_a_transcript() -> None:
    text = (
        "MR. HOLM:  Good afternoon.  The ferry runs.\n\nQ    Is it late?\n\n"
        "MR. HOLM:  A little.\n\nMore tomorrow.\n\nMS. VALE:  Thank you.\n\nEND  2:05 P.M."
    )
    turns = [row for row in read(text) if row.cue is None]
    assert [(row.speaker, row.content) for row in turns] == [
        ("MR. HOLM", "Good afternoon.  The ferry runs."),
        ("MR. HOLM", "A little.\n\nMore tomorrow."),
        ("MS. VALE", "Thank you."),
    ]


def test_turn_takes_the_person_of_that_surname() -> None:
    text = (
        "Anna Holm answers.\n\nMS. HOLM:  Yes.  It runs.\n\nMR. VALE:  No.\n\nMS. HOLM:  Thank you."
    )
    assert [row.speaker_id for row in read(text)] == ["person:anna-holm", None, "person:anna-holm"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "said",
                "that",
                "Anna Holm",
                ",",
                "“",
                "”",
                ".",
                "he",
                "told",
                "according to",
                "\n\n",
                "praised",
                "and",
                "the",
                "ferry",
                "?",
                "'s",
                "claim that",
                "not",
                "will",
            ]
        ),
        max_size=30,
    )
)
@example(words=[",", ",", "said"])
def test_spans_hold_in_any_word_salad(words: list[str]) -> None:
    text = "Start. " + " ".join(words)
    rows = read(text)
    for row in rows:
        assert text[row.start_char : row.end_char] == row.content != ""
        assert text[row.speaker_start : row.speaker_end] == row.speaker
        if row.cue is None:  # a quote that goes on in another paragraph has no cue of its own
            assert (row.method, row.cue_start, row.cue_end) == ("next_quote", None, None)
        else:
            assert text[row.cue_start : row.cue_end] == row.cue
    assert len({row.statement_id for row in rows}) == len(rows)
    assert [row.start_char for row in rows] == sorted(row.start_char for row in rows)


def test_cue_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "cues.csv"
    path.write_text("lemma,pos,cue_class,frames\nsay,verb,neutral,clause\nx,verb,loud,that\n")
    with pytest.raises(ValueError, match=r"cues\.csv, line 3: 'loud' is none of"):
        cues.read(path)


def test_shipped_lexicons_are_read() -> None:
    assert {word.sign for word in stance_words()["verb", "condemn"]} == {-1, 0}


def test_pronouns_are_less_sure_than_names_and_objects_than_clauses() -> None:
    named, pronoun, judged = read(
        "Anna Holm said the ferry was late. She said it was full. Karl Brandt praised the crew."
    )
    assert pronoun.confidence < named.confidence
    assert judged.confidence < named.confidence


def test_adjective_needs_its_verb_to_be_a_reading_of_somebody() -> None:
    (row,) = read("Anna Holm revealed how tired the crew was of the storm.")
    assert (row.cue, row.cue_class) == ("revealed", "neutral")


def test_content_never_starts_within_a_word() -> None:
    doc = Doc(nlp().vocab, words=["do", "n't", ",", "go"], spaces=[False, False, True, False])
    assert is_one_word(doc[0], doc[1])
    assert not is_one_word(doc[1], doc[2])
    assert not is_one_word(doc[2], doc[3])


def test_what_follows_a_semicolon_is_the_authors() -> None:
    text = "The League has not agreed to a truce; under the deal, one is merely to be discussed."
    assert "discussed" not in " ".join(row.content for row in read(text))
