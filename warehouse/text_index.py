"""The index of near duplicates, in the lake: which originals share keys with given texts."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from warehouse.lake import Lake

FREQUENT = 200
"""Originals above which a key tells nothing: the line that an outlet prints under everything, or
the frame of a daily report. It bounds what is compared where there are 100,000 of them."""


def near_originals(
    lake: Lake, bands: Mapping[str, Sequence[int]], *, shared: float, limit: int
) -> dict[str, list[str]]:
    """Return, for each text of `bands` with originals near it, up to `limit` of them.

    `bands` leads from any name of a text to its keys. Near is what shares an even key, or odd
    ones to the share `shared` of the text that has fewer (`tasks.ingest.similarity.may_repeat`);
    those with most keys in common come first. Keys that over `FREQUENT` originals have are
    passed over.
    """
    texts = [text for text, keys in bands.items() for _ in keys]
    keys = [key for keys in bands.values() for key in keys]
    if not keys:
        return {}
    bands_of = pa.table({"text": texts, "band": pa.array(keys, pa.int64())})
    with lake.holding(wanted_bands=bands_of):
        rows = lake.rows(
            """WITH telling AS (
                SELECT band FROM lake.text_bands SEMI JOIN wanted_bands USING (band)
                GROUP BY band HAVING count(*) <= $3
            ), common AS (
                SELECT text, article_id, count(*) AS keys, sum(band & 1) AS passages
                FROM wanted_bands JOIN telling USING (band) JOIN lake.text_bands USING (band)
                GROUP BY text, article_id
            ), stored AS (
                SELECT article_id, sum(band & 1) AS passages
                FROM lake.text_bands SEMI JOIN common USING (article_id)
                GROUP BY article_id
            ), asked AS (
                SELECT text, sum(band & 1) AS passages FROM wanted_bands GROUP BY text
            )
            SELECT text, article_id
            FROM common JOIN stored USING (article_id) JOIN asked USING (text)
            WHERE common.passages < keys
                OR common.passages >= $1 * least(stored.passages, asked.passages)
            QUALIFY row_number() OVER (PARTITION BY text ORDER BY keys DESC, article_id) <= $2
            ORDER BY text, keys DESC, article_id""",
            [shared, limit, FREQUENT],
        )
    found: dict[str, list[str]] = {}
    for text, article_id in rows:
        found.setdefault(text, []).append(article_id)
    return found


def texts_without_bands(lake: Lake, *, after: str, limit: int) -> list[tuple[str, str]]:
    """Return id and text of up to `limit` originals above id `after` that the index lacks.

    They were taken in by a demarche that had none.
    """
    found = lake.rows(
        """SELECT article_id, text FROM lake.articles ANTI JOIN lake.text_bands USING (article_id)
        WHERE duplicate_of IS NULL AND article_id > ? ORDER BY article_id LIMIT ?""",
        [after, limit],
    )
    return [(article_id, text) for article_id, text in found]
