"""The stage: a workshop in full swing and a stranger's beside it, and everybody who might ask for anything.

Law: whatever a request has changed is put back, so that every request finds the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, SQLModel
from starlette.testclient import TestClient

from app.exports.links import links_of, make_link, withdraw_link
from app.exports.models import MadeFile
from app.rehearsals.running import Rehearsals
from app.workshops import agenda, codes
from app.workshops.agenda import StepDetails, add_step
from app.workshops.find import id_of
from app.workshops.models import CoTrainer, Workshop
from app.workshops.service import edition
from tests.cast import SETUP, Cast, a_workshop, assemble, trainer_id
from tests.live.acting import move, phase
from tests.running import Concord

SEATS = ("ann", "ben", "cat", "late")
MADE = "a-file-that-the-trainer-asked-for"
CO_TRAINER = "cai@example.org"
OUTSIDE = ("removed", "foreign_seat", "foreign_wall", "nobody")
PRINCIPALS = ("trainer", "co_trainer", "other_trainer", *SEATS, "wall", *OUTSIDE)

# Who is here, which any request may tell; see app/live/presence.py.
PRESENCE = frozenset({"lease"})

# Parents before their children.
TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(slots=True)
class Stage:
    """Everybody with their cookies, the words that addresses are filled with, and the rows as they are at rest."""

    cast: Cast
    foreign: Cast
    cookies: Mapping[str, Mapping[str, str]]
    words: dict[str, str]
    rest: Rows = field(default_factory=dict)
    versions: int = 1000
    asked: int = 0

    @property
    def concord(self) -> Concord:
        """The running Concord."""
        return self.cast.concord

    def device(self, principal: str) -> TestClient:
        """Bring a device that holds what this one holds, from an address of its own."""
        self.asked += 1
        device = self.concord.visitor(f"198.51.{self.asked // 250 % 250}.{self.asked % 250}")
        device.cookies.update(dict(self.cookies[principal]))
        return device

    def rows(self) -> Rows:
        """Read every row there is."""
        return self.cast.read(all_rows)

    def put_back(self) -> None:
        """Put every row back as it was; versions go on, as they never go backwards."""
        self.cast.read(lambda session: write_rows(session, self.rest))
        # Seen going back, a workshop is read as a whole: what came after those rows is forgotten.
        live, portal = self.concord.app.state.live, self.concord.first.portal
        assert portal is not None
        for cast in (self.cast, self.foreign):
            portal.call(live.rooms.now, cast.workshop_id)
        self.versions += 1000
        bump = update(TABLES["workshop"]).values(version=self.versions)
        self.cast.read(lambda session: session.connection().execute(bump))
        self.rest = self.rows()
        self.words["version"] = str(self.versions)


def all_rows(session: Session) -> Rows:
    """Read every row of every table."""
    read = {name: session.connection().execute(select(table)) for name, table in TABLES.items()}
    return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in read.items()}


def write_rows(session: Session, rows: Rows) -> None:
    """Replace every row of every table."""
    connection = session.connection()
    for table in reversed(TABLES.values()):
        connection.execute(table.delete())
    for name, table in TABLES.items():
        if rows[name]:
            columns = table.columns.keys()
            connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in rows[name]])


def of_workshop(rows: Rows, workshop_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Pick the rows that belong to one workshop."""
    owner = {name: "id" if name == "workshop" else "workshop_id" for name in TABLES}
    places = {name: TABLES[name].columns.keys().index(owner[name]) for name in TABLES if owner[name] in TABLES[name].c}
    return {
        name: [row for row in rows[name] if row[place] == workshop_id]
        for name, place in places.items()
        if name not in PRESENCE
    }


def changed(before: Rows, after: Rows, besides: frozenset[str] = frozenset()) -> list[str]:
    """Name the tables whose rows are not the same."""
    return [name for name in before if name not in PRESENCE | besides and before[name] != after[name]]


def set_up(concord: Concord, **details: object) -> Stage:
    """Let a workshop have its second round alone, with somebody who came after the first; begin a stranger's."""
    cast = assemble(concord, **details)
    # Robots go before they have begun: nobody but who asks changes anything here.
    concord.app.state.rehearsals = Rehearsals(seconds=0)
    add_another_step(cast)
    phase(cast, "solo")
    for name in ("Ann", "Ben", "Cat"):
        move(cast, cast.seats[name], "put_ballot", discard="s5", order=["s1", "s2", "s3", "s4"])
    phase(cast, "compare")
    cast.join("Lee", "health", 1)
    phase(cast, "solo")
    foreign_id = a_workshop(concord, "bob@example.org")
    foreign = Cast(
        concord=concord,
        workshop_id=foreign_id,
        code=codes.join_code(concord.settings.key, foreign_id, 0),
        trainer=cast.other_trainer,
        other_trainer=cast.trainer,
        nobody=cast.nobody,
    )
    add_another_step(foreign)
    foreign.join("Fin", "health", 1)
    phase(foreign, "solo")
    add_co_trainer(cast)
    add_made_file(cast)
    links = add_links(cast, foreign)
    stage = Stage(cast, foreign, {}, {})
    stage.cookies = cookies_of(stage)
    stage.words = words_of(stage) | links
    stage.rest = stage.rows()
    stage.put_back()
    return stage


