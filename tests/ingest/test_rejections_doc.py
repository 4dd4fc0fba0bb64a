import re
from pathlib import Path
from typing import get_args

from warehouse.tables import RejectionReason, RejectionStage

DOC = Path(__file__).parents[2] / "docs" / "rejections.md"
ROW = re.compile(r"^\| `(\w+)` \| ([\w, ]+) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_reason_is_documented_and_no_other() -> None:
    rows = ROW.findall(DOC.read_text())
    assert [reason for reason, *_ in rows] == sorted(get_args(RejectionReason))
    for _, stages, *_ in rows:
        assert set(stages.split(", ")) <= set(get_args(RejectionStage))
