"""Settings: one typed, frozen object from `demarche.toml`, the environment and flags.

A flag wins over `DEMARCHE_*`, which wins over the file. Unknown keys are refused by name.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tasks.records import Source, SourceKind
from warehouse.location import LakeLocation, ObjectStore
from warehouse.tables import NamedSource

if TYPE_CHECKING:
    from tasks.fetch import Limits  # slow to import, and most commands fetch nothing
    from warehouse.raw import RawStore  # the same

CONFIG_FILE = "demarche.toml"
PREFIX = "DEMARCHE_"
CONFIG_VARIABLE = "DEMARCHE_CONFIG"
PLACES = frozenset(
    {"data_dir", "catalog", "data_path", "raw_path", "object_store", "sources"}
    | {"sources_file", "entities_folder", "fetch", "schedule", "annotate"}
)
"""Settings that say where things are, how and when they are had, not what comes out of them."""


class SettingsError(Exception):
    """A setting that is unknown or has a wrong value; its text names it and its origin."""


class SourceSettings(BaseModel):
    """One `[[sources]]` entry of `demarche.toml`, or one row of `sources.csv`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="name of the source")
    location: str = Field(min_length=1, description="file, folder or glob, or a web address")
    kind: SourceKind | None = Field(
        None,
        description="`files`, `feed`, `sitemap`, `page` or `address_list`; default: told from "
        "the location, and from the content of an address",
    )
    publisher: str | None = Field(None, description="outlet, where items name none")
    country_iso3: str | None = Field(
        None, pattern=r"^[A-Z]{3}$", description="country of the outlet, ISO 3166-1 alpha-3"
    )
    language: str | None = Field(
        None, pattern=r"^[a-z]{2,3}$", description="language, where items name none"
    )
    licence: str | None = Field(None, description="under what terms its texts may be used")
    enabled: bool = Field(True, description="whether runs read it")
    delay: float | None = Field(
        None,
        ge=0,
        allow_inf_nan=False,
        description="seconds between two requests to a host; default: `fetch.delay`",
    )
    max_items: int | None = Field(
        None, gt=0, description="new addresses taken in one run; the others wait for the next"
    )
    mapping: dict[str, str] = Field({}, description="field of a record -> column that holds it")
    note: str | None = Field(None, description="anything worth remembering")

    @property
    def source(self) -> Source:
        """The source as the pipeline reads it."""
        given = self.model_dump(include=set(Source.__slots__) - {"source_id"})
        return Source(source_id=self.id, **given)

    @property
    def row(self) -> NamedSource:
        """The source as readers of the tables see it."""
        return NamedSource(
            source_id=self.id,
            outlet=self.publisher,
            country_iso3=self.country_iso3,
            kind=self.kind,
            location=self.location,
            language=self.language,
            licence=self.licence,
            is_enabled=self.enabled,
        )


class FetchSettings(BaseModel):
    """`[fetch]`: how addresses are asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    contact: str | None = Field(
        None,
        pattern=r"^[ -~]+$",
        description="mail or web address that the User-Agent names; servers like to know",
    )
    delay: float = Field(1.0, ge=0, description="seconds between two requests to one host")
    concurrency: int = Field(16, gt=0, description="requests under way in all")
    per_host: int = Field(1, gt=0, description="requests under way to one host")
    timeout: float = Field(30.0, gt=0, description="seconds to connect, and for each read")
    max_seconds: float = Field(120.0, gt=0, description="seconds for a whole answer")
    max_bytes: int = Field(10_000_000, gt=0, description="a larger answer, unpacked, is refused")
    max_redirects: int = Field(5, ge=0, description="redirects followed")
    attempts: int = Field(3, gt=0, description="how often an address is asked during an outage")
    max_wait: float = Field(
        60.0, ge=0, description="longest wait that a server may ask for; beyond, the next run asks"
    )
    give_up_days: float = Field(
        7.0, ge=0, description="days for which a page that failed is asked again in each run"
    )
    obey_robots: bool = Field(True, description="follow robots.txt; off for sites of your own only")
    allowed_hosts: frozenset[str] = Field(
        frozenset(), description="hosts, with or without port, that may have private addresses"
    )

    def limits(self, version: str) -> "Limits":
        """Return the limits of a fetcher that says it is demarche `version`."""
        from tasks.fetch import Limits

        contact = f" (+{self.contact})" if self.contact else ""
        own = {"contact", "give_up_days"}
        return Limits(user_agent=f"demarche/{version}{contact}", **self.model_dump(exclude=own))


class NlpSettings(BaseModel):
    """`[nlp]`: the language model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = Field(
        None,
        min_length=1,
        description="a spaCy pipeline, by package name or folder; default: the one that ships",
    )


