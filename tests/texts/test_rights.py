"""Who may come to a text, when that ends, and what is kept of it in plain."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TypeVar, cast

import pytest
from sqlmodel import Session, select

from app.accounts.models import SignedIn
from app.activities.base import TextRight
from app.config import Settings
from app.db import Database
from app.realtime.broker import MemoryBroker
from app.texts import keeping
from app.texts.hall import Hall
from app.texts.line import Line
from app.texts.models import SharedText, TextUpdate, TextVersion
from app.texts.rights import Who
from app.web.state import utc_now
from app.web.tokens import token_hash
from app.workshops.models import Seat, Workshop
from app.workshops.service import close_workshop
from app.workshops.unlink import CLOSING
from tests.reliability.nursery import Nursery
from tests.rooms import Room, prepare, reading
from tests.texts.gate import reared
from tests.texts.stored import key_of, stored_text, stored_updates
from tests.texts.writer import Writer, until, writing

T = TypeVar("T")

SOON = 2.0


@pytest.fixture(scope="module")
def rearing(module_settings: Settings) -> Iterator[Nursery[None]]:
    """Servers with the tests' gate, on SQLite and on PostgreSQL."""
    with reared(module_settings) as made:
        yield made


@pytest.fixture
def room(module_settings: Settings) -> Room:
    """A room of two tables with two seats each."""
    return prepare(module_settings, seats=4, tables=2)[0]


def change(settings: Settings, room: Room, what: str) -> None:
    """Change a workshop from another process, as another worker does."""
    db = Database(settings.database_address)

    def act(session: Session, version: int) -> None:
        workshop = session.get_one(Workshop, room.id)
        if what == "remove":
            session.get_one(Seat, room.seats[0].id).removed_at = utc_now()
        elif what == "close":
            close_workshop(session, workshop, utc_now())
        elif what == "freeze":
            keeping.freeze(session, key_of(room), utc_now())
        elif what == "thaw":
            keeping.thaw(session, key_of(room))
        elif what == "restore":
            keeping.restore(session, key_of(room), 1, utc_now())
        else:
            workshop.message = what
            session.add(workshop)

    try:
        db.change_now(room.id, act)
    finally:
        db.close()


async def test_only_who_may_comes_in(rearing: Nursery[None], room: Room) -> None:
    ann, other_table = room.seats[0], room.seats[1]
    with rearing.server() as server:
        asked = {
            "another table's": Writer(room, other_table.cookie),
            "what the gate hides": Writer(room, ann.cookie, "hidden"),
            "nobody": Writer(room, ""),
            "a seat as the desk": Writer(room, ann.cookie, wanted="desk"),
        }
        for one in asked.values():
            await one.open(server.port)
        await until(lambda: all(one.closed for one in asked.values()), "all are shown out")
        ends = {who: one.closed for who, one in asked.items()}
        for one in asked.values():
            await one.close()
        all_tables = await Writer(room, other_table.cookie, table=0).open(server.port)
        await until(lambda: all_tables.told == ["write"], "the whole room's text is everybody's")
        await all_tables.close()
    assert ends == {
        "another table's": 4404,
        "what the gate hides": 4404,
        "nobody": 4401,
        "a seat as the desk": 4403,
    }


@pytest.mark.parametrize("how", ["remove", "close", "nothing"])
async def test_a_socket_ends_with_the_right_to_it(
    module_settings: Settings, rearing: Nursery[None], room: Room, how: str
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:1]) as (ann,):
            await ann.type("x")
            await until(lambda: ann.saved, "saved")
            change(module_settings, room, how)
            await until(lambda: ann.closed == 4403, "ann is shown out", SOON)


