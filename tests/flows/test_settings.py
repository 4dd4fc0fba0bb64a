from pathlib import Path

import pytest

from flows.settings import SettingsError, load_settings


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_flag_wins_over_the_environment_which_wins_over_the_file(tmp_path: Path) -> None:
    config = write(
        tmp_path / "demarche.toml", "batch_size = 1\nlock_timeout = 2\nkeep_publications = 3"
    )
    settings = load_settings(
        config=config,
        environment={"DEMARCHE_BATCH_SIZE": "10", "DEMARCHE_LOCK_TIMEOUT": "20"},
        batch_size=100,
        lock_timeout=None,
    )
    assert (settings.batch_size, settings.lock_timeout, settings.keep_publications) == (100, 20, 3)


def test_an_unknown_key_is_refused_by_name_with_its_origin(tmp_path: Path) -> None:
    config = write(tmp_path / "demarche.toml", "bach_size = 1")
    with pytest.raises(
        SettingsError, match=r"unknown setting 'bach_size'.*did you mean 'batch_size'"
    ):
        load_settings(config=config, environment={})
    with pytest.raises(SettingsError, match=r"unknown setting 'colour' \(environment\)"):
        load_settings(environment={"DEMARCHE_COLOUR": "red"})


def test_a_wrong_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'batch_size' \(environment\).*greater than 0.*'0'"):
        load_settings(environment={"DEMARCHE_BATCH_SIZE": "0"})
    config = write(tmp_path / "demarche.toml", '[[sources]]\nid = "x"\nlocation = "y"\nmaping = {}')
    with pytest.raises(SettingsError, match=r"sources.0.maping"):
        load_settings(config=config, environment={})


def test_a_file_that_is_no_toml_or_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_settings(config=write(tmp_path / "a.toml", "= 1"), environment={})
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(config=tmp_path / "none.toml", environment={})


def test_data_dir_in_a_file_is_relative_to_that_file(tmp_path: Path) -> None:
    config = write(tmp_path / "demarche.toml", 'data_dir = "here"')
    assert load_settings(config=config, environment={}).data_dir == tmp_path / "here"


def test_the_digest_leaves_out_places_only() -> None:
    one = load_settings(environment={}, data_dir="a")
    assert one.digest == load_settings(environment={}, data_dir="b").digest
    assert one.digest != load_settings(environment={}, max_item_bytes=5).digest
