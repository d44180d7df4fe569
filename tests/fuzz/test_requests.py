"""Requests: bodies, forms, addresses and headers that nobody should send."""

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import strange
from tests.fuzz.sending import send, tries
from tests.rights.asking import names_in
from tests.rights.stage import Stage
from tests.rights.table import FORM, GUESS, ROWS, STATEMENTS, Row

MOVES = "/w/{code}/steps/{step}/moves"
BALLOT = {"version": 10**8, "move": "put_ballot", "discard": "s5", "order": ["s1", "s2", "s3", "s4"]}
CLARIFY = {"version": 10**8, "move": "clarify", "statement": "s1", "text": "As in the guidance."}
READING = {"Accept": b"text/html", "HX-Request": b"true"}

# Every address that takes a form: who sends it, and with what it would be taken.
FORMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("ann", MOVES, {"version": "99999999", "move": "done", "done": "true"}),
    ("trainer", "/w/{code}/steps/{step}/phase", {"phase": "compare", "table": "1"}),
    ("trainer", "/w/{code}/steps/{step}/time", {"seconds": "60", "table": "1"}),
    ("trainer", "/trainer/w/{code}/wall", {"blank": "true"}),
    ("nobody", "/", {"code": "{code}"}),
    ("nobody", "/language", {"lang": "cy", "back": "/library"}),
    (
        "nobody",
        "/join/{code}",
        {"name": "New", "agency": "health", "table": "2", "warn": "yes", "once": "o" * 43, "new": ""},
    ),
    ("nobody", "/rejoin", {"code": "{code}", "seat_code": "{seat_code}"}),
    ("nobody", "/trainer/sign-in", {"email": "ann@example.org", "password": "guessed wrong", "next": "/trainer"}),
    (
        "trainer",
        "/trainer/workshops/new",
        FORM | {"item": "", "statements": STATEMENTS, "purpose": "", "language": "en"},
    ),
    ("trainer", "/trainer/w/{code}/details", FORM | {"seen": "{seen}", "purpose": "", "disclosure": "confidential"}),
    ("trainer", "/trainer/w/{code}/steps", {"item": "", "title": "More", "statements": STATEMENTS}),
    (
        "trainer",
        "/trainer/w/{code}/steps/{step_id}",
        {
            "title": "T",
            "statements": STATEMENTS,
            "discard": "1",
            "top": "2",
            "seen": "{step_seen}",
            "min-solo": "5",
            "rule": "all-at-3",
        },
    ),
    ("trainer", "/trainer/w/{code}/delete", {"sure": "yes"}),
    ("trainer", "/trainer/account", {"email": "ann@example.org", "name": "Ann"}),
    ("trainer", "/trainer/account/keys", {"keys": "off"}),
    ("trainer", "/trainer/account/password", {"new": "short", "old": ""}),
)


@tries(40)
@given(
    body=st.one_of(strange.bodies_of_json(BALLOT), strange.bodies_of_json(CLARIFY)),
    who=st.sampled_from(["ann", "trainer"]),
    key=st.one_of(st.just(b""), strange.latin),
    accept=st.sampled_from([b"text/html", b"application/json", b"*/*"]),
)
def test_a_move_of_anything_is_answered(stage: Stage, body: bytes, who: str, key: bytes, accept: bytes) -> None:
    headers = {"Content-Type": b"application/json", "Accept": accept} | ({"Idempotency-Key": key} if key else {})
    send(stage, who, "POST", MOVES.format(**stage.words), body, headers)


@pytest.mark.parametrize(("who", "path", "usual"), FORMS, ids=[path for _, path, _ in FORMS])
def test_a_form_of_anything_is_answered(stage: Stage, who: str, path: str, usual: Mapping[str, str]) -> None:
    fields = {name: value.format(**stage.words) for name, value in usual.items()}

    @tries(5)
    @given(form=strange.forms(fields), headers=st.sampled_from([{}, READING, {"Accept": b"application/json"}]))
    def answered(form: tuple[bytes, str], headers: dict[str, bytes]) -> None:
        body, kind = form
        send(stage, who, "POST", path.format(**stage.words), body, headers | {"Content-Type": kind.encode("latin-1")})

    answered()


ADDRESSED = tuple(row for row in ROWS if row.method != "WS" and names_in(row.path))


@tries(40)
@given(data=st.data(), row=st.sampled_from(ADDRESSED), who=st.sampled_from(["trainer", "ann", "nobody"]))
def test_an_address_of_anything_is_answered(stage: Stage, data: st.DataObject, row: Row, who: str) -> None:
    strange_one = data.draw(st.sampled_from(sorted(names_in(row.path))))
    words = stage.words | {strange_one: data.draw(strange.pieces)}
    sent = urlencode({name: value.format(**stage.words) for name, value in row.sent.items()}).encode()
    kind = {"Content-Type": b"application/x-www-form-urlencoded"} if row.method == "POST" else {}
    send(stage, who, row.method, row.path.format(**words), sent or None, kind, GUESS | row.besides)


QUERIES = (
    ("ann", "/w/{code}/regions", ("v", "as")),
    ("trainer", "/w/{code}/regions", ("v", "as")),
    ("trainer", "/wall/{code}", ("key",)),
    ("nobody", "/join/{code}", ("new",)),
    ("nobody", "/rejoin", ("code",)),
    ("nobody", "/trainer/sign-in", ("next",)),
    ("nobody", "/library", ("q", "kind", "workshop")),
    ("trainer", "/library/{name}", ("workshop",)),
    ("trainer", "/trainer/workshops/new", ("item",)),
    ("trainer", "/trainer/w/{code}/edit", ("step", "saved")),
    ("trainer", "/trainer/account", ("saved",)),
    ("trainer", "/trainer/w/{code}/export/json", ("version",)),
)


@tries(40)
@given(data=st.data(), asked=st.sampled_from(QUERIES))
def test_a_query_of_anything_is_answered(
    stage: Stage, data: st.DataObject, asked: tuple[str, str, tuple[str, ...]]
) -> None:
    who, path, names = asked
    pair = st.tuples(st.sampled_from(names), strange.pieces)
    query = "&".join(f"{name}={value}" for name, value in data.draw(st.lists(pair, min_size=1, max_size=3)))
    send(stage, who, "GET", f"{path.format(**stage.words)}?{query}")


@tries(40)
@given(row=st.sampled_from([row for row in ROWS if row.method != "WS"]), headers=strange.headers)
def test_headers_of_anything_are_answered(stage: Stage, row: Row, headers: dict[str, bytes]) -> None:
    sent = urlencode({name: value.format(**stage.words) for name, value in row.sent.items()}).encode()
    kind = {"Content-Type": b"application/x-www-form-urlencoded"} if row.method == "POST" else {}
    address = row.path.format(**stage.words | dict(row.other))
    send(stage, "trainer", row.method, address, sent or None, kind | headers, GUESS | row.besides)
