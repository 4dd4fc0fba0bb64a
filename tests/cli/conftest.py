"""A small lake, written by hand: two articles, four entities, two runs, three rejections."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flows.cli.main import main
from warehouse.commit import append, replace_articles
from warehouse.lake import Lake, open_lake
from warehouse.location import LakeLocation
from warehouse.publication import publish
from warehouse.raw import RawStore
from warehouse.runs import put_run
from warehouse.settle import settle
from warehouse.tables import (
    Article,
    Citation,
    Entity,
    EntityAlias,
    EntityRole,
    Event,
    LedgerEntry,
    Mention,
    Rejection,
    Run,
    Sentence,
    Stance,
    Statement,
)

FIRST_RUN = datetime(2021, 10, 20, 6, 0, tzinfo=UTC)
GAZETTE = "aaaa000000000001"
POST = "bbbb000000000002"
FIRST = "Sergei Lavrov said that Russia supports the Taliban."
SECOND = "Pakistan \x1b[31mopposes sanctions."
OTHER = "Russia condemned the Taliban."


Ask = Callable[..., "Outcome"]


class Outcome(NamedTuple):
    status: int
    out: str
    err: str


@dataclass(frozen=True)
class World:
    data_dir: Path
    snapshot_before_post: int
    gazette_raw: str


def call(*arguments: str) -> Outcome:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
    return Outcome(status, out.getvalue(), err.getvalue())


class KeptConnection:
    """A connection that stays open, so that not each of many commands attaches the lake anew."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lake.con, name)

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def kept(world: World) -> Iterator[Lake]:
    with open_lake(LakeLocation.in_folder(world.data_dir / "lake"), read_only=True) as lake:
        yield replace(lake, con=KeptConnection(lake))  # type: ignore[arg-type]


