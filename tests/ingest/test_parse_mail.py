"""Mail: newsletters as they are sent, and messages built to break their readers."""

from base64 import b64encode
from datetime import UTC, date, datetime
from quopri import encodestring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.ingest.parse import parse
from tasks.ingest.parse.mail_article import mail_draft
from tasks.ingest.parse.mail_footer import is_footer
from tasks.records import Refusal
from tests.ingest.given import MORE, PROSE, parsed, raw_item, refused
from warehouse.tables import Article, Rejection

HEAD = "From: Harbour Courier <daily@courier.example>\r\nSubject: The border reopens\r\n"
FOOTER = "Unsubscribe | View in browser | Manage preferences"


def mail(body: str | bytes, *fields: str) -> bytes:
    head = HEAD + "".join(f"{field}\r\n" for field in fields) + "\r\n"
    return head.encode() + (body.encode() if isinstance(body, str) else body)


def part(body: str, *fields: str) -> str:
    return "\r\n".join(["--b", *fields, "", body, ""])


def multipart(*parts: str, kind: str = "alternative") -> bytes:
    body = "".join(parts) + "--b--\r\nepilogue\r\n"
    return mail("preamble\r\n" + body, f'Content-Type: multipart/{kind}; boundary="b"')


def article(content: bytes) -> Article:
    return parsed(content, "message/rfc822")


PLAIN = part(MORE, "Content-Type: text/plain")
PAGE = part(f"<html><body><p>{PROSE}</p><p>{MORE}</p></body></html>", "Content-Type: text/html")


def test_the_head_gives_title_publisher_date_and_address() -> None:
    found = article(
        mail(
            PROSE,
            "Date: Tue, 01 Feb 2022 23:30:00 -0500 (Eastern Standard Time, as some servers say)",
            "Archived-At: <https://courier.example/daily/12>",
            "Message-ID: <12@courier.example>",
            "List-Post: <https://lists.example/post>",
        )
    )
    assert found.title == "The border reopens"
    assert found.publisher == "Harbour Courier"
    assert (found.published_on, found.published_method) == (date(2022, 2, 2), "meta")
    assert found.published_at == datetime(2022, 2, 2, 4, 30, tzinfo=UTC)
    assert found.url == "https://courier.example/daily/12"
    assert found.text == PROSE


def test_only_archived_at_is_an_address() -> None:
    found = article(
        mail(
            PROSE,
            "Message-ID: <1@a.example>",
            "X-Url: https://a.example/1",
            "List-Post: <https://l.example>",
        )
    )
    assert found.url is None
    assert found.canonical_url is None


@pytest.mark.parametrize(
    ("fields", "title", "publisher"),
    [
        (
            b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cw==?= Wien\nFrom: a@b.example",
            "Grüße aus Wien",
            None,
        ),
        ("Subject: Grüße\nFrom: Zürcher Bote <a@b.example>".encode(), "Grüße", "Zürcher Bote"),
        ("Subject: Grüße\nFrom: x".encode("latin-1"), "Grüße", None),
        (b'Subject: Fwd: RE: News\nFrom: "a@b.example" <a@b.example>', "News", None),
        (
            b"Subject: long\n subject\n\tfolded\nFrom: =?iso-8859-1?q?Caf=E9?= <a@b.example>",
            "long subject folded",
            "Café",
        ),
        (b"Subject: =?nonsense?Q?abc?=\nFrom: ,,;<>", "abc", None),
    ],
)
def test_fields_are_decoded(fields: bytes, title: str, publisher: str | None) -> None:
    found = article(fields + b"\n\n" + PROSE.encode())
    assert (found.title, found.publisher) == (title, publisher)


def test_html_comes_before_plain_text() -> None:
    assert article(multipart(PLAIN, PAGE)).text == f"{PROSE}\n\n{MORE}"