def add_another_step(cast: Cast) -> None:
    """Put a second activity on the agenda, which nobody has begun."""

    def add(session: Session, version: int) -> None:
        add_step(session, session.get_one(Workshop, cast.workshop_id), "ranking", StepDetails("Afterwards", SETUP))

    cast.concord.db.change_now(cast.workshop_id, add)


def add_co_trainer(cast: Cast) -> None:
    """Let a further trainer lead the workshop, too."""
    trainer = trainer_id(cast.concord, CO_TRAINER)
    cast.read(lambda session: session.add(CoTrainer(workshop_id=cast.workshop_id, trainer_id=trainer)))


def cookies_of(stage: Stage) -> dict[str, dict[str, str]]:
    """Gather what everybody's device holds."""
    cast, foreign = stage.cast, stage.foreign
    devices = {
        "trainer": cast.trainer,
        "co_trainer": cast.concord.trainer(CO_TRAINER),
        "other_trainer": cast.other_trainer,
        "ann": cast.ann,
        "ben": cast.ben,
        "cat": cast.cat,
        "late": cast.seats["Lee"],
        "removed": cast.removed,
        "foreign_seat": foreign.seats["Fin"],
        "nobody": cast.nobody,
    }
    held = {name: dict(device.cookies.items()) for name, device in devices.items()}
    walls = {"wall": cast, "foreign_wall": foreign}
    return held | {name: {f"concord_wall_{of.workshop_id}": wall_key(of)} for name, of in walls.items()}


def add_made_file(cast: Cast) -> None:
    """Let a file be there that the trainer has asked for."""
    trainer, now = trainer_id(cast.concord, "ann@example.org"), cast.concord.clock()

    def add(session: Session) -> None:
        session.add(
            MadeFile(
                id=MADE,
                workshop_id=cast.workshop_id,
                trainer_id=trainer,
                wish={"format": "json", "version": "trainer", "language": "en", "paper": "a4"},
                name="concord.json",
                media_type="application/json",
                content=b"{}",
                made_at=now,
                told_at=now,
            )
        )

    cast.read(add)


def add_links(cast: Cast, foreign: Cast) -> dict[str, str]:
    """Make two links to the summary, one of them withdrawn, and a stranger's; and a day for all to come back on."""
    now, key = cast.concord.clock(), cast.concord.settings.key

    def add(session: Session) -> dict[str, str]:
        workshop = session.get_one(Workshop, cast.workshop_id)
        workshop.review_on = now.date() + timedelta(days=70)
        session.add(workshop)
        link = make_link(session, workshop, now, key)
        withdrawn = make_link(session, workshop, now, key)
        last, first = links_of(session, cast.workshop_id)
        withdraw_link(session, workshop, last.id, now)
        make_link(session, session.get_one(Workshop, foreign.workshop_id), now, key)
        (strangers,) = links_of(session, foreign.workshop_id)
        ids = {"link_id": str(first.id), "foreign_link": str(strangers.id)}
        return {"link": link, "withdrawn": withdrawn} | ids

    return cast.read(add)


def wall_key(cast: Cast) -> str:
    """Tell the key that opens a workshop's wall."""
    return codes.wall_key(cast.concord.settings.key, cast.workshop_id, 0)


def words_of(stage: Stage) -> dict[str, str]:
    """Gather the words that addresses and forms are filled with: our own, and a stranger's."""
    cast, foreign = stage.cast, stage.foreign
    key, ben = cast.concord.settings.key, cast.seat("Ben")
    first, second = cast.steps()

    def seen(session: Session) -> str:
        return edition(session, session.get_one(Workshop, cast.workshop_id))

    return {
        "code": cast.code,
        "step": str(first.id),
        "text_id": "1",
        "step_id": str(second.id),
        "seat_id": str(ben.id),
        "trainer_id": str(trainer_id(cast.concord, CO_TRAINER)),
        "way": "earlier",
        "format": "json",
        "file_id": MADE,
        "name": "good-practice-outcomes",
        "token": cast.concord.link("ann@example.org"),
        "wall_key": wall_key(cast),
        "qr": codes.qr_token(key, cast.workshop_id, 0),
        "seat_code": codes.seat_code(key, cast.workshop_id, ben.token_hash),
        "seen": cast.read(seen),
        "step_seen": agenda.edition(second),
        "foreign_step": str(foreign.step()),
        "foreign_seat": str(id_of(foreign.seat("Fin"))),
        "foreign_code": foreign.code,
        "foreign_wall_key": wall_key(foreign),
    }
