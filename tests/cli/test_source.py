"""`demarche source`: what it writes, what it shows, and what it refuses."""

import csv
import json
from pathlib import Path

import pytest

from flows.pipeline import sources_of
from flows.settings import SettingsError, load_settings
from tests.flows.given import command, text_file
from tests.flows.web_server import serving


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "demarche.toml"
    path.write_text('[[sources]]\nid = "own"\nlocation = "news"\n\n[fetch]\nattempts = 1\n')
    return path


def listed(config: Path, *options: str) -> dict[str, dict[str, str]]:
    done = command("source", "list", "--config", config, "--json", *options)
    assert done.status == 0, done
    return {row["source_id"]: row for row in json.loads(done.out)}


def test_a_source_is_added_disabled_and_enabled(config: Path) -> None:
    feed = "https://news.example/feed.xml"
    options = ("--id", "news", "--kind", "feed", "--country", "PAK", "--delay", "2.5")
    assert command("source", "add", feed, *options, "--config", config).status == 0
    with (config.parent / "sources.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["source_id"], row["kind"], row["country_iso3"], row["delay"]) == (
        "news",
        "feed",
        "PAK",
        "2.5",
    )
    assert listed(config)["news"]["is_enabled"] is True
    assert command("source", "disable", "news", "--config", config).status == 0
    assert listed(config)["news"]["is_enabled"] is False
    settings = load_settings(config=config, environment={})
    assert [source.source_id for source in sources_of(settings, ())] == ["own"]
    assert sources_of(settings, ["news"])[0].location == feed
    assert command("source", "enable", "news", "--config", config).status == 0
    settings = load_settings(config=config, environment={})
    assert [source.source_id for source in sources_of(settings, ())] == ["own", "news"]


def test_a_known_source_is_added_by_its_id(config: Path) -> None:
    known = {k: row for k, row in listed(config, "--known").items() if row["listed_in"] == "known"}
    assert len(known) >= 40
    assert not any(row["is_enabled"] for row in known.values())
    name = min(known)
    assert command("source", "add", name, "--config", config).status == 0
    assert listed(config)[name]["location"] == known[name]["location"]
    assert listed(config)[name]["is_enabled"] is True


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "https://news.example/feed.xml"), "--id: a source needs a name"),
        (("add", "x.csv", "--id", "own"), "there is a source 'own' already"),
        (("add", "x.csv", "--id", "a", "--country", "Pakistan"), "--country"),
        (("add", "x.csv", "--id", "a", "--kind", "rss"), "--kind"),
        (("disable", "own"), "set enabled = false there"),
        (("enable", "none"), "there is no source 'none'"),
    ],
)
def test_what_cannot_be_done_is_said(config: Path, arguments: tuple[str, ...], told: str) -> None:
    done = command("source", *arguments, "--config", config)
    assert (done.status, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("source_id,place\na,b\n", "its columns must be among"),
        ("source_id,location\nown,b\n", "the id 'own' stands twice"),
        ("source_id,location,delay\na,b,soon\n", "line 2, delay"),
    ],
)
def test_a_wrong_list_is_refused_with_its_place(config: Path, text: str, told: str) -> None:
    (config.parent / "sources.csv").write_text(text)
    with pytest.raises(SettingsError, match=told):
        load_settings(config=config, environment={})


def test_a_source_is_tried_without_keeping_anything(config: Path, tmp_path: Path) -> None:
    text_file(tmp_path / "news", "a.txt", "The envoy speaks")
    (tmp_path / "news" / "b.txt").write_text("Too short.")
    done = command("source", "test", tmp_path / "news", "--config", config, "--json")
    found = json.loads(done.out)
    assert [(row["item_ref"], row["title"], row["reason"]) for row in found] == [
        ("a.txt", "The envoy speaks", None),
        ("b.txt", None, "no_text"),
    ]
    assert not (tmp_path / "demarche-data").exists()


def test_a_feed_is_tried_with_a_few_of_its_pages(config: Path) -> None:
    with serving() as site:
        config.write_text('[fetch]\ndelay = 0\nattempts = 1\nallowed_hosts = ["127.0.0.1"]\n')
        links = [site.page(f"/{n}", f"Report {n}") for n in range(4)]
        feed = site.feed("/feed.xml", *links)
        done = command("source", "test", feed, "--limit", "2", "--config", config, "--json")
        assert [row["published_method"] for row in json.loads(done.out)] == ["jsonld", "jsonld"]
        assert len(site.asked) == 3
        done = command("source", "test", site.url("/none"), "--config", config)
        assert done.status == 1
        assert "gone" in done.err