def test_html_that_says_nothing_gives_way_to_plain_text() -> None:
    stub = part("<html><body><p>View in browser</p></body></html>", "Content-Type: text/html")
    assert article(multipart(PLAIN, stub)).text == MORE


def test_parts_within_parts_are_found_and_attachments_are_not() -> None:
    inner = PLAIN.replace("--b", "--c") + PAGE.replace("--b", "--c") + "--c--\r\n"
    found = article(
        multipart(
            part("Notes to the editor.", "Content-Disposition: attachment; filename=a.txt"),
            part(inner, "Content-Type: multipart/alternative; boundary=c"),
            part(f"Subject: other\r\n\r\n{PROSE}", "Content-Type: message/rfc822"),
            part("%PDF-1.4", "Content-Type: application/pdf"),
            kind="mixed",
        )
    )
    assert found.text == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b64encode(PROSE.encode()), ["Content-Transfer-Encoding: base64"]),
        (encodestring(PROSE.encode()), ["Content-Transfer-Encoding: quoted-printable"]),
        (b64encode(PROSE.encode())[:-1], ["Content-Transfer-Encoding: base64"]),
        (PROSE.encode("utf-16"), ["Content-Type: text/plain; charset=utf-16"]),
        (PROSE.encode(), ["Content-Type: text/plain; charset=no-such"]),
        (PROSE.encode(), ["Content-Type: ;;;=", "Content-Transfer-Encoding: no-such"]),
        (PROSE.encode(), ["Content-Type: text/plain; charset*"]),
        (b64encode(PROSE.encode()) + b"\n____\nlist footer", ["Content-Transfer-Encoding: base64"]),
    ],
)
def test_encodings_are_undone(body: bytes, fields: list[str]) -> None:
    assert article(mail(body, *fields)).text.startswith(PROSE[:150])


def test_a_declared_charset_is_used() -> None:
    text = f"Café owners in Łódź. {PROSE}"
    found = article(mail(text.encode("iso-8859-2"), "Content-Type: text/plain; charset=iso-8859-2"))
    assert found.text.startswith("Café owners in Łódź.")


def test_flowed_lines_are_joined_and_a_signature_is_cut() -> None:
    body = f"{PROSE[:60]} \r\n{PROSE[60:]}\r\n\r\n {MORE}\r\n-- \r\nThe Harbour Courier team\r\n"
    found = article(mail(body, "Content-Type: text/plain; format=flowed"))
    assert found.text == f"{PROSE[:60]} {PROSE[60:]}\n\n{MORE}".replace("  ", " ")


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_what_is_about_the_mail_is_not_in_the_text(kind: str) -> None:
    lines = [
        "View this email in your browser",
        PROSE,
        FOOTER,
        "You are receiving this email because you signed up at courier.example.",
    ]
    if kind == "plain":
        found = article(mail("\n\n".join(lines)))
    else:
        cells = "".join(f"<tr><td><p>{line}</p></td></tr>" for line in lines)
        body = f"<html><body><table><tr><td><table>{cells}</table></td></tr></table></body></html>"
        found = article(mail(body, "Content-Type: text/html"))
    assert found.text == PROSE


@pytest.mark.parametrize(
    "line",
    [
        FOOTER,
        "Unsubscribe",
        "[Unsubscribe](https://a.example/u?x=1) · Update your preferences",
        "View this email in your browser (https://a.example/v)",
        "Read online <https://a.example/v>",
        "Unsubscribe from this list or update subscription preferences.",
        "If you no longer wish to receive these emails, click below.",
        "Was this email forwarded to you? Sign up here.",
        "Having trouble viewing this email?",
        "Our mailing address is: 1 Harbour Street, Portville",
        "Privacy Policy | Terms of Service | Contact us",
    ],
)
def test_a_footer_is_known(line: str) -> None:
    assert is_footer(line)


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe rates rose to three per cent last year.",
        "Share prices fell.",
        "The privacy policy of the ministry was criticised.",
        "You can read the treaty in full.",
        "To stop the flood, engineers opened the dam.",
        "https://a.example/story",
        "| - |",
        "",
    ],
)
def test_prose_is_no_footer(line: str) -> None:
    assert not is_footer(line)


