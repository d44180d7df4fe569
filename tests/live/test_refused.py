"""Any move twice, late, from a closed phase, by somebody else, or with what is not there: refused, and nothing changed.

Tried for every move of every kind, at a table that has come to where the move may be made.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.activities.base import Move
from app.activities.registry import KINDS
from app.config import Settings
from app.live import onward
from app.main import create_app
from tests.reliability.trials import FAR, a_room, contents, cookie_of, do
from tests.reliability.ways import AGREED, BY_LOT, LOCKED_ROW, PLACED, WAYS, Act, phase, seat, trainer
from tests.rooms import Room, prepare

AS_PAGE = {"HX-Request": "true", "Accept": "text/html"}
WRONG = {"not": "so"}
IDS = (
    *("statement", "discard", "a", "b", "choice", "proposal", "link", "entry", "subject", "phase", "ending"),
    *("row", "column", "id", "mark"),
)
KEYS = iter(range(10**9))

OF_EVERY_KIND = {
    "ranking": {
        "move_on": (*PLACED, seat(1, "place", statement="s4", position=4), seat(1, "move_on", phase="compare")),
        "reopen": (*PLACED, phase("compare"), trainer("reopen", phase="rank")),
    },
    "grid": {
        "move_on": (*AGREED, seat(1, "move_on", phase="reveal")),
        "reopen": (*LOCKED_ROW, trainer("reopen", phase="caucus")),
    },
}
EVEN = (
    *WAYS["ranking"]["ask_either"],
    *(seat(number, "answer_either", choice=choice) for number, choice in ((1, "s3"), (2, "s4"))),
    trainer("close_check"),
)
LOTS: dict[str, dict[str, tuple[Act, ...]]] = {"ranking": {"draw_lots": (*EVEN, seat(1, "draw_lots"))}}
TRIED = [
    pytest.param(kind, name, way, id=f"{kind}-{name}")
    for kind in KINDS
    for name, way in {**WAYS[kind], **LOTS.get(kind, {}), **OF_EVERY_KIND[kind]}.items()
]


@pytest.fixture(scope="module")
def module_settings(module_settings_on_sqlite: Settings) -> Settings:
    """Refusals are the rules', the same on both databases."""
    return module_settings_on_sqlite


@dataclass
class Table:
    """A table that has come to a move, and the server that it sits at."""

    settings: Settings
    device: TestClient
    room: Room
    act: Act
    sent: dict[str, Any]

    def send(
        self, sent: Mapping[str, Any], *, by: str | None = None, key: str = "", step: int | None = None
    ) -> Response:
        """Send a move, by default with a new key and by whoever makes it."""
        cookie = cookie_of(self.room, self.act) if by is None else by
        self.device.cookies.clear()
        return self.device.post(
            f"/w/{self.room.code}/steps/{step or self.room.step}/moves",
            json={"version": FAR, **sent},
            headers=AS_PAGE | {"Cookie": cookie, "Idempotency-Key": key or f"key-{next(KEYS):08}"},
        )

    def held(self) -> Any:
        """Read all that the workshop holds."""
        return contents(self.settings, [self.room])[0]

    def refuses(self, *statuses: int, fresh: bool = False, **other: Any) -> None:
        """Insist that a move is refused in a sentence, with the fresh regions where it came too late."""
        before = self.held()
        sent = other.pop("sent", self.sent)
        reply = self.send(sent, **other)
        assert reply.status_code in statuses, (sent, reply.status_code, reply.text[-400:])
        told = re.search(r'hx-target="#notice".*?>([^<>]{12,})<', reply.text, re.S)
        assert told is not None, reply.text[-400:]
        assert ('id="live"' in reply.text) is (fresh or reply.status_code == 409)
        assert self.held() == before


@pytest.fixture(scope="module")
def server(module_settings: Settings) -> Iterator[TestClient]:
    """A server for all tables of this file."""
    with TestClient(create_app(module_settings), follow_redirects=False) as device:
        yield device


@pytest.fixture(scope="module")
def elsewhere(module_settings: Settings) -> Room:
    """Another workshop."""
    return prepare(module_settings, seats=1)[0]


