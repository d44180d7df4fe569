"""A hall for browser tests: a real `concord serve`, its prepared workshops, and people who need no browser."""

import os
import signal
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from subprocess import Popen
from typing import Any, TypeVar

import httpx2 as httpx
from playwright.sync_api import BrowserContext, Page
from sqlmodel import Session, select

from app.accounts.service import add_trainer, find_trainer_by_email, make_link
from app.activities.registry import activity
from app.config import Settings
from app.db import Database
from app.workshops import codes
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of, steps_of, workshop_by_code
from app.workshops.models import Answer, Board, Seat, Workshop
from app.workshops.service import Details, close_workshop, create_workshop, open_workshop
from tests.programs import running, wait_until

T = TypeVar("T")

ITEM = Path(__file__).parents[2] / "app/library/items/ranking/good-practice-outcomes.toml"
AGENCIES = ("Education", "Health", "Police", "Social care")
TRAINER = "ann@example.org"


@dataclass(slots=True)
class Hall:
    """A server that people can reach, and may be killed and started again."""

    settings: Settings
    port: int
    log: Path
    db: Database
    around: ExitStack
    program: Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Where devices reach it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", self.port]
        known = {"CONCORD_DATA_DIR": str(self.settings.data_dir), "CONCORD_SECRET_KEY": self.settings.secret_key or ""}
        env = {**os.environ, **known, "CONCORD_PUBLIC_URL": self.settings.public_url or ""}
        self.program = self.around.enter_context(running([str(part) for part in command], log=self.log, env=env))
        wait_until(self.answers, "the server of the hall", 60)

    def answers(self) -> bool:
        """Tell whether the server answers; one that has ended never will."""
        assert self.program is None or self.program.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"{self.base}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def accidents(self) -> list[str]:
        """List what the server wrote down because it should not have happened."""
        return [line for line in self.log.read_text().splitlines() if "accident" in line or "drawing failed" in line]

    def kill(self) -> None:
        """Kill the server without a word of warning."""
        assert self.program is not None
        self.program.send_signal(signal.SIGKILL)
        self.program.wait(10)

    def a_workshop(
        self,
        *,
        title: str = "Joint training, half a day",
        opened: bool = True,
        item: Mapping[str, Any] | None = None,
        step: str | None = None,
        kind: str = "ranking",
        agencies: Sequence[str] = AGENCIES,
        **details: Any,
    ) -> "Room":
        """Prepare a workshop of the trainer's with one activity from the library on its agenda."""
        chosen = item or tomllib.loads(ITEM.read_text())
        now, key = datetime.now(UTC), self.settings.key
        told = Details(title, tuple(agencies), **{"tables": 2, "places": 5, "joins": "chosen", **details})

        def make(session: Session) -> tuple[int, int]:
            trainer = find_trainer_by_email(session, TRAINER) or add_trainer(session, TRAINER, now)
            workshop = create_workshop(session, trainer.id or 0, told, now, key)
            setup = activity(kind).from_item(chosen)
            added = add_step(session, workshop, kind, StepDetails(step or chosen["title"], setup))
            if opened:
                open_workshop(session, workshop, now)
            session.flush()
            return id_of(workshop), id_of(added)

        return Room(self, *self.db.run_now(make))

    def room(self, code: str) -> "Room":
        """Find a workshop that was made through the pages, by its code."""

        def find(session: Session) -> tuple[int, int]:
            workshop = workshop_by_code(session, self.settings.key, code)
            assert workshop is not None
            return id_of(workshop), id_of(steps_of(session, id_of(workshop))[0])

        return Room(self, *self.db.run_now(find))

    def link(self, goes_to: str = "/trainer") -> str:
        """Make a one-time link that signs the trainer in."""
        now = datetime.now(UTC)

        def make(session: Session) -> str:
            trainer = find_trainer_by_email(session, TRAINER) or add_trainer(session, TRAINER, now)
            return make_link(session, trainer, now, goes_to)

        return f"{self.base}/sign-in/{self.db.run_now(make)}"


