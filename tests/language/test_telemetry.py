import os
import subprocess
import sys
from pathlib import Path

READS = "from tasks.language import load_language; load_language()('Talks went on.')"


def test_nothing_is_noted_for_the_maker_of_onnx_runtime(tmp_path: Path) -> None:
    """ONNX Runtime keeps what it will report in the home folder, from its import on."""
    environment = {k: v for k, v in os.environ.items() if k not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    home = environment | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", READS], env=home, check=True)
    assert list(tmp_path.iterdir()) == []