class AnnotateSettings(BaseModel):
    """`[annotate]`: who reads the articles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    processes: int = Field(
        1, ge=0, description="processes of this machine that annotate; 0: one for each core"
    )
    cluster: str | None = Field(
        None,
        pattern=r"^[a-z]+://\S+:[0-9]+$",
        description="scheduler of a Dask cluster that annotates instead, such as "
        "tcp://dask.example.org:8786",
    )
    exchange: str | None = Field(
        None,
        min_length=1,
        description="folder or `s3://` prefix that all who annotate reach; default: in data_dir",
    )
    chunk: int = Field(40, gt=0, description="articles handed out at once: 5 to 10 s of work")
    timeout: float = Field(
        30.0, gt=0, description="seconds to wait for the cluster to answer, and for a worker in it"
    )

    @property
    def is_shared(self) -> bool:
        """Whether others than this process annotate."""
        return self.cluster is not None or self.processes != 1


class ObjectStoreSettings(BaseModel):
    """`[object_store]`: where an `s3://` data path is served; keys come from `AWS_*`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint: str | None = Field(None, description="host and port, for stores other than AWS")
    region: str = Field("us-east-1", description="region")
    use_ssl: bool = Field(True, description="https")
    url_style: Literal["vhost", "path"] = Field("vhost", description="bucket in host or in path")
    timeout: int = Field(
        30, gt=0, description="seconds to wait for an answer, for each of four attempts"
    )


class ScheduleSettings(BaseModel):
    """`[schedule]`: when `demarche serve` does what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str = Field("17 * * * *", description="when runs start: a cron expression")
    maintain: str = Field(
        "40 3 * * *", description="when the lake is compacted, checked and measured"
    )
    timezone: str = Field("UTC", description="time zone of these, such as Europe/Berlin")

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no such time zone") from None
        return name

    @field_validator("run", "maintain")
    @classmethod
    def _is_cron(cls, expression: str) -> str:
        from flows.timetable import Cron

        Cron(expression)
        return expression


class Settings(BaseModel):
    """All settings of demarche."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(Path("demarche-data"), description="folder of the lake and all else")
    catalog: str | None = Field(
        None,
        pattern=r"^(sqlite|postgres):.+",
        exclude=True,  # may hold a password, and Prefect keeps what it can serialise
        repr=False,
        description="`sqlite:PATH` or `postgres:CONNECTION STRING`; default: in data_dir",
    )
    data_path: str | None = Field(
        None, description="folder or `s3://` prefix of the lake's Parquet files; default: data_dir"
    )
    raw_path: str | None = Field(
        None, description="folder or `s3://` prefix of the raw bytes; default: in data_dir"
    )
    object_store: ObjectStoreSettings = ObjectStoreSettings()
    sources: tuple[SourceSettings, ...] = ()
    sources_file: Path = Field(
        Path("sources.csv"), description="more sources, as `demarche source add` writes them"
    )
    entities_folder: Path = Field(
        Path("entities"),
        description="your own entities, names and decisions, as `demarche entity` writes them",
    )
    fetch: FetchSettings = FetchSettings()
    nlp: NlpSettings = NlpSettings()
    annotate: AnnotateSettings = AnnotateSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    languages: frozenset[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]] = Field(
        frozenset({"en"}), min_length=1, description="languages taken in, as ISO 639 codes"
    )
    batch_size: int = Field(200, gt=0, description="articles to a transaction")
    max_item_bytes: int = Field(20_000_000, gt=0, description="an item larger than this is refused")
    lock_timeout: float = Field(600, ge=0, description="seconds to wait for another writer")
    memory_limit: str = Field(
        "4GB",
        pattern=r"^[0-9.]*[1-9][0-9.]* ?[KMGT]i?B$",
        description="memory that DuckDB may take, such as 4GB",
    )
    keep_publications: int = Field(5, gt=0, description="publications kept, the current included")
    keep_snapshot_days: int = Field(30, gt=0, description="days that snapshots are kept")

    @field_validator("sources")
    @classmethod
    def _has_distinct_ids(cls, sources: tuple[SourceSettings, ...]) -> tuple[SourceSettings, ...]:
        ids = [source.id for source in sources]
        if twice := {name for name in ids if ids.count(name) > 1}:
            raise ValueError(f"the id {min(twice)!r} stands twice")
        return sources

    @field_validator("data_dir")
    @classmethod
    def _is_plain(cls, folder: Path) -> Path:
        if "?" in str(folder):
            raise ValueError("DuckDB takes no '?' in the path of a database")
        return folder

    @property
    def location(self) -> LakeLocation:
        """The lake's places; object-store keys come from the environment, here and only here."""
        return LakeLocation.in_folder(
            self.data_dir / "lake",
            catalog=self.catalog,
            data_path=self.data_path,
            object_store=ObjectStore(
                key_id=os.environ.get("AWS_ACCESS_KEY_ID"),
                secret=os.environ.get("AWS_SECRET_ACCESS_KEY"),
                session_token=os.environ.get("AWS_SESSION_TOKEN"),
                **self.object_store.model_dump(),
            ),
        )

    @property
    def raw_folder(self) -> Path:
        """Where raw bytes are kept, unless `raw_path` names another place."""
        return self.data_dir / "raw"

    @property
    def raw_store(self) -> "RawStore":
        """The raw bytes, wherever they are kept."""
        from warehouse.raw import RawStore

        return RawStore(self.raw_path or self.raw_folder, self.location.object_store)

    @property
    def publish_folder(self) -> Path:
        """Where publications are written."""
        return self.data_dir / "publish"

    @property
    def runs_folder(self) -> Path:
        """Where living runs hold their locks."""
        return self.data_dir / "runs"

    @property
    def digest(self) -> str:
        """SHA-256 of all settings that bear on results."""
        values = self.model_dump(mode="json", exclude=set(PLACES))
        values["languages"] = sorted(values["languages"])
        return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def load_settings(
    *,
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    **flags: Any,
) -> Settings:
    """Return the settings in force; flags that are None count as not given.

    Raises SettingsError that names the setting and where it came from.
    """
    environment = os.environ if environment is None else environment
    if config is None and environment.get(CONFIG_VARIABLE):
        config = Path(environment[CONFIG_VARIABLE])
    layers = {
        str(config or CONFIG_FILE): _from_file(config),
        "environment": _from_environment(environment),
        "command line": {key: value for key, value in flags.items() if value is not None},
    }
    for origin, values in layers.items():
        _check_known(origin, values)
    merged = {key: value for values in layers.values() for key, value in values.items()}
    try:
        return _with_listed(Settings.model_validate(merged))
    except ValidationError as error:
        raise SettingsError(_explain(error, layers)) from error