@dataclass(frozen=True, slots=True)
class Room:
    """One workshop of the hall, and what only the database knows of it."""

    hall: Hall
    id: int
    step: int

    @property
    def code(self) -> str:
        """The join code."""
        return codes.join_code(self.hall.settings.key, self.id, 0)

    @property
    def seat_url(self) -> str:
        """Where seats look."""
        return f"{self.hall.base}/w/{self.code}"

    @property
    def desk_url(self) -> str:
        """Where the trainer looks, once signed in."""
        return f"{self.hall.base}/trainer/w/{self.code}"

    @property
    def wall_url(self) -> str:
        """What the projector opens: the address with the key."""
        return f"{self.hall.base}/wall/{self.code}?key={codes.wall_key(self.hall.settings.key, self.id, 0)}"

    @property
    def qr_url(self) -> str:
        """What a phone's camera reads on the wall."""
        return f"{self.hall.base}/join/{codes.qr_token(self.hall.settings.key, self.id, 0)}"

    @property
    def moves(self) -> str:
        """Where the step's moves go."""
        return f"/w/{self.code}/steps/{self.step}/moves"

    def read(self, model: type[T], *where: Any) -> list[T]:
        """Read rows of this workshop."""
        wanted = select(model).where(model.workshop_id == self.id, *where)  # type: ignore[attr-defined]  # all have it
        return self.hall.db.run_now(lambda session: list(session.exec(wanted)))

    def version(self) -> int:
        """Tell the workshop's version."""
        return self.hall.db.run_now(lambda session: session.get_one(Workshop, self.id).version)

    def answer(self, seat_id: int) -> dict[str, Any]:
        """Read what the server holds of a seat; nothing yet is empty."""
        found = self.read(Answer, Answer.seat_id == seat_id)
        return found[0].content if found else {}

    def ballot(self, seat_id: int) -> dict[str, Any]:
        """Read the order that the server holds of a seat."""
        held: dict[str, Any] = self.answer(seat_id).get("ballot") or {}
        return held

    def phases(self) -> list[str]:
        """List the phases the tables are in, by table."""
        return [board.phase for board in sorted(self.read(Board), key=lambda board: board.table_id)]

    def desk(self, context: BrowserContext) -> Page:
        """Sign the trainer in on a laptop and open the desk."""
        page = context.new_page()
        page.goto(self.hall.link(f"/trainer/w/{self.code}"))
        page.wait_for_selector("#live")
        return page

    def wall(self, context: BrowserContext) -> Page:
        """Open the wall on a projector."""
        page = context.new_page()
        page.goto(self.wall_url)
        page.wait_for_selector("#live")
        return page

    def person(self, name: str, agency: str = "none", table: int | None = 1) -> "Person":
        """Bring a person in who takes a seat without a browser."""
        device = httpx.Client(base_url=self.hall.base, headers={"Accept-Language": "en"})
        self.hall.around.callback(device.close)
        told = {"name": name, "agency": agency} | ({"table": str(table)} if table else {})
        reply = device.post(f"/join/{self.code}", data=told)
        assert reply.status_code == 303, reply.text
        token = device.cookies[f"concord_seat_{self.id}"]
        return Person(self, device, token, max(id_of(seat) for seat in self.read(Seat, Seat.name == name)))

    def seat(self, context: BrowserContext, person: "Person", base: str | None = None) -> Page:
        """Give a phone a person's seat, and open the seat page on it; `base` is where it reaches the hall."""
        at = base or self.hall.base
        context.add_cookies([{"name": f"concord_seat_{self.id}", "value": person.token, "url": at}])
        page = context.new_page()
        page.goto(f"{at}/w/{self.code}")
        return page


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part without a browser."""

    room: Room
    device: httpx.Client = field(repr=False)
    token: str
    seat_id: int

    def move(self, name: str, version: int | None = None, **fields: Any) -> httpx.Response:
        """Make a move on the newest version, or on the one named."""
        body = {"version": self.room.version() if version is None else version, "move": name, **fields}
        return self.device.post(self.room.moves, json=body, headers={"HX-Request": "true", "Accept": "text/html"})

    def rank(self, order: Sequence[str], discard: str | None = None, *, done: bool = True) -> None:
        """Put an order and, unless told otherwise, be done."""
        for reply in (self.move("put_ballot", order=list(order), discard=discard), self.move("done", done=done)):
            assert reply.status_code == 200, reply.text


def close(room: Room) -> None:
    """Close a workshop past the server, which must find out by itself."""

    def end(session: Session, version: int) -> None:
        close_workshop(session, session.get_one(Workshop, room.id), datetime.now(UTC))

    room.hall.db.change_now(room.id, end)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def open_hall(folder: Path, database: bytes, public_url: str | None = None) -> Iterator[Hall]:
    """Run a server on a migrated SQLite database in a folder of its own."""
    (folder / "concord.db").write_bytes(database)
    settings = Settings(data_dir=folder, secret_key="a key for tests that is long enough", public_url=public_url)
    with ExitStack() as around:
        db = Database(settings.database_address)
        around.callback(db.close)
        hall = Hall(settings, free_port(), folder / "serve.log", db, around)
        hall.start()
        yield hall
