"""Making files: the queue that they wait in, the zip of all formats, and what a machine lacks."""

import asyncio
import io
import zipfile
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

import pytest

from app.errors import Refusal
from app.exports import as_all, formats
from app.exports.child import Child
from app.exports.formats import FORMATS, CannotWrite, File
from app.exports.making import file_name
from app.exports.queue import MOST, Full, Queue
from tests.exports.sample import work

pytestmark = pytest.mark.anyio


class Hand(Child):
    """Stands for the process: makes each file when a test says so, and notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[bytes] = []
        self.go = Event()
        self.kills = 0
        self.ends = 0

    def ask(self, job: bytes, tell: Callable[[int, int], None]) -> File:
        """Wait for the word, then give back what was asked for."""
        self.asked.append(job)
        assert self.go.wait(20)
        if self.kills:
            raise OSError("killed")
        return File(job, "txt", "text/plain")

    def kill(self) -> None:
        """Stop waiting."""
        self.kills += 1
        self.go.set()

    def end(self) -> None:
        """Note it."""
        self.ends += 1


def silent(done: int, total: int) -> None:
    """Hear how far a file is, and do nothing."""


def make(queue: Queue, name: str) -> asyncio.Task[File]:
    async def read() -> bytes:
        return name.encode()

    return asyncio.create_task(queue.make(read, silent))


async def until(true: Callable[[], Any]) -> None:
    """Give the others a turn until something has come about."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  # what comes about tells nobody
            await asyncio.sleep(0.005)


async def test_files_are_made_one_after_the_other_in_their_order() -> None:
    hand = Hand()
    queue = Queue(hand)
    tasks = [make(queue, name) for name in "abc"]
    await until(lambda: hand.asked)
    assert (hand.asked, queue.waiting) == ([b"a"], 3)
    hand.go.set()
    assert [(await task).content for task in tasks] == [b"a", b"b", b"c"]
    assert (hand.asked, queue.waiting) == ([b"a", b"b", b"c"], 0)
    await queue.close()


async def test_rows_are_read_when_it_is_a_file_s_turn() -> None:
    hand, read = Hand(), []
    queue = Queue(hand)

    async def reading(name: str) -> bytes:
        read.append(name)
        return name.encode()

    tasks = [asyncio.create_task(queue.make(partial(reading, name), silent)) for name in "ab"]
    await until(lambda: hand.asked)
    assert read == ["a"]
    hand.go.set()
    await asyncio.gather(*tasks)
    assert read == ["a", "b"]
    await queue.close()


async def test_no_more_wait_than_are_made_in_a_reasonable_time() -> None:
    hand = Hand()
    queue = Queue(hand)
    tasks = [make(queue, str(number)) for number in range(MOST)]
    await until(lambda: queue.waiting == MOST)
    with pytest.raises(Full) as refused:
        await make(queue, "one more")
    assert (refused.value.status, refused.value.wait) == (503, 20)
    hand.go.set()
    await asyncio.gather(*tasks)
    assert len(hand.asked) == MOST == 12
    await queue.close()


async def test_whoever_stops_waiting_leaves_the_queue() -> None:
    hand = Hand()
    queue = Queue(hand)
    first, second, third = (make(queue, name) for name in "abc")
    await until(lambda: queue.waiting == 3)
    second.cancel()
    await until(lambda: queue.waiting == 2)
    hand.go.set()
    await asyncio.gather(first, third)
    assert (hand.asked, hand.kills) == ([b"a", b"c"], 0)
    await queue.close()


async def test_file_that_nobody_waits_for_is_stopped_half_way() -> None:
    hand = Hand()
    queue = Queue(hand)
    task = make(queue, "a")
    await until(lambda: hand.asked)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (hand.kills, queue.waiting) == (1, 0)
    await queue.close()


async def test_process_rests_once_nobody_has_asked_for_long() -> None:
    hand = Hand()
    queue = Queue(hand, idle=0.02)
    hand.go.set()
    await make(queue, "a")
    await until(lambda: hand.ends)
    assert hand.ends == 1
    await queue.close()


async def test_closing_stops_what_is_being_made() -> None:
    hand = Hand()
    queue = Queue(hand)
    task = make(queue, "a")
    await until(lambda: hand.asked)
    await queue.close()
    with pytest.raises(OSError, match="killed"):
        await task
    assert hand.kills == 1


def test_zip_holds_every_format_under_the_workshop_s_name() -> None:
    told: list[tuple[int, int]] = []
    file = as_all.write(work(), lambda done, total: told.append((done, total)))
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        found = {name.removeprefix("concord-joint-training-half-a-day-commissioner.") for name in archive.namelist()}
        assert archive.testzip() is None
        for name in ("json", "csv"):
            ending = "csv.zip" if name == "csv" else name
            packed = archive.read(f"concord-joint-training-half-a-day-commissioner.{ending}")
            assert packed == formats.write(name, work(), lambda done, total: None).content
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    assert {name.split(".")[0] for name in found} >= {"pdf", "docx", "xlsx", "csv", "json"}
    assert len(found) == len(FORMATS) - 1
    shares = [done / total for done, total in told]
    assert (shares, shares[-1]) == (sorted(shares), 1)


def test_zip_names_what_could_not_be_written_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(name: str, *_: object) -> File:
        if name == "pdf":
            raise CannotWrite("Because.")
        return File(name.encode(), name, "text/plain")

    monkeypatch.setattr(formats, "write", write)
    with zipfile.ZipFile(io.BytesIO(as_all.write(work(), silent).content)) as archive:
        assert archive.read("left-out.txt") == b"pdf: Because.\n"
        assert len(archive.namelist()) == len(FORMATS) - 1


@pytest.mark.parametrize("lack", [OSError("cannot load library"), ModuleNotFoundError("weasyprint")])
def test_machine_that_lacks_a_library_says_so(monkeypatch: pytest.MonkeyPatch, lack: Exception) -> None:
    def missing(name: str) -> None:
        raise lack

    monkeypatch.setattr(formats, "import_module", missing)
    with pytest.raises(Refusal, match="concord doctor") as refused:
        formats.write("pdf", work(), silent)
    assert refused.value.status == 503


def test_file_name_says_the_version_and_nothing_that_breaks_a_header() -> None:
    assert file_name('x"\r\nSet-Cookie: a=b', "trainer") == "concord-x-set-cookie-a-b-trainer"
    assert file_name("../../etc/passwd", "participant") == "concord-etc-passwd-participant"
    assert len(file_name("long " * 40, "commissioner")) <= 81
