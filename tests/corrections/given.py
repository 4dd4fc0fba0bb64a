from pathlib import Path

HEADER = "correction_id,kind,subject,field,expect,value,author,reason"


def corrections_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """Write `rows` as the user's corrections into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "corrections.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
