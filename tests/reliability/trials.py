"""Tables brought to the brink of each move, what the move makes of them, and that moment again as often as wanted."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, select
from starlette.testclient import TestClient

from app.activities import base
from app.config import Settings
from app.main import create_app
from app.texts import keeping
from app.texts.models import SharedText
from app.texts.service import Key
from app.workshops.models import Answer, Board
from tests.live.pads import Pad
from tests.phones import move_request
from tests.reliability.ways import SEATS, SETUPS, WAYS, Act
from tests.rights.stage import Rows, all_rows, write_rows
from tests.rooms import Plan, Room, prepare, reading

FAR = 10**8  # of any version, so that no move is stale
AS_PAGE = {"HX-Request": "true", "Accept": "text/html"}

# What a workshop holds: its answers by seat, its boards by table with their phases, its shared texts with all versions.
Contents = tuple[dict[int, Any], dict[int, Any], dict[tuple[int, str], Any]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A room in which one move may be made now, and what its workshop holds before and after it."""

    room: Room
    cookie: str
    sent: Mapping[str, Any]
    before: Contents
    after: Contents

    def request(self) -> bytes:
        """Write the move as a page's script sends it."""
        return move_request(self.room.code, self.room.step, self.cookie, {"version": FAR, **self.sent})


@dataclass(frozen=True, slots=True)
class Brink:
    """The moment in which every move may be made: all that is stored then, and the moves by kind and name."""

    stored: bytes | Rows
    trials: Mapping[tuple[str, str], Trial]


def bring_to_the_brink(settings: Settings) -> Brink:
    """Bring a table to each move, make each once, and put all back as it was before."""
    ways = {(kind, move): way for kind, told in WAYS.items() for move, way in told.items()}
    with TestClient(create_app(settings)) as device:
        rooms = {named: a_room(settings, named[0]) for named in ways}
        for named, way in ways.items():
            for act in way[:-1]:
                do(settings, device, rooms[named], act)
        rows = reading(settings, all_rows)
        trials = {named: tried(settings, device, rooms[named], way[-1]) for named, way in ways.items()}
    reading(settings, lambda session: write_rows(session, rows))
    return Brink(file_of(settings).read_bytes() if settings.database_url is None else rows, trials)


def a_room(settings: Settings, kind: str) -> Room:
    """Open a workshop with one activity of a kind, which nobody has begun."""
    given = Path(base.__file__).parent / kind / "examples.json"
    setup = SETUPS.get(kind) or json.loads(given.read_text())["setup"]
    return prepare(settings, seats=SEATS, phase=None, plan=Plan(kind, setup))[0]


def tried(settings: Settings, device: TestClient, room: Room, act: Act) -> Trial:
    """Make a table's move once, to see what comes of it."""
    before, sent = contents(settings, [room]), do(settings, device, room, act)
    after = contents(settings, [room])
    assert before != after, f"{sent} changes nothing"
    return Trial(room, cookie_of(room, act), sent, before[0], after[0])


def do(settings: Settings, device: TestClient, room: Room, act: Act) -> dict[str, Any]:
    """Do one act; gives what was sent."""
    if "shared" in act.sent:
        write(device, room, act)
        return dict(act.sent)
    found = any(map(callable, act.sent.values()))
    boards = contents(settings, [room])[0][1] if found else {}
    sent = act.fields(next((board["content"] for board in boards.values()), {}))
    path = f"/w/{room.code}/steps/{room.step}/{'moves' if 'move' in sent else 'phase'}"
    headers = AS_PAGE | {"Cookie": cookie_of(room, act)}
    reply = device.post(path, json={"version": FAR} | sent if "move" in sent else sent, headers=headers)
    assert reply.status_code == 200, (sent, reply.text)
    return sent


def write(device: TestClient, room: Room, act: Act) -> None:
    """Write at the end of a shared text of table 1, until that is saved."""
    address = f"/w/{room.code}/texts/{room.step}/1/{act.sent['shared']}?as=seat"
    # As its page goes, the client cancels what the server still does about it; all that was told is stored.
    with (
        suppress(CancelledError),
        device.websocket_connect(address, headers={"Cookie": cookie_of(room, act)}) as line,
    ):
        page = Pad(line).sync()
        page.write(act.sent["words"])
        assert page.refused == [], act


def cookie_of(room: Room, act: Act) -> str:
    """Find the cookie of whoever acts."""
    return room.trainer if act.seat is None else room.seats[act.seat - 1].cookie


def contents(settings: Settings, rooms: Iterable[Room]) -> list[Contents]:
    """Read what workshops hold, as a server that starts now finds it."""

    def read(session: Session) -> list[Contents]:
        return [content(session, room.id) for room in rooms]

    return reading(settings, read)


def content(session: Session, workshop_id: int) -> Contents:
    """Read what one workshop holds."""
    answers = session.exec(select(Answer).where(Answer.workshop_id == workshop_id))
    boards = session.exec(select(Board).where(Board.workshop_id == workshop_id))
    texts = session.exec(select(SharedText).where(SharedText.workshop_id == workshop_id))
    return (
        {one.seat_id: one.content for one in answers},
        {one.table_id: {"phase": one.phase, "content": one.content, "frozen": one.frozen} for one in boards},
        {(one.table_number, one.name): text(session, one) for one in texts},
    )


def text(session: Session, row: SharedText) -> dict[str, Any]:
    """Read a shared text: its words, whether it is open, and what was kept of it."""
    key = Key(row.workshop_id, row.step_id, row.table_number, row.name)
    kept = [(one.number, one.why, one.content) for one in keeping.versions(session, key)]
    return {"words": keeping.flatten(session, key), "open": row.is_open, "versions": kept}


def put_back(settings: Settings, stored: bytes | Rows) -> None:
    """Put back all that was stored; no server runs that could remember more."""
    if isinstance(stored, bytes):
        file = file_of(settings)
        for beside in ("-wal", "-shm"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
        file.write_bytes(stored)
    else:
        reading(settings, lambda session: write_rows(session, stored))


def file_of(settings: Settings) -> Path:
    """Find the file that SQLite keeps it all in."""
    return settings.data_dir / "concord.db"
