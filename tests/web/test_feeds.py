from datetime import UTC, date, datetime

import pytest

from tasks.records import Refusal
from tests.web.given import URL, atom, attempt, only, read, rss

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
BURNER = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'


def test_rss_entry_with_all_that_it_can_give() -> None:
    listing = read(
        rss(
            "<item><title>Ferry talks &amp;amp; tariffs</title>"
            "<link>https://news.example/2024/ferry</link><guid isPermaLink='false'>77</guid>"
            "<dc:creator>Ana Belo</dc:creator><dc:creator>Ken Osei</dc:creator>"
            "<pubDate>Tue, 04 Jun 2024 09:30:00 +0200</pubDate>"
            "<source url='https://wire.example/'>Coast Wire</source>"
            "<description>Short.</description>"
            "<content:encoded><![CDATA[<p>The ferry sails &amp; returns.</p>]]></content:encoded>"
            "</item>",
            attributes=f"{CONTENT} {DC}",
        )
    )
    assert (listing.kind, listing.title, listing.language) == ("feed", "Harbour Post", "en-gb")
    entry = only(listing)
    assert entry.url == entry.ref == "https://news.example/2024/ferry"
    assert entry.title == "Ferry talks & tariffs"
    assert entry.byline == "Ana Belo, Ken Osei"
    assert entry.publisher == "Coast Wire"
    assert entry.published_on == date(2024, 6, 4)
    assert entry.published_at == datetime(2024, 6, 4, 7, 30, tzinfo=UTC)
    assert entry.html == "<p>The ferry sails &amp; returns.</p>"
    assert entry.is_full


def test_a_description_is_a_summary() -> None:
    entry = only(
        read(
            rss(
                "<item><link>https://news.example/a</link>"
                "<description>&lt;p&gt;The port &lt;b&gt;opens&lt;/b&gt;.&lt;/p&gt;"
                "</description></item>"
            )
        )
    )
    assert entry.html == "<p>The port <b>opens</b>.</p>"
    assert not entry.is_full


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="0.91"><channel><title>H</title>{}</channel></rss>',
        '<rss version="0.92"><channel><title>H</title>{}</channel></rss>',
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>H</title></channel>{}</rdf:RDF>',
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>H</title></channel>'
        "{}</rdf:RDF>",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>H</title>{}</channel></rss>',
    ],
    ids=["0.91", "0.92", "1.0", "0.90", "0.91 with its DTD"],
)
def test_each_version_of_rss(feed: str) -> None:
    listing = read(
        feed.format("<item><title>One</title><link>https://news.example/1</link></item>")
    )
    assert (listing.kind, listing.title) == ("feed", "H")
    assert (only(listing).url, only(listing).title) == ("https://news.example/1", "One")


def test_date_of_rss_1_is_the_day_of_publication() -> None:
    entry = only(
        read(
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" {DC}'
            ' xmlns="http://purl.org/rss/1.0/"><item><link>https://news.example/1</link>'
            "<dc:date>2024-06-04</dc:date></item></rdf:RDF>"
        )
    )
    assert (entry.published_on, entry.published_at) == (date(2024, 6, 4), None)


def test_cdf() -> None:
    listing = read(
        '<?xml version="1.0"?><CHANNEL><TITLE>Harbour Post</TITLE>'
        '<ITEM HREF="https://news.example/1" LASTMOD="2024-06-04T10:00:00Z">'
        "<TITLE>One</TITLE></ITEM></CHANNEL>"
    )
    assert listing.title == "Harbour Post"
    assert (only(listing).url, only(listing).title) == ("https://news.example/1", "One")


def test_atom_entry_with_all_that_it_can_give() -> None:
    listing = read(
        atom(
            "<entry><title type='html'>Ferry &lt;i&gt;talks&lt;/i&gt;</title><id>tag:x,1</id>"
            "<link rel='self' href='/feeds/1.atom'/>"
            "<link rel='enclosure' href='/1.mp3'/>"
            "<link rel='alternate' href='2024/ferry#top'/>"
            "<author><name>Ana Belo</name><email>ana@news.example</email></author>"
            "<author><name>Ken Osei</name></author>"
            "<source><title>Coast Wire</title></source>"
            "<published>2024-06-04T09:30:15+02:00</published><updated>2024-06-05</updated>"
            "<summary>Short.</summary>"
            "<content type='html'>&lt;p&gt;The ferry sails.&lt;/p&gt;</content></entry>",
            attributes="xml:base='https://news.example/world/' xml:lang='en'",
        )
    )
    entry = only(listing)
    assert listing.language == entry.language == "en"
    assert entry.url == "https://news.example/world/2024/ferry"
    assert entry.title == "Ferry talks"
    assert entry.byline == "Ana Belo, Ken Osei"
    assert entry.publisher == "Coast Wire"
    assert entry.published_at == datetime(2024, 6, 4, 7, 30, 15, tzinfo=UTC)
    assert entry.updated_at == datetime(2024, 6, 5, 23, 59, 59, tzinfo=UTC)
    assert entry.html == "<p>The ferry sails.</p>"
    assert entry.is_full


