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
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from warehouse.location import LakeLocation, ObjectStore

CONFIG_FILE = "demarche.toml"
PREFIX = "DEMARCHE_"
CONFIG_VARIABLE = "DEMARCHE_CONFIG"
PLACES = frozenset({"data_dir", "catalog", "data_path", "object_store", "sources"})
"""Settings that say where things are, not what comes out; left out of the digest."""


class SettingsError(Exception):
    """A setting that is unknown or has a wrong value; its text names it and its origin."""


class SourceSettings(BaseModel):
    """One `[[sources]]` entry of `demarche.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="name of the source")
    location: str = Field(description="file, folder or glob")
    publisher: str | None = Field(None, description="outlet, where items name none")
    mapping: dict[str, str] = Field({}, description="field of a record -> column that holds it")


class ObjectStoreSettings(BaseModel):
    """`[object_store]`: where an `s3://` data path is served; keys come from `AWS_*`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint: str | None = Field(None, description="host and port, for stores other than AWS")
    region: str = Field("us-east-1", description="region")
    use_ssl: bool = Field(True, description="https")
    url_style: Literal["vhost", "path"] = Field("vhost", description="bucket in host or in path")


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
    object_store: ObjectStoreSettings = ObjectStoreSettings()
    sources: tuple[SourceSettings, ...] = ()
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
        """Where raw bytes are kept."""
        return self.data_dir / "raw"

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
        return Settings.model_validate(merged)
    except ValidationError as error:
        raise SettingsError(_explain(error, layers)) from error


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
    if "data_dir" in values:
        values["data_dir"] = path.parent / str(values["data_dir"])
    return values


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
