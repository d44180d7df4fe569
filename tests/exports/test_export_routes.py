"""Taking files out: at once, or beside a page that says how far they are; who may, and what goes wrong."""

import asyncio
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from httpx2 import Response
from pypdf import PdfReader
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.types import Message

from app.accounts.models import Act
from app.errors import N_
from app.exports.child import Child
from app.exports.formats import File
from app.exports.jobs import SILENCE, TELL_AT_LEAST
from app.exports.making import NotMade
from app.exports.models import MadeFile
from app.exports.queue import MOST
from app.exports.routes import unless_hung_up
from app.exports.start import Making
from app.workshops.models import CoTrainer, Workshop
from app.workshops.service import delete_workshop
from tests.cast import GRID, Cast, assemble, trainer_id
from tests.programs import wait_until
from tests.running import Concord

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/json",
    "all": "application/zip",
}


@dataclass
class Hand(Child):
    """Stands for the process: makes nothing until a test lets it, and says then what the test wants it to."""

    refusal: str = ""
    told: list[bytes] = field(default_factory=list)
    free: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def ask(self, job: bytes, tell: Callable[[int, int], None]) -> File:
        """Tell of 40 parts in 100, and wait for the word."""
        self.told.append(job)
        tell(40, 100)
        wait_until(lambda: self.free, "the test let go")
        if self.refusal:
            raise NotMade(self.refusal)
        return File(b"made", "txt", "text/plain")

    def kill(self) -> None:
        """Wait no longer."""
        self.free = True


def grid(concord: Concord, **details: object) -> Cast:
    return assemble(concord, kind="grid", setup=GRID, **details)


def lend(cast: Cast) -> Hand:
    """Let files be made by hand."""
    hand = Hand()
    making: Making = cast.concord.app.state.making
    making.queue.child = hand
    return hand


def at(cast: Cast, rest: str = "") -> str:
    return f"/trainer/w/{cast.code}/export{rest}"


def begin(cast: Cast, **wish: str) -> str:
    """Ask for a file beside a page; gives the page's address."""
    reply = cast.trainer.post(at(cast), data={"format": "json"} | wish)
    assert reply.status_code == 303, reply.text
    location: str = reply.headers["location"]
    return location


def state(reply: Response) -> str:
    """Read how a file is that a page shows."""
    shown: str = re.findall(r'data-state="([a-z-]+)"', reply.text)[0]
    return shown


def until(cast: Cast, page: str, wanted: str) -> Response:
    """Look at a page until it shows what is wanted."""
    wait_until(lambda: state(cast.trainer.get(page)) == wanted, f"the page say {wanted}", 30)
    return cast.trainer.get(page)


def acts(cast: Cast) -> list[str]:
    def read(session: Session) -> list[str]:
        return list(session.exec(select(Act.what).where(Act.workshop_id == cast.workshop_id).order_by(col(Act.id))))

    return cast.read(read)


def kept(cast: Cast) -> int:
    return len(cast.read(lambda session: list(session.exec(select(MadeFile.id)))))


@pytest.mark.parametrize("format", MEDIA)
def test_each_format_is_given_as_a_file_with_its_name(concord_on_sqlite: Concord, format: str) -> None:
    cast = grid(concord_on_sqlite, title="=1+1")
    reply = cast.trainer.get(at(cast, f"/{format}?version=commissioner"))
    assert reply.status_code == 200
    assert reply.headers["content-type"] == MEDIA[format]
    ending = {"all": "zip", "csv": "csv.zip"}.get(format, format)
    assert reply.headers["content-disposition"] == f'attachment; filename="concord-1-1-commissioner.{ending}"'
    assert acts(cast) == ["summary taken out"]


def test_file_is_of_the_version_that_was_asked_for(concord: Concord) -> None:
    cast = grid(concord)
    assert json.loads(cast.trainer.get(at(cast, "/json")).text)["version"] == "trainer"
    assert json.loads(cast.trainer.get(at(cast, "/json?version=participant")).text)["version"] == "participant"


