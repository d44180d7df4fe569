"""The live figures: sockets, what waits, drawings, acknowledgements, the doorbell, and how late the loop is."""

import asyncio
import time
from functools import partial
from typing import cast as taken_as

import pytest
from starlette.websockets import WebSocket

from app.config import Settings
from app.db import Database
from app.live.audiences import Audience
from app.live.metrics import LAG_SECONDS, LOOP_LAG, LiveFigures, unsent, watch_loop
from app.live.place import Place
from app.live.relay import Relay
from app.live.rooms import Rooms
from app.live.screens import Screen
from app.live.socket import send_newest
from app.live.start import Live
from app.live.who import Viewer
from app.realtime.broker import WAITING_ROOM, MemoryBroker, RedisBroker
from app.realtime.hub import Hub, Line
from tests.cast import Cast
from tests.figures import figure, scrape
from tests.live.acting import move, phase, version
from tests.live.test_socket import ORDER, address, next_frame
from tests.programs import wait_until
from tests.running import Concord, run
from tests.services import free_port

NOBODY_S = 999_999


def a_line(workshop_id: int = NOBODY_S) -> Line:
    """Make a line that nothing writes to."""
    return Line(workshop_id, Viewer(Audience("seat", 1), "en", Place("http://localhost", b"key")))


def a_screen(number: int) -> Screen:
    """Make a screen that shows nothing."""
    return Screen(number, "K7QM4TXR", "Joint training", Audience("seat", 1), "en", (), awake=False)


def reads(concord: Concord, name: str, value: float, **labels: str) -> bool:
    """Tell whether a figure has come to a value."""
    return figure(concord, name, **labels) == value


