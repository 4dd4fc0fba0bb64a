"""Who appears with whom: entities that sentences name together, as a network."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.cli.reading import Reader, literal
from flows.reporting.content import Chart, Row, Section, Table, counted, left_out
from flows.reporting.evidence import PER_MARK, Evidence, Found
from flows.reporting.layout import places
from flows.reporting.scope import MANY_NAMES, Scope

NODES, LINKS, ROWS = 24, 60, 150
"""Entities and links of the picture: beyond these lines cannot be told apart. Rows of the table."""
SHAPES = {"state": "state", "government": "state", "person": "person", "people": "person"}
LEGEND = (
    ("mark-state", "state or government"),
    ("mark-person", "person or people"),
    ("mark-other", "organisation, place or other"),
)


def company(reader: Reader, scope: Scope, evidence: Evidence) -> Section:
    """Return the section of entities that are named together."""
    nodes, links, shown, total = _network(reader, scope)
    charts, tables = [], []
    if links:
        _keep(reader, evidence, nodes, shown)
        charts.append(_chart(nodes, links))
        tables.append(_table(shown))
    return Section(
        "company",
        "Who appears with whom",
        "A line joins two that the same sentence names; the more sentences, the thicker. Sentences "
        f"with more than {MANY_NAMES} names are left out. Drawn are "
        f"{counted(len(nodes), 'entity', 'entities')} with most company."
        if links
        else "No sentence names two entities.",
        charts,
        tables,
        notes=left_out(len(shown), total, "pairs", 'demarche sql "FROM entity_pairs"'),
    )


def _network(
    reader: Reader, scope: Scope
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]], int]:
    """Return nodes and links of the picture, pairs of the table, and how many pairs there are."""
    reader.rows(
        """CREATE OR REPLACE TEMP TABLE pairs AS
        SELECT x.entity_id AS a, y.entity_id AS b, count(*) AS sentences,
            count(DISTINCT x.article_id) AS articles
        FROM named AS x JOIN named AS y
            ON x.sentence_id = y.sentence_id AND x.entity_id < y.entity_id
        GROUP BY ALL"""
    )
    nodes = reader.records(
        f"""WITH ends AS (
            SELECT a AS entity_id, sentences FROM pairs WHERE {scope.of_pair("a", "b")}
            UNION ALL SELECT b, sentences FROM pairs WHERE {scope.of_pair("a", "b")}
        )
        SELECT entity_id, e.name, e.type, sum(sentences)::BIGINT AS company
        FROM ends JOIN entities AS e USING (entity_id)
        GROUP BY ALL ORDER BY company DESC, entity_id LIMIT {NODES}"""
    )
    order = "ORDER BY sentences DESC, articles DESC, name_a, name_b, a, b"
    pairs = """SELECT p.*, x.name AS name_a, y.name AS name_b FROM pairs AS p
        JOIN entities AS x ON x.entity_id = a JOIN entities AS y ON y.entity_id = b"""
    ids = ", ".join(literal(node["entity_id"]) for node in nodes) or "NULL"
    among = reader.records(f"{pairs} WHERE a IN ({ids}) AND b IN ({ids}) {order}")
    links = _strongest(among)
    wanted = scope.of_pair("a", "b")
    rows = reader.records(f"{pairs} WHERE {wanted} {order} LIMIT {ROWS}")
    ((total,),) = reader.rows(f"SELECT count(*) FROM pairs WHERE {wanted}")
    known = {(row["a"], row["b"]): row for row in rows}
    for link in links:
        known.setdefault((link["a"], link["b"]), link)
    return nodes, [known[link["a"], link["b"]] for link in links], list(known.values()), total


def _strongest(links: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the strongest of `links`, in that order; of each node at least its own strongest."""
    seen: set[str] = set()
    first: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for link in links:
        (others if {link["a"], link["b"]} <= seen else first).append(link)
        seen |= {link["a"], link["b"]}
    kept = {id(link) for link in (first + others)[:LINKS]}
    return [link for link in links if id(link) in kept]