def come_to(settings: Settings, server: TestClient, kind: str, way: tuple[Act, ...]) -> Table:
    """Bring a table to the last act of a way, which is left to be made."""
    room = a_room(settings, kind)
    for act in way[:-1]:
        do(settings, server, room, act)
    boards = contents(settings, [room])[0][1]
    return Table(settings, server, room, way[-1], way[-1].fields(next(iter(boards.values()))["content"]))


@pytest.mark.parametrize(("kind", "name", "way"), TRIED)
def test_a_move_that_is_not_ones_own_or_does_not_fit_is_refused(
    module_settings: Settings, server: TestClient, elsewhere: Room, kind: str, name: str, way: tuple[Act, ...]
) -> None:
    at = come_to(module_settings, server, kind, way)
    at.refuses(403, by=at.room.trainer if at.act.seat is not None else at.room.seats[0].cookie)
    at.refuses(401, by="")
    at.refuses(401, by=elsewhere.seats[0].cookie)
    at.refuses(404, step=elsewhere.step)
    at.refuses(404, step=999_999)
    refuses_fields(at, KINDS[kind].move(name))


def refuses_fields(at: Table, move: Move | None) -> None:
    """Insist that a move is refused with anything more, less or other in it than it takes."""
    at.refuses(422, sent=at.sent | {"unheard": "of"})
    at.refuses(422, sent=at.sent | {"version": "newest"})
    fields = {field for field in at.sent if field not in ("move", "table")}
    for field in fields:
        at.refuses(422, sent=at.sent | {field: WRONG})
        if move is None or move.shape.model_fields[field].is_required():
            at.refuses(422, sent={one: value for one, value in at.sent.items() if one != field})
    for field in fields & set(IDS):
        at.refuses(409, 422, sent=at.sent | {field: "s99"})
    for field in fields & {"order", "statements"}:
        at.refuses(422, sent=at.sent | {field: ["s99", *at.sent[field][1:]]})
        at.refuses(422, sent=at.sent | {field: [at.sent[field][1], *at.sent[field][1:]]})
        at.refuses(422, sent=at.sent | {field: [*at.sent[field], at.sent[field][0]]})
    if {"a", "b"} <= fields:
        at.refuses(422, sent=at.sent | {"b": at.sent["a"]})


@pytest.mark.parametrize(("kind", "name", "way"), TRIED)
def test_a_move_twice_has_one_effect_and_late_or_from_a_closed_phase_none(
    module_settings: Settings, server: TestClient, kind: str, name: str, way: tuple[Act, ...]
) -> None:
    at = come_to(module_settings, server, kind, way)
    seen = int(re.findall(r'id="live" data-version="(\d+)"', page(at))[0])
    sent, key = at.sent | {"version": seen}, f"once-{next(KEYS):08}"
    before = at.held()
    first, after = at.send(sent, key=key), at.held()
    assert (first.status_code, after != before) == (200, True), first.text[-400:]
    again = at.send(sent, key=key)
    assert (again.status_code, again.text) == (200, first.text)
    assert at.held() == after
    move = KINDS[kind].move(name)
    late = at.send(sent)
    # What adds is never stale; added already, it says so or changes nothing.
    assert late.status_code in ((200, 409, 422) if move and move.adds else (409,)), late.text[-400:]
    assert at.held() == after
    path = [one.name for one in KINDS[kind].phases]
    closed = [one for one in path if move and one not in move.phases] or path[:1]
    for one in dict.fromkeys((*closed[-1:], *closed[:1])):
        do(module_settings, server, at.room, phase(one))
        at.refuses(409)


def page(at: Table) -> str:
    """Read the maker's own page."""
    address = f"/w/{at.room.code}" if at.act.seat is not None else f"/trainer/w/{at.room.code}"
    at.device.cookies.clear()
    return at.device.get(address, headers={"Cookie": cookie_of(at.room, at.act)}).text


def test_every_move_of_every_kind_is_tried() -> None:
    for kind, activity in KINDS.items():
        tried = {*WAYS[kind], *LOTS.get(kind, ())}
        assert {move.name for move in activity.moves} == tried, kind
        assert set(onward.MOVES) == set(OF_EVERY_KIND[kind])
    assert {(kind, name) for kind in LOTS for name in LOTS[kind]} == BY_LOT
