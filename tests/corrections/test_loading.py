from pathlib import Path

import pytest

from tasks.corrections import SETTABLE, load_corrections
from tasks.registry import SeedError
from tests.corrections.given import HEADER, corrections_file
from warehouse.schema import columns

ROW = "3f2a91c04d5e6b78"
DATE = f"k1,set_value,{ROW},articles.published_on,2021-10-20,2021-10-21,Ann Lee,the page says so"


def test_corrections_are_read_with_their_origin(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    corrections_file(shipped, DATE, DATE.replace("k1", "k2").replace("published_on", "title"))
    corrections_file(
        own,
        DATE.replace("2021-10-21", "2021-10-22"),
        "k3,merge_entities,person:a-lee,,Ann Lee,person:ann-lee,Bo Ek,one person",
    )
    found = load_corrections(own, shipped=shipped)
    assert {name: (one.origin, one.value) for name, one in found.by_id.items()} == {
        "k1": ("user", "2021-10-22"),
        "k2": ("shipped", "2021-10-21"),
        "k3": ("user", "person:ann-lee"),
    }
    assert [one.correction_id for one in found.by_subject[ROW]] == ["k1", "k2"]
    assert [one.correction_id for one in found.of_entities] == ["k3"]


def test_what_ships_can_be_read_and_a_folder_may_have_none(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "none") == load_corrections()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    corrections_file(tmp_path, DATE)
    assert load_corrections(tmp_path).by_id["k1"].value == "2021-10-21"
    corrections_file(tmp_path, DATE.replace("2021-10-21", "2021-10-22"))
    assert load_corrections(tmp_path).by_id["k1"].value == "2021-10-22"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([DATE.replace("set_value", "mend")], "line 2, column kind: unknown value 'mend'"),
        ([DATE.replace("k1", "")], "line 2, column correction_id: is empty"),
        ([DATE, DATE], "line 3, column correction_id: 'k1' stands in line 2 too"),
        (
            [DATE, DATE.replace("k1", "k2")],
            "line 3, column subject: .* is corrected so by .*line 2",
        ),
        ([DATE.replace(ROW, "3f2a")], "column subject: '3f2a' is not 16 hex digits"),
        ([DATE.replace("articles.", "papers.")], "column field: unknown table 'papers'"),
        ([DATE.replace("published_on", "text")], "column field: unknown column 'text'"),
        ([DATE.replace("2021-10-21", "soon")], "column value: 'soon' is not a date"),
        ([DATE.replace("2021-10-20,", "20.10.2021,")], "column expect: '20.10.2021' is not a date"),
        ([DATE.replace("2021-10-21", "2021-10-20")], "column value: is what is expected"),
        ([DATE.replace("Ann Lee", "")], "column author: is empty"),
        ([DATE.replace("the page says so", "")], "column reason: is empty"),
        ([f"k1,set_value,{ROW},stances.polarity,support,hostile,A,b"], "'hostile' is none of sup"),
        ([f"k1,set_value,{ROW},stances.polarity,support,,A,b"], "value: is empty, but polarity"),
        ([f"k1,set_value,{ROW},events.is_negated,no,true,A,b"], "'no' is neither true nor false"),
        ([f"k1,set_value,{ROW},events.action_code,AID,HELP,A,b"], "'HELP' is none of AGREE, "),
        ([f"k1,set_value,{ROW},stances.holder_id,,russia,A,b"], "'russia' is not an id like"),
        ([f"k1,reject_row,{ROW},stances.polarity,x,,A,b"], "field: names a column"),
        ([f"k1,reject_row,{ROW},ledger,x,,A,b"], "field: unknown table 'ledger'"),
        ([f"k1,reject_row,{ROW},stances,,,A,b"], "column expect: is empty"),
        ([f"k1,reject_row,{ROW},stances,x,y,A,b"], "column value: must be empty"),
        (["k1,merge_entities,person:a,,,person:a,A,b"], "'person:a' is the subject itself"),
        (["k1,merge_entities,person:a,x,,person:b,A,b"], "column field: must be empty"),
        (["k1,merge_entities,robot:a,,,person:b,A,b"], "does not open with a type of entity"),
        (["k1,split_entity,person:a,,,person:b,A,b"], "column field: is empty"),
        (["k1,set_value"], "the row has too few or too many fields"),
    ],
)
def test_a_wrong_row_is_told_with_line_and_column(
    tmp_path: Path, rows: list[str], problem: str
) -> None:
    corrections_file(tmp_path, *rows)
    with pytest.raises(SeedError, match=problem):
        load_corrections(tmp_path)


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEADER.replace(",expect", ""), "line 1, column expect: is missing"),
        (HEADER + ",colour", "line 1, column 'colour': is unknown"),
        (HEADER.replace("reason", "author"), "column author: stands there twice"),
    ],
)
def test_wrong_columns_are_told(tmp_path: Path, header: str, problem: str) -> None:
    corrections_file(tmp_path, header=header)
    with pytest.raises(SeedError, match=problem):
        load_corrections(tmp_path)


def test_what_can_be_set_is_in_the_contract_and_is_no_evidence() -> None:
    for table, names in SETTABLE.items():
        assert names <= {column.name for column in columns(table)}, table
        assert not names & {"text", "evidence", "content", "surface", "start_char", "end_char"}
