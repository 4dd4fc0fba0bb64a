"""Files in a data folder that a finished run should not leave there."""

from pathlib import Path

from flows.settings import Settings
from warehouse.lake import open_lake
from warehouse.publication import BUILDING


def leftovers(data_dir: Path) -> dict[str, list[Path]]:
    """Return the paths that nothing needs, by kind.

    Data files that a killed transaction wrote are expected: `demarche maintain` removes them
    once they are a day old, since a living run may be about to commit such a file.
    """
    return {
        "half-written raw files": list((data_dir / "raw").rglob("*.part")),
        "half-built publications": list((data_dir / "publish").glob(f"{BUILDING}*")),
        "half-made links": list((data_dir / "publish").glob(".current")),
        "locks of runs": list((data_dir / "runs").glob("*.lock")),
        "data files that no snapshot needs": _orphans(data_dir),
    }


def _orphans(data_dir: Path) -> list[Path]:
    call = "ducklake_delete_orphaned_files('lake', dry_run => true, cleanup_all => true)"
    with open_lake(Settings(data_dir=data_dir).location) as lake:
        return [Path(path) for (path,) in lake.rows(f"CALL {call}")]
