"""What `make demo` runs: the pipeline over the sample articles, then what it found."""

import sys

from flows.cli.main import main
from seeds import folder

STANCES = """
    SELECT outlet, holder, polarity, target, voice, evidence
    FROM stance_positions
    WHERE is_sure AND NOT is_represented AND polarity <> 'neutral' AND target_id IS NOT NULL
    ORDER BY target, outlet, holder, evidence LIMIT 15"""
TIMELINE = """
    SELECT dated, sureness, kind, what, outlets
    FROM timeline
    WHERE happened_from IS NOT NULL AND is_confirmed AND kind IN ('event', 'citation')
    ORDER BY happened_from, happened_to, what LIMIT 15"""
COUNTS = """
    SELECT (SELECT count(*) FROM articles) AS articles,
        (SELECT count(DISTINCT entity_id) FROM mentions) AS entities,
        (SELECT count(*) FROM mentions) AS mentions,
        (SELECT count(*) FROM statements) AS statements,
        (SELECT count(*) FROM stances) AS stances,
        (SELECT count(*) FROM events) AS events,
        (SELECT count(*) FROM time_expressions) AS time_expressions,
        (SELECT count(*) FROM citations) AS citations"""
REJECTIONS = "SELECT item_ref, reason, detail FROM rejections ORDER BY item_ref"


def demo(data_dir: str) -> int:
    """Run over the samples into `data_dir`, print what was found, return an exit status."""
    articles = folder() / "articles"
    place = ["--data-dir", data_dir]
    print("demarche run seeds/articles", flush=True)
    status = main(["run", str(articles), *place])
    if status:
        return status
    for title, query in {
        "What is in the tables": COUNTS,
        "Who stands where, by outlet": STANCES,
        "What happened when": TIMELINE,
        "What could not be used, and why": REJECTIONS,
    }.items():
        print(f"\n{title}\n")
        status = status or main(["sql", query, *place])
    print(
        "\nTry next:\n"
        f"  .venv/bin/demarche who Taliban --data-dir {data_dir}\n"
        f"  .venv/bin/demarche stance Pakistan --data-dir {data_dir}\n"
        f"  .venv/bin/demarche report --data-dir {data_dir}    # pictures, in one HTML file\n"
        f"  .venv/bin/demarche shell --data-dir {data_dir}\n"
        f"or open {data_dir}/publish/current/demarche.duckdb in any DuckDB 1.x or BI tool."
    )
    return status


if __name__ == "__main__":
    sys.exit(demo(sys.argv[1]))
