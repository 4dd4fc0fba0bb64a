"""What tells rows of the published tables and marts apart, and what readers look them up by."""

KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "article_revisions": ("article_id", "revision"),
    "blocks": ("block_id",),
    "sentences": ("sentence_id",),
    "mentions": ("mention_id",),
    "statements": ("statement_id",),
    "stances": ("stance_id",),
    "time_expressions": ("timex_id",),
    "events": ("event_id",),
    "citations": ("citation_id",),
    "entities": ("entity_id",),
    "utterance_links": ("statement_id",),
    "story_links": ("event_id",),
    "sources": ("source_id",),
    "rejections": ("run_id", "rejection_id"),
    "runs": ("run_id",),
    "corrections": ("correction_id",),
    "entity_profile": ("entity_id",),
    "quotes": ("statement_id",),
    "run_quality": ("run_id",),
    "stance_positions": ("stance_id",),
    "utterances": ("utterance_id",),
}
"""Primary keys: columns that are never NULL and whose values no two rows share.

Keys that hold addresses or names stand in `GROUPS`: such a value may be longer than a server takes
into an index."""

GROUPS: dict[str, tuple[str, ...]] = {
    "acronyms": ("article_id",),
    "entity_aliases": ("entity_id",),
    "entity_roles": ("entity_id",),
    "entity_members": ("entity_id",),
    "entity_links": ("entity_id",),
    "fetches": ("source_id", "item_ref"),
    "ledger": ("run_id",),
    "data_dictionary": ("table_name",),
    "enum_values": ("table_name",),
    "acronym_glossary": ("acronym",),
    "coverage_daily": ("source_id", "day"),
    "entity_daily": ("entity_id", "day"),
    "entity_pairs": ("entity_a", "entity_b"),
    "outlet_profile": ("publisher",),
    "outlet_targets": ("publisher",),
    "stance_contradictions": ("support_id",),
    "stance_matrix": ("holder", "target"),
    "stance_monthly": ("holder", "target"),
    "stance_shifts": ("holder", "target"),
    "timeline": ("row_id",),
    "timeline_reports": ("row_id",),
}
"""Of the others, columns whose values part their rows into small groups."""

LOOKED_UP = (
    "article_id",
    "entity_id",
    "holder_id",
    "target_id",
    "speaker_id",
    "actor_id",
    "published_on",
    "happened_from",
    "as_of_on",
    "day",
    "month",
)
"""Columns by which readers ask, in whatever table has them."""


def group_of(table: str) -> tuple[str, ...]:
    """Return the columns that part the rows of `table` into groups; none: it is one group."""
    return KEYS.get(table) or GROUPS.get(table, ())
