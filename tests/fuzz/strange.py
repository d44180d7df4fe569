"""Strange things to send: texts, JSON, forms, headers and parts of addresses."""

import json
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from hypothesis import strategies as st

# What has broken programs before, and what is nearly right.
KNOWN = (
    "", " ", "0", "1", "-1", "2", "3", "1e9", "１２", "²", "1_0", "+1", "0x1", "9" * 9, "9" * 30, "9" * 5000, "NaN",
    "inf",
    "true", "false", "null", "on", "none", "s1", "s5", "s6", "read", "solo", "compare", "Ann", "Health", "<b>x</b>",
    "{0.__class__}", "{most}", "%s%n", "%(name)s", "{{ 7*7 }}", "' OR 1=1 --", "\x00", "a\x00b", "\x1b[2J", "\x7f",
    "\x85",
    "\u2028", "\u202e", "\u200b", "\u3164", "\ufeff", "\ufffe", "\U0010ffff", "🌱" * 40, "e\u0301" * 80, "ﷺ" * 200,
    "x" * 81, "x" * 201, "x" * 501, "x" * 2001, "\n" * 50, "../../etc/passwd", "//evil.example", "http://[broken",
    "a@b", "ann@example.org", "a\x00@b", "é@example.org", "=1+1", "K7QM4TXR", "12345.AAAAAAAAAAAAAAAAAAAAAA",
)  # fmt: skip

LONE = st.sampled_from(["\ud800", "a\udfffb", "\udc80"])
texts = st.one_of(st.sampled_from(KNOWN), st.text(max_size=40))
texts_of_json = st.one_of(texts, LONE)

numbers = st.one_of(
    st.integers(-3, 40),
    st.sampled_from([2**31 - 1, 2**31, 2**63, -(2**63) - 1, 10**400]),
    st.floats(),
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts_of_json),
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(texts_of_json, inner, max_size=4)),
    max_leaves=12,
)

BROKEN_JSON = (
    b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"move": "\xff"}', b"{}" * 3,
    b'{"a": 1e999999}',
    b"[" * 30_000, b'{"a":' * 6_000 + b"1" + b"}" * 6_000, b'{"version": ' + b"9" * 6_000 + b"}", b"\x00" * 100,
    b" " * 60_000,
    '{"move": "done"}'.encode("utf-16"),
)  # fmt: skip

CHARSETS = (
    "utf-8", "latin-1", "utf-16", "utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined",
    "rot13",
    "base64", "hex", "zlib", "\x00", "mbcs", "x" * 300, "",
)  # fmt: skip


def bodies_of_json(usual: dict[str, Any]) -> st.SearchStrategy[bytes]:
    """Make bodies that are nearly `usual`, are some other JSON, or are none."""
    spoilt = st.dictionaries(st.one_of(st.sampled_from(sorted(usual)), texts_of_json), json_values, max_size=3)
    nearly = spoilt.map(lambda fields: usual | fields)
    less = st.sampled_from(sorted(usual)).map(lambda name: {key: usual[key] for key in usual if key != name})
    return st.one_of(st.one_of(nearly, less, json_values).map(written), st.sampled_from(BROKEN_JSON))


def written(value: Any) -> bytes:
    """Write JSON as programs do that do not care: NaN, lone halves of characters and all."""
    return json.dumps(value).encode()


@st.composite
def forms(draw: st.DrawFn, usual: dict[str, str]) -> tuple[bytes, str]:
    """Make a form's body and type: the usual fields, some of them spoilt, in any encoding, whole or broken."""
    names = st.one_of(st.sampled_from(sorted(usual) or ["x"]), texts)
    fields = [*usual.items(), *draw(st.lists(st.tuples(names, texts), max_size=4))]
    fields = [field for field in fields if draw(st.integers(0, 5))]
    way = draw(st.sampled_from(["urlencoded", "multipart", "bytes", "mixed"]))
    if way == "bytes":
        return draw(st.binary(max_size=200)), draw(content_types)
    if way == "mixed":
        return urlencode(fields, errors="replace").encode(), draw(content_types)
    if way == "urlencoded":
        broken = draw(
            st.sampled_from([b"", b"&", b"&=%ff%fe", b"&%00=%", b"&name=%ED%A0%80", b"&a=b" * 300, b";\xff=\x00"])
        )
        return urlencode(fields, errors="replace").encode() + broken, "application/x-www-form-urlencoded"
    return multipart(draw, fields)


def multipart(draw: st.DrawFn, fields: list[tuple[str, str]]) -> tuple[bytes, str]:
    """Make a form in parts, whose parts and charset may be odd."""
    boundary = draw(st.sampled_from(["edge", "e" * 70, "e'dge"]))
    odd = draw(st.sampled_from(["", '; filename="x.txt"', "; filename*=utf-8''%ff", '; name="twice"']))
    parts = b""
    for name, value in fields:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{odd}\r\n\r\n'
        parts += head.encode("utf-8", "replace") + value.encode("utf-8", "replace") + b"\r\n"
    parts += draw(st.sampled_from([f"--{boundary}--\r\n".encode(), b"", b"--wrong--", b"\x00"]))
    charset = draw(st.sampled_from(CHARSETS))
    return parts, f'multipart/form-data; boundary="{boundary}"' + (f"; charset={charset}" if charset else "")


content_types = st.sampled_from(
    [
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\x00", "text/plain", "", "x", "application/json; charset=utf-16", ";;;",
        "multipart/mixed",
    ]
)  # fmt: skip

latin = st.one_of(
    st.sampled_from(KNOWN).map(lambda text: text.encode("utf-8", "replace")[:300]), st.binary(max_size=60)
).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"").replace(b"\x00", b""))

HEADERS = (
    "Accept", "Accept-Language", "Accept-Encoding", "Authorization", "Cookie", "Content-Length", "Content-Encoding",
    "Content-Type", "Forwarded", "Host", "HX-Request", "Idempotency-Key", "If-None-Match", "If-Modified-Since",
    "Origin",
    "Range", "Referer", "Sec-Fetch-Site", "Transfer-Encoding", "Upgrade", "User-Agent", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override",
)  # fmt: skip
# nearly right, which is where readers of headers break
NEARLY = (
    b"en;q=nan", b"cy;q=inf, en;q=-1", b"en" * 200, b"gzip;q=x", b"bytes=0-0,1-1," * 50, b"[", b"[::1", b"a:b:c",
    b"http://[",
    b"concord_trainer=\xff; concord_language=cy", b'concord_seat_1="\\377\\000"; a', b"concord_wall_1=" + b"\xe9" * 30,
    b"concord_keys=off; =; ;;", b"Bearer \xff", b"W/\"x\", *", b"application/json",
    b"text/html;q=0.1, application/json",
    b"evil.example", b"testserver:99999", b"testserver:x", b"user@testserver", b"true", b"none", b"\xb2", b"1 2", b"-1",
)  # fmt: skip
headers = st.dictionaries(st.sampled_from(HEADERS), st.one_of(st.sampled_from(NEARLY), latin), max_size=4)

pieces = st.one_of(
    texts.map(lambda text: quote_from_bytes(text.encode("utf-8", "replace"), safe="")),
    st.binary(min_size=1, max_size=20).map(lambda raw: quote_from_bytes(raw, safe="")),
    st.sampled_from(["%00", "%2e%2e", "..", "%2F", "%ff%fe", "a" * 5000, "%25", "%E0%A4%A", "ABCD-EFGH", "1.5", "٣"]),
).map(lambda piece: piece or "%20")
