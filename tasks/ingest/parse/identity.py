"""What makes two items the same article: the canonical address, or the normalised text."""

import re
import unicodedata
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

TRACKING_PREFIXES = ("utm_", "mc_", "pk_", "mtm_", "at_medium", "at_campaign", "hsa_", "_hs")
TRACKING = frozenset(
    {"_ga", "_gl", "amp", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "guccounter"}
    | {"guce_referrer", "guce_referrer_sig", "igsh", "igshid", "msclkid", "ncid", "ocid"}
    | {"outputtype", "ref_src", "ref_url", "s_cid", "smid", "spm", "twclid", "wbraid"}
    | {"wt.mc_id", "xtor", "yclid"}
)
"""Query parameters that say how a reader came, never which article it is."""

VARIANTS = ("www.", "m.", "amp.", "mobile.")
"""First labels of a host that serve the same pages in another form."""

BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)", re.IGNORECASE)
LINE_BREAKS = re.compile(r"[\t\r\n]")
BAD_HOST = re.compile(r"[\s\x00-\x1f\x7f<>\"'\\^`{|}]")
PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)


def canonical_url(url: str | None) -> str | None:
    """Return `url` as one of its many forms, or None where it is no web address.

    https, lower-case host without `www.` and the like, no standard port, fragment, tracking
    parameters, AMP marks or final slash; parameters sorted; percent-encoding as RFC 3986, 6.2.2.
    """
    url = LINE_BREAKS.sub("", url or "").strip()
    if url.startswith("//") or ("://" not in url and BARE_ADDRESS.match(url)):
        url = "https://" + url.removeprefix("//")
    try:
        parts = urlsplit(url)
        host = _host(parts.hostname or "")
        if parts.scheme.lower() not in ("http", "https") or not host:
            return None
        if parts.port not in (None, 80, 443):
            host = f"{host}:{parts.port}"
        return urlunsplit(("https", host, _path(parts.path), _query(parts.query), ""))
    except ValueError:  # a broken port, IPv6 host or character
        return None


def normalised_text(text: str) -> str:
    """Return `text` so that case, quotes, dashes and white space do not count."""
    plain = unicodedata.normalize("NFKC", text.translate(PLAIN)).casefold()
    return " ".join(plain.translate(PLAIN).split())


def text_sha256(normalised: str) -> str:
    """Return SHA-256 of a normalised text as 64 hex digits."""
    return sha256(normalised.encode()).hexdigest()


def _host(host: str) -> str:
    """Return the host without its variants, or an empty string where it cannot be one."""
    host = host.rstrip(".")
    for label in VARIANTS:
        if host.startswith(label) and "." in host.removeprefix(label):
            host = host.removeprefix(label)
    if not host or BAD_HOST.search(host):
        return ""
    return f"[{host}]" if ":" in host else host


def _path(path: str) -> str:
    segments = [
        quote(unquote_to_bytes(segment), safe="!$&'()*+,;=:@~") for segment in path.split("/")
    ]
    segments = [segment for segment in segments if segment]
    if segments and segments[-1].lower() == "amp":
        segments.pop()
    return "/" + "/".join(segments) if segments else ""


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower() not in TRACKING and not name.lower().startswith(TRACKING_PREFIXES)
    ]
    return urlencode(sorted(kept))