def test_an_update_of_atom_is_no_publication() -> None:
    entry = only(
        read(
            atom(
                "<entry><link href='https://news.example/1'/>"
                "<updated>2024-06-04T09:30:00Z</updated></entry>"
            )
        )
    )
    assert (entry.published_on, entry.published_at) == (None, None)
    assert entry.updated_at == datetime(2024, 6, 4, 9, 30, tzinfo=UTC)


def test_atom_0_3() -> None:
    entry = only(
        read(
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>H</title><entry>'
            '<title>One</title><link rel="alternate" type="text/html"'
            ' href="https://news.example/1"/><issued>2024-06-04T09:30:00Z</issued></entry></feed>'
        )
    )
    assert (entry.url, entry.published_on) == ("https://news.example/1", date(2024, 6, 4))


def test_content_in_xhtml_and_in_plain_text() -> None:
    listing = read(
        atom(
            "<entry><link href='https://news.example/1'/><content type='xhtml'>"
            "<div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b></p></div></content>"
            "</entry>"
            "<entry><link href='https://news.example/2'/><content type='text'>"
            "5 &lt; 6\nstill\n\nNext</content></entry>"
        )
    )
    assert [entry.html for entry in listing.entries] == [
        "<p>One <b>two</b></p>",
        "<p>5 &lt; 6\nstill</p>\n<p>Next</p>",
    ]


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a?x=1&amp;y=2#part</link>", "https://news.example/a?x=1&y=2"),
        ("<link>a</link>", "https://news.example/feeds/a"),
        ("<link>//other.example/a</link>", "https://other.example/a"),
        ("<link>\n https://news.example/a b </link>", "https://news.example/a%20b"),
        ("<guid>https://news.example/g</guid>", "https://news.example/g"),
        ("<guid>https://news.example/g</guid><link>/a</link>", "https://news.example/a"),
        ("<link>/a</link><enclosure url='/a.mp3'/>", "https://news.example/a"),
        ("<link>/a</link><comments>/a/comments</comments>", "https://news.example/a"),
        (
            "<link>https://burner.example/~r/1</link>"
            "<feedburner:origLink>https://news.example/o</feedburner:origLink>",
            "https://news.example/o",
        ),
        (
            "<link>https://news.google.example/rss/articles/CBMiX?oc=5</link>",
            "https://news.google.example/rss/articles/CBMiX?oc=5",
        ),
    ],
)
def test_the_address_of_the_article(item: str, url: str) -> None:
    assert only(read(rss(f"<item>{item}</item>", attributes=BURNER))).url == url


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<title>Nothing else</title>", "empty"),
        ("<title>A guid is no address</title><guid>n-1</guid>", "empty"),
        ("<title>x</title><enclosure url='https://news.example/a.mp3'/>", "empty"),
        ("<link>javascript:alert(1)</link>", "bad_address"),
        ("<link>file:///etc/passwd</link>", "bad_address"),
        ("<link>data:text/html,x</link>", "bad_address"),
        ("<link>mailto:ana@news.example</link>", "bad_address"),
        ("<link>https://</link>", "bad_address"),
        ("<link>https://news.example:port/</link>", "bad_address"),
        ("<link>https://[::1/</link>", "bad_address"),
        ("<link>https://ex%61mple/</link>", "bad_address"),
        (f"<link>https://news.example/{'a' * 2100}</link>", "bad_address"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_by_name(item: str, reason: str) -> None:
    listing = read(rss(f"<item>{item}</item><item><link>/good</link></item>"))
    assert only(listing).url == "https://news.example/good"
    ((ref, refusal),) = listing.refused
    assert ref.startswith(URL + "#")
    assert refusal.reason == reason
    assert "\n" not in refusal.detail


def test_an_entry_with_only_its_own_text_is_named_by_guid_or_position() -> None:
    listing = read(
        rss(
            "<item><description>One</description><guid isPermaLink='false'>n-1</guid></item>"
            "<item><description>Two</description></item>"
        )
    )
    assert [(e.url, e.ref) for e in listing.entries] == [(None, f"{URL}#n-1"), (None, f"{URL}#2")]


def test_an_entry_is_there_once() -> None:
    listing = read(
        rss(
            "<item><title>New</title><link>/a</link></item>"
            "<item><title>Old</title><link>/a#part</link></item>"
        )
    )
    assert only(listing).title == "New"


def test_an_email_address_is_no_byline() -> None:
    listing = read(
        rss(
            "<item><link>/a</link><author>desk@news.example</author></item>"
            "<item><link>/b</link><author>ana@news.example (Ana Belo)</author></item>"
        )
    )
    assert [entry.byline for entry in listing.entries] == [None, "Ana Belo"]


@pytest.mark.parametrize(
    ("words", "day", "moment"),
    [
        ("2024-06-04", date(2024, 6, 4), None),
        ("Tue, 04 Jun 2024", date(2024, 6, 4), None),
        ("4 June 2024 10:00 EST", date(2024, 6, 4), datetime(2024, 6, 4, 15, tzinfo=UTC)),
        ("Tue, 4 Jun 2024 23:30 PDT", date(2024, 6, 5), datetime(2024, 6, 5, 6, 30, tzinfo=UTC)),
        ("04 Jun 99 10:20 GMT", date(1999, 6, 4), datetime(1999, 6, 4, 10, 20, tzinfo=UTC)),
        ("0000-00-00T00:00:00Z", None, None),
        ("99999-01-01T00:00:00Z", None, None),
        ("Mon, 01 Jan 0000 25:61:61 +9999", None, None),
        ("yesterday", None, None),
    ],
)
def test_dates(words: str, day: date | None, moment: datetime | None) -> None:
    entry = only(read(rss(f"<item><link>/a</link><pubDate>{words}</pubDate></item>")))
    assert (entry.published_on, entry.published_at) == (day, moment)


def test_entries_beyond_the_limit_are_cut_and_it_is_said() -> None:
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(1, 9))
    listing = read(rss(items), max_entries=3)
    assert [entry.url for entry in listing.entries] == [
        "https://news.example/1",
        "https://news.example/2",
        "https://news.example/3",
    ]
    ((ref, refusal),) = listing.refused
    assert (ref, refusal.reason) == (f"{URL}#4", "too_large")


