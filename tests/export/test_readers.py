"""Readers of all kinds while publications and exports go by."""

from pathlib import Path

from benchmarks.readers import watch
from benchmarks.reading import READERS, read_parquet, read_python
from tests.export.publications import put_publication
from warehouse.export.postgres import export_to_postgres


def part(number: int) -> list[str]:
    """The statements of a small publication, all of whose tables say its number."""
    articles = range(number + 3)
    rows = {
        "articles": [f"('a{n}', 'made', 3)" for n in articles],
        "mentions": [f"('m{n}', 'a{n}', 'state:s{number}')" for n in articles],
        "sentences": [f"('s{n}', 'a{n}', 'in part {number}')" for n in articles],
        "ledger": [f"('r{number}', 'a{n}')" for n in articles],
        "runs": [f"('r{number}', 'succeeded', {len(articles)})"],
        "entity_profile": [f"('state:s{number}', {len(articles)})"],
    }
    columns = {
        "articles": "article_id VARCHAR, annotated_with VARCHAR, word_count BIGINT",
        "mentions": "mention_id VARCHAR, article_id VARCHAR, entity_id VARCHAR",
        "sentences": "sentence_id VARCHAR, article_id VARCHAR, text VARCHAR",
        "ledger": "run_id VARCHAR, item_ref VARCHAR",
        "runs": "run_id VARCHAR, status VARCHAR, items BIGINT",
        "entity_profile": "entity_id VARCHAR, mentions BIGINT",
    }
    return [
        statement
        for name in rows
        for statement in (
            f"CREATE TABLE {name} ({columns[name]})",
            f"INSERT INTO {name} VALUES {', '.join(rows[name])}",
        )
    ]


def test_readers_meet_no_error_and_no_two_states_at_once(tmp_path: Path, database: str) -> None:
    def publish_part(number: int) -> None:
        put_publication(tmp_path, number, part(number))
        export_to_postgres(tmp_path, database)

    crew = dict.fromkeys(READERS, 1) | {"python": 2}
    results = watch(crew, tmp_path, database, publish_part, publications=5)
    assert sorted({name for name, _, _ in results}) == sorted(READERS)
    assert [texts for _, _, texts in results if texts] == []
    assert all(counts["opens"] > 0 for _, counts, _ in results)


def test_a_publication_of_two_states_would_be_seen(tmp_path: Path) -> None:
    torn = [*part(1), "DELETE FROM mentions WHERE mention_id = 'm0'"]
    torn += ["DELETE FROM articles WHERE article_id = 'a1'"]
    folder = put_publication(tmp_path, 1, torn)
    assert read_parquet(folder, "")[0] == ["mentions of no article", "sentences of no article"]
    assert read_python(folder, "")[0] == [
        "mentions without article: 1",
        "mentions of entities, less those of entity_profile: -1",
    ]