def _with_listed(settings: Settings) -> Settings:
    """Return `settings` with the sources of its `sources_file` added."""
    from flows.sources import read_sources

    path = settings.sources_file
    if not path.is_file():
        return settings
    listed = read_sources(path)
    named = {source.id for source in settings.sources}
    ids = [source.id for source in listed]
    for source_id in ids:
        if source_id in named or ids.count(source_id) > 1:
            raise SettingsError(f"{path}: the id '{source_id}' stands twice; rename one of the two")
    return settings.model_copy(update={"sources": settings.sources + listed})


def _from_file(config: Path | None) -> dict[str, Any]:
    path = config or Path(CONFIG_FILE)
    if not path.is_file():
        if config is None:
            return {}
        raise SettingsError(f"no settings file at {config}")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    for key in ("data_dir", "sources_file", "entities_folder"):
        if key in values:
            values[key] = path.parent / str(values[key])
    beside = {"sources_file": "sources.csv", "entities_folder": "entities"}
    return {key: path.parent / name for key, name in beside.items()} | values


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in environment.items():
        if name.startswith(PREFIX) and name != CONFIG_VARIABLE:
            key = name.removeprefix(PREFIX).lower()
            values[key] = re.split(r"\s*,\s*", text.strip()) if key == "languages" else text
    return values


def _check_known(origin: str, values: Mapping[str, Any]) -> None:
    for key in values:
        if key not in Settings.model_fields:
            close = get_close_matches(key, Settings.model_fields, n=1)
            hint = f"; did you mean '{close[0]}'?" if close else ""
            raise SettingsError(f"unknown setting '{key}' ({origin}){hint}")


def _explain(error: ValidationError, layers: dict[str, dict[str, Any]]) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0])
    origin = next((name for name, values in reversed(layers.items()) if key in values), "default")
    where = ".".join(str(part) for part in first["loc"])
    meaning = Settings.model_fields[key].description or "see docs/operations.md"
    got = "" if key == "catalog" else f", got {first['input']!r}"  # it may hold a password
    return f"setting '{where}' ({origin}): {first['msg']}{got}; it is: {meaning}"