@pytest.fixture
def ask(world: World, kept: Lake, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run a command on the lake of `world`, which is attached once for all of them."""

    def open_kept(location: LakeLocation, **options: Any) -> Lake:
        is_now = location == kept.location and not options.get("as_of")
        return kept if is_now else open_lake(location, **options)

    monkeypatch.setattr("warehouse.lake.open_lake", open_kept)
    return lambda *arguments: call(*arguments, "--data-dir", str(world.data_dir))


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, no settings file of the folder."""
    for name in ("DEMARCHE_CONFIG", "DEMARCHE_DATA_DIR", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(tmp_path_factory.mktemp("world"))


def build(data_dir: Path) -> World:
    """Make the lake, its raw bytes and its publication under `data_dir`."""
    store = RawStore(data_dir / "raw")
    with open_lake(LakeLocation.in_folder(data_dir / "lake")) as lake:
        gazette_raw = store.put(b"the Gazette's page")
        put_gazette(lake, gazette_raw)
        settle_names(lake)
        before = lake.snapshot_id()
        put_post(lake, store.put(b"the Post's page"))
        put_bookkeeping(lake, gazette_raw)
        publish(lake, data_dir / "publish", keep=2, code_version="1.0")
    return World(data_dir, before, gazette_raw)


def article(article_id: str, text: str, **given: Any) -> Article:
    return Article(
        article_id=article_id,
        source_id="local",
        canonical_url=None,
        published_method="record",
        fetched_at=FIRST_RUN,
        text=text,
        text_sha256=article_id,
        word_count=len(text.split()),
        cluster_id=article_id,
        media_type="text/plain",
        **given,
    )


def sentence(article_id: str, number: int, text: str, start: int) -> Sentence:
    return Sentence(
        sentence_id=f"5e5e5e{article_id[:4]}00000{number}",
        article_id=article_id,
        position=number,
        paragraph=0,
        start_char=start,
        end_char=start + len(text),
        text=text,
        voice="author",
    )


def mention(mention_id: str, article_id: str, start: int, surface: str, entity: str) -> Mention:
    return Mention(
        mention_id=mention_id,
        article_id=article_id,
        sentence_id=f"5e5e5e{article_id[:4]}000000",
        start_char=start,
        end_char=start + len(surface),
        surface=surface,
        label="MISC",
        kind="name",
        entity_id=entity,
        method="registry",
        confidence=1.0,
    )


def stance(stance_id: str, article_id: str, **given: Any) -> Stance:
    values: dict[str, Any] = {"sentence_id": f"5e5e5e{article_id[:4]}000000", "method": "verb"}
    return Stance(stance_id=stance_id, article_id=article_id, confidence=0.9, **(values | given))


def put_gazette(lake: Lake, raw_ref: str) -> None:
    head = article(
        GAZETTE,
        f"{FIRST} {SECOND}",
        title="Talks in Moscow",
        publisher="The Gazette",
        published_on=date(2021, 10, 20),
        raw_ref=raw_ref,
    )
    rows: dict[str, list[Any]] = {
        "sentences": [sentence(GAZETTE, 0, FIRST, 0), sentence(GAZETTE, 1, SECOND, 53)],
        "mentions": [
            mention("3e3e3e0000000001", GAZETTE, 0, "Sergei Lavrov", "person:lavrov"),
            mention("3e3e3e0000000002", GAZETTE, 24, "Russia", "state:rus"),
            mention("3e3e3e0000000003", GAZETTE, 44, "Taliban", "armed_group:taliban"),
        ],
        "statements": [
            Statement(
                statement_id="7a7a7a0000000001",
                article_id=GAZETTE,
                sentence_id="5e5e5eaaaa000000",
                kind="indirect",
                speaker_id="person:lavrov",
                speaker="Sergei Lavrov",
                cue="said",
                content="Russia supports the Taliban",
                start_char=24,
                end_char=51,
                speaker_type="named",
                method="that",
                confidence=0.9,
            )
        ],
        "stances": [
            stance(
                "57a0ce0000000001",
                GAZETTE,
                statement_id="7a7a7a0000000001",
                holder_id="state:rus",
                holder="Russia",
                target_id="armed_group:taliban",
                target="the Taliban",
                polarity="support",
                score=0.8,
                voice="speaker",
                evidence="Russia supports the Taliban",
                start_char=24,
                end_char=51,
            ),
            stance(
                "57a0ce0000000002",
                GAZETTE,
                holder="Pakistan",
                target="sanctions",
                polarity="oppose",
                score=-0.7,
                voice="actor",
                evidence=SECOND,
                start_char=53,
                end_char=53 + len(SECOND),
            ),
        ],
        "events": [
            Event(
                event_id="e7e7e70000000001",
                article_id=GAZETTE,
                sentence_id="5e5e5eaaaa000000",
                actor_id="state:rus",
                actor="Russia",
                action="supports",
                action_code="SUPPORT",
                quad_class="verbal_cooperation",
                target_id="armed_group:taliban",
                happened_from=date(2021, 10, 19),
                happened_to=date(2021, 10, 20),
                evidence="Russia supports the Taliban",
                start_char=24,
                end_char=51,
                confidence=0.6,
            )
        ],
    }
    with lake.write() as con:
        replace_articles(con, [head], [], rows, run_id="run-1", now=FIRST_RUN)


def put_post(lake: Lake, raw_ref: str) -> None:
    head = article(
        POST,
        f"{OTHER} See The Long Road.",
        title="Harsh words",
        publisher="Daily Post",
        published_on=date(2021, 11, 2),
        raw_ref=raw_ref,
    )
    rows: dict[str, list[Any]] = {
        "sentences": [sentence(POST, 0, OTHER, 0)],
        "mentions": [mention("3e3e3e0000000004", POST, 0, "Russia", "state:rus")],
        "stances": [
            stance(
                "57a0ce0000000003",
                POST,
                holder_id="state:rus",
                holder="Russia",
                target_id="armed_group:taliban",
                target="the Taliban",
                polarity="oppose",
                score=-0.5,
                voice="author",
                evidence=OTHER,
                start_char=0,
                end_char=29,
            )
        ],
        "citations": [
            Citation(
                citation_id="c17e000000000001",
                article_id=POST,
                cited_on=date(2020, 2, 29),
                title="The Long Road",
                start_char=34,
                end_char=47,
            )
        ],
    }
    with lake.write() as con:
        replace_articles(con, [head], [], rows, run_id="run-2", now=FIRST_RUN)


def settle_names(lake: Lake) -> None:
    names = {
        "state:rus": ("Russia", "state", "Moscow"),
        "person:lavrov": ("Sergei Lavrov", "person", "Lavrov"),
        "armed_group:taliban": ("Taliban", "armed_group", "Taliban"),
        "state:chn": ("China", "state", "Beijing"),
    }
    settle(
        lake,
        entities=[
            Entity(entity_id=key, name=name, type=kind, origin="registry")  # type: ignore[arg-type]
            for key, (name, kind, _) in names.items()
        ],
        aliases=[
            EntityAlias(entity_id=key, alias=alias, kind="name", origin="registry")
            for key, (_, _, alias) in names.items()
        ],
        roles=[
            EntityRole(
                entity_id="person:lavrov", role="foreign minister", organisation_id="state:rus"
            )
        ],
    )


def put_bookkeeping(lake: Lake, raw_ref: str) -> None:
    run = Run(
        flow="run",
        started_at=FIRST_RUN,
        finished_at=FIRST_RUN + timedelta(minutes=1),
        status="succeeded",
        code_version="1.0",
        model_version="rules-7",
        settings_sha256="0",
        items=3,
        processed=1,
        rejected=2,
        seconds=60,
    )
    put_run(lake, "run-1", run)
    put_run(lake, "run-2", replace(run, started_at=FIRST_RUN + timedelta(hours=1), items=2))
    refused = [
        ("4e4ec70000000001", "c.txt", "language", "run-1"),
        ("4e4ec70000000002", "d.txt", "encoding", "run-1"),
    ]
    rejections = [
        Rejection(
            rejection_id=rejection_id,
            source_id="local",
            item_ref=item,
            stage="parse",
            reason=reason,  # type: ignore[arg-type]
            detail=f"{item} cannot be used",
            rejected_at=FIRST_RUN,
        )
        for rejection_id, item, reason, _ in refused
    ]
    entry = LedgerEntry(
        source_id="local",
        item_ref="a.txt",
        state="processed",
        article_id=GAZETTE,
        raw_ref=raw_ref,
        seen_at=FIRST_RUN,
    )
    later = FIRST_RUN + timedelta(hours=1)
    first = [
        entry,
        replace(entry, item_ref="c.txt", state="rejected", article_id=None, raw_ref=None),
        replace(entry, item_ref="d.txt", state="rejected", article_id=None, raw_ref=None),
    ]
    second = [
        replace(entry, item_ref="b.txt", article_id=POST, raw_ref=None, seen_at=later),
        replace(entry, item_ref="d.txt", article_id=POST, raw_ref=None, seen_at=later),
        replace(first[1], state="unchanged", is_repeat=True, seen_at=later),
    ]
    with lake.write() as con:
        append(con, "rejections", rejections, run_id="run-1")
        append(con, "ledger", first, run_id="run-1")
        append(con, "ledger", second, run_id="run-2")
