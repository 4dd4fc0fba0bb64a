"""From addresses to the lake: what is asked, what is kept, and what the next run does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import pipeline
from flows.settings import Settings, SourceSettings
from tests.flows.given import BODY, ask
from tests.flows.web_server import FETCH, Answer, Site, serving
from warehouse.lake import open_lake
from warehouse.waiting import open_rejections


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def settings_for(folder: Path, *locations: str, **given: object) -> Settings:
    sources = tuple(
        SourceSettings(id=f"s{number}", location=location, **given)  # type: ignore[arg-type]
        for number, location in enumerate(locations)
    )
    return Settings(data_dir=folder / "data", sources=sources, fetch=FETCH)


def ingest(settings: Settings) -> str:
    return pipeline.ingest(settings, pipeline.sources_of(settings, ()), flow="ingest")


def ledger(settings: Settings, run_id: str) -> list[tuple[str, str, str | None]]:
    found = ask(
        settings,
        f"SELECT item_ref, state, reason FROM ledger WHERE run_id = '{run_id}' ORDER BY item_ref",
    )
    return [(ref.partition("/")[2].partition("/")[2], *rest) for ref, *rest in found]  # type: ignore[misc]


def paths(site: Site) -> list[str]:
    return sorted(path for path, _ in site.asked)


def test_a_feed_is_read_with_its_pages_and_then_asked_for_changes_only(
    tmp_path: Path, site: Site
) -> None:
    one = site.page("/one", "One", tag="1")
    two = site.page("/two", "Two", tag="1")
    settings = settings_for(tmp_path, site.feed("/feed.xml", one, two, tag="f"))
    first = ingest(settings)
    assert ask(settings, "SELECT state, count(*) FROM ledger GROUP BY 1") == [("processed", 2)]
    assert ask(settings, "SELECT title, published_method FROM articles ORDER BY 1") == [
        ("One", "jsonld"),
        ("Two", "jsonld"),
    ]
    assert paths(site) == ["/feed.xml", "/one", "/two"]
    site.asked.clear()
    site.page("/two", "Two", BODY + " The envoy left the room.", tag="2")
    second = ingest(settings)
    assert sorted(site.asked) == [("/feed.xml", '"f"'), ("/one", '"1"'), ("/two", '"1"')]
    states = f"SELECT run_id, state FROM ledger WHERE run_id IN ('{first}', '{second}')"
    assert sorted(state for run, state in ask(settings, states) if run == second) == [
        "revised",
        "unchanged",
    ]
    kinds = ask(settings, "SELECT kind, status FROM fetches ORDER BY item_ref")
    assert kinds == [("feed", 304), ("page", 304), ("page", 200)]


def test_a_page_that_did_not_change_for_a_while_is_left_in_peace(
    tmp_path: Path, site: Site
) -> None:
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.page("/one", "One", tag="1")))
    ingest(settings)
    ingest(settings)
    with open_lake(settings.location) as lake, lake.write() as con:
        con.execute("UPDATE lake.fetches SET fetched_at = checked_at - INTERVAL 2 DAY")
    site.asked.clear()
    run = ingest(settings)
    assert paths(site) == ["/feed.xml"]
    assert [entry[1:] for entry in ledger(settings, run)] == [("unchanged", None)]


def test_sitemaps_within_an_index_are_read_and_old_ones_passed_over(
    tmp_path: Path, site: Site
) -> None:
    page = site.page("/one", "One")
    urlset = f"<urlset><url><loc>{page}</loc><lastmod>2021-10-20T10:00:00Z</lastmod></url></urlset>"
    site.answers["/a.xml"] = Answer(body=urlset, kind="application/xml")
    index = (
        f"<sitemapindex><sitemap><loc>{site.url('/a.xml')}</loc>"
        "<lastmod>2021-10-20T10:00:00Z</lastmod></sitemap></sitemapindex>"
    )
    site.answers["/map.xml"] = Answer(body=index, kind="application/xml")
    settings = settings_for(tmp_path, site.url("/map.xml"))
    ingest(settings)
    assert paths(site) == ["/a.xml", "/map.xml", "/one"]
    site.asked.clear()
    ingest(settings)
    assert paths(site) == ["/map.xml"]


def test_what_is_refused_is_said_once_and_for_each_page(tmp_path: Path, site: Site) -> None:
    links = [site.url("/gone"), site.url("/closed"), site.url("/picture"), "javascript:void(0)"]
    site.answers["/closed"] = Answer(403, "no")
    site.answers["/picture"] = Answer(body=b"\x89PNG", kind="image/png")
    site.answers["/lure"] = Answer(302, headers=(("Location", "http://10.0.0.1/"),))
    settings = settings_for(tmp_path, site.feed("/feed.xml", *links, site.url("/lure")))
    run = ingest(settings)
    assert sorted(reason or "" for _, _, reason in ledger(settings, run)) == [
        "bad_address",
        "denied",
        "forbidden_address",
        "gone",
        "unsupported",
    ]
    details = ask(settings, "SELECT detail FROM rejections WHERE reason = 'gone'")
    assert "/gone" in details[0][0]


def test_a_feed_that_cannot_be_had_is_a_rejection_and_the_other_sources_go_on(
    tmp_path: Path, site: Site
) -> None:
    good = site.feed("/feed.xml", site.page("/one", "One"))
    site.answers["/down.xml"] = Answer(503, "later")
    site.page("/odd", "No feed")
    settings = settings_for(tmp_path, site.url("/down.xml"), good, site.url("/none.xml"))
    run = ingest(settings)
    found = ask(settings, f"SELECT source_id, state, reason FROM ledger WHERE run_id = '{run}'")
    assert sorted(found, key=str) == [
        ("s0", "rejected", "unavailable"),
        ("s1", "processed", None),
        ("s2", "rejected", "gone"),
    ]


def test_a_page_out_of_reach_is_asked_again_also_when_no_feed_lists_it_any_more(
    tmp_path: Path, site: Site
) -> None:
    site.answers["/one"] = Answer(503, "later")
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.url("/one")))
    ingest(settings)
    site.feed("/feed.xml")
    site.page("/one", "One")
    run = ingest(settings)
    assert [entry[1:] for entry in ledger(settings, run)] == [("processed", None)]
    assert ask(settings, "SELECT title FROM articles") == [("One",)]


def test_retry_asks_the_addresses_that_gave_nothing(tmp_path: Path, site: Site) -> None:
    site.answers["/one"] = Answer(403, "no")
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.url("/one")))
    ingest(settings)
    site.page("/one", "One")
    pipeline.retry(settings, reasons=("denied",))
    assert ask(settings, "SELECT title, source_id FROM articles") == [("One", "s0")]
    assert ask(settings, "SELECT count(*) FROM rejections WHERE retried_at IS NULL") == [(0,)]


def test_retry_reads_the_kept_bytes_with_what_its_feed_said(tmp_path: Path, site: Site) -> None:
    german = "Die beiden Minister trafen sich am Dienstag in Wien und berieten lange. " * 5
    html = f"<html><body><article><p>{german}</p></article></body></html>"
    site.answers["/de"] = Answer(body=html)
    site.answers["/feed.xml"] = Answer(
        body="<rss version='2.0'><channel><item><title>Treffen</title>"
        f"<link>{site.url('/de')}</link><pubDate>Tue, 19 Oct 2021 08:30:00 GMT</pubDate>"
        "</item></channel></rss>",
        kind="application/rss+xml",
    )
    settings = settings_for(tmp_path, site.url("/feed.xml"))
    ingest(settings)
    assert ask(settings, "SELECT reason FROM rejections") == [("language",)]
    site.asked.clear()
    pipeline.retry(settings.model_copy(update={"languages": frozenset({"en", "de"})}))
    assert site.asked == []
    found = ask(settings, "SELECT title, published_on::VARCHAR, published_method FROM articles")
    assert found == [("Treffen", "2021-10-19", "feed")]


def test_the_text_in_a_feed_stands_in_for_a_page_that_is_refused(
    tmp_path: Path, site: Site
) -> None:
    site.answers["/feed.xml"] = Answer(
        body="<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        f"<channel><item><title>Talks</title><link>{site.url('/paid')}</link>"
        f"<content:encoded>&lt;p&gt;{BODY}&lt;/p&gt;</content:encoded></item></channel></rss>",
        kind="application/rss+xml",
    )
    site.answers["/paid"] = Answer(402, "pay")
    settings = settings_for(tmp_path, site.url("/feed.xml"))
    ingest(settings)
    assert ask(settings, "SELECT title, url FROM articles") == [("Talks", site.url("/paid"))]


def test_only_so_many_new_pages_are_taken_a_run_and_the_rest_in_the_next(
    tmp_path: Path, site: Site
) -> None:
    links = [site.page(f"/{n}", f"Report number {n} " + "x" * n, tag="1") for n in range(5)]
    settings = settings_for(tmp_path, site.feed("/feed.xml", *links, tag="f"), max_items=2)
    for held in (2, 4, 5, 5):
        ingest(settings)
        assert ask(settings, "SELECT count(*) FROM fetches WHERE kind = 'page'") == [(held,)]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, site: Site) -> None:
    links = [site.page(f"/{n}", f"Report {n} of the day", tag="1") for n in range(6)]
    settings = settings_for(tmp_path, site.feed("/feed.xml", *links, tag="f"))
    settings = settings.model_copy(update={"batch_size": 2})
    process = pipeline.process_batch
    done = 0

    def interrupted(*args: object) -> object:
        nonlocal done
        done += 1
        if done == 2:
            raise KeyboardInterrupt
        return process(*args)  # type: ignore[arg-type]

    sources = pipeline.sources_of(settings, ())
    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest(settings, sources, flow="ingest", process=interrupted)  # type: ignore[arg-type]
    assert ask(settings, "SELECT count(*) FROM fetches WHERE kind = 'page'") == [(2,)]
    site.asked.clear()
    ingest(settings)
    assert ask(settings, "SELECT count(*) FROM fetches") == [(7,)]
    conditional = [path for path, validator in site.asked if validator and path != "/feed.xml"]
    assert len(conditional) == 2


def test_lists_of_addresses_and_saved_listings_are_read_from_files(
    tmp_path: Path, site: Site
) -> None:
    one, two = site.page("/one", "One"), site.page("/two", "Two")
    (tmp_path / "wanted.urls").write_text(f"# two\n{one}\nftp://x.example/a\n")
    (tmp_path / "saved.xml").write_text(
        f"<rss><channel><item><link>{two}</link></item></channel></rss>"
    )
    settings = settings_for(tmp_path)
    saved = SourceSettings(id="saved", location=str(tmp_path / "saved.xml"), kind="feed").source
    listed = pipeline.source_at(str(tmp_path / "wanted.urls"))
    pipeline.ingest(settings, [saved, listed], flow="ingest")
    found = ask(settings, "SELECT source_id, state, reason FROM ledger ORDER BY ALL")
    assert found == [
        ("local", "processed", None),
        ("local", "rejected", "bad_address"),
        ("saved", "processed", None),
    ]


def test_an_address_by_hand_may_be_a_page_or_a_listing(tmp_path: Path, site: Site) -> None:
    one, two = site.page("/one", "One"), site.page("/two", "Two")
    settings = settings_for(tmp_path)
    wanted = pipeline.sources_of(settings, [one, site.feed("/feed.xml", two)])
    assert {source.source_id for source in wanted} == {"web"}
    pipeline.ingest(settings, wanted, flow="ingest")
    assert ask(settings, "SELECT title FROM articles ORDER BY 1") == [("One",), ("Two",)]


def test_a_page_that_failed_is_asked_again_though_it_had_not_changed_for_long(
    tmp_path: Path, site: Site
) -> None:
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.page("/one", "One", tag="1")))
    ingest(settings)
    with open_lake(settings.location) as lake, lake.write() as con:
        con.execute("UPDATE lake.fetches SET fetched_at = fetched_at - INTERVAL 10 DAY")
        con.execute("UPDATE lake.fetches SET checked_at = checked_at - INTERVAL 9 DAY")
    site.answers["/one"] = Answer(503, "later")
    ingest(settings)
    site.page("/one", "One", BODY + " The envoy left the room.", tag="2")
    run = ingest(settings)
    assert [entry[1:] for entry in ledger(settings, run)] == [("revised", None)]


def test_a_feed_that_can_be_read_again_leaves_the_open_rejections(
    tmp_path: Path, site: Site
) -> None:
    feed = site.feed("/feed.xml", site.page("/one", "One", tag="1"), tag="f")
    settings = settings_for(tmp_path, feed)
    ingest(settings)
    held = site.answers["/feed.xml"]
    site.answers["/feed.xml"] = Answer(503, "later")
    ingest(settings)
    with open_lake(settings.location) as lake:
        assert [r.item_ref for r in open_rejections(lake)] == [feed]
    site.answers["/feed.xml"] = held
    pipeline.retry(settings)
    with open_lake(settings.location) as lake:
        assert open_rejections(lake) == []
    assert ask(settings, "SELECT kind FROM fetches ORDER BY item_ref") == [("feed",), ("page",)]


def test_a_run_that_finds_nothing_new_on_the_web_publishes_nothing(
    tmp_path: Path, site: Site
) -> None:
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.page("/one", "One", tag="1")))
    sources = pipeline.sources_of(settings, ())
    published = [pipeline.run(settings, sources).published for _ in range(2)]
    assert [one.is_new for one in published if one] == [True, False]


def test_what_a_redirect_leads_to_is_asked_for_changes_only(tmp_path: Path, site: Site) -> None:
    site.page("/new", "One", tag="1")
    site.answers["/old"] = Answer(301, headers=(("Location", "/new"),))
    settings = settings_for(tmp_path, site.feed("/feed.xml", site.url("/old")))
    ingest(settings)
    site.asked.clear()
    ingest(settings)
    assert sorted(site.asked, key=str) == [("/feed.xml", None), ("/new", '"1"'), ("/old", None)]


def test_indexes_nested_too_deep_and_sitemaps_cut_off_are_told(tmp_path: Path, site: Site) -> None:
    for level in range(5):
        child = site.url(f"/{level + 1}.xml")
        index = f"<sitemapindex><sitemap><loc>{child}</loc></sitemap></sitemapindex>"
        site.answers[f"/{level}.xml"] = Answer(body=index, kind="application/xml")
    page = site.page("/one", "One")
    cut = f"<urlset><url><loc>{page}</loc></url><url><loc>{page}"
    site.answers["/cut.xml"] = Answer(body=cut, kind="application/xml", headers=(("ETag", '"c"'),))
    settings = settings_for(tmp_path, site.url("/0.xml"), site.url("/cut.xml"))
    ingest(settings)
    found = ask(settings, "SELECT source_id, reason FROM ledger ORDER BY ALL")
    assert found == [("s0", "too_large"), ("s1", "malformed"), ("s1", None)]
    assert ask(settings, "SELECT etag FROM fetches WHERE item_ref LIKE '%cut.xml'") == [(None,)]