@pytest.mark.parametrize(
    "items",
    [
        "<item><title>Q&A, caf&eacute;</title><link>/a?x=1&y=2</link>",
        "<item><title>Q&A, caf&eacute;</title><link>/a?x=1&y=2</link></itm>",
        "<item><title>Q&A, caf&eacute;</title><link><![CDATA[/a?x=1&y=2]]></link></item>",
        "<item><media:title>No</media:title><title>Q&A, caf&eacute;</title>"
        "<link>/a?x=1&y=2</link></item>",
        "<item\x0b><title>Q&A,\x01 caf&eacute;</title><link>/a?x=1&y=2</link></item>",
    ],
    ids=["cut off", "wrong end", "cdata", "undeclared prefix", "control characters"],
)
def test_ill_formed_feeds_are_mended(items: str) -> None:
    entry = only(read(rss(items)))
    assert (entry.title, entry.url) == ("Q&A, caf\xe9", "https://news.example/a?x=1&y=2")


def test_content_in_a_prefix_that_nobody_declared() -> None:
    entry = only(read(rss("<item><content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded></item>")))
    assert (entry.html, entry.is_full) == ("<p>x</p>", True)


@pytest.mark.parametrize(
    ("encoding", "in_xml", "charset"),
    [
        ("utf-8", None, None),
        ("utf-8", "iso-8859-1", None),
        ("utf-8", None, "iso-8859-1"),
        ("utf-8-sig", None, None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", None, None),
        ("iso-8859-1", "iso-8859-1", None),
        ("windows-1252", None, "windows-1252"),
        ("windows-1251", "windows-1251", None),
        ("windows-1251", "utf-8", "windows-1251"),
    ],
)
def test_encodings(encoding: str, in_xml: str | None, charset: str | None) -> None:
    title = "Порт открыт" if encoding == "windows-1251" else "Café opens"
    head = f'<?xml version="1.0" encoding="{in_xml}"?>' if in_xml else '<?xml version="1.0"?>'
    feed = rss(f"<item><title>{title}</title><link>/a</link></item>", head=head)
    assert only(read(feed.encode(encoding), charset=charset)).title == title


def test_an_empty_feed_is_a_feed() -> None:
    assert read(rss("")).entries == ()


@pytest.mark.parametrize(
    "content", ["<!DOCTYPE html><html><head><title>Home</title></head></html>", "plain words", "{}"]
)
def test_what_is_no_listing_is_refused(content: str) -> None:
    found = attempt(content)
    assert isinstance(found, Refusal)
    assert found.reason == "unsupported"


def test_nothing_is_refused_as_empty() -> None:
    found = attempt(b" \n", kind="feed")
    assert isinstance(found, Refusal)
    assert found.reason == "empty"
