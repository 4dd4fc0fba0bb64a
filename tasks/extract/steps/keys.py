"""Version keys of the steps, from the code and the word lists that they rest on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import seeds
from tasks.extract.steps.graph import STEPS, StepName

DIGITS = 8
"""Hex digits of a key: some 100 versions of a step, ever, meet by chance once in a million."""

WIRING = "tasks.extract.annotate"
"""What calls the steps and hands their results on; its text counts for each of them."""

OURS = r"(?:tasks|seeds|models)(?:\.\w+)*"
IMPORTS = re.compile(
    rf"^[ \t]*(?:from[ \t]+({OURS})[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+({OURS}))",
    re.MULTILINE,
)
WORD_LIST = re.compile(r'seeds\.folder\(\) / "(\w+\.csv)"')


def step_keys(given: Mapping[StepName, str]) -> dict[StepName, str]:
    """Return the key of each step; `given` names, by step, what it is given from outside."""
    keys: dict[StepName, str] = {}
    for name, step in STEPS.items():
        parts = [_code_digest(step.modules), given.get(name, "")]
        parts += [keys[need] for need in step.needs]
        keys[name] = sha256("\n".join(parts).encode()).hexdigest()[:DIGITS]
    return keys


def code_key(modules: tuple[str, ...]) -> str:
    """Return the key of the code behind `modules`, which may be none of a step."""
    return _code_digest(modules)[:DIGITS]


@cache
def _code_digest(modules: tuple[str, ...]) -> str:
    """Return the digest of the code behind `modules` and of the word lists that it reads."""
    digest = sha256()
    lists: set[str] = set()
    for name in sorted(_behind(modules)):
        text = _text(name)
        lists.update(WORD_LIST.findall(text))
        digest.update(f"{name} {len(text)}\n{text}".encode())
    digest.update(_text(WIRING).encode())
    for name in sorted(lists):
        content = (seeds.folder() / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _behind(modules: Iterable[str]) -> set[str]:
    """Return `modules` and all modules of ours that they import, near and far."""
    found: set[str] = set()
    todo = list(modules)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(_imported(_text(name)))
    return found


def _imported(text: str) -> Iterator[str]:
    for package, names, module in IMPORTS.findall(text):
        yield package or module
        for name in re.findall(r"\w+", names):
            if _path(f"{package}.{name}") is not None:
                yield f"{package}.{name}"


@cache
def _text(module: str) -> str:
    path = _path(module)
    if path is None:
        raise ModuleNotFoundError(f"no source of {module} to tell its version by", name=module)
    return path.read_text(encoding="utf-8")


@cache
def _path(module: str) -> Path | None:
    """Return the source of one of our modules without importing it; None where it is none."""
    top, *rest = module.split(".")
    spec = find_spec(top)
    if spec is None or not spec.submodule_search_locations:
        return None
    base = Path(next(iter(spec.submodule_search_locations)), *rest)
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None