@pytest.mark.parametrize(
    ("asked", "accepts", "language"), [("", "cy", "cy"), ("", "fr", "en"), ("?language=cy", "en", "cy")]
)
def test_file_is_in_the_language_asked_for_or_else_read(
    concord_on_sqlite: Concord, asked: str, accepts: str, language: str
) -> None:
    cast = grid(concord_on_sqlite)
    reply = cast.trainer.get(at(cast, f"/pdf{asked}"), headers={"Accept-Language": accepts})
    assert str(PdfReader(io.BytesIO(reply.content)).root_object["/Lang"]) == language


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("/exe", 404),
        ("/..%2Fjson", 404),
        ("/json?version=mine", 422),
        ("/pdf?paper=a0", 422),
        ("/pdf?language=xx", 422),
    ],
)
def test_what_is_not_there_is_a_clear_page(cast_on_sqlite: Cast, rest: str, status: int) -> None:
    reply = cast_on_sqlite.trainer.get(at(cast_on_sqlite, rest))
    assert reply.status_code == status
    assert "<h1" in reply.text
    assert acts(cast_on_sqlite) == []


def test_workshop_without_anybody_has_nothing_to_take_home(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    empty = cast.trainer.post(f"/trainer/w/{cast.code}/copy").headers["location"].removesuffix("/edit")
    reply = cast.trainer.get(f"{empty}/export/pdf")
    assert reply.status_code == 409
    assert "There is nothing to take home yet." in reply.text
    asked = cast.trainer.post(f"{empty}/export", data={"format": "pdf"})
    page = until(cast, asked.headers["location"], "wrong")
    assert "There is nothing to take home yet." in page.text


def test_file_beside_a_page_is_the_one_that_is_given_at_once(concord: Concord) -> None:
    cast = grid(concord)
    at_once = cast.trainer.get(at(cast, "/json"))
    page = begin(cast)
    shown = until(cast, page, "ready")
    assert f'href="{page}/file"' in shown.text
    made = cast.trainer.get(f"{page}/file")
    assert made.content == at_once.content
    for name in ("content-disposition", "content-type", "cache-control"):
        assert made.headers[name] == at_once.headers[name]
    assert acts(cast) == ["summary taken out"] * 2


def test_page_says_how_far_a_file_is_and_asks_for_itself_without_a_script(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    page = begin(cast, version="commissioner")
    wait_until(lambda: 'value="40" max="100"' in cast.trainer.get(page).text, "the bar move on")
    shown = cast.trainer.get(page)
    assert (state(shown), f"{page}/file" in shown.text) == ("under-way", False)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in shown.text
    assert "For the commissioner" in shown.text
    assert cast.trainer.get(f"{page}/file").status_code == 404
    region = cast.trainer.get(page, headers={"HX-Request": "true"})
    assert region.text.lstrip().startswith('<section id="making"')
    hand.free = True
    ready = until(cast, page, "ready")
    assert "http-equiv" not in ready.text
    assert cast.trainer.get(f"{page}/file").content == b"made"


def test_same_file_asked_for_twice_at_once_is_made_once(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    first, again, other = begin(cast), begin(cast), begin(cast, format="csv")
    assert (first == again, first == other) == (True, False)
    hand.free = True
    until(cast, first, "ready")
    assert begin(cast) != first


def test_file_that_cannot_be_made_says_why_and_can_be_asked_for_again(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    hand.refusal, hand.free = N_("It broke, and was written down."), True
    shown = until(cast, begin(cast, paper="a3"), "wrong")
    assert "It broke, and was written down." in shown.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', shown.text))
    assert again == {"format": "json", "version": "trainer", "language": "en", "paper": "a3"}
    at_once = cast.trainer.get(at(cast, "/json"))
    assert (at_once.status_code, "It broke, and was written down." in at_once.text) == (500, True)


def test_file_whose_making_died_says_so_after_a_minute(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    page = begin(cast)
    wait_until(lambda: bool(hand.told), "its making begin")
    cast.concord.clock.forward(seconds=SILENCE.total_seconds() + 1)
    shown = cast.trainer.get(page)
    assert (state(shown), "stopped half-way" in shown.text) == ("wrong", True)
    hand.free = True


def test_more_files_than_can_wait_are_refused_with_a_time_to_come_back(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    making: Making = cast.concord.app.state.making
    making.queue.waiting = MOST
    for reply in (cast.trainer.get(at(cast, "/json")), cast.trainer.post(at(cast), data={"format": "json"})):
        assert (reply.status_code, reply.headers["retry-after"]) == (503, "20")
        assert "Several files are being made already." in reply.text
    making.queue.waiting = 0
    assert (kept(cast), hand.told, acts(cast)) == (0, [], [])


def test_file_is_for_the_trainer_alone_who_asked(concord: Concord) -> None:
    cast = grid(concord)
    page = begin(cast)
    until(cast, page, "ready")
    co_trainer = concord.trainer("cai@example.org")
    other = trainer_id(concord, "cai@example.org")
    cast.read(lambda session: session.add(CoTrainer(workshop_id=cast.workshop_id, trainer_id=other)))
    assert co_trainer.get(at(cast, "/json")).status_code == 200
    for device in (co_trainer, cast.other_trainer):
        assert [device.get(path).status_code for path in (page, f"{page}/file")] == [404, 404]
    foreign = assemble(concord).code
    assert cast.trainer.get(page.replace(cast.code, foreign)).status_code == 404


def test_file_is_kept_for_an_hour(concord: Concord) -> None:
    cast = grid(concord)
    page = begin(cast)
    until(cast, page, "ready")
    cast.concord.clock.forward(minutes=59)
    assert cast.trainer.get(f"{page}/file").status_code == 200
    cast.concord.clock.forward(minutes=2)
    gone = cast.trainer.get(f"{page}/file")
    assert (gone.status_code, "files are kept for an hour" in gone.text) == (404, True)
    assert (cast.trainer.get(page).status_code, kept(cast)) == (404, 1)
    begin(cast, format="csv")
    assert kept(cast) == 1


def test_files_are_gone_once_the_workshop_closes(concord: Concord) -> None:
    cast = grid(concord)
    page = begin(cast)
    until(cast, page, "ready")
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    assert (cast.trainer.get(f"{page}/file").status_code, kept(cast)) == (404, 0)


def test_file_that_is_ready_after_the_workshop_closed_is_not_kept(concord_on_sqlite: Concord) -> None:
    cast = grid(concord_on_sqlite)
    hand = lend(cast)
    begin(cast)
    wait_until(lambda: bool(hand.told), "its making begin")
    cast.trainer.post(f"/trainer/w/{cast.code}/close")
    making: Making = cast.concord.app.state.making
    hand.free = True
    wait_until(lambda: making.queue.waiting == 0, "it end")
    assert kept(cast) == 0


def test_files_go_with_their_workshop(concord: Concord) -> None:
    cast = grid(concord)
    until(cast, begin(cast), "ready")
    cast.read(lambda session: delete_workshop(session, session.get_one(Workshop, cast.workshop_id)))
    assert kept(cast) == 0


def test_old_files_are_swept_away_without_anybody_asking(concord: Concord) -> None:
    cast = grid(concord)
    until(cast, begin(cast), "ready")
    cast.concord.clock.forward(hours=2)
    making: Making = cast.concord.app.state.making
    portal = cast.concord.first.portal
    assert portal is not None

    async def sweep_once() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await making.jobs.sweep()

    portal.call(sweep_once)
    assert kept(cast) == 0


@pytest.mark.anyio
async def test_whoever_hangs_up_leaves_the_queue() -> None:
    said: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return said.pop(0)

    async def forever() -> File:
        await asyncio.Event().wait()
        raise AssertionError

    making = asyncio.create_task(forever())
    assert await unless_hung_up(Request({"type": "http"}, receive), making) is None
    assert making.cancelled()


@pytest.mark.anyio
async def test_file_is_given_to_whoever_still_waits() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def made() -> File:
        return File(b"x", "txt", "text/plain")

    found = await unless_hung_up(Request({"type": "http"}, receive), asyncio.create_task(made()))
    assert found == File(b"x", "txt", "text/plain")


def test_job_that_waits_tells_that_somebody_is_at_it_well_before_it_is_given_up() -> None:
    assert timedelta(seconds=2 * TELL_AT_LEAST) < SILENCE
