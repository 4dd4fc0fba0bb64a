"""Differences told by entity: by the one that is meant, whatever id the rows have."""

from pathlib import Path

from warehouse import difference
from warehouse.commit import append
from warehouse.difference import Tally
from warehouse.lake import open_lake
from warehouse.location import LakeLocation
from warehouse.tables import EntityLink


def test_two_ids_of_one_entity_are_one_difference_and_are_found_by_the_one_meant(
    tmp_path: Path,
) -> None:
    link = EntityLink(
        entity_id="person:by-surname",
        linked_id="person:full-name",
        method="surname",
        score=0.9,
        evidence="same surname",
        decided_by="rule",
    )
    with open_lake(LakeLocation.in_folder(tmp_path / "lake")) as lake:
        with lake.write() as con:
            append(con, "entity_links", [link])
        difference.begin(lake)
        lake.con.execute(
            """INSERT INTO differences VALUES
            ('mentions', 'changed', 'a', ['person:by-surname', 'person:full-name'], '{}', '{}'),
            ('stances', 'added', 'a', ['person:by-surname', 'state:rus'], NULL, '{}'),
            ('stances', 'removed', 'b', ['state:rus'], '{}', NULL)"""
        )
        told = difference.told(lake, table=None, entity_id=None, samples=1)
        assert told.entities == [
            Tally("person:full-name", added=1, removed=0, changed=1),
            Tally("state:rus", added=1, removed=1, changed=0),
        ]
        told = difference.told(lake, table=None, entity_id="person:full-name", samples=1)
        assert told.tables == [Tally("mentions", 0, 0, 1), Tally("stances", 1, 0, 0)]
