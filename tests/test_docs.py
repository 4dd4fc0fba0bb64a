"""The documents say what is there: links, commands, options, settings, checks and examples."""

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel

from flows import docs
from flows.cli.main import app
from flows.settings import (
    CONFIG_VARIABLE,
    PREFIX,
    AnnotateSettings,
    FetchSettings,
    NlpSettings,
    ObjectStoreSettings,
    ScheduleSettings,
    Settings,
    SourceSettings,
    load_settings,
)

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "seeds/*.md", "models/*.md", "benchmarks/**/*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
)
OPERATIONS = ROOT / "docs" / "operations.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
FILE_ONLY = {"object_store", "sources", "fetch", "nlp", "annotate", "schedule"}
"""Settings that are tables, which one variable cannot hold."""

PARTS = r"(?:flows|tasks|warehouse|seeds|models|tests|docs|benchmarks|deploy)"
SOURCE_PATH = re.compile(rf"{PARTS}/[\w./-]*")

documents = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@cache
def tokens(path: Path) -> list[Token]:
    """All tokens of a document, those inside paragraphs and tables included."""
    blocks = MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))
    return [token for block in blocks for token in (block, *(block.children or ()))]


def headings(path: Path) -> set[str]:
    """Anchors of a document, made as GitHub makes them."""
    found = tokens(path)
    titles = [found[i + 1].content for i, t in enumerate(found) if t.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def code(path: Path) -> Iterator[str]:
    """Lines of code in a document: inline, fenced or indented."""
    for token in tokens(path):
        if token.type in ("code_inline", "code_block", "fence"):
            yield from token.content.splitlines()


def table(path: Path, first: str) -> list[list[str]]:
    """Rows of the table of `path` whose first heading is `first`, without code marks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def bare(cell: str) -> str:
    return cell.strip("`")


@documents
def test_every_relative_link_resolves(path: Path) -> None:
    links = [str(t.attrs["href"]) for t in tokens(path) if t.type == "link_open"]
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@documents
def test_every_path_of_the_code_that_is_named_exists(path: Path) -> None:
    for line in code(path):
        if SOURCE_PATH.fullmatch(line):
            assert (ROOT / line).exists(), line


def calls(line: str) -> Iterator[list[str]]:
    """The words after `demarche` and its own options, for each call of it on a line of code."""
    if "demarche" not in line or "[OPTIONS]" in line:  # the latter in generated usage lines
        return
    shown = re.sub(r"^[\d*/ ]+\*  ", "", line)  # the times of a cron line
    try:
        words = list(shlex.shlex(shown, posix=True, punctuation_chars="&|;<>"))
    except ValueError:  # no command but prose or SQL with an odd quote
        return
    call: list[str] | None = None
    for word in [*words, ";"]:
        if set(word) <= set("&|;<>"):
            if call:
                yield call
            call = None
        elif call is not None:
            call.append(word)
        elif word == "demarche" or word.endswith("bin/demarche"):
            call = []


@cache
def options() -> dict[str, set[str]]:
    """Every command with its options; '' is `demarche` itself, 'source add' one of a group."""
    group: Any = typer.main.get_command(app)
    with group.make_context("demarche", [], resilient_parsing=True) as ctx:
        commands = {"": group} | {n: group.get_command(ctx, n) for n in group.list_commands(ctx)}
        for name, command in list(commands.items()):
            for inner in command.list_commands(ctx) if name and is_group(command) else ():
                commands[f"{name} {inner}"] = command.get_command(ctx, inner)
        return {
            name: {"-h", "--help"}.union(*(p.opts for p in command.get_params(ctx)))
            for name, command in commands.items()
        }


def is_group(command: Any) -> bool:
    return hasattr(command, "list_commands")


def called(words: list[str]) -> str:
    """The name of the command that `words` call."""
    if words[0].startswith("-"):
        return ""
    return " ".join(words[:2]) if " ".join(words[:2]) in options() else words[0]


def test_calls_are_found_in_code() -> None:
    line = '17 * * * *  cd x && .venv/bin/demarche run a --json >> log && demarche sql "a | b"'
    assert list(calls(line)) == [["run", "a", "--json"], ["sql", "a | b"]]
    assert "--as-of" in options()["sql"]


@documents
def test_every_command_that_is_named_exists_with_its_options(path: Path) -> None:
    for line in code(path):
        for words in calls(line):
            command = called(words)
            assert command in options(), line
            given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
            assert given <= options()[command], line


@documents
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", rules, re.MULTILINE))
    named = {name for line in code(path) for name in re.findall(r"\bmake ([a-z]+)", line)}
    assert named <= targets


@documents
def test_every_variable_that_is_named_is_a_setting(path: Path) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {CONFIG_VARIABLE}
    named = set(re.findall(r"\bDEMARCHE_[A-Z][A-Z_]*", path.read_text(encoding="utf-8")))
    assert named <= known


def test_every_setting_is_documented_with_its_variable_and_default() -> None:
    rows = {bare(row[0]): row[1:] for row in table(OPERATIONS, "setting")}
    assert list(rows) == list(Settings.model_fields)
    for name, (variable, default, meaning) in rows.items():
        wanted = "file only" if name in FILE_ONLY else f"`{PREFIX}{name.upper()}`"
        assert variable == wanted
        given = {} if default == "none" else tomllib.loads(f"{name} = {bare(default)}")
        assert getattr(Settings.model_validate(given), name) == Settings.model_fields[name].default
        assert (default == "none") == (Settings.model_fields[name].default is None)
        assert meaning == (Settings.model_fields[name].description or meaning) != ""


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("key of `[[sources]]`", SourceSettings),
        ("key of `[fetch]`", FetchSettings),
        ("key of `[nlp]`", NlpSettings),
        ("key of `[annotate]`", AnnotateSettings),
        ("key of `[schedule]`", ScheduleSettings),
        ("key of `[object_store]`", ObjectStoreSettings),
    ],
)
def test_every_key_of_a_table_of_settings_is_documented(
    heading: str, model: type[BaseModel]
) -> None:
    rows = {bare(row[0]): row[-1] for row in table(OPERATIONS, heading)}
    assert rows == {name: field.description for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("key of `[fetch]`", FetchSettings),
        ("key of `[annotate]`", AnnotateSettings),
        ("key of `[schedule]`", ScheduleSettings),
    ],
)
def test_every_default_of_a_table_of_settings_is_documented(
    heading: str, model: type[BaseModel]
) -> None:
    for key, default, _ in table(OPERATIONS, heading):
        name = bare(key)
        given = {} if default == "none" else tomllib.loads(f"{name} = {bare(default)}")
        assert getattr(model.model_validate(given), name) == model.model_fields[name].default


def test_settings_shown_are_valid(tmp_path: Path) -> None:
    shown = [t for path in DOCUMENTS for t in tokens(path) if t.type == "fence"]
    examples = [token.content for token in shown if token.info == "toml"]
    assert len(examples) >= 2
    for number, text in enumerate(examples):
        config = tmp_path / f"{number}.toml"
        config.write_text(text, encoding="utf-8")
        load_settings(config=config, environment={})


def test_every_check_is_listed_with_its_severity_and_meaning() -> None:
    rows = table(OPERATIONS, "check")
    listed = {(bare(name), severity): meaning for name, severity, meaning in rows}
    files = (ROOT / "warehouse" / "checks").glob("*/*.sql")
    there = {
        (path.stem, path.parent.name): path.read_text(encoding="utf-8").splitlines()[0]
        for path in files
    }
    assert len(listed) == len(rows)
    assert listed == {key: line.removeprefix("-- one row is ") for key, line in there.items()}


@pytest.mark.parametrize("kind", ["marts", "macros"])
def test_every_mart_and_macro_is_used_in_the_cookbook(kind: str) -> None:
    cookbook = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    names = {path.stem for path in (ROOT / "warehouse" / kind).glob("*.sql")}
    assert names
    assert {name for name in names if not re.search(rf"\b{name}\b", cookbook)} == set()


def test_every_mart_is_in_the_data_dictionary() -> None:
    dictionary = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    for path in (ROOT / "warehouse" / "marts").glob("*.sql"):
        assert f"| `{path.stem}` |" in dictionary


@pytest.mark.parametrize("path", sorted(docs.generated()), ids=lambda path: path.name)
def test_generated_documents_are_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == docs.generated()[path], "run `make docs`"


def test_decisions_are_numbered_complete_and_listed() -> None:
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for path in DECISIONS:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {path.name[:4]} ")
        parts = [line for line in lines if line.startswith("## ")]
        assert parts == ["## Context", "## Decision", "## Consequences"], path.name
        title = lines[0].removeprefix(f"# {path.name[:4]} ")
        assert f"| [{path.name[:4]}](decisions/{path.name}) | {title} |" in index


def test_the_examples_in_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles").mkdir()
    for name in ("kabul-falls.html", "wire-briefs.csv", "empty.txt"):
        shutil.copy(ROOT / "seeds" / "articles" / name, tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    examples = [t.content for t in tokens(ROOT / "docs" / "python.md") if t.info == "python"]
    names: dict[str, Any] = {}
    for example in examples:
        exec(compile(example, "python.md", "exec"), names)
    printed = capsys.readouterr().out
    assert names["summary"].counts["processed"] == 3
    assert names["summary"].counts["rejected"] == 1
    assert len(names["articles"]) == 3
    assert len(names["rows"].mentions) > 0
    assert "succeeded" in printed