def _keep(
    reader: Reader,
    evidence: Evidence,
    nodes: Sequence[dict[str, Any]],
    pairs: Sequence[dict[str, Any]],
) -> None:
    """Keep the latest sentences that name each node and each pair."""
    ids = ", ".join(literal(node["entity_id"]) for node in nodes)
    alone: dict[str, list[Found]] = {}
    totals: dict[str, int] = {}
    for entity_id, sentence_id, start, end, total in reader.rows(
        f"""SELECT entity_id, sentence_id, start_char, end_char,
            count(*) OVER (PARTITION BY entity_id)
        FROM named JOIN in_scope USING (article_id) WHERE entity_id IN ({ids})
        QUALIFY row_number() OVER (
            PARTITION BY entity_id ORDER BY day DESC NULLS LAST, sentence_id) <= {PER_MARK}
        ORDER BY day DESC NULLS LAST, sentence_id"""
    ):
        alone.setdefault(entity_id, []).append(Found(sentence_id, start, end))
        totals[entity_id] = total
    for number, node in enumerate(nodes):
        total = totals[node["entity_id"]]
        node["label"] = f"{node['name']}: {counted(total, 'sentence')} with this name"
        hint = f"demarche who '{node['entity_id']}'"
        found = alone[node["entity_id"]]
        node["key"] = evidence.add(f"n{number}", node["label"], found, total, hint)
    both = _both(reader, pairs)
    for number, pair in enumerate(pairs):
        pair["label"] = (
            f"{pair['name_a']} and {pair['name_b']}: {counted(pair['sentences'], 'sentence')}"
        )
        found = both[pair["a"], pair["b"]]
        hint = f'demarche sql "{_sentences(pair["a"], pair["b"])}"'
        pair["key"] = evidence.add(f"p{number}", pair["label"], found, pair["sentences"], hint)


def _sentences(one: str, other: str) -> str:
    """Return the query for all sentences that name both."""
    has = "sentence_id IN (SELECT sentence_id FROM mentions WHERE entity_id = {})"
    wanted = " AND ".join(has.format(literal(name)) for name in (one, other))
    return f"SELECT article_id, text FROM sentences WHERE {wanted}"


def _both(reader: Reader, pairs: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], list[Found]]:
    wanted = ", ".join(f"({literal(pair['a'])}, {literal(pair['b'])})" for pair in pairs)
    found: dict[tuple[str, str], list[Found]] = {}
    for a, b, sentence_id in reader.rows(
        f"""WITH wanted(a, b) AS (VALUES {wanted})
        SELECT a, b, x.sentence_id FROM wanted
        JOIN named AS x ON x.entity_id = a
        JOIN named AS y ON y.entity_id = b AND y.sentence_id = x.sentence_id
        JOIN in_scope AS i ON i.article_id = x.article_id
        QUALIFY row_number() OVER (
            PARTITION BY a, b ORDER BY i.day DESC NULLS LAST, x.sentence_id) <= {PER_MARK}
        ORDER BY i.day DESC NULLS LAST, x.sentence_id"""
    ):
        found.setdefault((a, b), []).append(Found(sentence_id))
    return found


def _chart(nodes: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]]) -> Chart:
    numbers = {node["entity_id"]: number for number, node in enumerate(nodes)}
    ends = [(numbers[link["a"]], numbers[link["b"]], float(link["sentences"])) for link in links]
    at = places(len(nodes), ends)
    most = max(weight for *_, weight in ends)
    marks = [
        {
            "key": node["key"],
            "label": node["label"],
            "name": node["name"],
            "kind": SHAPES.get(node["type"], "other"),
            "size": node["company"],
            "x": x,
            "y": y,
        }
        for node, (x, y) in zip(nodes, at, strict=True)
    ]
    lines = [
        {
            "key": link["key"],
            "label": link["label"],
            "thickness": round(1.5 + 5 * weight / most, 2),
            "x": at[one][0],
            "y": at[one][1],
            "x2": at[other][0],
            "y2": at[other][1],
        }
        for link, (one, other, weight) in zip(links, ends, strict=True)
    ]
    data = {"nodes": marks, "links": lines}
    height = 320 if len(nodes) < 10 else 480
    return Chart(
        "company", "Named together", "company", data, width=520, height=height, legend=LEGEND
    )


def _table(pairs: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        Row(
            (pair["name_a"], pair["name_b"], f"{pair['sentences']}", f"{pair['articles']}"),
            pair["key"],
        )
        for pair in pairs
    ]
    columns = ("one", "the other", "sentences", "articles")
    return Table("Pairs named together", columns, rows, frozenset(columns[2:]))
