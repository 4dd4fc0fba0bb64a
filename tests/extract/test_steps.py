from datetime import UTC, datetime

import pytest

from tasks.extract.annotate import Annotator
from tasks.extract.steps import STEPS, keys, keys_text, read_keys, step_keys, to_redo, with_needs
from tasks.extract.steps.graph import StepName, step_of
from warehouse.tables import ARTICLE_ROWS, Article

CURRENT: dict[StepName, str] = dict.fromkeys(STEPS, "new")
TEXT = (
    "Russia said on Monday that it supports the talks in Doha. The Taliban praised the decision, "
    "while Germany criticised the Taliban. Moscow sent an envoy to Kabul on 5 October 2021."
)


def held(**older: str) -> dict[str, str]:
    return {**CURRENT, **older}


def test_every_table_of_extraction_is_filled_by_one_step_after_those_it_needs() -> None:
    assert sorted(table for step in STEPS.values() for table in step.tables) == sorted(ARTICLE_ROWS)
    names = list(STEPS)
    for name, step in STEPS.items():
        assert all(names.index(need) < names.index(name) for need in step.needs)


def test_a_stale_step_is_redone_with_what_rests_on_it_and_no_other() -> None:
    assert to_redo(held(), CURRENT) == set()
    assert to_redo(held(events="old"), CURRENT) == {"events"}
    assert to_redo(held(stances="old"), CURRENT) == {"stances", "sentences"}
    assert to_redo({}, CURRENT) == set(STEPS)


def test_a_wanted_step_brings_stale_ones_that_it_needs_and_leaves_the_others() -> None:
    stale = held(stances="old", events="old")
    assert to_redo(stale, CURRENT, wanted="events") == {"events"}
    stale = held(statements="old", citations="old")
    assert to_redo(stale, CURRENT, wanted="events") == {
        "statements", "mentions", "stances", "sentences", "events", "citations"
    }  # fmt: skip
    assert to_redo(held(), CURRENT, wanted="events") == set()
    assert to_redo(held(), CURRENT, wanted="events", is_forced=True) == {"events"}


def test_keys_are_written_and_read() -> None:
    assert read_keys(keys_text(CURRENT)) == CURRENT
    assert read_keys(None) == {}
    assert read_keys("events=1 unheard=2 =3 x") == {"events": "1"}
    with pytest.raises(KeyError):
        step_of("ledger")


def changed_by(monkeypatch: pytest.MonkeyPatch, module: str) -> set[str]:
    """Return the steps whose key changes with a line more in `module`."""
    before = step_keys({})
    read = keys._text
    with monkeypatch.context() as patch:
        patch.setattr(keys, "_text", lambda name: read(name) + "\n" * (name == module))
        keys._code_digest.cache_clear()
        after = step_keys({})
    keys._code_digest.cache_clear()
    return {name for name in STEPS if before[name] != after[name]}


def test_a_change_of_code_changes_the_keys_of_what_rests_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert changed_by(monkeypatch, "tasks.extract.citations.prose") == {"citations"}
    assert changed_by(monkeypatch, "tasks.extract.stances.rows") == {"stances", "sentences"}
    assert changed_by(monkeypatch, "tasks.language.parser") == set(STEPS)
    assert changed_by(monkeypatch, "tasks.extract.annotate") == set(STEPS)
    assert changed_by(monkeypatch, "tasks.ingest.read.discover") == set()
    assert "times" not in changed_by(monkeypatch, "tasks.extract.mentions")


def test_what_a_step_is_given_changes_its_key() -> None:
    one, other = step_keys({"stances": "a"}), step_keys({"stances": "b"})
    assert {name for name in STEPS if one[name] != other[name]} == {"stances", "sentences"}


def test_word_lists_count_as_code() -> None:
    found = {
        name
        for module in keys._behind(STEPS["stances"].modules)
        for name in keys.WORD_LIST.findall(keys._text(module))
    }
    assert "stance_words.csv" in found


@pytest.mark.parametrize("step", [name for name in STEPS if STEPS[name].tables])
def test_some_steps_alone_give_the_rows_that_all_steps_give(step: StepName) -> None:
    extraction = _extraction()
    article = Article(
        article_id="a" * 16,
        source_id="local",
        fetched_at=datetime(2021, 10, 20, tzinfo=UTC),
        published_on=datetime(2021, 10, 20, tzinfo=UTC).date(),
        text=TEXT,
        text_sha256="",
        word_count=30,
        cluster_id="a" * 16,
        raw_ref="",
        media_type="text/plain",
    )
    whole, part = extraction.annotate(article), extraction.annotate(article, {step})
    for table in STEPS[step].tables:
        assert getattr(part, table) == getattr(whole, table)
    left_out = [name for name in STEPS if name not in with_needs({step}) and name != "sentences"]
    for name in left_out:
        tables = [t for t in STEPS[name].tables if t != "mentions"]
        assert all(getattr(part, table) == [] for table in tables)
    assert whole.events
    assert whole.stances


def _extraction() -> Annotator:
    from flows.annotating.extraction import annotator

    return annotator(None)
