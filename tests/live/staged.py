"""A workshop that a machine plays on: whatever happens in it, done straight on the database or through the addresses.

Every screen is kept open throughout, as pages are: each is brought up to date by frames alone.
"""

import asyncio
import re
import secrets
from collections.abc import Callable
from typing import Any

from sqlmodel import Session
from starlette.testclient import TestClient

from app.db import Changed
from app.errors import Refusal
from app.live import moves, phases, presence, screens, snapshot
from app.live.audiences import DESK, WALL, Audience
from app.live.moves import Made, Maker, Making
from app.live.place import Place
from app.live.rooms import Rooms
from app.live.screens import Screen
from app.live.snapshot import Snapshot
from app.workshops import codes, seats
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.models import Workshop
from app.workshops.seating import move_seat
from app.workshops.service import Details, create_workshop, open_workshop
from tests.cast import trainer_id
from tests.live.acting import AS_PAGE
from tests.running import Concord

PLACE = Place("http://hall.test", b"a key for drawing that is long enough")
PARTIAL = re.compile(r'<hx-partial hx-target="#([\w-]+)"[^>]* data-version="(\d+)">(.*?)</hx-partial>', re.S)
AGENCIES = ("Education", "Health", "Police")

Did = Changed[Any] | None


class Stage:
    """One workshop, its seats by id, and the pages that everybody has open."""

    def __init__(self, concord: Concord, setup: dict[str, Any], tables: int, rule: str, moved_by: str) -> None:
        self.concord = concord
        self.trainer = trainer_id(concord, "ann@example.org")
        self.loop = asyncio.Runner()
        self.rooms = Rooms(concord.db)
        self.id, self.step = concord.db.run_now(lambda session: self.make(session, setup, tables, rule, moved_by))
        self.pages: dict[Audience, tuple[Screen, dict[str, str]]] = {}
        self.refused: list[tuple[int, str]] = []

    def make(self, session: Session, setup: dict[str, Any], tables: int, rule: str, moved_by: str) -> tuple[int, int]:
        """Make and open the workshop."""
        now, key = self.concord.clock(), self.concord.settings.key
        details = Details("Joint training", AGENCIES, tables, 9, "chosen")
        workshop = create_workshop(session, self.trainer, details, now, key)
        step = add_step(session, workshop, "ranking", StepDetails("What matters most", setup))
        step.rule, step.moved_by = rule, moved_by
        session.add(step)
        open_workshop(session, workshop, now)
        session.flush()
        return id_of(workshop), id_of(step)

    def close(self) -> None:
        """Let go of the loop."""
        self.loop.close()

    def read(self, reading: Callable[[Session], Any]) -> Any:
        """Read something."""
        return self.concord.db.run_now(reading)

    def version(self) -> int:
        """Read the version that the workshop is at."""
        return int(self.read(lambda session: session.get_one(Workshop, self.id).version))

    # Acts; False for what was refused

    def change(self, act: Callable[[Session, int, Workshop], Any]) -> bool:
        """Do something to the workshop as one change."""
        try:
            changed = self.concord.db.change_now(
                self.id, lambda session, version: act(session, version, session.get_one(Workshop, self.id))
            )
        except Refusal as refusal:
            self.refused.append((refusal.status, str(refusal)))
            return False
        if isinstance(changed.value, Made) and changed.version is not None:
            self.rooms.carry(changed)
        return True

    def move(self, seat: int | None, table: int, at: int, key: str, name: str, fields: dict[str, Any]) -> bool:
        """Make a move."""
        maker = Maker(seat_id=seat) if seat is not None else Maker(trainer_id=self.trainer)
        body = {"version": at, "move": name} | fields | ({} if seat is not None else {"table": table})
        sent, now = moves.read_sent(body, key), self.concord.clock()
        return self.change(
            lambda session, version, _: moves.make(Making(session, version, self.id, self.step, maker, sent, now))
        )

    def phase(self, to: str, table: int | None) -> bool:
        """Move all tables, or one, to a phase."""
        now = self.concord.clock()
        return self.change(
            lambda session, version, _: phases.move(session, version, self.id, self.step, to, table, now)
        )

    def join(self, name: str, agency: str, table: int) -> int:
        """Seat somebody new."""
        taken: list[int] = []

        def take(session: Session, version: int, workshop: Workshop) -> None:
            now, key = self.concord.clock(), self.concord.settings.key
            taken.append(id_of(seats.take_seat(session, workshop, name, agency, table, now, key)[0]))

        assert self.change(take)
        return taken[0]

    def remove(self, seat: int) -> bool:
        """Take a seat away."""
        now = self.concord.clock()
        return self.change(lambda session, version, workshop: seats.remove_seat(session, workshop, seat, now))

    def seat_at(self, seat: int, table: int) -> bool:
        """Move a seat to another table."""
        return self.change(lambda session, version, workshop: move_seat(session, version, workshop, seat, table))

    def here(self, present: list[int]) -> None:
        """Let three minutes pass in which these were heard of and nobody else."""
        self.concord.clock.forward(minutes=3)
        now = self.concord.clock()
        heard = dict.fromkeys(present, self.id)
        self.read(lambda session: presence.renew(session, heard, now + presence.AWAY_AFTER))
        self.change(lambda session, version, _: presence.tell(session, version, self.id, now))

    def show(self, *, blank: bool | None = None, message: str | None = None) -> bool:
        """Blank the wall or show it, or tell everybody something."""

        def act(session: Session, version: int, workshop: Workshop) -> None:
            workshop.wall_blank = workshop.wall_blank if blank is None else blank
            workshop.message = workshop.message if message is None else message
            session.add(workshop)

        return self.change(act)

    # Looking

    def newest(self) -> Snapshot:
        """Read the workshop as screens are drawn from it: carried on from move to move."""
        found = self.loop.run(self.rooms.at(self.id, self.version()))
        assert found is not None
        return found

    def fresh(self) -> Snapshot:
        """Read the workshop as a new worker does."""
        found = self.read(lambda session: snapshot.read(session, self.id))
        assert isinstance(found, Snapshot)
        return found

    def look(self, now: Snapshot) -> dict[Audience, Screen]:
        """Draw what everybody sees."""
        everybody = [*(Audience("seat", seat) for seat in now.seats), DESK, WALL]
        found = {audience: screens.screen(now, audience, "en", PLACE) for audience in everybody}
        return {audience: screen for audience, screen in found.items() if screen is not None}

    def keep_open(self, now: dict[Audience, Screen]) -> None:
        """Bring every open page up to date by frames, and open those of newcomers."""
        kept = {audience: page for audience, page in self.pages.items() if audience in now}
        for audience, screen in now.items():
            before, shown = kept.get(audience, (None, {}))
            kept[audience] = screen, brought(shown, screen, screens.frame(before, screen))
        self.pages = kept