def test_a_wrong_boundary_is_guessed() -> None:
    content = multipart(PLAIN, PAGE).replace(b'boundary="b"', b'boundary="other"')
    assert article(content).text == f"{PROSE}\n\n{MORE}"


def test_without_any_boundary_the_body_is_text() -> None:
    assert article(mail(PROSE, "Content-Type: multipart/mixed; boundary=b")).text == PROSE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (PROSE.encode(), "malformed"),
        (b"\n\n" + PROSE.encode(), "malformed"),
        (HEAD.encode(), "empty"),
        (multipart(part("x", "Content-Type: image/png")), "no_text"),
        (multipart(), "no_text"),
        (mail("\0\1\2" * 50), "binary"),
        (b"\0" * 1000, "malformed"),
    ],
)
def test_what_is_no_mail_or_holds_no_text_is_refused(content: bytes, reason: str) -> None:
    assert refused(content, "message/rfc822") == reason


def nested(depth: int) -> bytes:
    heads = (
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth)
    )
    return HEAD.encode() + "".join(heads).encode() + b"\r\n" + PROSE.encode()


def test_nesting_is_followed_as_deep_as_mail_goes() -> None:
    assert article(nested(8)).text == PROSE
    assert refused(nested(11), "message/rfc822") == "malformed"


@pytest.mark.parametrize(
    "content",
    [
        nested(20_000),
        mail("--b\r\n\r\n" * 100_000, "Content-Type: multipart/mixed; boundary=b"),
        mail("--b" + " " * 200_000 + "x", "Content-Type: multipart/mixed; boundary=b"),
        mail(PROSE, "X-Long: " + "a " * 200_000),
        mail(PROSE, "Content-Type: " + ";" * 200_000),
        mail(PROSE, "Content-Type: multipart/mixed; boundary=" + "=" * 100_000),
        mail(PROSE, "To: " + "(" * 100_000, "Date: " + "(" * 100_000),
        b"From: "
        + b"(" * 100_000
        + b"\nSubject: "
        + b"=?utf-8?q?" * 50_000
        + b"\n\n"
        + PROSE.encode(),
        b"Subject: x\n" * 40_000 + b"\n" + PROSE.encode(),
        b"Subject: x\n\n" + b"unsubscribe " * 40_000,
        b"Subject: x\nContent-Type: text/plain; format=flowed\n\n" + b"a \n" * 50_000,
        b"\r" * 100_000,
    ],
)
def test_hostile_messages_end_soon_and_never_break(content: bytes) -> None:
    began = datetime.now(UTC)
    check(content)
    assert (datetime.now(UTC) - began).total_seconds() < 10


def check(content: bytes) -> None:
    result = parse(raw_item("message/rfc822"), content)
    if isinstance(result, Rejection):
        assert result.reason != "internal_error", result.detail


PIECES = [
    HEAD, "\r\n\r\n", "\n", "--b\r\n", "--b--", "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: text/html\r\n", "Content-Type: message/rfc822\r\n", "<p>", PROSE, MORE, "\0",
    "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: uuencode\r\n", "=?x?", "é",
    "Content-Type: text/plain; charset*=utf-8''%ff; format=flowed\r\n", "begin 644 a\n",
    "Date: 99 Foo 9999 99:99\r\n", "From: <<>>,;:@\r\n", "Content-Disposition: \"\r\n", "\x1b",
]  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25))
def test_pieces_of_mail_in_any_order(parts: list[str]) -> None:
    check("".join(parts).encode("utf-8", "replace"))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300))
def test_random_bytes_below_a_head(content: bytes) -> None:
    assert isinstance(mail_draft(content), Refusal) or content
    check(HEAD.encode() + content)
