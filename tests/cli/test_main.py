import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from flows.cli import main as entry
from tasks.errors import SourceError
from tasks.registry import SeedError
from tests.cli.conftest import World, call

HEAVY = ("prefect", "spacy", "pandas", "pydantic_settings")


def in_process(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )


LOADED = f"""import sys
from flows.cli.main import main
status = main(sys.argv[1:])
print([name for name in {(*HEAVY, "rich")} if name in sys.modules], file=sys.stderr)
sys.exit(status)"""


@pytest.mark.parametrize(
    "command",
    [
        ("sql", "SELECT now() AS at, title FROM articles", "--json"),
        ("who", "Lavrov"),
        ("stance", "Russia", "Taliban", "--since", "2021-01-01"),
        ("why", "57a0ce0000000001"),
    ],
)
def test_queries_import_nothing_heavy(world: World, command: tuple[str, ...]) -> None:
    done = in_process(LOADED, *command, "--data-dir", str(world.data_dir))
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert done.stdout


def test_help_imports_neither_duckdb_nor_settings() -> None:
    names = (*HEAVY, "rich", "duckdb", "pyarrow", "pydantic")
    code = LOADED.replace(repr((*HEAVY, "rich")), repr(names))
    done = in_process(code, "--help")
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "Usage: demarche" in done.stdout


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (SourceError("no such folder"), 1, "no such folder"),
        (SeedError("cues.csv, line 3"), 1, "cues.csv, line 3"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (typer.Abort(), 1, "aborted"),
    ],
)
def test_an_expected_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, text: str
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("flows.settings.load_settings", lambda **_: stop())
    assert call("runs") == (status, "", f"demarche: error: {text}\n")


def test_wrong_usage_and_settings_have_status_2(tmp_path: Path) -> None:
    status, _, err = call("sql", "SELECT 1", "--colour")
    assert status == 2
    assert err == "demarche: error: No such option: --colour; see `demarche sql --help`\n"
    status, _, err = call("timeline", "-", "--plot=days.svg")
    assert status == 2
    assert "write `--plot FILE`" in err
    assert call("whom").status == 2
    status, _, err = call("runs", "--config", str(tmp_path / "none.toml"))
    assert status == 2
    assert err.startswith("demarche: error: no settings file at ")


def test_traceback_shows_where_an_error_comes_from(tmp_path: Path) -> None:
    wrong = ("runs", "--config", str(tmp_path / "none.toml"))
    code = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"
    done = in_process(code, "--traceback", *wrong)
    assert done.returncode == 1
    assert "Traceback (most recent call last)" in done.stderr
    assert "SettingsError: no settings file" in done.stderr
    assert "Traceback" not in in_process(code, *wrong).stderr


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.settings.load_settings", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call("runs")


def test_version_and_bare_call() -> None:
    status, out, err = call("--version")
    assert (status, err) == (0, "")
    assert out.startswith("demarche")
    status, out, _ = call()
    assert status == 0
    assert "Usage: demarche" in out


def test_every_command_has_an_example_in_its_help() -> None:
    group = typer.main.get_command(entry.app)
    commands = group.commands  # type: ignore[attr-defined]
    lacking = [
        name for name, command in commands.items() if "Example: demarche" not in command.help
    ]
    assert lacking == []
    wanted = "who stance timeline statements why sql shell rejects runs snapshots tables doctor"
    assert set(wanted.split()) <= set(commands)


def test_a_reader_that_leaves_early_is_no_failure_worth_a_word(world: World) -> None:
    code = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"
    query = "SELECT repeat('x', 1000) AS x FROM range(5000)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "sql", query, "--csv", "--data-dir", str(world.data_dir)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process, process.stdout, process.stderr:
        assert process.stdout.readline() == b"x\r\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_locale_without_utf8_does_no_harm(world: World) -> None:
    code = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "sql", "SELECT 'é' AS x", "--data-dir", str(world.data_dir)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.stdout == "x\né\n".encode()


def test_a_terminal_gets_fifty_wrapped_rows(world: World) -> None:
    code = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"
    query = "SELECT n, repeat('word ', 20) AS text FROM range(60) AS t(n)"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code, "sql", query, "--data-dir", str(world.data_dir)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "60", "TERM": "xterm"},
        cwd=Path(__file__).parents[2],
    ) as process:
        os.close(theirs)
        shown = _read_all(ours)
        assert process.stderr is not None
        assert process.stderr.read() == b"demarche: only the first 50 rows; `--limit 0` shows all\n"
    lines = re.sub(r"\x1b\[[\d;]*m", "", shown.decode()).splitlines()
    assert max(map(len, lines)) <= 60
    assert sum(line.split().count("word") for line in lines) == 50 * 20


def _read_all(descriptor: int) -> bytes:
    """Read a terminal until its other end is closed, which Linux reports as an error."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(descriptor)
            return b"".join(parts)
        parts.append(part)


def test_ctrl_c_ends_a_query_that_runs(world: World) -> None:
    code = "import sys; from flows.cli.main import main; sys.exit(main(sys.argv[1:]))"
    endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(10000000) b"
    with subprocess.Popen(
        [sys.executable, "-c", code, "shell", "--data-dir", str(world.data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"SELECT 1 AS started;\n{endless};\n".encode())
        process.stdin.flush()
        assert process.stdout.readline() == b"started\n"
        process.send_signal(signal.SIGINT)
        try:
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 130
    assert err.endswith(b"demarche: error: interrupted\n")