async def test_a_desk_ends_when_its_trainer_signs_out(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    def sign_out(session: Session) -> None:
        for device in session.exec(select(SignedIn)):
            session.delete(device)

    with rearing.server() as server:
        desk = await Writer(room, room.trainer, wanted="desk").open(server.port)
        await until(lambda: desk.told == ["read"], "the desk reads")
        reading(module_settings, sign_out)
        await until(lambda: desk.closed == 4401, "the desk is shown out", SOON)
        await desk.close()


async def test_a_desk_that_comes_while_others_are_looked_at_stays(
    module_settings: Settings, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.texts.rights.GATES", [lambda *_: TextRight("read")])
    db = Database(module_settings.database_address)
    broker = MemoryBroker()
    hall = Hall(db, broker, utc_now)
    early = Line(Who(room.id, room.seats[0].id), "read")
    late = Line(Who(room.id, None, token=token_hash(room.trainer.partition("=")[2])), "read")
    text = await hall.come(key_of(room), "", early)

    async def read_slowly(look: Callable[[Session], T]) -> T:
        found = await db.read(look)
        if late.number not in text.lines:
            await hall.come(key_of(room), "", late)
        return found

    hall._db = cast(Database, SimpleNamespace(read=read_slowly))
    await hall._look()
    assert (early.ending, late.ending) == (None, None)
    await hall._look()
    assert late.asked_again
    await hall.close()
    db.close()


async def test_who_may_only_read_any_more_is_told_so(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:1]) as (ann,):
            change(module_settings, room, "read")
            await until(lambda: ann.told == ["write", "read"], "ann is told", SOON)
            change(module_settings, room, "")
            await until(lambda: ann.told == ["write", "read", "write"], "ann is told", SOON)


async def test_a_frozen_text_takes_nothing_and_can_be_opened_and_restored(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, [room.seats[0], room.seats[2]]) as (ann, ben):
            await ann.type("• first\n• ŵ🙂 second")
            await until(lambda: ann.saved, "saved")
            change(module_settings, room, "freeze")
            await ben.type("too late")
            await until(lambda: ben.closed == 4409 and "closed" in ben.told, "ben is told")
            assert stored_text(module_settings, room) == "• first\n• ŵ🙂 second"
            change(module_settings, room, "thaw")
            await until(lambda: ann.told == ["write", "read", "write"], "ann may go on", SOON)
            with ann.doc.transaction():
                del ann.words[0:5]
                ann.words += ", and more"
            await ann.flush()
            await until(lambda: ann.saved, "saved again")
            change(module_settings, room, "restore")
            await until(lambda: ann.text == "• first\n• ŵ🙂 second", "ann sees it back", SOON)
    kept = reading(module_settings, lambda session: keeping.versions(session, key_of(room)))
    assert [(one.number, one.why) for one in kept] == [(1, "frozen"), (2, "restored")]
    assert kept[1].content.endswith("second, and more")
    assert stored_text(module_settings, room) == "• first\n• ŵ🙂 second"


async def test_closing_leaves_the_words_and_not_how_they_came(
    module_settings: Settings, rearing: Nursery[None], room: Room
) -> None:
    assert keeping.close in CLOSING
    with rearing.server() as server:
        async with writing(server.port, room, [room.seats[0], room.seats[2]]) as (ann, ben):
            await ann.type("kept canary-deleted")
            await ben.type("and this ", 0)
            with ann.doc.transaction():
                del ann.words[ann.text.index(" canary") : len(ann.text)]
            await ann.flush()
            await until(lambda: ann.saved and ben.saved and ann.text == ben.text, "saved")
            words = ann.text
            change(module_settings, room, "close")
            await until(lambda: ann.closed == 4403, "ann is shown out", SOON)
    assert stored_text(module_settings, room) == words
    left = reading(module_settings, lambda session: rows(session, room))
    assert "canary" not in left
    assert stored_updates(module_settings, room) == 0


async def test_many_updates_become_one_snapshot(module_settings: Settings, rearing: Nursery[None], room: Room) -> None:
    with rearing.server() as server:
        async with writing(server.port, room, room.seats[:1]) as (ann,):
            for turn in range(30):
                await ann.type(f"{turn} ")
            await until(lambda: ann.saved, "saved")
        await until(lambda: stored_updates(module_settings, room) == 0, "they are one snapshot")
        async with writing(server.port, room, room.seats[:1]) as (again,):
            assert again.text == ann.text
    assert stored_text(module_settings, room) == ann.text


def rows(session: Session, room: Room) -> str:
    """Read all that is stored about texts of a workshop."""
    texts = session.exec(select(SharedText).where(SharedText.workshop_id == room.id)).all()
    ids = {one.id for one in texts}
    updates = [one for one in session.exec(select(TextUpdate)) if one.text_id in ids]
    versions = [one for one in session.exec(select(TextVersion)) if one.text_id in ids]
    return repr([*texts, *updates, *versions])
