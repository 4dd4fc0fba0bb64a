"""Check-up of the installation: Python, packages, extensions, registry, language, Prefect."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from flows.cli.doctor.finding import Finding, fail, ok, warn

PIN = re.compile(r"([A-Za-z0-9._-]+)==([^;\s]+)$")
EXTENSIONS = ("ducklake", "sqlite_scanner", "postgres_scanner", "httpfs")
INSTALL = "run `make install`"
PREFECT_SECONDS = 2.0


def check_python(running: tuple[int, ...] = sys.version_info[:2]) -> Finding:
    """Compare the running Python with the versions that demarche asks for."""
    found = ".".join(map(str, running))
    try:
        bounds = str(metadata("demarche")["Requires-Python"])
    except PackageNotFoundError:
        return warn("python", f"{found}; demarche is not installed as a package", INSTALL)
    limits = {
        sign: tuple(map(int, number.split(".")))
        for sign, number in re.findall(r"(>=|<)\s*(\d+\.\d+)", bounds)
    }
    if limits.get(">=", running) <= running and running < limits.get("<", (99,)):
        return ok("python", found)
    return fail("python", f"{found}, but demarche needs {bounds}", "install such a Python")


def check_packages(declared: Sequence[str] | None = None) -> Finding:
    """Compare the packages pinned in `declared`, by default demarche's, with those installed."""
    try:
        declared = (requires("demarche") or []) if declared is None else declared
    except PackageNotFoundError:
        return warn("packages", "demarche is not installed as a package", INSTALL)
    pins = {match[1]: match[2] for match in map(PIN.match, declared) if match}
    wrong = [
        f"{name} {_installed(name)} instead of {pin}"
        for name, pin in pins.items()
        if _installed(name) != pin
    ]
    if wrong:
        return fail("packages", ", ".join(wrong), INSTALL)
    return ok("packages", f"{len(pins)} pinned packages are installed as pinned")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def check_extensions() -> Finding:
    """Load each DuckDB extension from its wheel; DuckDB checks the signature as it loads it."""
    import duckdb

    from warehouse import extensions
    from warehouse.errors import LakeError

    with duckdb.connect(config=extensions.CONFIG) as con:
        unsigned = con.execute("SELECT current_setting('allow_unsigned_extensions')").fetchall()
        if unsigned != [(False,)]:
            return fail("extensions", "DuckDB takes unsigned extensions", "forbid them")
        try:
            extensions.load(con, *EXTENSIONS)
        except LakeError as error:
            return fail("extensions", str(error), INSTALL)
    return ok("extensions", f"DuckDB {duckdb.__version__} loads {', '.join(EXTENSIONS)}, signed")


def check_registry(own: Path | None = None) -> Finding:
    """Read the registry of entities that ships with demarche, and the user's `own` folder."""
    from tasks.registry import SeedError, common_words, load_registry

    try:
        registry = load_registry(own)
    except SeedError as error:
        return fail("registry", str(error), "mend that line, or install demarche again")
    detail = f"{len(registry.entities)} entities, {len(registry.aliases)} names"
    if words := common_words(registry):
        remedy = "`demarche entity alias ID NAME --remove` takes one away"
        return warn("registry", f"{detail}; common words among them: {', '.join(words)}", remedy)
    return ok("registry", detail)


def check_language(model: str | None = None) -> Finding:
    """Open the language model that the settings name, by default the one that ships."""
    from tasks.language import LanguageError, language_version, load_language

    try:
        nlp = load_language(model)
    except LanguageError as error:
        return fail("language", str(error), "see docs/operations.md, Language model")
    active = "the one that ships" if model is None else f"nlp.model = '{model}'"
    return ok("language", f"{language_version(nlp)}, {active}")


def check_prefect(environment: Mapping[str, str] = os.environ) -> Finding:
    """Ask the Prefect server, where one is named, whether it is well."""
    from urllib.error import URLError
    from urllib.request import urlopen

    url = environment.get("PREFECT_API_URL", "")
    if not url:
        return ok("prefect", "no PREFECT_API_URL: runs use a server of their own")
    remedy = "start the server, or unset PREFECT_API_URL"
    if not url.startswith(("http://", "https://")):
        return fail("prefect", f"PREFECT_API_URL is no http address: {url}", remedy)
    try:
        with urlopen(f"{url.rstrip('/')}/health", timeout=PREFECT_SECONDS):
            return ok("prefect", f"{url} answers")
    except (URLError, OSError, ValueError) as error:
        return fail("prefect", f"{url} does not answer: {error}", remedy)
