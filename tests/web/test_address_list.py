import pytest

from tests.web.given import read

URL = "https://news.example/list.txt"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_one_address_a_line(end: str, mark: str) -> None:
    text = end.join(
        [
            "# my list",
            "",
            "https://a.example/1 ",
            "\t",
            "http://b.example/2#x",
            "https://a.example/1",
        ]
    )
    listing = read(mark + text, url=URL, kind="address_list")
    assert listing.kind == "address_list"
    assert [e.url for e in listing.entries] == ["https://a.example/1", "http://b.example/2"]
    assert listing.refused == ()


def test_a_line_that_is_no_address_is_refused_by_its_number() -> None:
    listing = read(
        "https://a.example/1\nwww.b.example\n\nfile:///etc/passwd\nhttps://c.example/ c\n",
        url=URL,
        kind="address_list",
    )
    assert [e.url for e in listing.entries] == ["https://a.example/1"]
    assert [(ref, why.reason) for ref, why in listing.refused] == [
        (f"{URL}#2", "bad_address"),
        (f"{URL}#4", "bad_address"),
        (f"{URL}#5", "bad_address"),
    ]
    assert [why.detail.partition(":")[0] for _, why in listing.refused] == [
        "line 2",
        "line 4",
        "line 5",
    ]


def test_a_list_on_disk_may_be_a_saved_feed() -> None:
    feed = (
        '<rss version="2.0"><channel><item><link>https://a.example/1</link></item></channel></rss>'
    )
    listing = read(feed, url="saved/feed.xml", kind="address_list")
    assert (listing.kind, [e.url for e in listing.entries]) == ("feed", ["https://a.example/1"])


def test_lines_beyond_the_limit_are_cut_and_it_is_said() -> None:
    text = "".join(f"https://a.example/{number}\n" for number in range(9))
    listing = read(text, url=URL, max_entries=3)
    assert len(listing.entries) == 3
    assert [(ref, why.reason) for ref, why in listing.refused] == [(f"{URL}#4", "too_large")]