def brought(shown: dict[str, str], screen: Screen, frame: str) -> dict[str, str]:
    """Swap what a frame brings into a page, as a browser does: by the ids."""
    page = dict(shown)
    for target, version, html in PARTIAL.findall(frame):
        assert int(version) == screen.version
        if target == "live":
            assert html == screens.whole(screen)
            return html_of(screen)
        assert target in page, "a region that the page does not have"
        page[target] = html
    return page


def html_of(screen: Screen) -> dict[str, str]:
    """Draw a screen's regions by their ids."""
    return {region.id: screen.html(region) for region in screen.regions}


class Hall(Stage):
    """The same through the addresses: devices with cookies, and the trainer's own."""

    def __init__(self, concord: Concord, *how: Any) -> None:
        super().__init__(concord, *how)
        self.desk = concord.trainer("ann@example.org")
        self.code = codes.join_code(concord.settings.key, self.id, 0)
        self.devices: dict[int, TestClient] = {}

    def post(self, device: TestClient, path: str, body: dict[str, Any], key: str = "") -> bool:
        """Send something, and say whether it was taken; whatever is refused says so in a sentence."""
        headers = AS_PAGE | {"Idempotency-Key": key or secrets.token_hex(16)}
        reply = device.post(path, json=body, headers=headers)
        if reply.status_code == 200:
            return True
        self.refused.append((reply.status_code, reply.text if 'hx-target="#notice"' in reply.text else ""))
        return False

    def move(self, seat: int | None, table: int, at: int, key: str, name: str, fields: dict[str, Any]) -> bool:
        device = self.desk if seat is None else self.devices[seat]
        body = {"version": at, "move": name} | fields | ({} if seat is not None else {"table": table})
        return self.post(device, f"/w/{self.code}/steps/{self.step}/moves", body, key)

    def phase(self, to: str, table: int | None) -> bool:
        body = {"phase": to} | ({} if table is None else {"table": table})
        return self.post(self.desk, f"/w/{self.code}/steps/{self.step}/phase", body)

    def join(self, name: str, agency: str, table: int) -> int:
        device = self.concord.visitor("192.0.2.9")
        before = set(self.fresh().seats)
        reply = device.post(f"/join/{self.code}", data={"name": name, "agency": agency, "table": str(table)})
        assert reply.status_code == 303, reply.text
        (seat,) = set(self.fresh().seats) - before
        self.devices[seat] = device
        return seat

    def remove(self, seat: int) -> bool:
        return self.desk.post(f"/trainer/w/{self.code}/seats/{seat}/remove").status_code == 303

    def seat_at(self, seat: int, table: int) -> bool:
        address = f"/trainer/w/{self.code}/seats/{seat}/table"
        return self.desk.post(address, data={"table": str(table)}).status_code == 303

    def show(self, *, blank: bool | None = None, message: str | None = None) -> bool:
        if blank is not None:
            return self.post(self.desk, f"/trainer/w/{self.code}/wall", {"blank": blank})
        return self.post(self.desk, f"/trainer/w/{self.code}/message", {"text": message})

    def newest(self) -> Snapshot:
        """Read the workshop as this app's own screens are drawn from it."""
        portal = self.concord.first.portal
        assert portal is not None
        found: Snapshot = portal.call(self.concord.app.state.live.rooms.at, self.id, self.version())
        return found