def test_open_sockets_are_counted_by_audience(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    sockets = partial(figure, cast.concord, "concord_sockets")
    assert [sockets(audience=audience) for audience in ("seat", "desk", "wall")] == [0, 0, 0]
    with (
        cast.ann.websocket_connect(address(cast)) as ann,
        cast.ben.websocket_connect(address(cast)) as ben,
        cast.trainer.websocket_connect(address(cast, "desk")) as desk,
    ):
        for line in (ann, ben, desk):
            line.receive_text()
        assert [sockets(audience=audience) for audience in ("seat", "desk", "wall")] == [2, 1, 0]
    wait_until(partial(reads, cast.concord, "concord_sockets", 0), "the sockets be closed")


def test_pictures_that_wait_are_counted_until_they_have_gone_out(concord_on_sqlite: Concord) -> None:
    concord, line = concord_on_sqlite, a_line()
    live: Live = concord.app.state.live
    live.hub.open(line)
    assert figure(concord, "concord_unsent_lines") == 0
    line.show(a_screen(1))
    assert figure(concord, "concord_unsent_lines") == 1
    assert figure(concord, "concord_oldest_unsent_seconds") > 0
    line.newest = None
    line.went_out()
    assert figure(concord, "concord_unsent_lines") == 0
    assert figure(concord, "concord_oldest_unsent_seconds") == 0


def test_age_is_that_of_the_oldest_picture_that_waits() -> None:
    lines = [a_line() for _ in range(3)]
    lines[1].unsent_since, lines[2].unsent_since = 100.0, 60.0
    assert unsent(lines, 160.0) == (2, 100.0)
    assert unsent(lines[:1], 160.0) == (0, 0.0)


def test_newer_picture_does_not_make_the_wait_look_shorter() -> None:
    line = a_line()
    line.show("first")
    since = line.unsent_since
    line.show("second")
    assert line.unsent_since == since


@pytest.mark.anyio
async def test_picture_waits_until_the_other_end_has_taken_it() -> None:
    class Slow:
        """A phone that takes nothing until it is let."""

        def __init__(self) -> None:
            self.let = asyncio.Event()

        async def send_text(self, text: str) -> None:
            await self.let.wait()

    slow, line = Slow(), a_line()
    line.show(a_screen(1))
    sending = asyncio.create_task(send_newest(taken_as(WebSocket, slow), line))
    await asyncio.sleep(0)
    assert line.newest is None
    assert line.unsent_since is not None
    first = line.unsent_since
    line.show(a_screen(2))
    slow.let.set()
    await sending
    assert line.unsent_since is not None
    assert line.unsent_since > first
    await send_newest(taken_as(WebSocket, slow), line)
    assert line.unsent_since is None


@pytest.mark.anyio
async def test_workshops_that_are_to_be_drawn_are_counted(database: Database) -> None:
    hub = Hub()
    relay = Relay(hub, Rooms(database))
    line = a_line()
    hub.open(line)
    told = LiveFigures(hub, relay, MemoryBroker())

    def undrawn() -> float:
        return next(metric for metric in told.collect() if metric.name == "concord_undrawn_workshops").samples[0].value

    assert undrawn() == 0
    relay.ring(NOBODY_S, 1)
    assert undrawn() == 1
    await asyncio.wait_for(line.woken.wait(), 10)
    assert undrawn() == 0
    await relay.close()


def test_a_change_that_is_looked_at_is_drawn_once_for_all(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    told = {name: figure(cast.concord, name) for name in ("concord_drawings_total", "concord_regions_drawn_total")}
    with cast.ann.websocket_connect(address(cast, seen=version(cast, cast.ann))) as line:
        move(cast, cast.ann, "put_ballot", discard="s5", order=ORDER)
        next_frame(line)
    for name, before in told.items():
        assert figure(cast.concord, name) > before


def test_a_page_drawn_again_shares_its_regions(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    version(cast, cast.ann)
    before = figure(cast.concord, "concord_regions_shared_total")
    version(cast, cast.ann)
    assert figure(cast.concord, "concord_regions_shared_total") > before


def test_moves_that_were_made_are_timed_and_refused_ones_counted(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    acknowledged = partial(figure, cast.concord, "concord_move_ack_seconds_count")
    spent = partial(figure, cast.concord, "concord_move_ack_seconds_sum")
    refused = partial(figure, cast.concord, "concord_replies_total")
    made, seconds, stale, unclear = acknowledged(), spent(), refused(status="409"), refused(status="422")
    seen = cast.workshop().version
    assert move(cast, cast.ann, "put_ballot", discard="s5", order=ORDER).status_code == 200
    assert move(cast, cast.ann, "put_ballot", at=seen, discard="s5", order=ORDER[::-1]).status_code == 409
    assert move(cast, cast.ann, "put_ballot", discard="s5", order=["s1"]).status_code == 422
    assert acknowledged() == made + 1
    assert spent() > seconds
    assert (refused(status="409"), refused(status="422")) == (stale + 1, unclear + 1)


def test_doorbell_that_is_not_heard_is_unhealthy_and_counted(sqlite_settings: Settings) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    for concord in run(sqlite_settings.model_copy(update={"redis_url": nowhere})):
        wait_until(lambda: figure(concord, "concord_doorbell_failures_total") > 0, "the doorbell fail")  # noqa: B023
        assert figure(concord, "concord_doorbell_healthy") == 0


def test_doorbell_that_is_heard_is_healthy(sqlite_settings: Settings, redis_url: str) -> None:
    for concord in run(sqlite_settings.model_copy(update={"redis_url": redis_url})):
        wait_until(partial(reads, concord, "concord_doorbell_healthy", 1), "Redis be heard")


def test_doorbell_of_one_worker_is_always_healthy(concord_on_sqlite: Concord) -> None:
    assert figure(concord_on_sqlite, "concord_doorbell_healthy") == 1
    assert figure(concord_on_sqlite, "concord_doorbell_failures_total") == 0


@pytest.mark.anyio
async def test_rings_that_find_no_room_are_failures() -> None:
    broker = RedisBroker("redis://127.0.0.1:1/0")
    for number in range(WAITING_ROOM + 3):
        broker.ring(1, number)
    assert broker.failures == 3


@pytest.mark.anyio
async def test_loop_lag_is_how_late_the_loop_came_back() -> None:
    def lag() -> float:
        return next(sample.value for sample in next(iter(LOOP_LAG.collect())).samples if sample.name.endswith("_sum"))

    before = lag()
    watching = asyncio.create_task(watch_loop())
    await asyncio.sleep(0)
    time.sleep(LAG_SECONDS + 0.3)  # noqa: ASYNC251  # what blocks the loop is what is measured
    await asyncio.sleep(0.01)  # the watch is long due: it is heard before this is
    watching.cancel()
    assert lag() >= before + 0.25


def test_figures_name_statuses_audiences_and_workers_and_nothing_else(cast_on_sqlite: Cast) -> None:
    cast = cast_on_sqlite
    phase(cast, "solo")
    with cast.ann.websocket_connect(address(cast)) as line:
        line.receive_text()
        samples = [sample for metric in scrape(cast.concord) for sample in metric.samples]
    named: dict[str, set[str]] = {}
    for sample in samples:
        if sample.name.startswith("concord_"):
            for name, value in sample.labels.items():
                named.setdefault(name, set()).add(value)
    assert set(named) == {"status", "audience", "worker", "le"}
    assert named["audience"] == {"seat", "desk", "wall"}
    assert [status for status in named["status"] if not status.isdecimal()] == []
